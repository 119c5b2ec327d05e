"""沪人社规〔2022〕8号 第二部分: 用人单位吸纳就业困难人员的社会保险补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.policy.refunded_contributions import back_on_refund_of_job
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    condition,
    has,
    law,
    monthly,
    to_fen,
    where,
)
from wenye.rules.law import Condition

P = parameters("employer_social_insurance")
BASE = parameters("contribution_base")
RATES = parameters("contribution_rates")
POST = scheme("post_subsidy")
NOTICE = cite("shanghai-2022-8", 2, "可申请按月享受岗位补贴和社会保险补贴")
BEFORE = cite("shanghai-2022-8", 2, "本意见出台前用人单位享受的一次性补贴")
REFUNDS = cite("shanghai-2022-8", "九（四）", "如发生社会保险费退费情况的")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
certification = worker.certifications.as_at(hired_on)
employers_rates = RATES.employer_pension + RATES.employer_medical + RATES.employer_unemployment


def of_post(name: str) -> Condition:
    """A condition of the post subsidy, to stand under a name of this scheme's own."""
    item = POST.conditions[name]
    return condition(item.label, item.test, en=item.label_en, cites=item.cites, **item.values)


class EmployerSocialInsurance(Scheme):
    """Paid each month beside the post subsidy: a share of the employer's contributions."""

    title, title_en = "吸纳就业困难人员社会保险补贴", "social-insurance subsidy for employers"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = employer
    concerns = worker
    excludes = ("flexible_social_insurance",)
    dated_by = ON

    # The conditions of the post subsidy, each again. It does not rest on that subsidy as a whole:
    # the rule on older claimants, as reported, names the flexible and the post subsidy, not this.
    city_employer = of_post("city_employer")
    no_dispatch = of_post("no_dispatch")
    certified = of_post("certified")
    no_officer = of_post("no_officer")
    contract = of_post("contract")
    in_post = of_post("in_post")
    insured = of_post("insured")
    within_term = of_post("within_term")
    near_retirement = of_post("near_retirement")
    not_retired = of_post("not_retired")
    not_reserved = condition(
        "招用时不是协保人员",
        ~(has(certification) & (certification.category == "协保人员")),
        en="when hired not one of the insured laid-off staff, who draw the post subsidy only",
        cites=NOTICE,
    )

    rules_alike = of_post("rules_alike")

    group = city_employer & certified & in_post
    asked = (
        no_dispatch
        & no_officer
        & contract
        & insured
        & (within_term | near_retirement)
        & not_retired
        & not_reserved
    )
    # Each month is paid for as the post subsidy is, with which it shares one term.
    pays = monthly(to_fen(BASE.floor * employers_rates * P.share), first=POST.first, last=POST.last)
    # As for the post subsidy: what employers drew before the notice, and on what, was not found.
    law_2020 = law(
        BEFORE,
        since="2020-08-03",
        until="2021-12-31",
        eligible=group & where(rules_alike, asked, rules_alike),
        pays=pays,
        label="2022年以前的规定未查到，对象待定",
        en="the rules before 2022 were not found: the group waits",
    )
    law_2022 = law(NOTICE, eligible=group & asked, pays=pays)
    claws_back = back_on_refund_of_job(
        "employer_social_insurance",
        worker.awards,
        worker.contributions,
        REFUNDS,
        employer=employer,
        began_on=hired_on,
        ended_on=Employment.ended_on,
    )
