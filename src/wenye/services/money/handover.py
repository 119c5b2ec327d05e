"""Cases that another body operates and pays: handed over in a file, and what it answers taken in.

The file holds what that body needs to find the case in its own registers, no more: no full
number, no telephone, no account, nothing about health. UTF-8, commas, CRLF::

    H,WENYE-HAND-1,2026-H000001,city,training_subsidy,2,20261031
    D,2026-310114-000123,张*,310114********002X,1234.56,2026-10-31,<receipt>
    T,2,<SM3 of every byte before this line>

The answer names each case with what became of it::

    H,WENYE-HANDED-1,2026-H000001,20261130
    D,2026-310114-000123,accepted,1234.56,已发放
    T,1,<SM3>
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.cases.errors import CaseRefused
from wenye.services.decisions.district import district
from wenye.services.money.approved import own_keys, reviewers_of, tell_case
from wenye.services.money.bank_file import sm3
from wenye.services.money.errors import MoneyError, TooLate
from wenye.services.money.models import HandOver, HandOverRow
from wenye.services.money.posting import yuan_text
from wenye.services.people.models import Employer, Person

if TYPE_CHECKING:
    from wenye.services.cases.models import Case

FORM, ANSWER = "WENYE-HAND-1", "WENYE-HANDED-1"
#: Who operates a scheme: label, English label.
OPERATORS: dict[str, tuple[str, str]] = {
    "city": ("市级经办机构", "city"),
    "fund": ("社会保险经办机构", "social-insurance fund"),
    "bank": ("经办银行", "bank"),
    "tax": ("税务部门", "tax"),
    "other": ("其他部门", "other department"),
    "district": ("本区部门", "district"),
}
MOST = 2000
LARGEST = 4 * 1024 * 1024
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,12})\.([0-9]{2})\Z")
#: What would break a row, or be computed by a spreadsheet.
_UNFIT = re.compile(r"[,\"'\x00-\x1f\x7f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class HandedOver:
    """The file made, and each case left out with the reason."""

    file: HandOver | None = None
    stopped: list[tuple[str, str]] = field(default_factory=list)


def waiting() -> dict[str, int]:
    """Scheme → approved cases that wait to be handed over."""
    from django.db.models import Count

    from wenye.services.cases.models import Case

    rows = (
        Case.objects.to_be_handed_over()
        .order_by("scheme")
        .values_list("scheme")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def hand_over(acting: Acting, scheme: str, on: dt.date) -> HandedOver:
    """Hand every waiting case of a scheme over to the body that operates it."""
    from wenye.services.cases.models import Case

    if acting.role is not Role.FINANCE_OFFICER:
        raise MoneyError(_("只有财务人员可以移交。"))
    if scheme not in district().scheme_ids:
        raise MoneyError(_("没有这个补贴项目。"), where=scheme[:80])
    done = HandedOver()
    with transaction.atomic():
        cases = list(
            Case.objects.select_for_update(of=("self",))
            .filter(pk__in=Case.objects.to_be_handed_over().filter(scheme=scheme).values("pk"))
            .select_related("decision")
            .order_by("pk")[:MOST]
        )
        ready = [case for case in cases if _moved(acting, case, done)]
        if not ready:
            return done
        file = HandOver.objects.create(
            number=secrets.token_hex(8),
            operator=str(district().scheme(scheme).operated_by),
            scheme=scheme,
            rows=len(ready),
            digest="",
            content="",
            made_by=acting.user_id,
        )
        file.number = f"{on.year}-H{file.pk:06d}"
        content = _file(file, ready, on)
        file.content, file.digest = content, sm3(content.encode())
        file.save()
        HandOverRow.objects.bulk_create(
            [
                HandOverRow(
                    file=file,
                    place=place,
                    case_id=case.pk,
                    case_number=case.number,
                    person_key=case.person_key,
                    employer_key=case.employer_key,
                    town=case.town,
                    amount_fen=case.amount_fen,
                )
                for place, case in enumerate(ready, start=1)
            ],
            batch_size=500,
        )
        record.change(
            acting,
            "money.hand_over",
            "hand_over",
            file.number,
            detail={"rows": file.rows, "scheme": scheme, "sm3": file.digest},
        )
        done.file = file
    return done


def _moved(acting: Acting, case: Case, done: HandedOver) -> bool:
    people, employers = own_keys(acting)
    if case.person_key in people or case.employer_key in employers:
        done.stopped.append((case.number, str(_("这件与您本人、近亲属或所在单位有关。"))))
        return False
    if acting.user_id in reviewers_of([case.pk]).get(case.pk, ()):
        done.stopped.append((case.number, str(_("您审核过这件，不能再经手移交。"))))
        return False
    try:
        with transaction.atomic():
            tell_case(case.pk, "hand_over", acting)
    except CaseRefused as error:
        done.stopped.append((case.number, str(error.what)))
        return False
    return True


def _file(file: HandOver, cases: Iterable[Case], on: dt.date) -> str:
    rows = [
        f"H,{FORM},{file.number},{file.operator},{file.scheme},{file.rows},{on:%Y%m%d}",
    ]
    chosen = list(cases)
    people = Person.objects.in_bulk([case.person_key for case in chosen if case.person_key])
    employers = Employer.objects.in_bulk(
        [case.employer_key for case in chosen if case.employer_key]
    )
    for case in chosen:
        person = people.get(case.person_key or 0)
        employer = employers.get(case.employer_key or 0)
        if person is not None:
            name, number = person.masked_name, person.masked_number
        elif employer is not None:
            name, number = employer.shown_name, employer.code
        else:
            name, number = "", ""
        amount = "" if case.amount_fen is None else yuan_text(case.amount_fen)
        day = case.decision.on.isoformat() if case.decision else ""
        receipt = case.decision.receipt if case.decision else ""
        cells = [case.number, name, number, amount, day, receipt]
        rows.append("D," + ",".join(_fit(cell) for cell in cells))
    body = "".join(f"{row}\r\n" for row in rows)
    return f"{body}T,{file.rows},{sm3(body.encode())}\r\n"


def _fit(cell: str) -> str:
    text = _UNFIT.sub(" ", cell).strip()
    return text if text[:1] not in ("=", "+", "-", "@") else f"’{text}"


# -- what comes back ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """One row of an answer and what became of it."""

    place: int
    case_number: str
    outcome: str


#: What a row of an answer may be: label, English label.
OUTCOMES: dict[str, tuple[str, str]] = {
    "accepted": ("已办结", "done"),
    "refused": ("未予办理", "refused"),
    "again": ("此前已登记", "taken before"),
    "unknown_case": ("没有移交过这件", "not handed over in that file"),
    "contradicts": ("与此前的反馈矛盾", "contradicts an earlier answer"),
    "duplicate": ("同一文件里重复出现", "twice in one file"),
    "unreadable": ("这一行无法读取", "the row cannot be read"),
    "case_elsewhere": ("办件已不在移交状态", "the case has moved on"),
}


def take_answers(acting: Acting, content: bytes) -> list[Answered]:
    """Take an operating body's answer in; a row that was taken before changes nothing."""
    if acting.role is not Role.FINANCE_OFFICER:
        raise MoneyError(_("只有财务人员可以登记反馈。"))
    number, day, rows = _read(content)
    with transaction.atomic():
        file = HandOver.objects.select_for_update().filter(number=number).first()
        if file is None:
            raise MoneyError(_("没有移交文件“%(number)s”。") % {"number": number[:24]})
        known = {row.case_number: row for row in file.cases.order_by("place")}
        seen: set[str] = set()
        found = []
        for place, parts in enumerate(rows, start=2):
            outcome = _take(known, seen, parts, day)
            found.append(Answered(place, parts[1][:24] if len(parts) > 1 else "", outcome))
        record.change(
            acting,
            "money.hand_over.answer",
            "hand_over",
            file.number,
            detail={"rows": len(found)},
        )
    return found


def _take(known: dict[str, HandOverRow], seen: set[str], parts: list[str], day: dt.date) -> str:
    if len(parts) != 5 or parts[0] != "D" or parts[2] not in ("accepted", "refused"):
        return "unreadable"
    _d, number, result, amount, words = parts
    match = _AMOUNT.match(amount) if amount else None
    if amount and match is None:
        return "unreadable"
    if number in seen:
        return "duplicate"
    seen.add(number)
    row = known.get(number)
    if row is None:
        return "unknown_case"
    if row.state != HandOverRow.WAITING:
        return "again" if row.state == result else "contradicts"
    try:
        with transaction.atomic():
            tell_case(
                row.case_id,
                "handed_over_result",
                None,
                data={"result": "paid" if result == "accepted" else "refused"},
            )
    except CaseRefused:
        return "case_elsewhere"
    row.state = result
    row.answer = _UNFIT.sub(" ", words).strip()[:200]
    row.answered_on = day
    row.answered_fen = None if match is None else int(match[1]) * 100 + int(match[2])
    row.save()
    return result


def _read(content: bytes) -> tuple[str, dt.date, list[list[str]]]:
    if len(content) > LARGEST:
        raise MoneyError(_("文件太大。"))
    try:
        lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        raise MoneyError(_("这不是反馈文件。")) from None
    while lines and not lines[-1]:
        lines.pop()
    if len(lines) < 2 or len(lines) > MOST + 2:
        raise MoneyError(_("反馈文件没有内容，或者行数不对。"))
    head, foot = lines[0].split(","), lines[-1].split(",")
    if len(head) != 4 or head[:2] != ["H", ANSWER]:
        raise MoneyError(_("文件头不是反馈的格式。"))
    body = content[: content.rstrip(b"\r\n").rfind(b"\n") + 1]
    if len(foot) != 3 or foot[0] != "T" or foot[2] != sm3(body):
        raise MoneyError(_("文件摘要不符：内容被改过或没有传完。"))
    if foot[1] != str(len(lines) - 2):
        raise MoneyError(_("文件结尾的件数与内容不符。"))
    try:
        day = dt.datetime.strptime(head[3], "%Y%m%d").date()
    except ValueError:
        raise MoneyError(_("文件头的日期无法读取。")) from None
    return head[2], day, [line.split(",") for line in lines[1:-1]]


def download(acting: Acting, pk: int) -> HandOver:
    """The file as it was handed over; TooLate where there is none."""
    file = HandOver.objects.filter(pk=pk).first()
    if file is None:
        raise TooLate(_("没有这个移交文件。"))
    record.change(
        acting, "money.hand_over.download", "hand_over", file.number, detail={"sm3": file.digest}
    )
    return file
