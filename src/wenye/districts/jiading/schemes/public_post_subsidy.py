"""嘉府规〔2020〕6号 第（十一）条, 沪人社规〔2022〕8号 第四部分: 公益性岗位岗位补贴."""

from wenye.policy import cite, parameters
from wenye.policy.refunded_contributions import back_on_refund_of_job
from wenye.policy.retirement import retirement_day
from wenye.registers.model import PublicPost
from wenye.rules import (
    ON,
    Scheme,
    condition,
    has,
    law,
    month_of,
    monthly,
    months_drawn,
    quantity,
)

P = parameters("public_post")
ARTICLE = cite("jiading-2020-6", 11, "扩大公益性岗位数加强托底安置，按照规定给予补贴扶持")
NOTICE = cite("shanghai-2022-8", 4, "公益性岗位吸纳经认定的“就业困难人员”")
TERM = cite("shanghai-2022-8", 4, "可按规定享受岗位补贴和社会保险补贴")
WORKING_AGE = cite("shanghai-2022-8", 1, "“就业困难人员”是指法定劳动年龄内")
OFFICERS = cite("shanghai-2022-8", 1, "应取消“就业困难人员”身份")
REFUNDS = cite("shanghai-2022-8", "九（四）", "如发生社会保险费退费情况的")

employer = PublicPost.employer
person = PublicPost.person
placed_on = PublicPost.started_on
month = month_of(ON)
drawn = months_drawn(person, "public_post_subsidy", before=month)
retires_on = quantity(
    "法定退休日",
    retirement_day(person.birth_date, person.retirement_class, parameters("retirement")),
    en="day of statutory retirement",
)


class PublicPostSubsidy(Scheme):
    """Paid each month to whoever provides a public-welfare post for someone hard to employ."""

    title, title_en = "公益性岗位岗位补贴", "post subsidy of a public-welfare post"
    # From the general budget of the district where the provider is; the register holds the posts
    # of this district.
    operated_by, our_part = "district", "pay"
    subject = PublicPost
    payee = employer
    concerns = person
    # One job is not subsidised as a public-welfare post and as any other besides.
    excludes = ("post_subsidy", "employer_social_insurance", "flexible_social_insurance")
    priority = 90
    dated_by = ON

    in_post = condition(
        "在岗",
        (placed_on <= ON) & (~has(PublicPost.ended_on) | (PublicPost.ended_on >= ON)),
        en="in the post",
        cites={"law_2020": ARTICLE, "law_2022": NOTICE},
    )
    certified = condition(
        "上岗时已认定为就业困难人员",
        has(person.certifications.as_at(placed_on)),
        en="certified hard to employ when placed",
        cites={"law_2020": ARTICLE, "law_2022": NOTICE},
    )
    # The document speaks of posts and does not say that whoever is placed must be certified.
    uncertified_counts = condition(
        "未经认定人员的岗位也有补贴（2022年以前）",
        P.uncertified_count,
        en="posts for people not certified are subsidised as well (before 2022)",
        cites=ARTICLE,
    )
    not_officer = condition(
        "未担任企业法定代表人、董事、监事、经理等",
        ~person.company_officer,
        en="no legal representative, director, supervisor or manager of a company",
        cites=OFFICERS,
    )
    # The month in which the age is reached is still paid: the pension begins the month after.
    not_retired = condition(
        "尚未过法定退休年龄当月",
        month <= month_of(retires_on),
        en="not past the month of statutory retirement",
        cites=WORKING_AGE,
    )
    # How long posts are subsidised was not found; the first month lies within any term.
    within_term = condition(
        "累计享受未满最长月数",
        (drawn < 1) | (drawn < P.max_months),
        en="drawn for less than the longest term",
        cites={"law_2020": ARTICLE, "law_2022": TERM},
    )

    # Each month is judged by itself: with the term open, no last month is known.
    pays = monthly(P.post_subsidy, first=month, last=month)
    law_2020 = law(
        ARTICLE, eligible=in_post & (certified | uncertified_counts) & within_term, pays=pays
    )
    law_2022 = law(
        NOTICE,
        eligible=in_post & certified & not_officer & not_retired & within_term,
        pays=pays,
    )
    # 用人单位申领岗位补贴: a provider of posts is an employer too.
    claws_back = back_on_refund_of_job(
        "public_post_subsidy",
        person.awards,
        person.contributions,
        REFUNDS,
        employer=employer,
        began_on=placed_on,
        ended_on=PublicPost.ended_on,
    )
