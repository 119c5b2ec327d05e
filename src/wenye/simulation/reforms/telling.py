"""A comparison in sentences that a bureau head can read, Chinese first, then English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from wenye.policy.parameter_files import DatedValue, Parameter
from wenye.policy.units import worded
from wenye.rules.values import yuan
from wenye.simulation.reforms.comparison import ChangedValue, Comparison, SchemeComparison
from wenye.simulation.reforms.money import Money
from wenye.simulation.reforms.months_ahead import MONTHS_AHEAD

WORDS = {"entitled": "符合", "undetermined": "待定", "not_entitled": "不符合"}
MOVED = {
    "in": ("新符合", "newly entitled"),
    "out": ("不再符合", "no longer entitled"),
    "settled": ("待定变为不符合", "settled as not entitled"),
    "unsettled": ("不符合变为待定", "now undetermined"),
}


def money_words(fen: int) -> str:
    """Fen as ``¥1,234.56``, with a sign where it is less than nothing."""
    whole, _, rest = yuan(abs(fen)).partition(".")
    return f"{'−' if fen < 0 else ''}¥{int(whole):,}.{rest}"


def signed(fen: int) -> str:
    """A difference in fen, its sign always told."""
    return money_words(fen) if fen <= 0 else f"+{money_words(fen)}"


def value_words(item: ChangedValue, parameter: Parameter) -> tuple[str, str]:
    """A changed value: ``登记失业满月数由3个月改为6个月（各日均按此）``.

    Where the old value differs by date, each is told with its day.
    """
    before, before_en = _by_date(item, parameter)
    since = "各日均按此" if item.since is None else f"{item.since}起"
    since_en = "on every day" if item.since is None else f"from {item.since}"
    return (
        f"{item.label}由{before}改为{item.after}（{since}）",
        f"{item.label_en}: {before_en} → {item.after_en} ({since_en})",
    )


def _by_date(item: ChangedValue, parameter: Parameter) -> tuple[str, str]:
    """The values that the new one takes the place of: from its day on, or of every day."""
    steps = _replaced(parameter, item.since)
    runs = [next(run) for _, run in groupby(steps, key=lambda step: step.value)]
    if len(runs) < 2:
        return item.before, item.before_en
    zh, en = [], []
    for step in runs:
        words, words_en = "未定", "open"
        if step.value is not None:
            words = worded(parameter.unit, step.value)
            words_en = worded(parameter.unit, step.value, "en")
        zh.append(f"{words}（{step.since}起）")
        en.append(f"{words_en} (from {step.since})")
    return "、".join(zh), ", ".join(en)


def _replaced(parameter: Parameter, since: dt.date | None) -> list[DatedValue]:
    """The dated values that hold on some day from ``since`` on, in order."""
    if since is None:
        return list(parameter.values)
    begun = [step for step in parameter.values if step.since <= since]
    return begun[-1:] + [step for step in parameter.values if step.since > since]


def summary(found: Comparison) -> list[tuple[str, str]]:
    """The sentences of the summary: what is changed, what it does, what it costs."""
    details = found.district.details
    told = [value_words(item, details[item.parameter]) for item in found.values]
    zh = "如果" + "；".join(pair[0] for pair in told)
    en = "If " + "; ".join(pair[1] for pair in told)
    if not found.changed:
        return [(f"{zh}，登记册里没有人受影响。", f"{en}, nobody in the registers is affected.")]
    lines = [(f"{zh}：", f"{en}:")]
    lines += [line for item in found.schemes for line in _scheme(item)]
    lines += list(_cost(found))
    return lines


def _scheme(item: SchemeComparison) -> Iterator[tuple[str, str]]:
    before, after = item.outcome("entitled", after=False), item.outcome("entitled", after=True)
    came, left = item.movements["in"], item.movements["out"]
    title_en = item.title_en or item.scheme
    if not item.changed:
        return
    if not came.subjects and not left.subjects:
        money = _difference(item.before, item.after)
        yield (
            f"“{item.title}”符合的{before:,}，不变{money[0]}。",
            f"{title_en}: {before:,} entitled, as before{money[1]}.",
        )
        return
    why, why_en = _why(item)
    money = _difference(item.before, item.after)
    yield (
        f"“{item.title}”符合的由{before:,}变为{after:,}"
        f"（新符合{came.subjects:,}，不再符合{left.subjects:,}{why}）{money[0]}。",
        f"{title_en}: entitled {before:,} → {after:,} "
        f"(in {came.subjects:,}, out {left.subjects:,}{why_en}){money[1]}.",
    )


def _why(item: SchemeComparison) -> tuple[str, str]:
    """The condition that moves most people in or out."""
    larger = max((item.movements["in"], item.movements["out"]), key=lambda move: move.subjects)
    name, zh, en, subjects = larger.shares()[0]
    if name in ("several", "unnamed"):
        return "", ""
    return f"，主要因“{zh}”{subjects:,}", f", mostly by “{en}”, {subjects:,}"


def _difference(before: Money, after: Money) -> tuple[str, str]:
    zh, en = "", ""
    payable = after.payable_fen - before.payable_fen
    unconfirmed = after.unconfirmed_fen - before.unconfirmed_fen
    if payable:
        zh += f"，可发放{_more(payable)}"
        en += f", payable {signed(payable)}"
    if unconfirmed:
        zh += f"，标准待确认的{_more(unconfirmed)}"
        en += f", unconfirmed {signed(unconfirmed)}"
    return zh, en


def _more(fen: int) -> str:
    return f"{'增加' if fen > 0 else '减少'}{money_words(abs(fen))}"


def _cost(found: Comparison) -> Iterator[tuple[str, str]]:
    before, after, months = found.before, found.after, found.months
    span = f"{months[0]}至{months[-1]}（{MONTHS_AHEAD}个月）"
    span_en = f"{months[0]} to {months[-1]} ({MONTHS_AHEAD} months)"
    payable = after.payable_fen - before.payable_fen
    yield (
        f"{span}可发放由{money_words(before.payable_fen)}变为{money_words(after.payable_fen)}"
        f"（{signed(payable) if payable else '不变'}）。",
        f"{span_en}: payable {money_words(before.payable_fen)} → "
        f"{money_words(after.payable_fen)} ({signed(payable) if payable else 'as before'}).",
    )
    if before.unconfirmed_fen or after.unconfirmed_fen:
        change = after.unconfirmed_fen - before.unconfirmed_fen
        yield (
            f"另有标准待确认、不能发放的，由{money_words(before.unconfirmed_fen)}变为"
            f"{money_words(after.unconfirmed_fen)}（{signed(change) if change else '不变'}）。",
            f"On values not yet confirmed: {money_words(before.unconfirmed_fen)} → "
            f"{money_words(after.unconfirmed_fen)} ({signed(change) if change else 'as before'}).",
        )
    most = max((*before.no_amount, *after.no_amount))
    if most:
        first = next(
            month
            for month, *rows in zip(months, before.no_amount, after.no_amount, strict=True)
            if most in rows
        )
        yield (
            f"金额还未定的没有计入，最多的是{first}，{most:,}行。",
            f"Amounts that are not known are not counted; most of them, {most:,} rows, in {first}.",
        )


def remarks(found: Comparison) -> list[tuple[str, str]]:
    """What a reader must know besides: unused changes, schemes left out, what amounts mean."""
    lines = []
    for item in found.values:
        if not item.schemes:
            lines.append(
                (
                    f"{item.parameter}（{item.label}）没有任何项目用到，改动不起作用",
                    f"no scheme reads {item.parameter}: the change does nothing",
                )
            )
        elif item.same:
            lines.append(
                (
                    f"{item.parameter}（{item.label}）与现行的值相同，只在别的日子或可否发放上可能有别",
                    f"{item.parameter} is what it was: other days, or how far it may be paid on, "
                    "may differ",
                )
            )
    if found.untouched:
        number = len(found.untouched)
        lines.append(
            (
                f"改动不涉及的{number}个项目结果不变，没有重新判定（名单在页面和 JSON 里）",
                f"{number} not touched by the change, and so not decided again "
                "(named on the page and in the JSON)",
            )
        )
    settled = [item for item in found.schemes if not item.rejudged]
    if settled:
        lines.append(
            (
                "条件不变、只因与改动的项目互斥而重新计算谁让谁的："
                + "、".join(item.title for item in settled),
                "decided once, and only settled anew beside the others: "
                + ", ".join(item.scheme for item in settled),
            )
        )
    lines.append(
        (
            "变动后的“可发放”是指假设的值已正式定下；现在一分也不能据此发放",
            "payable after the change means: once adopted; nothing can be paid on it today",
        )
    )
    return lines
