"""What the rule language says when it refuses something."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class RuleError(Exception):
    """A mistake in a scheme, refused when the scheme loads.

    ``what`` was wrong, ``where`` it stands (scheme, condition, file and line), and the ``mend``.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"  at: {self.where}")
        if self.mend:
            parts.append(f"  mend: {self.mend}")
        return "\n".join(parts)

    def at(self, where: str) -> RuleError:
        """Prefix a wider place (the condition, then the scheme) as the error travels outwards."""
        self.where = f"{where}: {self.where}" if self.where else where
        return self


class CaseError(ValueError):
    """A case that cannot be read: an unknown name, a wrong type, an impossible date."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        text = f"{where}: {what}" if where else what
        super().__init__(f"{text} ({mend})" if mend else text)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A mend that proposes the nearest known names, or lists them all when they are few."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    if len(names) <= 30:
        return "known: " + ", ".join(names)
    return ""
