"""The access page says what the access table says."""

from __future__ import annotations

from pathlib import Path

from wenye.web.access_page import FILE, access_page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_current() -> None:
    written = (ROOT / FILE).read_text(encoding="utf-8")
    assert written == access_page(), "run python -m wenye.web.access_page"
