"""嘉府规〔2020〕6号 第（十三）条: 将生活困难的失业人员及家庭转介最低生活保障."""

from wenye.policy import cite, parameters
from wenye.registers.model import Household
from wenye.rules import ON, Scheme, condition, has, law

P = parameters("minimum_living")
ARTICLE = cite("jiading-2020-6", 13, "按照规定将其纳入最低生活保障、临时救助等社会救助范围")
UNEMPLOYED = cite("jiading-2020-6", 13, "对生活困难的失业人员及家庭")
FAMILY = cite("shanghai-social-assistance", 10)
MEMBERS = cite("shanghai-social-assistance", 55)
CHECKED = cite("shanghai-social-assistance", 34)


class MinimumLivingReferral(Scheme):
    """An unemployed person's family lives below the standard; entitled means: to be referred."""

    title = "转介最低生活保障（符合即应转介民政部门）"
    title_en = "referral to minimum living (entitled: to be referred to civil affairs)"
    operated_by, our_part = "other", "pre-check and hand over"
    subject = Household
    payee = Household.applicant
    # The standard of the day of referral: a family that a rise has taken in is not left out because
    # its means were checked before.
    dated_by = ON

    # 失业人员 is whoever the employment service, which refers, has on its register.
    unemployed = condition(
        "申请人登记失业",
        has(Household.applicant.unemployment.as_at(ON)),
        en="the applicant is registered unemployed",
        cites=UNEMPLOYED,
    )
    # Means that were not checked yet are no ground; how old a check may be is written nowhere.
    checked = condition(
        "已核对家庭经济状况",
        Household.checked_on <= ON,
        en="the household's means have been checked",
        cites=CHECKED,
    )
    # A family of the city has a member registered in it; spouse and children from elsewhere who
    # live with them are members too, so the applicant may be one of those.
    city_family = condition(
        "本市户籍家庭（至少一名成员为本市户籍）",
        Household.city_members >= 1,
        en="a family of the city (at least one member registered in it)",
        cites=MEMBERS,
    )
    # 低于 does not include the standard itself. Income a head is compared by multiplying out; the
    # additions for children and others are paid on top and do not move the line.
    income_below = condition(
        "家庭人均月收入低于{n}",
        Household.monthly_income < P.standard * Household.members,
        en="monthly income a head below {n}",
        cites=FAMILY,
        n=P.standard,
    )
    assets_within = condition(
        "家庭财产符合规定",
        Household.assets_within_limit,
        en="assets within the limit",
        cites=FAMILY,
    )
    not_drawing = condition(
        "尚未享受最低生活保障",
        ~Household.drawing_minimum_living,
        en="not on minimum living yet",
        cites=ARTICLE,
    )
    # Nobody is referred unasked: the means that were checked are sensitive.
    consents = condition(
        "本人同意转介", Household.consents, en="consents to being referred", cites=ARTICLE
    )

    law_2020 = law(
        ARTICLE,
        eligible=unemployed
        & checked
        & city_family
        & income_below
        & assets_within
        & not_drawing
        & consents,
        label="转介民政部门",
        en="referred to civil affairs",
    )
