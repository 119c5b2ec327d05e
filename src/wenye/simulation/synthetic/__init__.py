"""A synthetic district: invented people, employers and careers, written as bureaus send them.

``wenye.simulation.synthetic.district.generate`` is the whole job. The parts, in the order in which
they build on one another: ``people``, ``employers``, ``careers``, ``insurance``, ``support``,
``businesses``; then ``gaps`` (what a bureau left out), ``files`` and ``mess``. What is plausible
stands in ``assumptions``; nothing there is a policy value, and nothing else reads it.
"""
