"""A copy of what the service holds about somebody (article 45), as data and as a workbook.

Other areas add what they hold: a function from a person's key to rows, put into ``PARTS`` under the
name of a sheet. Cells are always written as text, so that a name that begins with ``=`` stays one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wenye.registers.model import MODEL
from wenye.services.accounts.models import User
from wenye.services.audit.models import Entry
from wenye.services.audit.record import BASES
from wenye.services.people.fact_lines import Rows, lines
from wenye.services.people.models import Consent, Correction, Objection, Person

#: Sheet name → rows of a person, for what other areas hold.
PARTS: dict[str, Callable[[int], Sequence[Mapping[str, Any]]]] = {}
_LONGEST_CELL = 32_000


def own_copy(person: Person, rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Everything held about one person: sheets of rows, values in words."""
    found: dict[str, list[dict[str, Any]]] = {"身份与联系": [_identity(person)]}
    for entity in MODEL:
        references = {"people": "key"} if entity.register.name == "people" else {}
        by = references.get("people") or _person_reference(entity)
        if by is None:
            continue
        held = rows.rows_by(entity, by, [person.pk])
        found[entity.register.label] = [
            {line.fact.label: line.words for line in lines(rows, entity, row)}
            for row in held.iter_rows(named=True)
        ]
    found["更正"] = [
        {
            "登记册": row.register,
            "事项": row.fact,
            "更正为": row.value,
            "理由": row.reason,
            "状态": row.get_state_display(),
            "答复": row.answer,
        }
        for row in Correction.objects.filter(person_key=person.pk)
    ]
    found["同意"] = [
        {
            "事项": row.get_subject_display(),
            "同意时间": row.given_at.isoformat(),
            "撤回时间": row.withdrawn_at.isoformat() if row.withdrawn_at else "",
        }
        for row in Consent.objects.filter(person_key=person.pk)
    ]
    found["异议"] = [
        {"补贴项目": row.scheme or "全部", "理由": row.reason, "提出时间": row.made_at.isoformat()}
        for row in Objection.objects.filter(person_key=person.pk)
    ]
    found["谁看过"] = [
        {
            "时间": row["at"].isoformat(),
            "谁": row["who"],
            "目的": row["purpose"],
            "依据": row["basis"],
        }
        for row in lookers(person.pk, most=5_000)
    ]
    for name, part in PARTS.items():
        found[name] = [dict(row) for row in part(person.pk)]
    return found


def lookers(person_key: int, most: int, before: int | None = None) -> list[dict[str, Any]]:
    """Who read or changed somebody's data, the newest first; a role for those who are officers."""
    chosen = Entry.objects.filter(person_key=person_key).order_by("-pk")
    if before is not None:
        chosen = chosen.filter(pk__lt=before)
    entries = list(chosen[:most])
    names = dict(
        User.objects.filter(pk__in={row.user_id for row in entries if row.user_id}).values_list(
            "pk", "name"
        )
    )
    bases = {purpose.value: words for purpose, words in BASES.items()}
    return [
        {
            "id": row.pk,
            "at": row.at,
            "who": names.get(row.user_id or 0, "系统"),
            "role": row.role,
            "verb": row.verb,
            "page": row.page,
            "full": row.detail.get("full", ""),
            "purpose": bases[row.purpose][0] if row.purpose in bases else "",
            "purpose_en": bases[row.purpose][1] if row.purpose in bases else "",
            "basis": bases[row.purpose][2] if row.purpose in bases else "",
        }
        for row in entries
    ]


def workbook(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """The copy as an .xlsx; every cell is text, and no text is ever a formula or a link."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made = xlsxwriter.Workbook(buffer, options)
    bold, text = made.add_format({"bold": True}), made.add_format({"num_format": "@"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name[:31])
        head = list(dict.fromkeys(column for row in rows for column in row))
        for at, column in enumerate(head):
            sheet.set_column(at, at, 24, text)
            sheet.write_string(0, at, column, bold)
        for number, row in enumerate(rows, start=1):
            for at, column in enumerate(head):
                value = row.get(column)
                if value not in (None, ""):
                    sheet.write_string(number, at, str(value)[:_LONGEST_CELL], text)
        sheet.freeze_panes(1, 0)
    made.close()
    return buffer.getvalue()


def _identity(person: Person) -> dict[str, Any]:
    return {
        "编号": person.pk,
        "姓名": person.name,
        "证件号码": person.number,
        "联系电话": person.phone,
        "银行账号": person.account,
        **{str(name): value for name, value in person.extra.items()},
    }


def _person_reference(entity: Any) -> str | None:
    for name, fact in entity.facts().items():
        if fact.kind.name == "key" and fact.target.register.name == "people":
            return str(name)
    return None
