"""The fixed words of a rule card, in Chinese and in English."""

from __future__ import annotations

_TOLD: dict[str, tuple[str, str]] = {
    "as on": ("{}适用的规定", "the rules as on {}"),
    "no version": (
        "注意：这一天没有生效的规定，不予发放。各次规定见下。",
        "Note: no version is in force on this day, and nothing is paid. The versions stand below.",
    ),
    "in doubt": (
        "注意：依据自{}起效力存疑，存疑期间不予发放。{}",
        "Note: the basis is in doubt from {} on, and nothing is paid while it is. {}",
    ),
    "who": ("给谁", "Who it is for"),
    "judged": ("逐条判定：{}", "judged one by one: {}"),
    "payee": ("发给：{}", "paid to: {}"),
    "dated_by": ("适用哪一次规定，看：{}", "the day that picks the version: {}"),
    "once_per": ("只享受一次：每一{}", "only once for each: {}"),
    "conditions": ("条件", "Conditions"),
    "resting on": ("依据 {}（{}，{}）", "Resting on {} ({}; {})"),
    "all": ("同时满足：", "All of these:"),
    "any": ("满足其一：", "Any one of these:"),
    "not": ("不得：", "Must not: "),
    "test": ("判定：{}", "test: {}"),
    "cited": ("依据：{}", "source: {}"),
    "rests on": ("看另一项：{}（`{}`）", "rests on: {} (`{}`)"),
    "rests of": ("，对象：{}", ", for: {}"),
    "rests when": ("，判定日：{}", ", judged on: {}"),
    "other has no version": (
        "这一天那一项没有生效的规定",
        "that scheme has no version in force on this day",
    ),
    "consists": ("即：", "that is:"),
    "consists all": ("即同时满足：", "that is, all of these:"),
    "consists any": ("即满足其一：", "that is, any one of these:"),
    "pays": ("给多少、给到什么时候", "How much, and until when"),
    "nothing": ("不发放资金", "no money is paid"),
    "once": ("一次性：{}", "once: {}"),
    "monthly": ("每月：{}", "each month: {}"),
    "months": ("从{}到{}，首尾两个月都算", "from {} to {}, both included"),
    "rounding": ("取整：{}", "rounding: {}"),
    "rounding up": ("四舍五入到分", "half up to the fen"),
    "rounding down": ("不足一分的舍去", "fractions of a fen cut off"),
    "rounding none": ("不需要，金额本身就是整分", "none needed, amounts are whole fen"),
    "parameters": ("用到的数值", "Values it depends on"),
    "value": ("{}，{}", "{}, {}"),
    "source": ("来源：{}", "source: {}"),
    "looked up": ("取值日：{}", "looked up on: {}"),
    "through time": ("历次：{}", "through time: {}"),
    "since": ("自{}起", "from {} on"),
    "from to": ("自{}至{}", "from {} to {}"),
    "before first": ("没有收录更早的值", "no value is held for this day"),
    "versions": ("历次规定", "Versions through time"),
    "this one": ("（本卡所述）", " (this card)"),
    "differs added": ("新增条件：{}", "new condition: {}"),
    "differs dropped": ("不再要求：{}", "no longer asked: {}"),
    "differs recombined": ("条件相同，组合或细节不同", "the same conditions, differently made up"),
    "differs amount": ("金额改为：{}", "amount becomes: {}"),
    "differs first": ("起始月改为：{}", "first month becomes: {}"),
    "differs last": ("截止月改为：{}", "last month becomes: {}"),
    "no longer": ("无", "none"),
    "keeps": ("以后仍按这一次的：{}", "stays under this version later: {}"),
    "doubtful": ("自{}起效力存疑：{}", "in doubt from {} on: {}"),
    "excludes": ("不能同时享受", "Not together with"),
    "same month": ("同一{}在同一个月不能同时享受：", "in one month, for one and the same {}:"),
    "priority": ("优先级 {}，低者让位", "priority {}; the lower one yields"),
    "claws back": ("退回", "To be paid back"),
    "returned": ("退回金额：{}", "amount returned: {}"),
    "parts": ("谁来办", "Who does what"),
    "operated by": ("主办：{}", "run by: {}"),
    "our part": ("本区：{}", "the district's part: {}"),
    "facts": ("要用到的信息，由谁提供", "Facts needed, and who supplies them"),
    "supplied by": ("（{}提供）", " (from {})"),
    "open": ("还没有定的", "Still open"),
    "nothing open": ("没有", "nothing"),
    "open no version": ("这一天没有生效的规定", "no version is in force on this day"),
    "open doubtful": ("依据效力存疑（{}）", "the basis is in doubt ({})"),
    "open open": ("数值未定：{}", "value open: {}"),
    "open to confirm": (
        "数值有来源，待区里核实确认后才能据以发放：{}",
        "value has a source and is paid on only once the district confirms it: {}",
    ),
}

OPERATED_BY: dict[str, tuple[str, str]] = {
    "district": ("区", "the district"),
    "city": ("市", "the city"),
    "tax": ("税务部门", "the tax authority"),
    "bank": ("银行", "a bank"),
    "fund": ("基金", "a fund"),
    "other": ("其他", "others"),
}
OUR_PART: dict[str, tuple[str, str]] = {
    "pay": ("发放", "pays"),
    "pre-check and hand over": ("预审并移交", "pre-checks and hands over"),
    "inform": ("告知", "informs"),
}


def told(name: str, lang: str, *parts: str) -> str:
    """The words called ``name`` with their parts filled in."""
    return _TOLD[name][lang == "en"].format(*parts)
