"""嘉府规〔2020〕6号 第（一）条、第（五）条: 阶段性减免企业社会保险费."""

from wenye.policy import cite, parameters
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import ContributionBill
from wenye.rules import Scheme, condition, first_day, law, once, quantity, to_fen, where

P = parameters("contribution_relief")
EMPLOYERS = parameters("employers")
CITY = cite("shanghai-2020-relief")
HOUSEHOLDS = cite("jiading-2020-6", 5, "参照中小微企业享受减免政策")
INSURANCES = cite("jiading-2020-6", 5, "养老、失业、工伤保险")

employer = ContributionBill.employer
month = ContributionBill.month
due = ContributionBill.due
# 参照中小微企业: a household that insures as a unit. That there is a bill to it as an employer is
# what insuring as a unit means; someone insured in person has no such bill.
enterprise = is_enterprise(employer.kind, EMPLOYERS.cooperatives_are_enterprises)
as_sme = (enterprise & employer.size.among("micro", "small", "medium")) | (
    employer.kind == "self_employed"
)
relief = quantity(
    "减免额", to_fen(due * where(as_sme, P.share_sme, P.share_other)), en="amount relieved"
)
left = quantity("减免后单位应缴", due - relief, en="left for the employer to pay")


class ContributionRelief(Scheme):
    """What an employer is spared of its share of one insurance for one month, and what is left."""

    title, title_en = "阶段性减免企业社会保险费", "relief of employers' contributions"
    operated_by, our_part = "tax", "inform"
    subject = ContributionBill
    payee = employer
    dated_by = first_day(month)

    relieved_insurance = condition(
        "养老、失业、工伤保险",
        ContributionBill.insurance.among("pension", "unemployment", "injury"),
        en="pension, unemployment or injury insurance",
        cites=INSURANCES,
    )
    sme = condition(
        "中小微企业，或者按单位参保的个体工商户",
        as_sme,
        en="micro, small or medium enterprise, or a self-employed household insured as a unit",
        cites=HOUSEHOLDS,
    )
    sme_months = condition(
        "不晚于中小微企业减免的最后月份（{until}）",
        month <= P.last_month_sme,
        en="not after the last month of relief for smaller enterprises ({until})",
        cites=CITY,
        until=P.last_month_sme,
    )
    # 大型企业等其他参保单位: social organisations too, and a cooperative, be it an enterprise or
    # not; the city's notice leaves out institutions.
    other_unit = condition(
        "大型企业，或者社会团体、民办非企业单位、农民专业合作社",
        ((employer.kind == "enterprise") & (employer.size == "large"))
        | employer.kind.among("association", "private_non_enterprise", "cooperative"),
        en="large enterprise, a social organisation or a farmers' cooperative",
        cites=CITY,
    )
    other_months = condition(
        "不晚于大型企业等单位减免的最后月份（{until}）",
        month <= P.last_month_other,
        en="not after the last month of relief for large enterprises and others ({until})",
        cites=CITY,
        until=P.last_month_other,
    )

    # What is left is named beside what is spared, so that the explanation shows both. The relief is
    # the city's, on its own notice half a year before the document orders it carried out: every
    # month of it rests on that notice.
    law_2020 = law(
        CITY,
        eligible=relieved_insurance & ((sme & sme_months) | (other_unit & other_months)),
        pays=once(due - left),
    )
