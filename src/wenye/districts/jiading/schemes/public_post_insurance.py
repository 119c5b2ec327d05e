"""嘉府规〔2020〕6号 第（十一）条, 沪人社规〔2022〕8号 第四部分: 公益性岗位社会保险补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.policy.enterprises import is_enterprise
from wenye.policy.refunded_contributions import back_on_refund_of_job
from wenye.registers.model import PublicPost
from wenye.rules import (
    ON,
    Scheme,
    condition,
    law,
    month_of,
    monthly,
    months_drawn,
    to_fen,
    where,
)
from wenye.rules.law import Condition

P = parameters("public_post")
POST = scheme("public_post_subsidy")
RELIEF = parameters("contribution_relief")
EMPLOYERS = parameters("employers")
ARTICLE = cite("jiading-2020-6", 11, "社会保险补贴标准根据实际缴费额度，按照原比例计算")
GROUP = cite("jiading-2020-6", 11, "扩大公益性岗位数加强托底安置，按照规定给予补贴扶持")
NOTICE = cite("shanghai-2022-8", 4, "可按规定享受岗位补贴和社会保险补贴")
REFUNDS = cite("shanghai-2022-8", "九（四）", "如发生社会保险费退费情况的")

employer = PublicPost.employer
person = PublicPost.person
placed_on = PublicPost.started_on
month = month_of(ON)
drawn = months_drawn(person, "public_post_insurance", before=month)
# 社会保险费减免期间 is read as the months in which this provider's own contributions are relieved;
# the relief began before the document, so only its end is asked.
enterprise = is_enterprise(employer.kind, EMPLOYERS.cooperatives_are_enterprises)
as_sme = (enterprise & employer.size.among("micro", "small", "medium")) | (
    employer.kind == "self_employed"
)
# Where the months are over, or not yet, by both, nobody waits to hear which of them it is.
in_relief = where(as_sme, month <= RELIEF.last_month_sme, month <= RELIEF.last_month_other)


def of_post(name: str) -> Condition:
    """A condition of the post subsidy, to stand under a name of this scheme's own."""
    item = POST.conditions[name]
    return condition(item.label, item.test, en=item.label_en, cites=item.cites, **item.values)


class PublicPostInsurance(Scheme):
    """Paid each month beside the post subsidy; under relief, a ratio of what was really paid."""

    title, title_en = "公益性岗位社会保险补贴", "insurance subsidy of a public-welfare post"
    operated_by, our_part = "district", "pay"
    subject = PublicPost
    payee = employer
    concerns = person
    # One job is not subsidised as a public-welfare post and as any other besides.
    excludes = ("post_subsidy", "employer_social_insurance", "flexible_social_insurance")
    priority = 90
    dated_by = ON

    in_post = of_post("in_post")
    certified = of_post("certified")
    uncertified_counts = of_post("uncertified_counts")
    not_officer = of_post("not_officer")
    not_retired = of_post("not_retired")
    within_term = condition(
        "累计享受未满最长月数",
        (drawn < 1) | (drawn < P.max_months),
        en="drawn for less than the longest term",
        cites={"law_2020": GROUP, "law_2022": NOTICE},
    )

    pays = monthly(
        where(
            in_relief, to_fen(PublicPost.insurance_paid * P.original_ratio), P.insurance_standard
        ),
        first=month,
        last=month,
    )
    law_2020 = law(
        ARTICLE, eligible=in_post & (certified | uncertified_counts) & within_term, pays=pays
    )
    law_2022 = law(
        NOTICE,
        eligible=in_post & certified & not_officer & not_retired & within_term,
        pays=pays,
    )
    claws_back = back_on_refund_of_job(
        "public_post_insurance",
        person.awards,
        person.contributions,
        REFUNDS,
        employer=employer,
        began_on=placed_on,
        ended_on=PublicPost.ended_on,
    )
