"""A sentence to say on the phone, for every outcome: plain, short, and true to the decision."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.decisive import (
    decisive,
    responsible,
    to_be_asked,
    value_label,
)

#: What the person does next, by who runs the scheme and what the district does.
_NEXT: dict[tuple[str, str], tuple[str, str]] = {
    ("pay", ""): (
        "请到街镇申请，由本区发放",
        "please apply at your town's office; the district pays",
    ),
    ("pre-check and hand over", "city"): (
        "请到街镇申请，本区预审后交市级经办机构办理",
        "please apply at your town's office; the district checks it and hands it to the city",
    ),
    ("pre-check and hand over", "bank"): (
        "请到街镇申请，本区预审后交银行办理",
        "please apply at your town's office; the district checks it and hands it to the bank",
    ),
    ("pre-check and hand over", "fund"): (
        "请到街镇申请，本区预审后由失业保险基金办理",
        "please apply at your town's office; the district checks it, and the "
        "unemployment-insurance fund handles it",
    ),
    ("pre-check and hand over", "other"): (
        "请到街镇申请，本区预审后交主管部门办理",
        "please apply at your town's office; the district checks it and hands it to the department "
        "in charge",
    ),
    ("pre-check and hand over", "district"): (
        "请到街镇申请，由本区办理",
        "please apply at your town's office; the district handles it",
    ),
    ("inform", "tax"): ("请向税务部门办理", "please turn to the tax authority"),
    ("inform", "city"): ("请向市级经办机构办理", "please turn to the city's agency"),
    ("inform", "fund"): (
        "由失业保险基金办理，不用向本区申请",
        "the unemployment-insurance fund handles it; nothing has to be applied for here",
    ),
}
#: Decisive conditions and missing facts that one sentence bears.
_MOST = 2


def spoken(decided: Decided, lang: str | None = None) -> str:
    """One sentence for the phone, in the language in use or the one named (``zh``, ``en``)."""
    english = (lang or get_language() or "zh").startswith("en")
    return _Sentence(decided, english).text()


class _Sentence:
    def __init__(self, decided: Decided, english: bool) -> None:
        self.decided = decided
        self.english = english
        self.told: dict[str, Any] = decided.explanation

    def _say(self, zh: str, en: str) -> str:
        return en if self.english else zh

    @property
    def _title(self) -> str:
        title = self.told["title"]
        english = self.told["title_en"] or title
        return self._say(f"“{title}”", f"“{english}”")

    def text(self) -> str:
        """The sentence."""
        outcome = self.decided.outcome
        if outcome == "entitled":
            return self._entitled()
        if outcome == "not_entitled":
            return self._refused()
        return self._undetermined()

    # -- yes --------------------------------------------------------------------------------------

    def _entitled(self) -> str:
        first = self._say(
            f"按现在掌握的情况，{self._title}的条件都符合",
            f"On what we know, the conditions of {self._title} are met",
        )
        parts = [first, *self._money(), self.next_step()]
        return self._say("，", "; ").join(part for part in parts if part) + self._say("。", ".")

    def _money(self) -> list[str]:
        told = self.told
        if any("依据存疑" in warning for warning in told["warnings"]):
            return [
                self._say(
                    "但所依据的文件是否继续有效还没有定，定下来之前不发放",
                    "but whether the document behind it still holds is open, and nothing is paid "
                    "until that is settled",
                )
            ]
        amount, status = told["amount"], told["amount_status"]
        if status == "open":
            return [self._open()]
        if amount is None:
            return self._not_now()
        yuan = f"¥{Decimal(amount):,.2f}"
        found = [
            self._say(f"每月{yuan}", f"{yuan} a month")
            if told["flow"] == "monthly"
            else self._say(f"一次{yuan}", f"{yuan} once")
        ]
        months = [item["month"] for item in told["schedule"]]
        if months:
            found.append(
                self._say(
                    f"从{_month(months[0])}到{_month(months[-1])}，共{len(months)}个月",
                    f"from {months[0]} to {months[-1]}, {len(months)} months",
                )
            )
        if status == "unconfirmed":
            found.append(
                self._say(
                    "这个标准有来源但还没有确认，确认以后才能发放",
                    "the rate has a source but is not confirmed; it is paid once that is done",
                )
            )
        return found

    def _not_now(self) -> list[str]:
        """Someone entitled to whom nothing is due this month."""
        if self.told["flow"] != "monthly":
            return []
        months = [item["month"] for item in self.told["schedule"]]
        if not months:
            return [self._say("这个月没有应发的金额", "nothing is due this month")]
        if months[-1] < self.told["on"][:7]:
            return [
                self._say(
                    f"但期限到{_month(months[-1])}已经用完",
                    f"but the term ended in {months[-1]}",
                )
            ]
        return [self._say(f"从{_month(months[0])}起发放", f"payment begins in {months[0]}")]

    def next_step(self) -> str:
        """Who handles it, and what the person does."""
        scheme = self.decided.scheme
        for key in ((scheme.our_part, scheme.operated_by), (scheme.our_part, "")):
            if key in _NEXT:
                return self._say(*_NEXT[key])
        bodies = "、".join([body for body, _cited, _leads in responsible(scheme.id)][:_MOST])
        return self._say(f"有疑问可以问{bodies}", f"for questions ask {bodies}") if bodies else ""

    # -- no ---------------------------------------------------------------------------------------

    def _refused(self) -> str:
        law = self.told["law"]
        if law is not None and law["version"] is None:
            return self._say(
                f"{self._title}在{_day(law['day'])}没有收录有效的规定，所以不能办；"
                "如果日期不对，请告诉我们更正。",
                f"No rule of {law['day']} is on file for {self._title}, so it cannot be granted; "
                "tell us if that day is wrong.",
            )
        reasons = decisive(self.told)
        if not reasons:
            return self._say(
                f"{self._title}现在不符合条件。", f"{self._title}: not met at present."
            )
        said = self._say("；", "; ").join(self._reason(item) for item in reasons[:_MOST])
        cited = next((item.citation for item in reasons if item.citation), "")
        source = self._say(f"（{cited}）", f" ({cited})") if cited else ""
        return self._say(
            f"{self._title}现在不符合，因为{said}{source}；如果这和实际情况不一样，"
            "请告诉我们，由提供数据的部门核对更正，更正后可以重新判定，也可以申请复核。",
            f"{self._title} cannot be granted now: {said}{source}. If that is not how things are, "
            "tell us: the department that supplied it checks and corrects it, and it is decided "
            "again; you may also ask for a review.",
        )

    def _reason(self, item: Any) -> str:
        if item.value == "yes":
            return self._say(f"有“{item.label}”的情形", f"“{item.label_en}” applies")
        return self._say(f"不满足“{item.label}”", f"“{item.label_en}” is not met")

    # -- not yet ----------------------------------------------------------------------------------

    def _undetermined(self) -> str:
        labels = list(dict.fromkeys(self.told["missing_labels"]))
        parts = []
        if labels:
            some = "、".join(labels[:_MOST])
            more = self._say(f"等{len(labels)}项", "") if len(labels) > _MOST else ""
            parts.append(
                self._say(
                    f"{self._title}还缺{_count(len(labels))}：{some}{more}，补上就能知道结果",
                    f"{self._title} still lacks {len(labels)} fact(s): "
                    f"{', '.join(labels[:_MOST])}; with that the outcome is known",
                )
            )
        elif self.told["blocked_by"]:
            parts.append(self._say(f"{self._title}现在还定不下来", f"{self._title} is open"))
        else:
            parts.append(
                self._say(f"{self._title}现有情况还不够判定", f"{self._title}: too little is known")
            )
        if self.told["blocked_by"] and not labels:
            parts.append(self._open())
        return self._say("，", "; ").join(parts) + self._say("。", ".")

    def _open(self) -> str:
        """What has not been set, and whom to ask."""
        names = self.told["blocked_by"]
        day = self.decided.on
        labels = [value_label(name)[self.english] for name in names[:_MOST]]
        more = len(names) - len(labels)
        zh = f"“{'”“'.join(labels)}”" + (f"等{len(names)}项" if more > 0 else "")
        en = ", ".join(f"“{label}”" for label in labels) + (f" and {more} more" if more > 0 else "")
        bodies = to_be_asked(names, day)[:_MOST]
        ask_zh = f"，可以问{'、'.join(bodies)}" if bodies else ""
        ask_en = f"; ask {', '.join(bodies)}" if bodies else ""
        if not labels:
            return self._say("金额的标准还没有定", "the amount is not set yet")
        return self._say(f"{zh}还没有定{ask_zh}", f"not set yet: {en}{ask_en}")


def _count(number: int) -> str:
    return "一项" if number == 1 else f"{number}项"


def _month(text: str) -> str:
    year, month = text.split("-")
    return f"{year}年{int(month)}月"


def _day(text: str | None) -> str:
    if text is None:
        return "这一天"
    day = dt.date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
