"""The codes of a district's units, out of its organisation file."""

from __future__ import annotations

from pathlib import Path

import wenye
from wenye.policy.organisation import read_organisation


def unit_codes(district: str | Path) -> tuple[str, ...]:
    """Codes of the units of a district that ships with Wenye, or whose folder is given.

    Raises ``PolicyError`` where there is no ``organisation.yaml`` or it cannot be read.
    """
    given = Path(district)
    folder = given if given.is_dir() else Path(wenye.__file__).parent / "districts" / given.name
    organisation = read_organisation(folder / "organisation.yaml")
    return tuple(unit.code for unit in organisation.units)
