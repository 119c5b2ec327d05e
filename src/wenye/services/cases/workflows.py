"""A workflow as declared: states, transitions, who, by when, and which duties nobody combines.

Declared once, in ``workflows/*.yaml`` of the district; the engine (``workflow``), the database's
constraints, the diagram, the table in the docs and the tests are all made from it::

    id: application
    label: 补贴申请
    label_en: application
    seen_by: [case_worker, town_reviewer, …]     # unless a state says otherwise
    duties:                                      # nobody does two of these on one case
      making: [open, save, submit]
      checking: [town_approve, refuse/submitted]   # a step, or a step from one state
    states:
      draft: {label: 草稿, label_en: draft, kind: open}
    transitions:
      - {id: submit, label: 提交, label_en: submit, from: [draft], to: submitted, by: [citizen]}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

import wenye
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml, yaml_files
from wenye.rules import calendar
from wenye.services.accounts.roles import Role

KINDS = ("open", "waiting", "done", "final")
#: Stands among the roles of a transition that the service itself may make.
SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Working days within which a state is to be left; none where no document prints any."""

    days: int | None = None
    #: The days depend on this: ``scheme``, ``notice`` (the case type's), or a field of the form.
    by: str = ""
    table: Mapping[str, int] = field(default_factory=dict)
    #: Steps from which it counts, the latest one taken; else from entering the state.
    since: tuple[str, ...] = ()
    #: Where the days are printed, or that nobody has said them.
    note: str = ""

    def working_days(self, chosen: str = "") -> int | None:
        """The days for one value of what they depend on."""
        return self.table.get(chosen, self.days) if self.by else self.days


@dataclass(frozen=True, slots=True)
class State:
    """One state. ``open``: somebody has to act; ``waiting``: time or another has to pass; ``done``:
    decided, though more may follow; ``final``: nothing follows."""

    id: str
    label: str
    label_en: str
    kind: str
    seen_by: frozenset[Role]
    deadline: Deadline

    @property
    def live(self) -> bool:
        """Whether the case is still under way."""
        return self.kind in ("open", "waiting")


@dataclass(frozen=True, slots=True)
class Transition:
    """One step that may be taken: from where, to where, by whom, and on what conditions."""

    id: str
    label: str
    label_en: str
    sources: tuple[str, ...]
    to: str
    #: Other ends, each with the name of the test that leads there; tried in order before ``to``.
    branches: tuple[tuple[str, str], ...]
    roles: frozenset[Role]
    by_service: bool
    reason: bool
    guards: tuple[str, ...]
    effects: tuple[str, ...]
    letter: str
    #: What will happen, for the page that asks for the step.
    says: str
    says_en: str
    grave: bool
    bulk: bool

    @property
    def ends(self) -> tuple[str, ...]:
        """Every state in which it may end."""
        return (*(end for end, _ in self.branches), self.to)


@dataclass(frozen=True, slots=True)
class Workflow:
    """A whole workflow."""

    id: str
    label: str
    label_en: str
    begins: str
    states: dict[str, State]
    transitions: tuple[Transition, ...]
    #: Duty to its transitions; whoever did one of a duty does none of another on that case.
    duties: dict[str, tuple[str, ...]]

    def find(self, transition: str, state: str) -> Transition | None:
        """The transition of that name that leaves a state; None where there is none."""
        for each in self.transitions:
            if each.id == transition and state in each.sources:
                return each
        return None

    def leaving(self, state: str) -> list[Transition]:
        """The transitions that leave a state, in the order declared."""
        return [each for each in self.transitions if state in each.sources]

    def duty_of(self, transition: str, state: str) -> str:
        """The duty that a step from a state belongs to; empty for none."""
        for duty, ids in self.duties.items():
            if transition in ids or f"{transition}/{state}" in ids:
                return duty
        return ""

    @property
    def live_states(self) -> tuple[str, ...]:
        """States of cases still under way."""
        return tuple(each.id for each in self.states.values() if each.live)

    def seen_by(self, role: Role) -> tuple[str, ...]:
        """The states in which a role sees a case."""
        return tuple(each.id for each in self.states.values() if role in each.seen_by)


# -- reading -------------------------------------------------------------------------------------


def _content(name: str) -> Path:
    """A file or folder of the district's content; that of the one that ships, where it has none."""
    shipped = Path(wenye.__file__).parent / "districts"
    chosen = str(settings.DISTRICT)
    for folder in (shipped / chosen, Path(chosen)):
        if (folder / name).exists():
            return folder / name
    return shipped / "jiading" / name


def content_folder(name: str) -> Path:
    """A folder of the district's content."""
    return _content(name)


def content_file(name: str) -> Path:
    """A file of the district's content."""
    return _content(name)


@lru_cache(maxsize=1)
def workflows() -> dict[str, Workflow]:
    """The district's workflows by id. PolicyError names the line of a mistake."""
    found = {}
    for path in yaml_files(content_folder("workflows")):
        read = _workflow(read_yaml(path))
        if read.id != path.stem:
            raise PolicyError(f"id {read.id} 与文件名不同", where=str(path), mend="改成一样")
        found[read.id] = read
    return found


def _workflow(file: Block) -> Workflow:
    file.only(
        "id", "label", "label_en", "begins", "seen_by", "duties", "states", "transitions", "note"
    )
    seen = _roles(file, "seen_by")
    block = file.block("states")
    states = {name: _state(name, block.block(name), seen) for name in block}
    transitions = tuple(_transition(each, states) for each in file.blocks("transitions"))
    duties = {}
    if "duties" in file:
        listed = file.block("duties")
        duties = {name: listed.texts(name) for name in listed}
    begins = file.text("begins")
    if begins not in states:
        raise file.refuse(f"没有状态 {begins}", "begins")
    made = Workflow(
        file.text("id"),
        file.text("label"),
        file.text("label_en"),
        begins,
        states,
        transitions,
        duties,
    )
    _check(made, file)
    return made


def _check(made: Workflow, file: Block) -> None:
    known = {"open", *(each.id for each in made.transitions)}
    for duty, ids in made.duties.items():
        for step in ids:
            if step.partition("/")[0] not in known:
                raise file.refuse(f"职责 {duty}：没有步骤 {step}", "duties")
    pairs: set[tuple[str, str]] = set()
    for each in made.transitions:
        for source in each.sources:
            if (each.id, source) in pairs:
                raise file.refuse(f"步骤 {each.id} 从 {source} 出发写了两次", "transitions")
            pairs.add((each.id, source))
            if made.states[source].kind == "final":
                raise file.refuse(f"{source} 是终结状态，不能再有步骤", "transitions")
    if made.states[made.begins].deadline != Deadline():
        raise file.refuse("第一个状态不计期限：期限从步骤开始算", "begins")
    for state in made.states.values():
        if state.kind != "final" and not made.leaving(state.id):
            raise file.refuse(f"状态 {state.id} 没有出路", "states")


def _roles(block: Block, key: str) -> frozenset[Role]:
    try:
        return frozenset(Role(each) for each in block.texts(key) if each != SERVICE)
    except ValueError as error:
        raise block.refuse(str(error), key) from None


def _state(name: str, block: Block, seen: frozenset[Role]) -> State:
    block.only("label", "label_en", "kind", "seen_by", "deadline")
    kind = block.text("kind")
    if kind not in KINDS:
        raise block.refuse(f"没有这种状态类别：{kind}", "kind", "/".join(KINDS))
    return State(
        name,
        block.text("label"),
        block.text("label_en"),
        kind,
        _roles(block, "seen_by") if "seen_by" in block else seen,
        _deadline(block.block("deadline")) if "deadline" in block else Deadline(),
    )


def _deadline(block: Block) -> Deadline:
    block.only("working_days", "by", "table", "since", "note", "open")
    table = {}
    if "table" in block:
        rows = block.block("table")
        table = {str(name): rows.whole(name) or 0 for name in rows}
    by = block.text("by", "")
    if table and not by:
        raise block.refuse("table 要和 by 一起写", "table")
    note = block.text("open", "") or block.text("note", "")
    days = block.whole("working_days", None)
    return Deadline(days, by, table, block.texts("since"), note)


def _transition(block: Block, states: Mapping[str, State]) -> Transition:
    block.only(
        *("id", "label", "label_en", "from", "to", "or", "by", "reason", "guards", "effects"),
        *("letter", "says", "says_en", "grave", "bulk"),
    )
    branches = tuple((each.text("to"), each.text("when")) for each in block.blocks("or"))
    made = Transition(
        id=block.text("id"),
        label=block.text("label"),
        label_en=block.text("label_en"),
        sources=block.texts("from"),
        to=block.text("to"),
        branches=branches,
        roles=_roles(block, "by"),
        by_service=SERVICE in block.texts("by"),
        reason=block.flag("reason"),
        guards=block.texts("guards"),
        effects=block.texts("effects"),
        letter=block.text("letter", ""),
        says=block.text("says", ""),
        says_en=block.text("says_en", ""),
        grave=block.flag("grave"),
        bulk=block.flag("bulk"),
    )
    for state in (*made.sources, *made.ends):
        if state not in states:
            raise block.refuse(f"没有状态 {state}", "from")
    return made


# -- working days --------------------------------------------------------------------------------


def add_working_days(day: dt.date, days: int) -> dt.date | None:
    """The day on which ``days`` working days after ``day`` have passed.

    None where the holidays of that year have not been announced.
    """
    first, last, running = calendar.working_days()
    at = day.toordinal()
    if not first <= at <= last:
        return None
    wanted = running[at - first] + days
    low, high = at, last
    if running[high - first] < wanted:
        return None
    while low < high:
        middle = (low + high) // 2
        if running[middle - first] >= wanted:
            high = middle
        else:
            low = middle + 1
    return dt.date.fromordinal(low)


def working_days_left(today: dt.date, until: dt.date) -> int | None:
    """Working days from ``today`` until a day, negative once it is past; None where unknown."""
    if until >= today:
        return calendar.working_days_between(calendar.code(today), calendar.code(until))
    past = calendar.working_days_between(calendar.code(until), calendar.code(today))
    return None if past is None else -past
