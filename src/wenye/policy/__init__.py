"""Documents, dated parameters and citations of a district; what scheme files say of it."""

from wenye.policy.authoring import cite, parameters, scheme
from wenye.policy.undecided import to_be_decided

__all__ = ["cite", "parameters", "scheme", "to_be_decided"]
