"""What a district's ``followup.yaml`` says: methods, outcomes, needs, ledgers, and thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wenye.policy.duties import Duty
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.services.decisions.district import district

FILE = "followup.yaml"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a list, with what follows from it."""

    id: str
    label: str
    label_en: str
    #: Of an outcome: whether the person was reached.
    reached: bool = False
    #: Of a situation: whether the person has work.
    at_work: bool = False
    #: Of a need: the kind of referral that answers it.
    referral: str = ""
    #: Of a ledger: who stands in it.
    says: str = ""
    says_en: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A group that is followed, or placed, and the duty that it rests on."""

    id: str
    label: str
    label_en: str
    duty_id: str

    @property
    def duty(self) -> Duty:
        """The duty, with its clock and citation."""
        return district().duties[self.duty_id]


@dataclass(frozen=True, slots=True)
class ReferralKind:
    """A kind of referral: the case that it opens, and schemes that may go with it."""

    id: str
    label: str
    label_en: str
    case_type: str
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the district may set; ``status`` says that no document prints it."""

    name: str
    label: str
    label_en: str
    value: int
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The file, read."""

    followed: dict[str, Watched]
    placement: dict[str, Watched]
    only_reached_counts: bool
    counts_note: str
    counts_status: str
    tighter_note: str
    tighter_status: str
    methods: dict[str, Option]
    outcomes: dict[str, Option]
    situations: dict[str, Option]
    needs: dict[str, Option]
    refusals: dict[str, Option]
    referrals: dict[str, ReferralKind]
    warnings: dict[str, Number]
    ledgers: dict[str, Option]
    ledgers_note: str
    ledgers_status: str
    detector: dict[str, Number]
    sample: dict[str, Number]

    def limit(self, name: str) -> int:
        """A number of the detector."""
        return self.detector[name].value

    def warning(self, name: str) -> int:
        """A number of days or months before something."""
        return self.warnings[name].value


def content() -> Content:
    """The content of the district in force."""
    return _read(district().folder)


@lru_cache(maxsize=4)
def _read(folder: Path) -> Content:
    return read_content(folder / FILE)


def read_content(path: Path) -> Content:
    """Read one file; PolicyError names the line of a mistake."""
    file = read_yaml(path)
    file.only(
        "followed", "placement", "counts", "tighter", "methods", "outcomes", "situations", "needs",
        "refusals", "referrals", "warnings", "ledgers", "ledgers_note", "ledgers_status",
        "detector", "sample",
    )  # fmt: skip
    counts, tighter = file.block("counts"), file.block("tighter")
    counts.only("reached", "note", "status")
    tighter.only("note", "status")
    referrals = {}
    for block in file.blocks("referrals"):
        block.only("id", "label", "label_en", "case_type", "schemes")
        referrals[block.text("id")] = ReferralKind(
            block.text("id"),
            block.text("label"),
            block.text("label_en"),
            block.text("case_type"),
            block.texts("schemes"),
        )
    needs = _options(file, "needs", "referral")
    for need in needs.values():
        if need.referral not in referrals:
            raise PolicyError(
                f"no kind of referral {need.referral}",
                where=file.where("needs"),
                mend="、".join(referrals),
            )
    return Content(
        followed=_watched(file, "followed"),
        placement=_watched(file, "placement"),
        only_reached_counts=counts.flag("reached"),
        counts_note=counts.text("note"),
        counts_status=counts.text("status"),
        tighter_note=tighter.text("note"),
        tighter_status=tighter.text("status"),
        methods=_options(file, "methods"),
        outcomes=_options(file, "outcomes", "reached"),
        situations=_options(file, "situations", "at_work"),
        needs=needs,
        refusals=_options(file, "refusals"),
        referrals=referrals,
        warnings=_numbers(file, "warnings"),
        ledgers=_options(file, "ledgers", "says", "says_en"),
        ledgers_note=file.text("ledgers_note"),
        ledgers_status=file.text("ledgers_status"),
        detector=_numbers(file, "detector"),
        sample=_numbers(file, "sample"),
    )


def _watched(file: Block, name: str) -> dict[str, Watched]:
    found = {}
    for block in file.blocks(name):
        block.only("id", "label", "label_en", "duty")
        found[block.text("id")] = Watched(
            block.text("id"), block.text("label"), block.text("label_en"), block.text("duty")
        )
    return found


def _options(file: Block, name: str, *more: str) -> dict[str, Option]:
    found: dict[str, Option] = {}
    for block in file.blocks(name):
        block.only("id", "label", "label_en", *more)
        key = block.text("id")
        if key in found:
            raise block.refuse(f"{name}: {key} stands twice", "id")
        found[key] = Option(
            key,
            block.text("label"),
            block.text("label_en"),
            reached=block.flag("reached"),
            at_work=block.flag("at_work"),
            referral=block.text("referral", ""),
            says=block.text("says", ""),
            says_en=block.text("says_en", ""),
        )
    return found


def _numbers(file: Block, name: str) -> dict[str, Number]:
    found = {}
    rows = file.block(name)
    for key in rows:
        block = rows.block(key)
        block.only("label", "label_en", "value", "status", "note")
        value = block.whole("value")
        if value is None or value < 0:
            raise block.refuse(f"{key}: {value}", "value", "a whole number from 0 on")
        found[key] = Number(
            key,
            block.text("label"),
            block.text("label_en"),
            value,
            block.text("status"),
            block.text("note", ""),
        )
    return found
