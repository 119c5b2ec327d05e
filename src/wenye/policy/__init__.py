"""Documents, dated parameters and citations of a district; what scheme files say of it."""

from wenye.policy.authoring import cite, parameters, scheme

__all__ = ["cite", "parameters", "scheme"]
