"""The phrases that expressions are put into, in Chinese and in English.

One table, so that someone who reads Chinese can check all of them at once. 以内 and 满 include the
boundary, 不满, 超过 and 以外 do not (Civil Code 1259); every phrase here says which it means.
"""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    # comparisons of amounts and numbers
    "ge": ("{}不少于{}", "{} is at least {}"),
    "gt": ("{}超过{}", "{} is more than {}"),
    "le": ("{}不超过{}", "{} is at most {}"),
    "lt": ("{}少于{}", "{} is less than {}"),
    "eq": ("{}等于{}", "{} equals {}"),
    "ne": ("{}不等于{}", "{} differs from {}"),
    # comparisons of days and months
    "ge when": ("{}不早于{}", "{} is not before {}"),
    "gt when": ("{}晚于{}", "{} is after {}"),
    "le when": ("{}不晚于{}", "{} is not after {}"),
    "lt when": ("{}早于{}", "{} is before {}"),
    "eq when": ("{}就是{}", "{} is {}"),
    "ne when": ("{}不是{}", "{} is not {}"),
    "same year": ("{}与{}在同一年", "{} and {} fall in the same year"),
    "other year": ("{}与{}不在同一年", "{} and {} fall in different years"),
    "same row": ("{}与{}是同一个", "{} and {} are the same"),
    "other row": ("{}与{}不是同一个", "{} and {} are not the same"),
    "share": ("{}占{}的比例不低于{}", "{} as a share of {} is at least {}"),
    # yes and no
    "is": ("{}为{}", "{} is {}"),
    "is not": ("{}不是{}", "{} is not {}"),
    "yes": ("{}为“是”", '{} is "yes"'),
    "no": ("{}为“否”", '{} is "no"'),
    "has": ("有{}", "{} is there"),
    "has no": ("没有{}", "{} is not there"),
    "and": ("，且", ", and "),
    "or": ("，或", ", or "),
    "neither": ("并非（{}）", "it is not so that ({})"),
    "bracket": ("（{}）", "({})"),
    "quote": ("“{}”", '"{}"'),
    "holds": ("符合“{}”", '"{}" holds'),
    "holds not": ("不符合“{}”", '"{}" does not hold'),
    "holds of": ("{}符合“{}”", 'for {}, "{}" holds'),
    "holds not of": ("{}不符合“{}”", 'for {}, "{}" does not hold'),
    "judged on": ("（按{}判定）", " (judged on {})"),
    "if": ("若{}，则{}，否则{}", "if {} then {}, otherwise {}"),
    "only if": ("{}（限于{}）", "{} (only where {})"),
    # periods
    "reached": ("自{}起至{}满{}", "at least {2} from {0} to {1}"),
    "not reached": ("自{}起至{}不满{}", "less than {2} from {0} to {1}"),
    "within": ("{}在自{}起{}以内", "{} is within {} from {}"),
    "not within": ("{}在自{}起{}以外", "{} is beyond {} from {}"),
    "whole months": ("自{}至{}的整月数", "whole months from {} to {}"),
    "months between": ("自{}至{}的月数", "months from {} to {}"),
    "months reached on": ("自{}起满{}之日", "the day that ends {1} from {0}"),
    "after": ("{}后{}", "{1} after {0}"),
    "before": ("{}前{}", "{1} before {0}"),
    "last of": ("自{}起连续{}的最后一个月", "the last month of {1} counted from {0}"),
    "month of": ("{}所在月", "the month of {}"),
    "year of": ("{}所在年", "the year of {}"),
    "first day": ("{}的第一日", "the first day of {}"),
    "last day": ("{}的最后一日", "the last day of {}"),
    "on": ("判定当日", "the day of determination"),
    "law": ("适用规定的日期", "the day that picks the version"),
    "pay_month": ("发放所属月份", "the month being paid"),
    # arithmetic
    "parts": ("{}除以{}的整数部分", "whole times that {1} goes into {0}"),
    "min": ("（{}；{}）中较小者", "the smaller of ({}; {})"),
    "max": ("（{}；{}）中较大者", "the larger of ({}; {})"),
    "min when": ("（{}；{}）中较早者", "the earlier of ({}; {})"),
    "max when": ("（{}；{}）中较晚者", "the later of ({}; {})"),
    "to_fen up": ("{}（四舍五入到分）", "{} (rounded half up to the fen)"),
    "to_fen down": ("{}（不足一分的舍去）", "{} (fractions of a fen cut off)"),
    # rows
    "as_at": ("{}（{}时）", "{} (as at {})"),
    "latest": ("{}（{}及以前最近一次）", "{} (latest up to {})"),
    "that": ("该{}", "that row of {}"),
    "judged row": ("本条{}", "the judged {}"),
    "count": ("{}的条数", "number of {}"),
    "count persons": ("{}的人数", "number of persons in {}"),
    "count such": ("{}中{}的条数", "number of {} where {}"),
    "count such persons": ("{}中{}的人数", "number of persons in {} where {}"),
    "total": ("{}的{}之和", "sum of the {1} of {0}"),
    "such": ("{}中{}的记录", "{} where {}"),
    "any": ("有{}", "at least one row of {}"),
    "none": ("没有{}", "no row of {}"),
    "any such": ("{}中有{}的记录", "at least one row of {} where {}"),
    "none such": ("{}中没有{}的记录", "no row of {} where {}"),
    "exists as_at": ("{}{}有{}", "{0}a row of {2} covers {1}"),
    "exists not as_at": ("{}{}没有{}", "{0}no row of {2} covers {1}"),
    "exists latest": ("{}{}及以前有{}", "{0}a row of {2} is dated {1} or before"),
    "exists not latest": ("{}{}及以前没有{}", "{0}no row of {2} is dated {1} or before"),
    # history
    "paid before": ("{}享受过{}", "{} was paid {} before"),
    "not paid before": ("{}未享受过{}", "{} was never paid {}"),
    "drawing": ("{}在{}享受{}", "in {1}, {0} is paid {2}"),
    "not drawing": ("{}在{}未享受{}", "in {1}, {0} is not paid {2}"),
    "months drawn": ("{}在{}之前已享受{}的月数", "months before {1} for which {0} was paid {2}"),
    "amount paid": ("{}已享受{}的金额", "amount paid to {} of {}"),
    "oneself": ("{}", "the one judged"),
    "this support": ("本项补贴", "this support"),
    # parameters
    "param": ("{}（{}）", "{} ({})"),
    "comma": ("{}，{}", "{}, {}"),
    "value on": ("{}的值", "as on {}"),
    "open": ("〔未定〕", "[open]"),
}


def phrase(name: str, lang: str, *parts: str) -> str:
    """The phrase ``name`` with its parts filled in."""
    return PHRASES[name][lang == "en"].format(*parts)
