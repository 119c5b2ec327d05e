"""嘉府规〔2020〕6号 第（九）条, 沪人社规〔2022〕8号 第三部分: 灵活就业社会保险补贴."""

from wenye.policy import cite, parameters
from wenye.policy.refunded_contributions import back_on_refund
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Person
from wenye.rules import (
    ON,
    Scheme,
    condition,
    has,
    law,
    month_of,
    monthly,
    months,
    months_drawn,
    quantity,
    reached,
    to_fen,
    where,
)

P = parameters("flexible_social_insurance")
BASE = parameters("contribution_base")
RATES = parameters("contribution_rates")
ARTICLE = cite("jiading-2020-6", 9, "经申请批准后政策享受期限可延长1年")
NOTICE = cite("shanghai-2022-8", 3, "通过灵活就业的方式实现就业")
TERM = cite("shanghai-2022-8", 3, "对距法定退休年龄不足5年的可延长至退休")
OFFICERS = cite("shanghai-2022-8", 1, "应取消“就业困难人员”身份")
REFUNDS = cite("shanghai-2022-8", "九（四）", "如发生社会保险费退费情况的")
OLDER_CLAIMANTS = cite("shanghai-2025-older-claimants")

month = month_of(ON)
contribution = Person.contributions.as_at(month)
benefit = Person.benefits.as_at(month)
certification = Person.certifications.as_at(ON)
drawn = months_drawn(Person.awards, "flexible_social_insurance", before=month)
retires_on = quantity(
    "法定退休日",
    retirement_day(Person.birth_date, Person.retirement_class, parameters("retirement")),
    en="day of statutory retirement",
)
# 不足5年 does not include the day on which exactly five years are left.
close_to_retirement = ~reached(ON, months(P.extension_below_months), retires_on)


class FlexibleSocialInsurance(Scheme):
    """Paid each month to someone certified hard to employ who pays in as a flexible worker."""

    title, title_en = "灵活就业社会保险补贴", "social-insurance subsidy for flexible workers"
    operated_by, our_part = "district", "pay"
    subject = Person
    excludes = ("post_subsidy", "employer_social_insurance")
    priority = 200
    dated_by = ON

    certified = condition(
        "已认定为就业困难人员",
        has(certification),
        en="certified hard to employ",
        cites=NOTICE,
    )
    no_officer = condition(
        "未担任企业法定代表人、董事、监事、经理等",
        ~Person.company_officer,
        en="no legal representative, director, supervisor or manager of a company",
        cites=OFFICERS,
    )
    flexible_work = condition(
        "已办理灵活就业登记",
        has(Person.flexible_work.as_at(ON)),
        en="registered as a flexible worker",
        cites=NOTICE,
    )
    not_employed = condition(
        "未被用人单位招用",
        ~has(Person.employment.as_at(ON)),
        en="not employed",
        cites=NOTICE,
    )
    insured = condition(
        "当月以灵活就业身份按时足额缴纳社会保险费",
        has(contribution) & (contribution.kind == "flexible") & contribution.in_full,
        en="social insurance of the month paid in full as a flexible worker",
        cites=NOTICE,
    )
    within_term = condition(
        "累计享受未满{n}",
        drawn < P.max_months,
        en="drawn for less than {n}",
        cites=TERM,
        n=P.max_months,
    )
    near_retirement = condition(
        "距法定退休年龄不足{n}",
        close_to_retirement,
        en="less than {n} to statutory retirement",
        cites=TERM,
        n=P.extension_below_months,
    )
    # Whether the document's extension outlived the city's notice of 2022 is open; under no reading
    # does it add more than the document's one year.
    extended = condition(
        "期满后仍未稳定就业并经批准延长（累计不超过期限加{n}）",
        has(certification)
        & certification.extension_approved
        & (drawn < P.max_months + P.one_year_extension_at_most_months)
        & (drawn < P.max_months + P.one_year_extension_months),
        en="prolonged on approval after the term, for want of stable work (up to {n} more)",
        cites=ARTICLE,
        n=P.one_year_extension_at_most_months,
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
            & (ON >= P.fund_pension_exclusion_not_before)
            & (ON >= P.fund_pension_exclusion_from)
        ),
        en="not excluded because the unemployment fund pays the pension (first day: {since})",
        cites=OLDER_CLAIMANTS,
        since=P.fund_pension_exclusion_from,
    )

    insured_and_certified = (
        certified & no_officer & flexible_work & not_employed & insured & not_retired
    )
    in_time = within_term | near_retirement | extended
    pays = monthly(
        to_fen(BASE.floor * (RATES.flexible_pension + RATES.flexible_medical) * P.share),
        first=month,
        last=where(
            close_to_retirement,
            month_of(retires_on),
            month
            - 1
            + where(
                drawn < P.max_months,
                P.max_months - drawn,
                P.max_months + P.one_year_extension_months - drawn,
            ),
        ),
    )
    # What the city paid before 2022, and for how long, was not found: such cases are undetermined.
    law_2020 = law(ARTICLE, eligible=insured_and_certified & in_time, pays=pays)
    law_2022 = law(
        NOTICE,
        eligible=insured_and_certified & in_time & pension_not_from_fund,
        pays=pays,
    )
    # Refunds of contributions that were paid as an employee take nothing back.
    claws_back = back_on_refund(
        "flexible_social_insurance",
        Person.awards,
        Person.contributions,
        REFUNDS,
        paid_for=Person.contributions.kind == "flexible",
    )
