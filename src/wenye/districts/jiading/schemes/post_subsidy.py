"""沪人社规〔2022〕8号 第二部分: 用人单位吸纳就业困难人员的岗位补贴."""

from wenye.policy import cite, parameters
from wenye.policy.refunded_contributions import back_on_refund_of_job
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    greatest,
    has,
    key_of,
    last_day,
    law,
    least,
    month_of,
    monthly,
    months,
    months_drawn,
    quantity,
    reached,
    to_fen,
    where,
)

P = parameters("post_subsidy")
WAGE = parameters("minimum_wage")
NOTICE = cite("shanghai-2022-8", 2, "可申请按月享受岗位补贴")
BEFORE = cite("shanghai-2022-8", 2, "本意见出台前用人单位享受的一次性补贴")
TERM = cite("shanghai-2022-8", 2, "补贴期满且该“就业困难人员”距法定退休年龄不足2年的")
OFFICERS = cite("shanghai-2022-8", 1, "应取消“就业困难人员”身份")
REFUNDS = cite("shanghai-2022-8", "九（四）", "如发生社会保险费退费情况的")
OLDER_CLAIMANTS = cite("shanghai-2025-older-claimants")
EXCLUSION = parameters("flexible_social_insurance")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
month = month_of(ON)
contribution = worker.contributions.as_at(month)
benefit = worker.benefits.as_at(month)
awards = worker.awards
retires_on = quantity(
    "法定退休日",
    retirement_day(worker.birth_date, worker.retirement_class, parameters("retirement")),
    en="day of statutory retirement",
)
# Both subsidies are drawn side by side for one person: their common term is the longer of the two.
# The one-off subsidy of the years before the notice counts too. It is no scheme of the district:
# its awards bear the code hardship_one_off, and their months are those that it was paid for.
drawn = quantity(
    "此前已享受月数",
    greatest(
        months_drawn(worker, "post_subsidy", before=month),
        months_drawn(worker, "employer_social_insurance", before=month),
    )
    + months_drawn(worker, "hardship_one_off", before=month),
    en="months drawn before",
)


class PostSubsidy(Scheme):
    """Paid each month to an employer for employing someone certified hard to employ."""

    title, title_en = "吸纳就业困难人员岗位补贴", "post subsidy for people hard to employ"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = employer
    concerns = worker
    excludes = ("flexible_social_insurance",)
    dated_by = ON

    city_employer = condition(
        "本市用人单位", employer.in_city, en="employer of the city", cites=NOTICE
    )
    no_dispatch = condition(
        "不是劳务派遣公司",
        ~employer.labour_dispatch,
        en="no labour-dispatch company",
        cites=NOTICE,
    )
    certified = condition(
        "招用时已认定为就业困难人员",
        has(worker.certifications.as_at(hired_on)),
        en="certified hard to employ when hired",
        cites=NOTICE,
    )
    no_officer = condition(
        "未担任企业法定代表人、董事、监事、经理等",
        ~worker.company_officer,
        en="no legal representative, director, supervisor or manager of a company",
        cites=OFFICERS,
    )
    contract = condition(
        "签订{n}以上劳动合同",
        has(Employment.contract_months) & (Employment.contract_months >= P.contract_months),
        en="contract of {n} or more",
        cites=NOTICE,
        n=P.contract_months,
    )
    in_post = condition(
        "仍在该单位就业",
        (hired_on <= ON) & (~has(Employment.ended_on) | (Employment.ended_on >= ON)),
        en="still employed there",
        cites=NOTICE,
    )
    insured = condition(
        "该单位当月按时足额缴纳社会保险费",
        has(contribution)
        & has(contribution.employer)
        & (key_of(contribution.employer) == key_of(employer))
        & contribution.in_full,
        en="social insurance of the month paid in full by this employer",
        cites=NOTICE,
    )
    within_term = condition(
        "累计享受未满{n}",
        drawn < P.max_months,
        en="drawn for less than {n}",
        cites=TERM,
        n=P.max_months,
    )
    # The term is over with the last month drawn; 不足 does not include the boundary.
    near_retirement = condition(
        "补贴期满时距法定退休年龄不足{n}",
        any_of(
            awards,
            awards.scheme.among("post_subsidy", "employer_social_insurance", "hardship_one_off")
            & ~awards.recovered
            & ~reached(last_day(awards.last_month), months(P.extension_below_months), retires_on),
        ),
        en="less than {n} to retirement when the term ended",
        cites=TERM,
        n=P.extension_below_months,
    )
    # The month in which the age is reached is still paid: the pension begins the month after.
    not_retired = condition(
        "尚未过法定退休年龄当月",
        month <= month_of(retires_on),
        en="not past the month of statutory retirement",
        cites=TERM,
    )
    # Nobody has confirmed the rule, so it neither refuses nor pays: whoever it would reach is
    # undetermined until an officer confirms its first day.
    pension_not_from_fund = condition(
        "不在由失业保险基金代缴养老保险费而不同时享受的期间（起始日：{since}）",
        ~(
            has(benefit)
            & benefit.pension_paid_by_fund
            & (ON >= EXCLUSION.fund_pension_exclusion_not_before)
            & (ON >= EXCLUSION.fund_pension_exclusion_from)
        ),
        en="not excluded because the unemployment fund pays the pension (first day: {since})",
        cites=OLDER_CLAIMANTS,
        since=EXCLUSION.fund_pension_exclusion_from,
    )

    # Never no: rules that differ would have to be written first, and the parameter refuses a no.
    rules_alike = condition(
        "2022年以前的补贴办法与2022年起相同",
        P.rules_before_2022_alike,
        en="the rules before 2022 were as they are since",
        cites=BEFORE,
    )

    group = city_employer & certified & in_post
    asked = (
        no_dispatch
        & no_officer
        & contract
        & insured
        & (within_term | near_retirement)
        & not_retired
    )
    pays = monthly(
        to_fen(WAGE.monthly * P.minimum_wage_share),
        first=month,
        last=where(
            drawn < P.max_months,
            least(month - 1 + (P.max_months - drawn), month_of(retires_on)),
            month_of(retires_on),
        ),
    )
    # The notice itself says that employers drew a subsidy before it; what that asked was not found.
    law_2020 = law(
        BEFORE,
        since="2020-08-03",
        until="2021-12-31",
        eligible=group & where(rules_alike, asked, rules_alike),
        pays=pays,
        label="2022年以前的规定未查到，对象待定",
        en="the rules before 2022 were not found: the group waits",
    )
    law_2022 = law(NOTICE, eligible=group & asked & pension_not_from_fund, pays=pays)
    claws_back = back_on_refund_of_job(
        "post_subsidy",
        worker.awards,
        worker.contributions,
        REFUNDS,
        employer=employer,
        began_on=hired_on,
        ended_on=Employment.ended_on,
    )
