"""示例规〔2024〕1号（虚构） 第三条: 灵活就业月补."""

from wenye.policy import cite, parameters
from wenye.registers.model import Person
from wenye.rules import (
    ON,
    Scheme,
    add_months,
    condition,
    has,
    law,
    month_of,
    monthly,
    months_drawn,
)

P = parameters("flexible_monthly")
NOTICE = cite("example-2024-1", 3, "每月给予补贴300元")

month = month_of(ON)
work = Person.flexible_work.as_at(ON)
contribution = Person.contributions.as_at(month)
drawn = months_drawn(Person.awards, "flexible_monthly", before=month)


class FlexibleMonthly(Scheme):
    """Paid each month to a resident in registered flexible work, for a limited time."""

    title, title_en = "灵活就业月补", "monthly support for flexible work"
    operated_by, our_part = "district", "pay"
    subject = Person
    dated_by = ON

    resident = condition(
        "本区户籍", Person.hukou == "district", en="resident of the district", cites=NOTICE
    )
    # 自满2个月的次月起: the month after the one in which the months are full.
    waited = condition(
        "灵活就业登记满{n}，且已过满期当月",
        has(work) & (month > month_of(add_months(work.started_on, P.waiting_months))),
        en="past the month in which {n} of registered flexible work are full",
        cites=NOTICE,
        n=P.waiting_months,
    )
    insured = condition(
        "当月以灵活就业身份按时足额缴纳社会保险费",
        has(contribution) & (contribution.kind == "flexible") & contribution.in_full,
        en="social insurance of the month paid in full as a flexible worker",
        cites=NOTICE,
    )
    no_officer = condition(
        "未担任企业法定代表人、董事、监事、经理",
        ~Person.company_officer,
        en="no legal representative, director, supervisor or manager of a company",
        cites=NOTICE,
    )
    within_term = condition(
        "累计享受未满{n}",
        drawn < P.max_months,
        en="drawn for less than {n}",
        cites=NOTICE,
        n=P.max_months,
    )

    law_2024 = law(
        NOTICE,
        eligible=resident & waited & insured & no_officer & within_term,
        pays=monthly(P.amount, first=month, months=P.max_months - drawn),
    )
