"""The six rules of the workload in the project's own language.

Invented values, for timing only: none of them is law.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from population import DECISION_DAY
from wenye.rules import calendar
from wenye.rules.aggregates import total
from wenye.rules.expressions import ON, Quantity, Truth, parameter
from wenye.rules.facts import Entity, Register, choice, day, many, number, ref, truth
from wenye.rules.functions import least, to_fen, where
from wenye.rules.kinds import Kind, money, rate
from wenye.rules.kinds import number as number_kind
from wenye.rules.law import condition, law, monthly, once
from wenye.rules.parameters import Series, Status, Step
from wenye.rules.periods import month_of, months, reached, whole_months
from wenye.rules.rewrite import Rewriter
from wenye.rules.scheme import Scheme

ON_CODE = calendar.code(DECISION_DAY)
#: Day on which the invented rules begin.
_BEGUN = dt.date(2010, 1, 1)


class Employer(Entity):
    """An invented employer, for the sum per employer."""

    register = Register("employers", "合成单位", "synthetic employers")
    claimants = many("Claimant", by="employer")


class Claimant(Entity):
    """An invented person. An empty day is unknown: none of the days may be absent."""

    register = Register("claimants", "合成人员", "synthetic claimants")
    registered = day("失业登记日期", "registered unemployed")
    graduated = day("毕业日期", "graduated")
    hired = day("录用日期", "hired")
    claim_ended = day("领金期满日期", "claim ended")
    flexible_since = day("灵活就业日期", "in flexible work since")
    certified = day("取证日期", "certificate")
    business_since = day("创业日期", "in business since")
    age = number("年龄（月）", "age", "month")
    contributed = number("缴费月数", "months contributed", "month")
    contract = number("合同月数", "contract", "month")
    level = number("等级", "level of the certificate")
    sex = choice("性别", "sex", {"male": "男", "female": "女"})
    cadre = truth("女干部", "in a cadre post")
    local = truth("本区户籍", "local hukou")
    employer = ref("Employer", "单位", "employer")


@dataclass(frozen=True, slots=True)
class Invented:
    """What a law of the workload rests on: nothing."""

    since: dt.date | None = _BEGUN
    until: dt.date | None = None
    doubtful_from: dt.date | None = None
    doubt: str = ""
    text: str = "合成 / invented for timing"


def _value(name: str, kind: Kind, value: int) -> Any:
    step = Step(calendar.code(_BEGUN), value, Status.CONFIRMED)
    return parameter(Series(f"workload.{name}", name, kind, (step,)))


def _months(name: str, value: int) -> Quantity:
    found: Quantity = _value(name, number_kind("month"), value)
    return found


def _yuan(name: str, value: int, flow: str = "once") -> Quantity:
    found: Quantity = _value(name, money(flow), value * 100)
    return found


P = Claimant
MALE: Truth = P.sex == "male"
RETIREMENT_AGE = where(
    MALE,
    _months("retirement_men", 720),
    where(P.cadre, _months("retirement_cadre", 660), _months("retirement_women", 600)),
)
TO_RETIREMENT: Quantity = RETIREMENT_AGE - P.age
HALF: Quantity = _value("share", rate(1), 5)
WAGE = _yuan("wage", 1000, "monthly")


class Hire(Scheme):
    """Paid once for being taken out of registered unemployment."""

    title, title_en = "录用", "hire"
    subject = Claimant

    is_local = condition("本区户籍", P.local, en="local hukou")
    long_unemployed = condition(
        "登记失业满6个月", reached(P.registered, months(6), P.hired), en="unemployed for 6 months"
    )
    years_contract = condition("合同满12个月", P.contract >= 12, en="contract of 12 months")
    has_contributed = condition("已缴费", P.contributed >= 1, en="has contributed")
    law_one = law(
        Invented(),
        eligible=is_local & long_unemployed & years_contract & has_contributed,
        pays=once(_yuan("hire", 2000)),
    )


class Graduate(Scheme):
    """Paid once for a graduate taken on within two years."""

    title, title_en = "毕业生", "graduate"
    subject = Claimant

    after_graduation = condition(
        "毕业后录用", P.hired >= P.graduated, en="hired on or after graduation"
    )
    lately = condition(
        "毕业不满24个月",
        ~reached(P.graduated, months(24), P.hired),
        en="graduated less than 24 months before",
    )
    years_contract = condition("合同满12个月", P.contract >= 12, en="contract of 12 months")
    law_one = law(
        Invented(),
        eligible=after_graduation & lately & years_contract,
        pays=once(to_fen(HALF * WAGE * least(P.contributed, 12))),
    )


class Retirement(Scheme):
    """Paid monthly from the end of the claim to retirement."""

    title, title_en = "延长领金", "benefit to retirement"
    subject = Claimant

    claim_over = condition("领金期满", P.claim_ended <= ON, en="the claim has ended")
    near = condition(
        "距退休不足24个月",
        (TO_RETIREMENT > 0) & (TO_RETIREMENT < 24),
        en="less than 24 months to retirement",
    )
    law_one = law(
        Invented(),
        eligible=claim_over & near,
        pays=monthly(
            _yuan("retirement", 1360, "monthly"), first=month_of(ON), months=TO_RETIREMENT
        ),
    )


class Flexible(Scheme):
    """Paid for the months of flexible work."""

    title, title_en = "灵活就业", "flexible"
    subject = Claimant

    is_local = condition("本区户籍", P.local, en="local hukou")
    works_flexibly = condition("灵活就业", P.flexible_since <= ON, en="in flexible work")
    of_age = condition(
        "男满50、女满40周岁",
        P.age >= where(MALE, _months("flexible_men", 600), _months("flexible_women", 480)),
        en="men of 50, women of 40",
    )
    cap = where(TO_RETIREMENT <= 60, _months("long_cap", 48), _months("cap", 36))
    law_one = law(
        Invented(),
        eligible=is_local & works_flexibly & of_age,
        pays=once(to_fen(HALF * WAGE * least(whole_months(P.flexible_since, ON), cap))),
    )


class Training(Scheme):
    """Paid once for a certificate."""

    title, title_en = "培训", "training"
    subject = Claimant

    has_level = condition(
        "有等级证书", (P.level >= 1) & (P.level <= 5), en="a certificate of level 1 to 5"
    )
    lately = condition(
        "取证不满12个月",
        ~reached(P.certified, months(12), ON),
        en="certified less than 12 months ago",
    )
    years_contributions = condition("缴费满12个月", P.contributed >= 12, en="12 contributions")
    amount = where(
        P.level == 1,
        _yuan("level_1", 600),
        where(
            P.level == 2,
            _yuan("level_2", 1000),
            where(
                P.level == 3,
                _yuan("level_3", 1500),
                where(P.level == 4, _yuan("level_4", 2000), _yuan("level_5", 2500)),
            ),
        ),
    )
    law_one = law(
        Invented(),
        eligible=has_level & lately & years_contributions,
        pays=once(amount),
    )


class Startup(Scheme):
    """Paid once for a business that has lasted a year."""

    title, title_en = "创业", "start-up"
    subject = Claimant

    year_in_business = condition(
        "创业满12个月", reached(P.business_since, months(12), ON), en="12 months in business"
    )
    is_local = condition("本区户籍", P.local, en="local hukou")
    young_graduate = condition(
        "毕业60个月以内创业",
        (P.graduated <= P.business_since) & ~reached(P.graduated, months(61), P.business_since),
        en="began at most 60 months after graduation",
    )
    law_one = law(
        Invented(),
        eligible=year_in_business & (is_local | young_graduate),
        pays=once(_yuan("startup", 8000)),
    )


#: By the workload's names.
SCHEMES: dict[str, type[Scheme]] = {
    "hire": Hire,
    "graduate": Graduate,
    "retirement": Retirement,
    "flexible": Flexible,
    "training": Training,
    "startup": Startup,
}

_WORKERS = Employer.claimants
#: The hiring rule's amounts, summed over an employer's people; nobody sums to 0. The parameter is
#: bound to the decision day, as a scheme would bind it.
PER_EMPLOYER: Quantity = total(
    _WORKERS,
    Rewriter(law=ON)(_yuan("hire", 2000)),
    where=_WORKERS.local
    & reached(_WORKERS.registered, months(6), _WORKERS.hired)
    & (_WORKERS.contract >= 12)
    & (_WORKERS.contributed >= 1),
)
