"""What to ask next about a case, and what the answers say: the engine's ``missing`` as questions.

``questions(scheme, explanation, case)`` turns the paths in ``explanation["missing"]`` to questions
a form can show, each with why it is asked and who will see the answer; ``answers_from(data,
questions)`` reads the form into a case; ``merged(earlier, later)`` puts cases together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wenye.rules.case_input import entity_name
from wenye.rules.facts import Entity, Fact, Many
from wenye.rules.scheme import Scheme
from wenye.services.decisions.answers import answers_from, with_more_rows
from wenye.services.decisions.asked import MOST, SLOTS, Question, Reason, WrongAnswers
from wenye.services.decisions.district import district
from wenye.services.decisions.fields import (
    NONE,
    PRESENCE,
    Field,
    Option,
    options_of,
    shown,
)
from wenye.services.decisions.needed import needed
from wenye.services.decisions.places import (
    Place,
    at,
    holds,
    item_at,
    merged,
    place_name,
    places,
)
from wenye.services.decisions.question_words import asked_as, seen_by

__all__ = [
    "Question",
    "Reason",
    "WrongAnswers",
    "answers_from",
    "merged",
    "opened",
    "questions",
    "with_more_rows",
]

#: The employer that a case is about, where nobody has a number for it.
MAIN_KEY = 1
#: Other employers that a person may name; beyond every key of a register.
_OTHERS = 2_000_000_001
_OTHER_NAMES = ("甲", "乙", "丙", "丁")


def opened(scheme: type[Scheme]) -> dict[str, Any]:
    """A case in which nothing is told: the judged row with the rows that it must refer to."""
    root = entity_name(scheme.subject)
    row: dict[str, Any] = {}
    for name, fact in scheme.subject.facts().items():
        if fact.kind.name == "key" and not fact.may_be_absent:
            compared = f"{root}.{name}" in needed(scheme).same
            row[name] = {"key": MAIN_KEY} if compared else {}
    return {root: row}


def questions(
    scheme: type[Scheme],
    explanation: Mapping[str, Any],
    case: Mapping[str, Any] | None = None,
) -> list[Question]:
    """What would settle the case, cheapest first; ``case`` is what is known of it already.

    Nothing where the outcome is settled, or where open values alone stand in its way.
    """
    known = opened(scheme) if case is None else case
    found: list[Question] = []
    for path in _paths(scheme, explanation, known):
        reasons = _reasons(explanation, path)
        for place in places(scheme.subject, path, known):
            found.append(_question(scheme, path, place, known, reasons))
    return found


def _paths(
    scheme: type[Scheme], explanation: Mapping[str, Any], case: Mapping[str, Any]
) -> list[str]:
    """What to ask: what is missing; for a list that is told already, what it is measured by."""
    paths = list(explanation["missing"])
    if not any(_told(scheme, path, case) for path in paths):
        return paths
    beside = [
        fact["name"]
        for item in explanation["conditions"]
        if item["value"] == "unknown"
        for fact in item["facts"]
        if fact["state"] == "unknown" and _is_path(scheme, fact["name"])
    ]
    rest = [path for path in paths if not _told(scheme, path, case)]
    return list(dict.fromkeys([*rest, *beside])) or paths


def _told(scheme: type[Scheme], path: str, case: Mapping[str, Any]) -> bool:
    """Whether a path leads to lists that are told whole."""
    asked = needed(scheme).rows.get(path)
    if asked is None:
        return False
    found = list(places(scheme.subject, path, case))
    return bool(found) and all(
        isinstance(rows := at(case, place), list)
        and all(holds(row, tuple(name.split("."))) for row in rows for name in asked)
        for place in found
    )


def _is_path(scheme: type[Scheme], name: str) -> bool:
    if not name.startswith(f"{entity_name(scheme.subject)}."):
        return False
    try:
        item, _inside = item_at(scheme.subject, tuple(name.split(".")))
    except KeyError:
        return False
    return isinstance(item, Fact)


def _reasons(explanation: Mapping[str, Any], path: str) -> tuple[Reason, ...]:
    read_by, undecided = [], []
    for item in explanation["conditions"]:
        if item["value"] != "unknown":
            continue
        reason = Reason(item["label"], item["label_en"], item["citation"] or "")
        undecided.append(reason)
        names = [fact["name"] for fact in item["facts"]]
        if any(name == path or name.startswith(f"{path}.") or f"({path}" in name for name in names):
            read_by.append(reason)
    return tuple(read_by or undecided)


def _question(
    scheme: type[Scheme],
    path: str,
    place: Place,
    case: Mapping[str, Any],
    reasons: tuple[Reason, ...],
) -> Question:
    item, inside = item_at(scheme.subject, place)
    assert item is not None, path
    if isinstance(item, Many):
        return _rows_question(scheme, path, place, item, case, reasons)
    field = field_of(scheme, place, case)
    words = asked_as(item)
    about, about_en = _about(scheme.subject, place, case, inside)
    return Question(
        path=path,
        name=place_name(place),
        label=words.label,
        label_en=words.label_en,
        about=about,
        about_en=about_en,
        kind=field.kind,
        fields=(field,),
        rows=(),
        known_rows=0,
        help=words.help,
        help_en=words.help_en,
        why=reasons,
        supplied_by=item.supplied_by,
        seen_by=seen_by(scheme, item.supplied_by),
    )


def _rows_question(
    scheme: type[Scheme],
    path: str,
    place: Place,
    item: Many,
    case: Mapping[str, Any],
    reasons: tuple[Reason, ...],
) -> Question:
    held = at(case, place)
    held = held if isinstance(held, list) else []
    asked = needed(scheme).rows.get(path, [])
    rows = []
    for number in range(min(max(SLOTS, len(held) + 1), MOST)):
        row = (*place, number)
        fields = [
            field_of(scheme, (*row, *name.split(".")), case)
            for name in _in_order(item.entity, asked)
        ]
        rows.append(tuple(fields))
    words = asked_as(item)
    register = item.entity.register
    about, about_en = _about(scheme.subject, place, case, item.owner)
    return Question(
        path=path,
        name=place_name(place),
        label=words.label,
        label_en=words.label_en,
        about=about,
        about_en=about_en,
        kind="rows",
        fields=(),
        rows=tuple(rows),
        known_rows=len(held),
        help=words.help,
        help_en=words.help_en,
        why=reasons,
        supplied_by=register.supplied_by,
        seen_by=seen_by(scheme, register.supplied_by),
    )


def _in_order(entity: type[Entity], asked: Iterable[str]) -> list[str]:
    order = list(entity.facts())
    return sorted(asked, key=lambda name: (order.index(name.partition(".")[0]), name))


def _about(
    subject: type[Entity], place: Place, case: Mapping[str, Any], inside: type[Entity]
) -> tuple[str, str]:
    """Whose fact it is where it is not the judged row's own; which row of a list."""
    number = next((n for n in reversed(range(len(place))) if isinstance(place[n], int)), None)
    if number is not None:
        item, _inside = item_at(subject, place[:number])
        assert isinstance(item, Many)
        entity = item.entity
        first = (entity.spell or (entity.dated or "",))[0]
        since = at(case, (*place[: number + 1], first)) or f"{int(place[number]) + 1}"
        register = entity.register
        return f"{register.label}（{since}）", f"{register.label_en} ({since})"
    register = inside.register
    return (register.label, register.label_en) if inside is not subject else ("", "")


def field_of(scheme: type[Scheme], place: Place, case: Mapping[str, Any]) -> Field:
    """The field that asks the fact at a place."""
    item, _inside = item_at(scheme.subject, place)
    assert isinstance(item, Fact)
    words = asked_as(item)
    kind, options, main_key = item.kind.name, options_of(item), 0
    path = ".".join(step for step in place if isinstance(step, str))
    if kind == "key":
        kind, options, main_key = _reference(scheme, path, place, item, case)
    elif kind == "code":
        options = _codes(scheme, path)
    field = Field(
        name=place_name(place),
        label=words.label,
        label_en=words.label_en,
        kind=kind,
        options=options,
        unit=item.kind.unit,
        may_be_absent=item.may_be_absent,
        supplied_by=item.supplied_by,
        help=words.help,
        help_en=words.help_en,
        main_key=main_key,
    )
    return field.holding(shown(field, at(case, place))) if holds(case, place) else field


def _reference(
    scheme: type[Scheme], path: str, place: Place, item: Fact, case: Mapping[str, Any]
) -> tuple[str, tuple[Option, ...], int]:
    """A reference: of the judged row whether there is one; of a list's row which one it is."""
    main = _main_key(scheme, item, case)
    if not any(isinstance(step, int) for step in place):
        return "presence", PRESENCE, (main or MAIN_KEY) if path in needed(scheme).same else 0
    if path not in needed(scheme).same:
        return "presence", PRESENCE, 0
    found = []
    if main:
        label = item.target.register
        found.append(Option(str(main), f"就是这家{label.label}", "this very employer"))
    for number, name in enumerate(_OTHER_NAMES):
        words = f"别的单位{name}" if main else f"单位{name}"
        found.append(Option(str(_OTHERS + number), words, f"another employer ({number + 1})"))
    if item.may_be_absent:
        found.append(Option(NONE, "没有单位（个人）", "no employer"))
    return "same", tuple(found), main


def _main_key(scheme: type[Scheme], item: Fact, case: Mapping[str, Any]) -> int:
    """The key of the employer that the judged row is about; 0 where it is about none."""
    root = entity_name(scheme.subject)
    for name, fact in scheme.subject.facts().items():
        if fact.kind.name == "key" and fact.target is item.target:
            key = at(case, (root, name, "key"))
            return key if isinstance(key, int) else 0
    return 0


def _codes(scheme: type[Scheme], path: str) -> tuple[Option, ...]:
    """The codes that a scheme knows, and “another”: what it does not know makes no difference."""
    names = needed(scheme).codes.get(path, [])
    titles = district().titles(names)
    found = [Option(name, *titles.get(name, (name, name))) for name in names]
    return (*found, Option("其他", "其他", "another"))
