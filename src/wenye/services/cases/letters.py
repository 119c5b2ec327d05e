"""Letters of a case: issued with the step that calls for them, in the same transaction.

The content is kept as it was on the day; page and Word file are made from it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from wenye.services.cases.letter_kinds import letter_kinds
from wenye.services.cases.models import Case, Letter, Step
from wenye.services.cases.names import name_of
from wenye.services.cases.numbering import next_number
from wenye.services.cases.types import case_types
from wenye.services.decisions.decisive import decisive
from wenye.services.decisions.district import district
from wenye.services.decisions.models import UsedDecision

#: Parts of a letter: ``heading`` (一、), ``body`` and ``item`` (1.).
Part = dict[str, str]


def issue(case: Case, step: Step, kind: str) -> Letter:
    """Issue the letter of a step, with the next number of its series."""
    letters = letter_kinds()
    shape = letters.kinds[kind]
    day = timezone.localdate(step.at)
    number = letters.number.format(
        word=shape.word, year=day.year, n=next_number(f"letter-{kind}-{day.year}")
    )
    return Letter.objects.create(
        case=case,
        step=step,
        kind=kind,
        number=number,
        at=step.at,
        content={
            "title": shape.title,
            "title_en": shape.title_en,
            "number": number,
            "issuer": _issuer(case),
            "to": name_of(case) or "申请人",
            "day": day.isoformat(),
            "case": case.number,
            "parts": _parts(case, step, kind, day),
        },
    )


def _issuer(case: Case) -> str:
    """The full name of the department in whose name the letter goes out."""
    for each in district().organisation.departments:
        if each.name == case.department:
            return each.full_name or each.name
    return case.department


def day_words(day: dt.date) -> str:
    """2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def body(text: str) -> Part:
    """A paragraph."""
    return {"style": "body", "text": text}


def heading(text: str) -> Part:
    """A heading of the first level; its number is part of the text."""
    return {"style": "heading", "text": text}


def item(text: str) -> Part:
    """An item of a list."""
    return {"style": "item", "text": text}


def _what(case: Case) -> str:
    if case.scheme:
        return f"“{district().scheme(case.scheme).title}”"
    return f"“{case_types()[case.case_type].label}”"


def _parts(case: Case, step: Step, kind: str, day: dt.date) -> list[Part]:
    opened = day_words(timezone.localdate(case.submitted_at or case.opened_at))
    you = "您" if case.person_key is not None else "贵单位"
    start = f"{you}{opened}提出的{_what(case)}申请（办件编号 {case.number}）"
    if kind == "accepted":
        return [
            body(f"{start}，已于{day_words(day)}受理。"),
            body(_until(case)),
            body("办理中需要补充材料的，将一次告知。凭办件编号可以查询进度。"),
        ]
    if kind == "correction":
        missing = [item(f"{n}. {each}") for n, each in enumerate(step.data.get("missing", ()), 1)]
        return [
            body(f"{start}，经审核还需要补正。现一次告知需要补正的全部内容："),
            *missing,
            *([body(f"说明：{step.reason}")] if step.reason else []),
            body("补正后请在原办件中重新提交，已填的内容不会丢失。"),
            body("补正期限：现有政策文件没有规定（待定）。"),
        ]
    if kind == "decision":
        return _decision(case, start, day)
    if kind == "refusal":
        return _refusal(case, step, start)
    if kind == "registered":
        return [
            body(
                f"{start}，已于{day_words(day)}登记。自登记之日起，登记的内容作为判定各项补贴的依据。"
            )
        ]
    if kind == "cancelled":
        return [
            body(f"{start}，认定自{day_words(day)}起取消。"),
            heading("一、理由"),
            body(step.reason),
            *_appeal("二"),
        ]
    if kind == "referred":
        return [
            body(f"{start}，已于{day_words(day)}转{case.department}。"),
            body("是否给予救助、给予多少，由承办部门审核决定并告知您。"),
        ]
    return [
        body(f"{start}所得款项须予追回。"),
        heading("一、理由"),
        body(step.reason),
        *_claim(case.decision),
        *_appeal("三"),
    ]


def _until(case: Case) -> str:
    if case.due_on is None:
        return "办理期限：现有政策文件没有规定（待定）。"
    return f"办理期限至{day_words(case.due_on)}。"


def _decision(case: Case, start: str, day: dt.date) -> list[Part]:
    used = case.decision
    parts = [body(f"{start}，经街镇初审、区级终审，{_outcome(case, day)}。")]
    if used is None:
        return parts
    parts.append(heading("一、依据"))
    law = used.explanation.get("law") or {}
    parts.append(body(f"{law.get('basis') or '见下列各项条件'}。"))
    parts.append(heading("二、符合的条件"))
    for number, each in enumerate(_met(used), 1):
        parts.append(item(f"{number}. {each}"))
    parts.append(heading("三、金额"))
    parts.append(body(_amount(case, used)))
    return [*parts, *_appeal("四"), body(f"判定回执：{used.receipt[:16]}")]


def _outcome(case: Case, day: dt.date) -> str:
    if case.state == "notice" and case.due_on is not None:
        return f"拟予批准，公示至{day_words(case.due_on)}，公示期满无异议的，本决定生效"
    verb = "认定" if case.workflow == "certification" else "批准"
    return f"于{day_words(day)}予以{verb}"


def _met(used: UsedDecision) -> list[str]:
    return [
        f"{each['label']}（{each['citation']}）" if each["citation"] else each["label"]
        for each in used.explanation["conditions"]
        if each["value"] == "yes"
    ]


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}元"


def _amount(case: Case, used: UsedDecision) -> str:
    if used.amount_status == "payable" and used.amount_fen is not None:
        words = (
            f"每月{_yuan(used.amount_fen)}" if case.flow == "monthly" else _yuan(used.amount_fen)
        )
        months = [each["month"] for each in used.explanation["schedule"]]
        if months and case.flow == "monthly":
            words += f"，自{months[0]}至{months[-1]}"
        payer = "由本区发放" if case.part == "pay" else "由承办单位审核发放"
        return f"{words}，{payer}。"
    if used.amount_status in ("unconfirmed", "open"):
        return "标准待确认，确认后另行告知金额；确认前不予拨付。"
    return "本事项不涉及支付金额。"


def _refusal(case: Case, step: Step, start: str) -> list[Part]:
    used = case.decision
    parts = [body(f"{start}，经审核不予批准。"), heading("一、理由")]
    parts.append(body(step.reason))
    if used is not None and used.outcome != "entitled":
        parts.append(heading("二、决定性的条件和依据"))
        reasons = decisive(used.explanation)
        if not reasons:
            # No rule of that day is on file, or it lies ahead: the decision's warnings say so.
            parts += [body(f"{_chinese(each)}。") for each in used.explanation["warnings"]]
        for number, each in enumerate(reasons, 1):
            known = "；".join(f"{fact['label']}：{fact['text']}" for fact in each.facts[:4])
            answer = {"no": "不符合", "unknown": "无法确认"}.get(each.value, "")
            words = f"{number}. {each.label}——{answer}"
            words += f"（依据：{each.citation}）" if each.citation else ""
            words += f"。登记情况：{known}" if known else ""
            parts.append(item(f"{words}。"))
        next_number_words = "三", "四"
    else:
        next_number_words = "二", "三"
    parts.append(heading(f"{next_number_words[0]}、怎样更正事实"))
    parts.append(
        body(
            "认为登记的事实有误的，可以在“我的数据”中点“这不对”，由提供数据的部门核实；"
            "核实更正后可以重新申请。"
        )
    )
    return [*parts, *_appeal(next_number_words[1])]


def _chinese(words: str) -> str:
    """The Chinese half of a sentence that is told in both languages."""
    return words.partition(" / ")[0]


def _claim(used: UsedDecision | None) -> list[Part]:
    parts = [heading("二、依据和金额")]
    if used is None:
        return [*parts, body("见办件记录。")]
    owed = used.explanation.get("claw_back")
    words = f"应退回{owed}元。" if owed else "应退回的金额由财务核定后另行告知。"
    law = used.explanation.get("law") or {}
    return [*parts, body(f"{law.get('basis') or ''}。{words}")]


def _appeal(ordinal: str) -> list[Part]:
    return [heading(f"{ordinal}、不服怎样申诉"), body(f"{letter_kinds().appeal}。")]
