"""``wenye duties``: who owes what by when, and where one duty stands on a day."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wenye.cli.options import AsOf, District, Json, day

if TYPE_CHECKING:
    from wenye.policy.district import District as Loaded
    from wenye.policy.documents import Standing
    from wenye.policy.duties import Duty, Fulfilment, State


class Answer(StrEnum):
    """Whether a condition is met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def duties(
    due: Annotated[
        str | None,
        typer.Option(
            "--due",
            metavar="DUTY",
            show_default=False,
            help="只算这一项：何时到期、办得怎样 / one duty: when it is due and how it stands",
        ),
    ] = None,
    event: Annotated[
        dt.date | None,
        typer.Option(
            "--from",
            metavar="DATE",
            parser=day,
            show_default=False,
            help="起算日，不写为不明 / day of the event; unknown unless given",
        ),
    ] = None,
    done: Annotated[
        list[dt.date] | None,
        typer.Option(
            "--done",
            metavar="DATE",
            parser=day,
            show_default=False,
            help="完成日，按月的可重复 / when it was done; repeat for a monthly duty",
        ),
    ] = None,
    condition: Annotated[
        Answer,
        typer.Option("--met-condition", help="条件是否满足 / whether its condition is met"),
    ] = Answer.UNKNOWN,
    until: Annotated[
        dt.date | None,
        typer.Option(
            "--until",
            metavar="DATE",
            parser=day,
            show_default=False,
            help="按月的责任到哪一天为止 / last day of a monthly duty",
        ),
    ] = None,
    complete_to: Annotated[
        dt.date | None,
        typer.Option(
            "--complete-to",
            metavar="DATE",
            parser=day,
            show_default=False,
            help="完成记录登记到哪一天，不写为 --on / the record of what was done reaches to",
        ),
    ] = None,
    on: AsOf = None,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """责任清单：谁对谁、何时之前、什么条件、怎样算完成、依据哪里；或算一项责任的到期日和状态。

    Duties: who owes whom what, by when, on which condition; or the due day and state of one.
    """
    from wenye.cli.output import print_json
    from wenye.policy.district import load_district
    from wenye.policy.duties import standing

    on = on or dt.date.today()
    loaded = load_district(district)
    if due is None:
        given = (event, done, until, complete_to)
        if any(given) or condition is not Answer.UNKNOWN:
            raise typer.BadParameter("要用 --due 写明哪一项责任 / name the duty with --due")
        if json:
            print_json([_data(duty, on) for duty in loaded.duties.values()])
        else:
            typer.echo(_listed(loaded, on))
        return
    duty = _named(loaded, due)
    met = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}[condition]
    found = standing(duty, event, done, on, met, until=until, complete_to=complete_to)
    if json:
        stands = _stands(duty, found, on)
        print_json({"duty": _data(duty, on), "from": event, "done": done or [], **stands})
    else:
        typer.echo(_told(duty, found, event, on))


def _named(district: Loaded, name: str) -> Duty:
    from wenye.policy.errors import PolicyError
    from wenye.rules.errors import did_you_mean

    if name not in district.duties:
        raise PolicyError(
            f"{district.label}没有责任“{name}” / {district.label_en} has no duty {name!r}",
            mend=did_you_mean(name, district.duties) or f"wenye duties --district {district.name}",
        )
    return district.duties[name]


def _basis_words(basis: Standing | None) -> tuple[str, str]:
    from wenye.policy.measures import STANDING_WORDS

    if basis is None:
        return "待确认：原文不在本区文件中", "to be confirmed: not among the documents"
    return STANDING_WORDS[basis]


def _data(duty: Duty, on: dt.date) -> dict[str, Any]:
    basis = duty.basis(on)
    clock = duty.clock
    return {
        "id": duty.id,
        "label": duty.label,
        "label_en": duty.label_en,
        "owner": list(duty.owner),
        "units": list(duty.units),
        "owed_to": duty.owed_to,
        "owed_to_en": duty.owed_to_en,
        "clock": {
            "kind": clock.kind,
            "count": clock.count or None,
            "unit": clock.unit or None,
            "of": clock.of or None,
            "of_en": clock.of_en or None,
            "first": clock.first,
            "by_day": clock.by_day,
            "words": clock.words,
            "words_en": clock.words_en,
        },
        "condition": duty.condition or None,
        "condition_en": duty.condition_en or None,
        "fulfilled_by": duty.fulfilled_by,
        "fulfilled_by_en": duty.fulfilled_by_en,
        "exploratory": duty.exploratory,
        "source": duty.source,
        "document": None if duty.citation is None else duty.citation.document.id,
        "article": None if duty.citation is None else duty.citation.article,
        "quotes": list(duty.quotes),
        "status": duty.status,
        "basis": None if basis is None else basis.value,
        "basis_words": _basis_words(basis)[0],
        "note": duty.note or None,
    }


def _stands(duty: Duty, found: Fulfilment, on: dt.date) -> dict[str, Any]:
    on_due_day = None if found.due is None else duty.basis(found.due)
    return {
        "state": found.state,
        "exploratory": duty.exploratory,
        "due": found.due,
        "days": found.days,
        "basis": found.basis,
        "basis_on_due_day": on_due_day,
        "basis_on": duty.basis(on),
        "reason": found.reason or None,
        "reason_en": found.reason_en or None,
        "counted": None
        if found.counted is None
        else {
            "firm": found.counted.firm,
            "doubtful": found.counted.doubtful,
            "unconfirmed": found.counted.unconfirmed,
        },
        "months": [
            {
                "month": item.month,
                "due": item.due,
                "state": item.state,
                "done": item.done,
                "basis": item.basis,
            }
            for item in found.months
        ],
    }


def _listed(district: Loaded, on: dt.date) -> str:
    lines = [
        f"{district.label}（{district.name}） {len(district.duties)} 项责任，依据按 {on} 的状态"
        f" / {len(district.duties)} duties, bases as at {on}"
    ]
    for duty in district.duties.values():
        lines += ["", *_described(duty, on)]
    return "\n".join(lines)


def _described(duty: Duty, on: dt.date) -> list[str]:
    from wenye.policy.organisation import UNIT_KINDS

    owner = "、".join([*duty.owner, *(UNIT_KINDS[kind] for kind in duty.units)])
    basis, basis_en = _basis_words(duty.basis(on))
    explored = "（探索性，不算逾期 / exploratory, never overdue）" if duty.exploratory else ""
    lines = [
        f"{duty.id}  {duty.label} / {duty.label_en}{explored}",
        f"  谁 / owner: {owner}",
        f"  对谁 / owed to: {duty.owed_to} / {duty.owed_to_en}",
        f"  时限 / clock: {duty.clock.words} / {duty.clock.words_en}",
    ]
    if duty.condition:
        lines.append(f"  条件 / condition: {duty.condition} / {duty.condition_en}")
    lines.append(f"  完成 / fulfilled by: {duty.fulfilled_by} / {duty.fulfilled_by_en}")
    quoted = f"：“{duty.quotes[0]}”" if duty.quotes else ""
    lines.append(f"  依据 / source: {duty.source}{quoted}")
    lines.append(f"  依据状态 / basis: {basis} / {basis_en}")
    if duty.note:
        lines.append(f"  备注 / note: {duty.note}")
    return lines


def _told(duty: Duty, found: Fulfilment, event: dt.date | None, on: dt.date) -> str:
    from wenye.policy.documents import Standing
    from wenye.policy.duties import State
    from wenye.policy.duty_clocks import ClockKind

    state = _state_words(duty, found.state)
    days = ""
    if found.days:
        left = found.state is State.NOT_YET_DUE
        days = f"（{'还有' if left else '逾期'}{found.days}天 / {found.days} days"
        days += " left）" if left else " late）"
    if found.due is not None:
        due = found.due.isoformat()
    elif duty.clock.kind is ClockKind.NONE:
        due = "没有期限 / no time"
    else:
        due = "不明 / unknown"
    lines = [
        f"{duty.label} / {duty.label_en}",
        f"  时限 / clock: {duty.clock.words} / {duty.clock.words_en}",
        f"  起算 / from: {event or '不明 / unknown'}",
        f"  到期 / due: {due}",
        f"  {on} 的状态 / state: {state}{days}",
    ]
    if found.reason:
        lines.append(f"  原因 / reason: {found.reason} / {found.reason_en}")
    lines += [f"  依据 / source: {duty.source}", *_bases(duty, found, event, on)]
    for item in found.months:
        doubtful = item.basis is Standing.DOUBTFUL
        basis = "（依据未定 / basis open）" if doubtful else ""
        lines.append(f"    {item.month}  {_state_words(duty, item.state)}{basis}")
    return "\n".join(lines)


def _bases(duty: Duty, found: Fulfilment, event: dt.date | None, on: dt.date) -> list[str]:
    """The document's force where the state rests on it, on the due day and on the day asked for.

    They may differ: a duty that began in force may fall due when the document is in doubt.
    """
    if duty.citation is None or found.counted is not None:
        lines = [f"  依据状态 / basis: {_said(found.basis)}"]
    elif event is not None:
        lines = [f"  起算日 {event} 的依据 / basis on the day of the event: {_said(found.basis)}"]
    else:
        lines = []
    if duty.citation is None:
        return lines
    # Each month of a monthly duty has a due day of its own, shown with the month.
    if found.due is not None and found.counted is None:
        on_due_day = _said(duty.basis(found.due))
        lines.append(f"  到期日 {found.due} 的依据 / basis on the due day: {on_due_day}")
    lines.append(f"  {on} 的依据 / basis on the day asked for: {_said(duty.basis(on))}")
    return lines


def _said(basis: Standing | None) -> str:
    return " / ".join(_basis_words(basis))


def _state_words(duty: Duty, state: State) -> str:
    """The state in both languages; that of an exploratory duty says that it is one."""
    from wenye.policy.duties import STATE_WORDS, State

    explored = "（探索性 / exploratory）"
    says_so = not duty.exploratory or state is State.NOT_DONE
    return " / ".join(STATE_WORDS[state]) + ("" if says_so else explored)
