"""The marks that every part of the report shares: headings, amounts, the district's part."""

from __future__ import annotations

from typing import Any

from wenye.determination.results import Results
from wenye.rules.values import yuan

#: The district's part in a scheme, in the order of the report: its anchor, and what it is called.
GROUPS: dict[str, tuple[str, str, str]] = {
    "pay": ("paid", "本区发放", "Paid by the district"),
    "pre-check and hand over": ("handed", "预审移交", "Pre-checked and handed over"),
    "inform": ("told", "告知", "Granted by others; the district informs"),
}
FLOWS = {"once": "一次性", "monthly": "按月，本月金额"}


def heading(number: str, zh: str, en: str) -> str:
    """A heading with its anchor, and its English below."""
    return f'<h2 id="{number}">{zh}</h2><p class="en">{en}</p>'


def amount(fen: int) -> str:
    """Yuan with two decimals and thousands apart; a dash for none."""
    if not fen:
        return "—"
    whole, _, rest = yuan(fen).partition(".")
    return f"¥{int(whole):,}.{rest}"


def grouped(results: Results) -> dict[str, dict[str, dict[str, Any]]]:
    """The run's schemes as the manifest tells them, by the district's part in them."""
    schemes = results.manifest["schemes"]
    return {
        part: {name: entry for name, entry in schemes.items() if entry["our_part"] == part}
        for part in GROUPS
    }
