"""嘉府规〔2020〕6号 第（十二）条 and what followed: 失业保险金延长领取至法定退休年龄."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Benefit
from wenye.rules import (
    LAW,
    ON,
    Scheme,
    any_of,
    condition,
    has,
    last_day,
    law,
    month_of,
    monthly,
    months,
    quantity,
    reached,
)

P = parameters("unemployment_benefit")
RETIREMENT = parameters("retirement")
ARTICLE = cite("jiading-2020-6", 12, "继续发放失业保险金直至法定退休年龄")
STATE_COUNCIL = cite("retirement-2024", 7, "领取失业保险金年限延长至法定退休年龄")
CITY = cite("shanghai-2026-18", 11, "可延长领取失业保险金直至法定退休年龄")
ONCE = cite("shanghai-2026-18", 11, "失业保险金延长领取仅可享受一次")

person = Benefit.person
ran_out_on = last_day(Benefit.last_month)
unemployment = person.unemployment.as_at(ON)
jobs = person.employment
flexible_work = person.flexible_work
# How far off retirement was is judged by the ages in force when the benefit ran out; how long it
# is then paid, by those in force now: the ages rise for everyone who has not reached them yet.
retirement_then = quantity(
    "期满时法定退休日",
    retirement_day(person.birth_date, person.retirement_class, RETIREMENT, LAW),
    en="day of statutory retirement as the law stood when the benefit ran out",
)
retirement_now = quantity(
    "法定退休日",
    retirement_day(person.birth_date, person.retirement_class, RETIREMENT, ON),
    en="day of statutory retirement",
)


class UnemploymentBenefitToRetirement(Scheme):
    """Unemployment benefit goes on to retirement for those close to it when it ran out."""

    title, title_en = "失业保险金延长领取至退休", "unemployment benefit on to retirement"
    operated_by, our_part = "fund", "pre-check and hand over"
    subject = Benefit
    payee = person
    dated_by = ran_out_on

    term_over = condition(
        "核定期限已满", ON > ran_out_on, en="the months granted are over", cites=ARTICLE
    )
    not_stopped = condition(
        "期满前未停领", ~Benefit.stopped, en="not stopped before", cites=ARTICLE
    )
    not_prolonged = condition(
        "本段不是延长领取", ~Benefit.extension, en="not itself an extension", cites=ARTICLE
    )
    registered = condition("登记失业", has(unemployment), en="registered unemployed", cites=ARTICLE)
    # A job taken since then ends the right, even where it is lost again.
    not_employed = condition(
        "期满以来未重新就业",
        ~any_of(
            jobs,
            (jobs.started_on <= ON) & (~has(jobs.ended_on) | (jobs.ended_on >= ran_out_on)),
        ),
        en="not employed since it ran out",
        cites=ARTICLE,
    )
    # Whether registered flexible work is 重新就业 is in no text: whoever took some since waits.
    not_flexibly_employed = condition(
        "期满以来没有灵活就业登记（或者灵活就业不算重新就业）",
        ~any_of(
            flexible_work,
            (flexible_work.started_on <= ON)
            & (~has(flexible_work.ended_on) | (flexible_work.ended_on >= ran_out_on)),
        )
        | ~P.flexible_work_stops,
        en="not registered for flexible work since, or that is not being employed again",
        cites=ARTICLE,
    )
    # 非因本人主观原因 has no register of its own; how the job ended is what is held.
    not_by_choice = condition(
        "非因本人意愿失业",
        ~has(unemployment) | unemployment.involuntary,
        en="unemployed not by choice",
        cites=ARTICLE,
    )
    # 直至法定退休年龄: to the month in which the age is reached; the pension begins after it.
    not_retired = condition(
        "尚未过法定退休年龄当月",
        month_of(ON) <= month_of(retirement_now),
        en="not past the month of statutory retirement",
        cites=ARTICLE,
    )
    # 不足 does not include the boundary: exactly that many months left is not less.
    near_retirement = condition(
        "期满时距法定退休年龄不足{n}",
        ~reached(ran_out_on, months(P.extension_below_months), retirement_then),
        en="less than {n} to retirement when it ran out",
        cites=ARTICLE,
        n=P.extension_below_months,
    )
    surely_near = condition(
        "期满时距法定退休年龄不足{n}（国务院办法）",
        ~reached(ran_out_on, months(P.extension_surely_below_months), retirement_then),
        en="less than {n} to retirement when it ran out (State Council)",
        cites=STATE_COUNCIL,
        n=P.extension_surely_below_months,
    )
    perhaps_near = condition(
        "期满时距法定退休年龄不足{n}（区文件）",
        ~reached(ran_out_on, months(P.extension_at_most_below_months), retirement_then),
        en="less than {n} to retirement when it ran out (district document)",
        cites=ARTICLE,
        n=P.extension_at_most_below_months,
    )
    # An extension after this benefit is the one judged here; one before it has used the right up.
    first_time = condition(
        "此前未延长领取过",
        ~any_of(
            person.benefits,
            person.benefits.extension & (person.benefits.first_month < Benefit.first_month),
        ),
        en="never prolonged before",
        cites=ONCE,
    )

    still_unemployed = (
        term_over
        & not_stopped
        & not_prolonged
        & registered
        & not_employed
        & not_flexibly_employed
        & not_retired
    )
    pays = monthly(P.level_extended, first=Benefit.last_month + 1, last=month_of(retirement_now))
    law_2020 = law(
        ARTICLE,
        eligible=still_unemployed & not_by_choice & near_retirement,
        pays=pays,
        label="距退休不足2年",
        en="less than 2 years to retirement",
    )
    # The State Council's rule takes in those within one year; whether the district's two years
    # went on beside it was not found.
    law_2025 = law(
        STATE_COUNCIL,
        eligible=still_unemployed
        & (surely_near | (not_by_choice & perhaps_near & near_retirement)),
        pays=pays,
        label="距退休不足1年；1年以上不足2年的待定",
        en="less than 1 year to retirement; from 1 to 2 years open",
    )
    law_2026 = law(
        CITY,
        eligible=still_unemployed & near_retirement & first_time,
        pays=pays,
        label="距退休不足1年，仅一次",
        en="less than 1 year to retirement, once only",
    )
