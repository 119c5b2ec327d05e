"""Places in a case: where an answer stands, as a path of names and, in lists, of numbers.

``employment.worker.contributions[0].employer`` is the tuple ``("employment", "worker",
"contributions", 0, "employer")``. A *path* has no numbers: it is what a scheme reads.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from wenye.rules.facts import Entity, Fact, Many

Step = str | int
Place = tuple[Step, ...]


def place_name(place: Place) -> str:
    """As it is written: ``person.benefits[0].stopped``."""
    found = ""
    for step in place:
        found += f"[{step}]" if isinstance(step, int) else f".{step}" if found else step
    return found


def path_of(place: Place) -> str:
    """The place without its numbers."""
    return ".".join(step for step in place if isinstance(step, str))


def at(case: Any, place: Place) -> Any:
    """What stands at the place; None where nothing does."""
    for step in place:
        if isinstance(case, Mapping) and isinstance(step, str):
            case = case.get(step)
        elif isinstance(case, list) and isinstance(step, int) and step < len(case):
            case = case[step]
        else:
            return None
    return case


def holds(case: Any, place: Place) -> bool:
    """Whether anything stands at the place: a null too."""
    inside = at(case, place[:-1])
    last = place[-1]
    if isinstance(inside, Mapping):
        return last in inside
    return isinstance(inside, list) and isinstance(last, int) and last < len(inside)


def put(case: dict[str, Any], place: Place, value: Any) -> None:
    """Put a value into its place, with whatever leads there."""
    inside: Any = case
    for step, following in itertools.pairwise(place):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            _lengthened(inside, step)
            if not isinstance(inside[step], dict):
                inside[step] = {}
            inside = inside[step]
        else:
            if not isinstance(inside.get(step), type(empty)):
                inside[step] = empty
            inside = inside[step]
    last = place[-1]
    if isinstance(last, int):
        _lengthened(inside, last)
    inside[last] = value


def _lengthened(rows: list[Any], place: int) -> None:
    while len(rows) <= place:
        rows.append({})


def merged(first: Any, then: Any) -> Any:
    """Earlier answers with later ones over them; rows are joined one by one.

    A later list that is empty says that there are none, and takes the place of the earlier one.
    """
    if isinstance(first, Mapping) and isinstance(then, Mapping):
        found = dict(first)
        for name, value in then.items():
            found[name] = merged(found[name], value) if name in found else value
        return found
    if isinstance(first, list) and isinstance(then, list) and then:
        found_rows = [merged(one, other) for one, other in zip(first, then, strict=False)]
        return [*found_rows, *first[len(then) :], *then[len(first) :]]
    return then


def item_at(subject: type[Entity], place: Place) -> tuple[Fact | Many | None, type[Entity]]:
    """The last fact or relation of a place (its first step is the judged row), and the entity in
    which it stands; None for the judged row itself. KeyError for a name that is not there."""
    item: Fact | Many | None = None
    inside, entity = subject, subject
    for step in place[1:]:
        if isinstance(step, int):
            continue
        inside = entity
        facts, relations = entity.facts(), entity.relations()
        item = facts[step] if step in facts else relations[step]
        if isinstance(item, Many):
            entity = item.entity
        elif item.kind.name == "key":
            entity = item.target
    return item, inside


def places(subject: type[Entity], path: str, case: Mapping[str, Any]) -> Iterator[Place]:
    """Where a path leads in a case: once for each row of the lists on its way, none where they are
    empty."""
    yield from _places(subject, tuple(path.split(".")), (), case)


def _places(
    subject: type[Entity], steps: tuple[str, ...], before: Place, case: Mapping[str, Any]
) -> Iterator[Place]:
    place = (*before, steps[0])
    if len(steps) == 1:
        yield place
        return
    item, _ = item_at(subject, place)
    if isinstance(item, Many):
        rows = at(case, place)
        for number in range(len(rows) if isinstance(rows, list) else 0):
            yield from _places(subject, steps[1:], (*place, number), case)
    else:
        yield from _places(subject, steps[1:], place, case)


def steps(name: str) -> Place:
    """The place that is written so; ValueError where it is none."""
    found: list[Step] = []
    for part in name.split("."):
        step, _bracket, rest = part.partition("[")
        found.append(step)
        found += [int(number) for number in rest.rstrip("]").split("][") if number]
    return tuple(found)
