"""The fixed words of the pictures, in Chinese and in English."""

from __future__ import annotations

_TOLD: dict[str, tuple[str, str]] = {
    "any": ("满足其一", "any one of"),
    "must not": ("不得", "must not"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "none": ("均否", "none"),
    "state yes": ("满足", "met"),
    "state no": ("不满足", "not met"),
    "state unknown": ("未知", "unknown"),
    "entitled": ("符合", "entitled"),
    "not entitled": ("不符合", "not entitled"),
    "undetermined": ("尚不能判定", "undetermined"),
    "rests on": ("见：{}", "see: {}"),
    "rests of": ("对象：{}", "for: {}"),
    "rests when": ("判定日：{}", "judged on: {}"),
    "other has no version": (
        "没有收录那一项在这一天生效的规定",
        "that scheme has no version of this day on file",
    ),
    "as on": ("{}适用的规定", "the rules as on {}"),
    "basis": ("依据：{}", "basis: {}"),
    "no version": (
        "没有收录这一天生效的规定，不予发放",
        "no version of this day is on file; nothing is paid",
    ),
    "in doubt": (
        "自{}起效力存疑，存疑期间不予发放：{}",
        "in doubt from {} on, nothing is paid: {}",
    ),
    "case": ("本例：{}", "this case: {}"),
    "once": ("一次性", "once"),
    "monthly": ("每月", "each month"),
    "see below": ("金额见下", "amount: see below"),
    "amount": ("金额：{}", "amount: {}"),
    "months": ("起始月：{}；截止月：{}", "first month: {}; last month: {}"),
    "amount on card": ("金额：算法见政策卡片", "amount: as worked out on the rule card"),
    "months on card": ("起止月：算法见政策卡片", "months: as worked out on the rule card"),
    "how to read": (
        "看图：从左到右逐项判定，走到右端才符合",
        "How to read: from left to right; whoever reaches the right-hand end is entitled",
    ),
    "how any": ("；上下并列的，有一项满足即可", "; of steps one below the other, one is enough"),
    "how not": (
        "；标“不得”的，没有这种情形才通过",
        '; a "must not" step is passed where it is not so',
    ),
    "how frame": ("；带标题的框，由框内各项组成", "; a titled frame consists of the steps inside"),
    "how double": ("，双线框是另一项规定", " (a double line: another scheme)"),
    "stop": ("。", "."),
    "diagram of": ("{}：判定图", "{}: decision diagram"),
    "law line of": ("{}：历次规定与数值", "{}: versions and values through time"),
    "versions": ("规定", "versions"),
    "open": ("未定", "open"),
    "doubtful": ("存疑", "in doubt"),
    "note": ("{}：{}", "{}: {}"),
    "from": ("自{}起：{}", "from {}: {}"),
    "legend firm": ("原文或已确认", "quoted or confirmed"),
    "legend sourced": ("待核实来源", "source to be confirmed"),
    "legend open": ("未定", "open"),
    "legend doubtful": ("效力存疑", "force in doubt"),
    "doubt of": ("{}起存疑：{}", "in doubt from {} on: {}"),
}


def told(name: str, lang: str, *parts: str) -> str:
    """The words called ``name`` with their parts filled in."""
    return _TOLD[name][lang == "en"].format(*parts)
