"""Changes of rule files that mean the same as what they replace, each with the reason."""

from __future__ import annotations

#: By district, group and the change in words: why no case can tell the two apart.
EQUIVALENT: dict[tuple[str, str, str], str] = {}
