"""沪人社规〔2022〕8号 第六部分: 社会中介机构稳定就业补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.policy.insured_months import months_paid_in_full
from wenye.registers.model import Referral
from wenye.rules import (
    ON,
    Scheme,
    add_months,
    any_of,
    condition,
    has,
    law,
    least,
    month_of,
    months,
    once,
    to_fen,
    where,
    within,
)
from wenye.rules.law import Condition

P = parameters("intermediary")
WAGE = parameters("minimum_wage")
PLACEMENT = scheme("placement_subsidy")
NOTICE = cite("shanghai-2022-8", 6, "可给予社会中介机构稳定就业补贴")
STABLE = cite("shanghai-2022-8", 6, "对稳定就业超过12个月的")

person = Referral.person
served_on = Referral.served_on
jobs = person.employment

job_in_time = (jobs.started_on >= served_on) & within(
    served_on, months(P.placed_within_months), jobs.started_on
)
months_paid = months_paid_in_full(
    person.contributions, jobs.employer, jobs.started_on, to=month_of(ON)
)
worked_to = where(has(jobs.ended_on), least(jobs.ended_on, ON), ON)
a_year_on = add_months(served_on, P.stable_months)


def of_placement(name: str) -> Condition:
    """A condition of the placement subsidy, to stand under a name of this scheme's own."""
    item = PLACEMENT.conditions[name]
    return condition(item.label, item.test, en=item.label_en, cites=item.cites, **item.values)


class StabilitySubsidy(Scheme):
    """Paid once to an intermediary when the person it placed has been in work for over a year."""

    title, title_en = "社会中介机构稳定就业补贴", "stability subsidy for intermediaries"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Referral
    payee = Referral.intermediary
    # As for the placement: the text speaks of one placement of one person.
    once_per = person
    dated_by = served_on

    # 服务对象 is whoever the placement subsidy may be paid for. It does not rest on that subsidy's
    # outcome: once paid, it is no longer owed, and its percentage is another.
    city_hukou = of_placement("city_hukou")
    served_directly = of_placement("served_directly")
    without_work = of_placement("without_work")
    entrusted_first = of_placement("entrusted_first")
    no_public_post = of_placement("no_public_post")
    within_float = of_placement("within_float")
    placed = of_placement("placed")
    # 超过 does not include the boundary: on the day that twelve months are full it is not over.
    stable = condition(
        "提供服务后{n}内被吸纳就业并缴费满{m}，在该单位就业超过{k}",
        any_of(
            jobs,
            job_in_time
            & (months_paid >= P.insured_months)
            & ~within(jobs.started_on, months(P.stable_months), worked_to),
        ),
        en="placed within {n} with {m} of insurance, and with that employer for more than {k}",
        cites=STABLE,
        n=P.placed_within_months,
        m=P.insured_months,
        k=P.stable_months,
    )
    # Whether work with one employer after another is 稳定 was not found. Only someone in work a
    # year after the service could be meant, and waits.
    stable_elsewhere = condition(
        "换过单位，提供服务满{k}后仍在就业",
        P.stable_across_employers
        & (a_year_on < ON)
        & any_of(
            jobs,
            (jobs.started_on <= a_year_on) & (~has(jobs.ended_on) | (jobs.ended_on > a_year_on)),
        ),
        en="with another employer since, and in work {k} after the service",
        cites=STABLE,
        k=P.stable_months,
    )

    law_2022 = law(
        NOTICE,
        eligible=city_hukou
        & served_directly
        & without_work
        & entrusted_first
        & no_public_post
        & within_float
        & (stable | (placed & stable_elsewhere)),
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
