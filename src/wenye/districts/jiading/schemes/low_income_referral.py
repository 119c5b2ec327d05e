"""嘉府规〔2020〕6号 第（十三）条: 将生活困难的失业人员及家庭转介低收入困难家庭认定."""

from wenye.policy import cite, parameters
from wenye.registers.model import Household
from wenye.rules import ON, Scheme, any_of, condition, has, law, month_of

P = parameters("low_income")
MINIMUM = parameters("minimum_living")
ARTICLE = cite("jiading-2020-6", 13, "按照规定将其纳入最低生活保障、临时救助等社会救助范围")
UNEMPLOYED = cite("jiading-2020-6", 13, "对生活困难的失业人员及家庭")
FAMILY = cite("shanghai-social-assistance", 11)
MEMBERS = cite("shanghai-social-assistance", 55)
CHECKED = cite("shanghai-social-assistance", 34)

assistance = Household.applicant.assistance
standard = MINIMUM.standard * Household.members
line = standard * P.income_share


class LowIncomeReferral(Scheme):
    """An unemployed person's family may be a low-income one; entitled means: to be referred.

    A low-income family is given help with medical care, schooling, housing and work by rules of
    their own, and a living allowance only where such expenses press it below minimum living.
    """

    title = "转介低收入困难家庭认定（符合即应转介民政部门；2025年起称低保边缘家庭）"
    title_en = "referral as a low-income family (entitled: to be referred to civil affairs)"
    operated_by, our_part = "other", "pre-check and hand over"
    subject = Household
    payee = Household.applicant
    # The standard of the day of referral, as for minimum living.
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
    city_family = condition(
        "本市户籍家庭（至少一名成员为本市户籍）",
        Household.city_members >= 1,
        en="a family of the city (at least one member registered in it)",
        cites=MEMBERS,
    )
    # 未纳入最低生活保障范围: a family that minimum living takes in is referred there instead. One
    # below its standard is out of its reach by assets alone.
    beyond_minimum_living = condition(
        "不在最低生活保障范围（家庭人均月收入达到{n}，或者财产超过其限额）",
        (Household.monthly_income >= standard) | ~Household.assets_within_limit,
        en="outside minimum living (income a head of {n} or more, or assets above its limit)",
        cites=FAMILY,
        n=MINIMUM.standard,
    )
    # Known from yearly figures of the line alone, so whether it is itself included stays open.
    income_within = condition(
        "家庭人均月收入低于收入线（{n}的{share}），或者恰好等于而规定含本数",
        (Household.monthly_income < line)
        | ((Household.monthly_income <= line) & P.line_itself_counts),
        en="monthly income a head below the line ({share} of {n}), or on it where it is included",
        cites=FAMILY,
        n=MINIMUM.standard,
        share=P.income_share,
    )
    # The families' own limit was not found, and may lie on either side of that of minimum living:
    # until it is known to be the same, what was checked says neither yes nor no.
    assets_within = condition(
        "家庭财产符合规定（财产标准与最低生活保障相同的）",
        (Household.assets_within_limit & P.assets_as_minimum_living) | ~P.assets_as_minimum_living,
        en="assets within the limit (where the test is that of minimum living)",
        cites=FAMILY,
    )
    not_drawing = condition(
        "尚未享受最低生活保障",
        ~Household.drawing_minimum_living,
        en="not on minimum living",
        cites=FAMILY,
    )
    # Who is one already has nothing to be referred for.
    not_recognised = condition(
        "申请人当月尚不是低收入困难家庭成员",
        ~any_of(
            assistance,
            (assistance.kind == "low_income")
            & (assistance.first_month <= month_of(ON))
            & (assistance.last_month >= month_of(ON)),
        ),
        en="the applicant is not of a recognised low-income family in the month",
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
        & beyond_minimum_living
        & income_within
        & assets_within
        & not_drawing
        & not_recognised
        & consents,
        label="转介民政部门；财产标准未查到",
        en="referred to civil affairs; the asset test was not found",
    )
