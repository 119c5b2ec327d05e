"""失业保险金: 社会保险法第四十五条至第四十七条, 沪人社规〔2026〕18号 第二、六、七条."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Unemployment
from wenye.rules import (
    ON,
    PAY_MONTH,
    Scheme,
    any_of,
    condition,
    greatest,
    has,
    law,
    least,
    month_of,
    monthly,
    quantity,
    total,
    where,
)

P = parameters("unemployment_benefit")
WAGE = parameters("minimum_wage")
STATUTE = cite("social-insurance-law", 45)
TERM = cite("social-insurance-law", 46)
STOPS = cite("social-insurance-law", 51)
CITY = cite("shanghai-2026-18", 2, "失业保险最后参保地或户籍地在本市的失业人员")
CITY_STOPS = cite("shanghai-2026-18", 10, "停止领取失业保险金")
CONDITIONS = {"law_2011": STATUTE, "law_2026": CITY}
STOPPED_BY = {"law_2011": STOPS, "law_2026": CITY_STOPS}
YEAR = {
    "law_2011": STATUTE,
    "law_2026": cite("shanghai-2026-18", 2, "已经按照规定累计缴纳失业保险费满1年"),
}
NOT_BY_CHOICE = {
    "law_2011": STATUTE,
    "law_2026": cite("shanghai-2026-18", 2, "非因本人意愿中断就业"),
}
SEEKING = {
    "law_2011": STATUTE,
    "law_2026": cite("shanghai-2026-18", 2, "已经在本市进行失业登记，并且有求职要求"),
}

person = Unemployment.person
jobs = person.employment
benefits = person.benefits
contributions = person.contributions
unemployed_in = month_of(Unemployment.started_on)
# Who has not claimed yet is shown what a claim accepted on the day of determination would bring.
claimed_on = quantity(
    "申领受理日（未申领的按判定日）",
    where(has(Unemployment.claimed_on), Unemployment.claimed_on, ON),
    en="day the claim is accepted (the day of determination where there is none)",
)
# Flexible workers pay no unemployment insurance, and a refunded contribution is none. A job may
# end and the registration follow within one month, whose contribution still counts; one for a
# later month is of a later job.
paid_in = total(
    contributions,
    least(contributions.last_month, unemployed_in) - contributions.first_month + 1,
    (contributions.kind == "employee")
    & ~contributions.refunded
    & (contributions.first_month <= unemployed_in),
)
# The benefit of this spell begins after it: only those of earlier spells have used months up. By
# the law the contributions are counted anew after a benefit: its grant used up all before it.
# Since 2026-08-16 the years that a grant leaves over are kept (art. 6), and it uses up the rest.
used_up = total(benefits, benefits.counted_months, benefits.first_month <= unemployed_in)
contributed = quantity(
    "失业前累计缴费、未核定过期限的月数",
    paid_in - used_up,
    en="contribution months before the unemployment, not used up",
)
# Only the last benefit is asked: what an earlier one had left went into the term of the next. An
# extension to retirement is no term earned, and leaves nothing.
last = benefits.latest(unemployed_in)
left = quantity(
    "前次停领时应领未领的月数",
    last.last_month - last.first_month + 1 - last.drawn_months,
    en="months granted and not drawn of the benefit before",
)
some_left = has(last) & last.stopped & ~last.extension & has(last.drawn_months) & (left >= 1)
earned = (contributed // P.counted_year_months) * P.months_per_year
term = least(P.longest_term_months, where(some_left, earned + left, earned))
retires_on = quantity(
    "法定退休日",
    retirement_day(person.birth_date, person.retirement_class, parameters("retirement"), ON),
    en="day of statutory retirement",
)
first_month = month_of(claimed_on) + 1
through = least(first_month - 1 + term, month_of(retires_on))
nth = PAY_MONTH - first_month + 1
level = where(nth <= P.first_level_months, P.level_months_1_12, P.level_months_13_24)


class UnemploymentBenefit(Scheme):
    """Paid by the fund each month to those who lost their work, for so long as they earned."""

    title, title_en = "失业保险金", "unemployment benefit"
    operated_by, our_part = "fund", "pre-check and hand over"
    subject = Unemployment
    payee = person
    dated_by = claimed_on

    # The law itself names no place; what the city asked before 2026 was not found, and is taken
    # to be what it asks now.
    insured_or_resident = condition(
        "失业保险最后参保地或者户籍地在本市",
        Unemployment.insured_here | person.hukou.among("district", "city"),
        en="last insured against unemployment in the city, or household-registered in it",
        cites=CONDITIONS,
    )
    # 满1年 includes the month with which the year is full.
    contributed_year = condition(
        "失业前累计缴费满{n}（不计已核定过期限的月份）",
        contributed >= P.least_contribution_months,
        en="contributions of {n} before the unemployment (months used up do not count)",
        cites=YEAR,
        n=P.least_contribution_months,
    )
    # Art. 46 of the law joins the months granted before and not drawn to the new term, and goes on
    # beside the city's rules of 2026, which say only what becomes of contributions left over.
    left_over = condition(
        "前次停领，还有应领未领的期限",
        some_left,
        en="months are left of an earlier benefit that was stopped",
        cites=TERM,
    )
    involuntary = condition(
        "非因本人意愿中断就业",
        Unemployment.involuntary,
        en="unemployed not by choice",
        cites=NOT_BY_CHOICE,
    )
    seeking = condition("有求职要求", Unemployment.seeking_work, en="wants work", cites=SEEKING)
    registered = condition(
        "失业登记未终止",
        ~has(Unemployment.ended_on) | (Unemployment.ended_on >= ON),
        en="still registered unemployed",
        cites=SEEKING,
    )
    not_employed = condition(
        "未重新就业", ~has(jobs.as_at(ON)), en="not employed", cites=STOPPED_BY
    )
    # Whether registered flexible work is 重新就业 is in neither text: whoever has some waits.
    not_flexibly_employed = condition(
        "没有灵活就业登记（或者灵活就业不算重新就业）",
        ~has(person.flexible_work.as_at(ON)) | ~P.flexible_work_stops,
        en="not registered for flexible work, or that is not being employed again",
        cites=STOPPED_BY,
    )
    not_stopped = condition(
        "本次失业保险金未停领",
        ~any_of(benefits, (benefits.first_month > unemployed_in) & benefits.stopped),
        en="the benefit of this spell was not stopped",
        cites=STOPPED_BY,
    )
    # The month in which the age is reached is still paid: the pension begins the month after.
    not_retired = condition(
        "尚未过法定退休年龄当月",
        month_of(ON) <= month_of(retires_on),
        en="not past the month of statutory retirement",
        cites=STOPPED_BY,
    )

    eligible = (
        insured_or_resident
        & (contributed_year | left_over)
        & involuntary
        & seeking
        & registered
        & not_employed
        & not_flexibly_employed
        & not_stopped
        & not_retired
    )
    # Never above the minimum wage, never below the minimum-living standard. The prolonged benefit
    # is that standard, or four fifths of the second level where that is more: the greater of it and
    # a level is therefore just the level with that floor, and stands in the yearly notices.
    # The last month is that of the earned term, of retirement, or of the end of the registration.
    pays = monthly(
        least(greatest(level, P.level_extended), WAGE.monthly),
        first=first_month,
        last=where(
            has(Unemployment.ended_on),
            least(through, month_of(Unemployment.ended_on)),
            through,
        ),
    )
    law_2011 = law(
        STATUTE,
        eligible=eligible,
        pays=pays,
        label="缴费满一年，期限按本市规定",
        en="a year of contributions; the term by the city's rules",
    )
    law_2026 = law(
        CITY,
        eligible=eligible,
        pays=pays,
        label="每满一年2个月，最长24个月",
        en="2 months for each full year, 24 at most",
    )
