"""嘉府规〔2020〕6号 第（十一）条, 沪人社规〔2022〕8号 第四部分: 公益性岗位社会保险补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import PublicPost
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    claw_back,
    condition,
    has,
    key_of,
    law,
    month_of,
    monthly,
    months_drawn,
    to_fen,
    total,
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

# As for the post subsidy: each post returns its own awards, where a refund falls in them.
awards = person.awards
contributions = person.contributions
refund_of_this_post = (
    has(contributions.employer)
    & (key_of(contributions.employer) == key_of(employer))
    & (~has(PublicPost.ended_on) | (contributions.first_month <= month_of(PublicPost.ended_on)))
    & contributions.refunded
)
award_of_this_post = (
    awards.scheme.among("public_post_insurance")
    & ~awards.recovered
    & has(awards.employer)
    & (key_of(awards.employer) == key_of(employer))
    & (awards.first_month >= month_of(placed_on))
    & (~has(PublicPost.ended_on) | (awards.first_month <= month_of(PublicPost.ended_on)))
)
to_be_returned = award_of_this_post & any_of(
    contributions,
    refund_of_this_post
    & (contributions.first_month <= awards.last_month)
    & (contributions.last_month >= awards.first_month),
)


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
    claws_back = claw_back(
        "享受补贴期间的社会保险费发生退费",
        when=any_of(awards, to_be_returned),
        amount=total(awards, awards.amount, to_be_returned),
        en="contributions of the time were refunded",
        cites=REFUNDS,
    )
