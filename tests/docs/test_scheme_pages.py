"""The scheme pages in the docs are what rules, parameters and case tables say today."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from wenye.determination.handbook.handbook import handbook
from wenye.policy.district import load_district

PAGES = Path(__file__).parents[2] / "docs" / "schemes"
MEND = "wenye handbook docs/schemes --on "


def test_the_pages_are_in_step() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    day = re.search(r"按 (\d{4}-\d{2}-\d{2}) 适用", index)
    assert day is not None
    wanted = dict(handbook(load_district("jiading"), dt.date.fromisoformat(day[1])))
    held = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    assert held.keys() == wanted.keys(), MEND + day[1]
    stale = [name for name, text in wanted.items() if held[name] != text]
    assert stale == [], MEND + day[1]
