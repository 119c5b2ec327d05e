"""沪人社规〔2022〕8号 第六部分: 社会中介机构职业介绍补贴."""

from wenye.policy import cite, parameters
from wenye.policy.insured_months import months_paid_in_full
from wenye.registers.model import Referral
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    law,
    month_of,
    months,
    once,
    reached,
    to_fen,
    where,
    within,
)

P = parameters("intermediary")
WAGE = parameters("minimum_wage")
NOTICE = cite("shanghai-2022-8", 6, "可给予社会中介服务机构职业介绍补贴")
WHO = cite("shanghai-2022-8", 6, "对于市场化就业存在困难的本市户籍人员")
SERVED = cite("shanghai-2022-8", 6, "直接提供服务半年以上仍未实现就业的，可委托社会中介机构")
PLACED = cite("shanghai-2022-8", 6, "于3个月内被用人单位吸纳就业（非公益性岗位）")
FLOAT = cite("shanghai-2022-8", 6, "根据服务难度适当予以浮动，浮动范围不超过基准额度的50%")

person = Referral.person
served_on = Referral.served_on
jobs = person.employment

# 于3个月内 includes the last day, and the day of the service itself.
job_in_time = (jobs.started_on >= served_on) & within(
    served_on, months(P.placed_within_months), jobs.started_on
)
# As known to the month of ON.
months_paid = months_paid_in_full(
    person.contributions, jobs.employer, jobs.started_on, to=month_of(ON)
)


class PlacementSubsidy(Scheme):
    """Paid once to an intermediary for placing someone whom the public service could not place."""

    title, title_en = "社会中介机构职业介绍补贴", "placement subsidy for intermediaries"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Referral
    payee = Referral.intermediary
    # The text speaks of one placement of one person, and of no second one.
    once_per = person
    dated_by = served_on

    city_hukou = condition(
        "本市户籍",
        person.hukou.among("district", "city"),
        en="household-registered in the city",
        cites=WHO,
    )
    # 多次就业服务 has no register of its own; the half year of direct service stands for it.
    served_directly = condition(
        "委托前公共就业服务机构直接服务{n}以上",
        reached(
            Referral.public_service_since, months(P.direct_service_months), Referral.entrusted_on
        ),
        en="served directly by the public service for {n} before being entrusted",
        cites=SERVED,
        n=P.direct_service_months,
    )
    without_work = condition(
        "委托时仍未实现就业（含灵活就业）",
        ~has(jobs.as_at(Referral.entrusted_on))
        & ~has(person.flexible_work.as_at(Referral.entrusted_on)),
        en="not in work when entrusted, flexible work included",
        cites=SERVED,
    )
    entrusted_first = condition(
        "受委托后提供服务",
        Referral.entrusted_on <= served_on,
        en="served by the intermediary once entrusted",
        cites=SERVED,
    )
    no_public_post = condition(
        "不是公益性岗位",
        ~Referral.public_post,
        en="not placed in a public-welfare post",
        cites=PLACED,
    )
    # 办理用工登记备案手续 is what puts a job on the employment register.
    placed = condition(
        "提供服务后{n}内被吸纳就业，并由该单位按时足额缴费满{m}",
        any_of(jobs, job_in_time & (months_paid >= P.insured_months)),
        en="employed within {n} of the service, with insurance paid in full for {m}",
        cites=PLACED,
        n=P.placed_within_months,
        m=P.insured_months,
    )
    within_float = condition(
        "核定补贴在基准的{low}%至{high}%之间",
        (Referral.standard_percent >= P.least_percent)
        & (Referral.standard_percent <= P.most_percent),
        en="set at {low} to {high} percent of the standard",
        cites=FLOAT,
        low=P.least_percent,
        high=P.most_percent,
    )

    # Where the wage was raised between the service and the claim, 当年度 leaves the amount open.
    law_2022 = law(
        NOTICE,
        eligible=city_hukou
        & served_directly
        & without_work
        & entrusted_first
        & no_public_post
        & placed
        & within_float,
        pays=once(
            to_fen(
                where(
                    P.wage_of_the_service,
                    WAGE.at(served_on).monthly,
                    WAGE.at(ON).monthly,
                )
                * P.standard_months
                * (P.one_percent * Referral.standard_percent)
            )
        ),
    )
