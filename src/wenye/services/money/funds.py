"""Which fund pays for which scheme: the district's ``funds.yaml``, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wenye.policy.exact_yaml import Block, read_yaml
from wenye.services.decisions.district import district

#: The one that no document names: nothing is paid from it.
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund, or a head of the budget, as a document names it."""

    id: str
    label: str
    label_en: str
    document: str
    place: str
    quote: str
    note: str
    open: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Funds:
    """The whole file: funds, heads of the budget, and what each scheme draws on."""

    funds: dict[str, Fund]
    heads: dict[str, Fund]
    schemes: dict[str, tuple[str, str]]

    def of(self, scheme: str) -> tuple[str, str]:
        """Fund and budget head of a scheme; ``undecided`` where the file does not name it."""
        return self.schemes.get(scheme, (UNDECIDED, next(iter(self.heads), "")))


def funds() -> Funds:
    """The funds of the district that this service delivers."""
    return _read(district().folder)


@lru_cache(maxsize=4)
def _read(folder: Path) -> Funds:
    path = folder / "funds.yaml"
    if not path.is_file():
        # A district that has not said where its money comes from pays nothing.
        open_fund = Fund(UNDECIDED, "资金来源待定", "source of funds open", "", "", "", "", True)
        return Funds({UNDECIDED: open_fund}, {}, {})
    file = read_yaml(path)
    file.only("funds", "budget_heads", "schemes")
    known = {each.text("id"): _fund(each) for each in file.blocks("funds")}
    heads = {each.text("id"): _fund(each) for each in file.blocks("budget_heads")}
    rows = file.block("schemes")
    schemes: dict[str, tuple[str, str]] = {}
    here = district()
    for name in rows:
        row = rows.block(name)
        row.only("fund", "head")
        if name not in here.scheme_ids:
            raise rows.refuse(f"没有补贴项目 {name} / no such scheme", name)
        fund, head = row.text("fund"), row.text("head")
        if fund not in known:
            raise row.refuse(f"没有资金 {fund} / no such fund", "fund")
        if head not in heads:
            raise row.refuse(f"没有预算科目 {head} / no such head", "head")
        schemes[name] = (fund, head)
    return Funds(known, heads, schemes)


def _fund(block: Block) -> Fund:
    block.only("id", "label", "label_en", "document", "place", "quote", "note", "open", "code")
    if not block.get("quote") and not block.get("note"):
        raise block.refuse("要么写原文，要么写明待定的原因 / a quote or a note")
    return Fund(
        block.text("id"),
        block.text("label"),
        block.text("label_en"),
        block.text("document", ""),
        block.text("place", ""),
        block.text("quote", ""),
        block.text("note", ""),
        bool(block.get("open", False)),
        block.text("code", ""),
    )
