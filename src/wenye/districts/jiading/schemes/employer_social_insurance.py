"""沪人社规〔2022〕8号 第二部分: 用人单位吸纳就业困难人员的社会保险补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    claw_back,
    condition,
    has,
    holds,
    key_of,
    law,
    month_of,
    monthly,
    to_fen,
    total,
)

P = parameters("employer_social_insurance")
BASE = parameters("contribution_base")
RATES = parameters("contribution_rates")
POST = scheme("post_subsidy")
NOTICE = cite("shanghai-2022-8", 2, "可申请按月享受岗位补贴和社会保险补贴")
REFUNDS = cite("shanghai-2022-8", "九（四）", "如发生社会保险费退费情况的")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
certification = worker.certifications.as_at(hired_on)
awards = worker.awards
employers_rates = RATES.employer_pension + RATES.employer_medical + RATES.employer_unemployment


class EmployerSocialInsurance(Scheme):
    """Paid each month beside the post subsidy: a share of the employer's contributions."""

    title, title_en = "吸纳就业困难人员社会保险补贴", "social-insurance subsidy for employers"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = employer
    concerns = worker
    excludes = ("flexible_social_insurance",)
    dated_by = ON

    post_subsidy = condition(
        "符合岗位补贴的条件", holds(POST), en="the post subsidy is due", cites=NOTICE
    )
    not_reserved = condition(
        "招用时不是协保人员",
        ~(has(certification) & (certification.category == "协保人员")),
        en="when hired not one of the insured laid-off staff, who draw the post subsidy only",
        cites=NOTICE,
    )

    # Each month is paid for as the post subsidy is, with which it shares one term.
    law_2022 = law(
        NOTICE,
        eligible=post_subsidy & not_reserved,
        pays=monthly(
            to_fen(BASE.floor * employers_rates * P.share), first=POST.first, last=POST.last
        ),
    )
    claws_back = claw_back(
        "享受补贴期间的社会保险费发生退费",
        when=any_of(
            worker.contributions,
            has(worker.contributions.employer)
            & (key_of(worker.contributions.employer) == key_of(employer))
            & (worker.contributions.last_month >= month_of(hired_on))
            & worker.contributions.refunded,
        ),
        amount=total(
            awards,
            awards.amount,
            awards.scheme.among("employer_social_insurance")
            & ~awards.recovered
            & has(awards.employer)
            & (key_of(awards.employer) == key_of(employer))
            & (awards.first_month >= month_of(hired_on)),
        ),
        en="contributions of the time were refunded",
        cites=REFUNDS,
    )
