"""嘉府规〔2020〕6号 第（十三）条: 将生活困难的失业人员及家庭转介临时救助."""

from wenye.policy import cite, parameters
from wenye.registers.model import Household
from wenye.rules import ON, Scheme, condition, has, law

P = parameters("minimum_living")
ARTICLE = cite("jiading-2020-6", 13, "按照规定将其纳入最低生活保障、临时救助等社会救助范围")
UNEMPLOYED = cite("jiading-2020-6", 13, "对生活困难的失业人员及家庭")
SUDDEN = cite("shanghai-social-assistance", 15)
CHECKED = cite("shanghai-social-assistance", 34)

line = P.standard * Household.members


class TemporaryAssistanceReferral(Scheme):
    """An unemployed person's family is in sudden hardship; entitled means: to be referred."""

    title = "转介临时救助（符合即应转介民政部门）"
    title_en = "referral to temporary assistance (entitled: to be referred to civil affairs)"
    operated_by, our_part = "other", "pre-check and hand over"
    subject = Household
    payee = Household.applicant
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
    # Families of the city, families with a residence permit and single persons are all named, so
    # where someone is registered excludes nobody; it decides who handles the case.
    sudden_hardship = condition(
        "遇突发事件等，基本生活暂时出现严重困难",
        Household.sudden_hardship,
        en="in sudden and serious difficulty for the time being",
        cites=SUDDEN,
    )
    # No line was found. Whatever it is, it is not below that of minimum living.
    poor = condition(
        "家庭人均月收入低于{n}，或者不超过临时救助的收入线（其{share}）",
        (Household.monthly_income < line)
        | (Household.monthly_income <= line * P.temporary_income_share),
        en="monthly income a head below {n}, or up to the line of temporary assistance ({share})",
        cites=SUDDEN,
        n=P.standard,
        share=P.temporary_income_share,
    )
    assets = condition(
        "家庭财产符合最低生活保障的规定，或者临时救助不看财产",
        Household.assets_within_limit | P.temporary_assets_not_asked,
        en="assets within the limit of minimum living, or not asked for temporary assistance",
        cites=SUDDEN,
    )
    consents = condition(
        "本人同意转介", Household.consents, en="consents to being referred", cites=ARTICLE
    )

    law_2020 = law(
        ARTICLE,
        eligible=unemployed & checked & sudden_hardship & poor & assets & consents,
        label="转介民政部门",
        en="referred to civil affairs",
    )
