"""A synthetic district: invented people, employers and careers, written as bureaus send them.

``wenye.simulation.synthetic.district.generate`` is the whole job. ``invented`` makes lives first
(``people``, ``employers``, ``careers``, ``registrations``, ``insurance``, ``benefits``,
``certifications``, ``assistance``, ``payroll``, ``businesses``) and the registers out of them, one
file for each kind; then come ``gaps`` (what a bureau left out), ``files`` and ``mess``. What is
plausible stands in ``assumptions``; nothing there is a policy value, and nothing else reads it.
"""
