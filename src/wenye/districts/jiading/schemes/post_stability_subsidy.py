"""嘉府规〔2020〕6号 第（一）条: 应对疫情影响稳定就业岗位补贴."""

from wenye.policy import cite, parameters
from wenye.policy.dismissal_rate import DismissalRate
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import StaffingYear
from wenye.rules import ON, Scheme, condition, count, law, least, month_of, once, quantity

P = parameters("post_stability_subsidy")
REFUND = parameters("unemployment_insurance_refund")
EMPLOYERS = parameters("employers")
ARTICLE = cite("jiading-2020-6", 1, "应对疫情影响稳定就业岗位补贴")
CITY = cite("shanghai-2020-stability")

employer = StaffingYear.employer
insured = employer.contributions
last_month = month_of(ON) - 1
heads = quantity(
    "上月实际缴费职工人数",
    count(
        insured,
        (insured.kind == "employee")
        & (insured.first_month <= last_month)
        & (insured.last_month >= last_month),
    ),
    en="staff insured in the month before",
)
# By which of the two formulas the rate is reckoned is open, as for the refund.
dismissed = DismissalRate(
    at_start=StaffingYear.insured_at_start,
    at_end=StaffingYear.insured_at_end,
    retired_or_died=StaffingYear.retired_or_died,
    over_months=StaffingYear.insured_over_months,
    over_start=REFUND.rate_over_start,
)


class PostStabilitySubsidy(Scheme):
    """Paid once to an employer of a hard-hit trade that kept its staff: an amount per head."""

    title, title_en = "应对疫情影响稳定就业岗位补贴", "subsidy for keeping posts stable"
    # Applied for at the district's bureau under the city's notice; who pays was not found.
    operated_by, our_part = "city", "pre-check and hand over"
    # One row of an employer's figures of a year: the dismissal rate of that year is asked.
    subject = StaffingYear
    payee = employer
    once_per = employer
    dated_by = ON

    enterprise = condition(
        "本市企业",
        employer.in_city & is_enterprise(employer.kind, EMPLOYERS.cooperatives_are_enterprises),
        en="enterprise of the city",
        cites=CITY,
    )
    hard_hit_trade = condition(
        "属于受疫情影响较大的困难行业（住宿餐饮、文体娱乐、交通运输、旅游）",
        employer.hard_hit_trade,
        en="in a trade hit hard by the epidemic: lodging and catering, culture, sport and"
        " entertainment, transport, tourism",
        cites=CITY,
    )
    figures_asked = condition(
        "{year}年度的参保数据",
        StaffingYear.year == P.figures_of_year,
        en="figures of {year}",
        cites=CITY,
        year=P.figures_of_year,
    )
    few_dismissed = condition(
        "裁员率不高于{ceiling}",
        dismissed.no_higher(P.ceiling),
        en="dismissal rate no higher than {ceiling}",
        cites=CITY,
        ceiling=P.ceiling,
    )
    in_period = condition(
        "在申请期限内（至{until}）",
        P.last_day >= ON,
        en="within the time for applying (to {until})",
        cites=ARTICLE,
        until=P.last_day,
    )

    law_2020 = law(
        ARTICLE,
        eligible=enterprise & hard_hit_trade & figures_asked & few_dismissed & in_period,
        pays=once(least(P.amount_per_head * heads, P.cap_per_employer)),
    )
