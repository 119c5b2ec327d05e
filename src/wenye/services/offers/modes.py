"""What may be offered, and how: the district's ``offers.yaml``, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wenye.policy.district import District
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.services.decisions.district import district

FILE = "offers.yaml"
#: Never offered, and never told of, by the service itself.
NONE = "none"
_MODES = ("notice", "confirm", "apply", "information", NONE)


@dataclass(frozen=True, slots=True)
class OfferRule:
    """How one scheme is offered."""

    scheme: str
    mode: str
    #: The type of the case that an answer opens.
    case_type: str = "application"
    #: Working days in which objections are heard, and the document that says so (mode ``notice``).
    objection_days: int = 0
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferRules:
    """All of the file."""

    schemes: dict[str, OfferRule]
    #: Whether labour-dispatch firms must apply whatever the mode.
    dispatch_applies: bool
    note: str

    def of(self, scheme: str) -> OfferRule:
        """The rule of a scheme; one that the file does not name is not offered."""
        return self.schemes.get(scheme) or OfferRule(scheme, NONE)

    def told(self) -> list[OfferRule]:
        """The rules of schemes of which the service tells people."""
        return [rule for rule in self.schemes.values() if rule.mode != NONE]


def offer_rules() -> OfferRules:
    """The rules of the district that this service delivers."""
    here = district()
    return _read(here.folder, here)


@lru_cache(maxsize=2)
def _read(folder: Path, here: District) -> OfferRules:
    path = folder / FILE
    if not path.is_file():
        return OfferRules({}, True, "")
    file = read_yaml(path)
    file.only("labour_dispatch", "note", "schemes")
    dispatch = file.text("labour_dispatch")
    if dispatch not in ("apply", "as others"):
        raise PolicyError(
            f"labour_dispatch {dispatch}", where=file.where("labour_dispatch"), mend="apply"
        )
    rows = file.block("schemes")
    found = {}
    for name in rows:
        if name not in here.scheme_ids:
            raise PolicyError(
                f"没有补贴项目 {name} / no such scheme", where=rows.where(name), mend="改正名称"
            )
        found[name] = _rule(here, name, rows.block(name))
    return OfferRules(found, dispatch == "apply", file.text("note", ""))


def _rule(here: District, name: str, row: Block) -> OfferRule:
    row.only("mode", "case_type", "objection_days", "document", "note")
    mode = row.text("mode")
    part = here.scheme(name).our_part
    refused = ""
    if mode not in _MODES:
        refused = f"mode {mode}"
    elif mode in ("notice", "confirm") and part != "pay":
        refused = f"{name} 不由区里支付，不能 {mode}"
    elif mode == "apply" and part == "inform":
        refused = f"{name} 只告知，没有可申请的"
    elif mode == "notice" and not (row.get("document") and row.get("objection_days")):
        refused = f"{name} 免申即享要写明文件和异议期"
    elif mode == NONE and not row.get("note"):
        refused = f"{name} 不发出要写明原因"
    if refused:
        raise PolicyError(refused, where=row.where("mode"), mend="、".join(_MODES))
    days = row.whole("objection_days", 0) or 0
    return OfferRule(
        name,
        mode,
        row.text("case_type", "application"),
        days,
        row.text("document", ""),
        row.text("note", ""),
    )
