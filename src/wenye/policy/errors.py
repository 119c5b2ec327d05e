"""What the policy room says when it refuses a file, a citation or a confirmation."""

from __future__ import annotations

from wenye.rules.errors import RuleError


class PolicyError(RuleError):
    """A mistake in a district's content, refused when the district loads.

    ``what`` was wrong, ``where`` it stands (``file:line``), and the ``mend``. A subclass of
    ``RuleError``, so that who loads a district catches one thing.
    """
