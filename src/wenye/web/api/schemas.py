"""The forms of what is sent and answered."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Key = Annotated[int, Field(ge=1, le=2_147_483_647)]
SchemeId = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z][a-z0-9_]*$")]
#: Rules reach from the founding law to a lifetime from now.
Day = Annotated[dt.date, Field(ge=dt.date(1990, 1, 1), le=dt.date(2100, 12, 31))]


class Sent(Schema):
    """What a client sends: a name that the form does not know is refused, never dropped."""

    model_config = ConfigDict(extra="forbid")


class Wrong(Schema):
    """One mistake in what was sent."""

    where: str
    what: str


class ProblemOut(Schema):
    """A refusal (RFC 9457), with what happened, where, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    what: str
    where: str
    mend: str
    saved: str
    number: str = Field(description="Finds the entry in the log")
    errors: list[Wrong] = Field(default_factory=list)


class SchemeBrief(Schema):
    """A scheme in a list."""

    id: str
    title: str
    title_en: str
    subject: str = Field(description="The register whose rows are judged")
    operated_by: str
    our_part: str


class LawOut(Schema):
    """A version of a scheme's law."""

    name: str
    label: str
    basis: str
    since: dt.date
    until: dt.date | None
    doubtful_from: dt.date | None


class ConditionOut(Schema):
    """A named condition of a scheme."""

    name: str
    label: str
    label_en: str


class SchemeOut(SchemeBrief):
    """A scheme whole."""

    laws: list[LawOut]
    conditions: list[ConditionOut]
    excludes: list[str]


class Subject(Sent):
    """Somebody of the registers, by reference."""

    key: Key
    purpose: Literal[
        "own",
        "service",
        "counter",
        "review",
        "payment",
        "follow_up",
        "correction",
        "audit",
        "statistics",
    ] = Field(description="Why; it is written to the log")


class DecideIn(Sent):
    """What is to be decided: a case as it is known to the caller, or a subject by reference."""

    scheme: SchemeId
    on: Day | None = Field(None, description="The day of determination; today if left out")
    case: dict[str, Any] | None = Field(
        None, description='The facts, as a case file has them: {"person": {…}}'
    )
    subject: Subject | None = None


class DecisionOut(Schema):
    """A decision."""

    scheme: str
    title: str
    title_en: str
    on: dt.date
    outcome: Literal["entitled", "not_entitled", "undetermined"]
    amount: str | None = Field(description="Yuan with two decimals; null: none, or not set yet")
    amount_status: str = Field(description="payable, unconfirmed, open or none")
    missing: list[str] = Field(description="Facts that would settle it, cheapest first")
    missing_labels: list[str]
    blocked_by: list[str] = Field(description="Values that the district has not set")
    warnings: list[str]
    receipt: str = Field(description="SHA-256 that identifies the decision")


class ExplanationOut(Schema):
    """A decision with its reasons: as ``wenye explain --json`` prints it."""

    model_config = ConfigDict(extra="allow")

    scheme: str
    on: dt.date
    outcome: Literal["entitled", "not_entitled", "undetermined"]
    conditions: list[dict[str, Any]]
    tree: dict[str, Any]
    receipt: dict[str, Any]


class NumberIn(Sent):
    """A citizen whom the calling system has identified."""

    number: Annotated[str, Field(min_length=5, max_length=30)] = Field(
        description="Identity number"
    )
    name: Annotated[str, Field(min_length=1, max_length=80)] = Field(
        description="As in the register: both must agree"
    )


class ReferenceOut(Schema):
    """A reference to a citizen, for the header ``Person-Reference``."""

    reference: str
    seconds: int = Field(description="How long it serves")


# -- offers and cases ----------------------------------------------------------------------------


class OfferOut(Schema):
    """An offer."""

    id: int
    scheme: str
    title: str
    mode: Literal["notice", "confirm", "apply", "information"]
    state: str
    amount: str | None = Field(description="Yuan with two decimals")
    amount_status: str
    person_key: int | None
    employer_key: int | None
    case_number: str
    made_at: dt.datetime


class OffersOut(Schema):
    """Offers, the newest first."""

    offers: list[OfferOut]
    after: int | None = Field(description="Ask with this for the next ones; null: no more")


class ConfirmIn(Sent):
    """Yes to an offer."""

    seen: Annotated[str, Field(max_length=64)] = Field(
        "", description="The receipt of the decision that was shown, if one was"
    )


class DeclineIn(Sent):
    """No to an offer."""

    reason: Literal["not_needed", "later", "facts_wrong", "other_support", "other"]
    words: Annotated[str, Field(max_length=500)] = ""


class CaseOut(Schema):
    """A case."""

    number: str
    case_type: str
    title: str
    scheme: str
    state: str
    state_label: str
    live: bool
    amount: str | None
    amount_status: str
    opened_at: dt.datetime
    updated_at: dt.datetime
    due_on: dt.date | None
    version: int


class CasesOut(Schema):
    """Cases, the newest first."""

    cases: list[CaseOut]
    after: str | None = Field(description="Ask with this for the next ones; null: no more")


class StepOut(Schema):
    """One step of a case."""

    number: int
    step: str
    label: str
    at: dt.datetime
    state: str
    state_label: str
    organisation: str


class CaseWhole(CaseOut):
    """A case with the steps that it has taken."""

    steps: list[StepOut]


class StatusOut(Schema):
    """How far a case is."""

    number: str
    state: str
    state_label: str
    since: dt.datetime
    due_on: dt.date | None
    live: bool


class CaseIn(Sent):
    """A case to be opened for the citizen of the reference."""

    case_type: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]
    scheme: SchemeId | None = None
    register_: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")] = Field(
        "people", alias="register", description="Whose row it is about"
    )
    key: Key | None = Field(None, description="The row; the citizen's own if left out")
    answers: dict[str, Any] = Field({}, description="What the citizen has said, as a case")
    submit: bool = Field(False, description="Submit it at once")
