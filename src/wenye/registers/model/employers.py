"""Employers: what they are, what they pay, whom they plan to dismiss, who founded them."""

from __future__ import annotations

from wenye.registers.model.home import RegisterEntity
from wenye.rules.facts import Register, choice, code, day, many, money, month, number, ref, truth


class Employer(RegisterEntity):
    """An employing unit: enterprise, institution, social organisation, self-employed household."""

    register = Register("employers", "用人单位", "employers", "市场监管、民政、编制")
    kind = choice(
        "单位类型",
        "kind of employer",
        {
            "enterprise": "企业",
            "institution": "机关事业单位",
            "association": "社会团体",
            "private_non_enterprise": "民办非企业单位",
            "self_employed": "个体工商户",
            "cooperative": "农民专业合作社",
        },
        aliases=("aab019",),
    )
    in_city = truth("本市用人单位", "established in the city", aliases=("注册在本市",))
    labour_dispatch = truth("劳务派遣公司", "labour-dispatch company", aliases=("是否劳务派遣",))
    size = choice(
        "规模",
        "size class",
        {"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"},
    )
    staff = number(
        "职工人数", "staff", "person", note="as declared; may differ from the spells held"
    )
    key_group_hires = number(
        "新招用重点群体人数",
        "newly hired from key groups",
        "person",
        note="as the employer declares for a guaranteed loan; usually not held",
    )
    epidemic_hit = truth(
        "受疫情影响企业",
        "enterprise hit by the epidemic",
        supplied_by="行业主管部门",
        note="as the department in charge of the trade has named it",
    )
    hard_hit_trade = truth(
        "属于稳岗补贴适用行业", "in a trade to which the post-stability subsidy is open"
    )
    town = code("街镇代码", "unit code", aliases=("街镇",))
    employment = many("Employment", by="employer")
    contributions = many("Contribution", by="employer")
    loans = many("Loan", by="employer")
    awards = many("Award", by="employer")


class Business(RegisterEntity):
    """A business and who founded it."""

    register = Register("businesses", "创业组织", "businesses", "市场监管")
    dated = "registered_on"
    closes = "closed_on"
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    founder = ref("Person", "创办人证件号码", "founder", aliases=("法定代表人证件号码",))
    registered_on = day("注册日期", "registered on", aliases=("成立日期",))
    closed_on = day("注销日期", "closed on", may_be_absent=True)
    first_business = truth("首次创业", "the founder's first", aliases=("是否首次创业",))
    returnee = truth("返乡人员创办", "founded by a returnee", supplied_by="农业农村")
    operating = truth("正常经营", "operating normally", aliases=("经营状态正常",))
    applied_on = day("补贴申请日期", "subsidy applied for on", may_be_absent=True)


class StaffingYear(RegisterEntity):
    """One employer's insured staff over a year, and what was paid for it."""

    register = Register("staffing_years", "年度参保情况", "staffing years", "失业保险经办")
    dated = "settled_on"
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    year = number("年度", "year the figures are of", note="for example 2019")
    settled_on = day("核定日期", "settled on", note="day on which the refund is settled")
    insured_at_start = number("年初参保人数", "insured at the start", "person")
    insured_at_end = number("年末参保人数", "insured at the end", "person")
    retired_or_died = number("退休和死亡人数", "retired or died", "person")
    insured_over_months = number(
        "各月参保人数合计",
        "insured, summed over the twelve months",
        "person",
        note="twelve times the monthly mean",
    )
    contributions_paid = money(
        "失业保险费缴纳额", "unemployment contributions paid", note="employer's and staff's"
    )


class ContributionBill(RegisterEntity):
    """What an employer owes for one insurance and month before any relief: the employer's share."""

    register = Register("contribution_bills", "单位应缴社会保险费", "contribution bills", "税务")
    dated = "month"
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    month = month("费款所属月份", "month", aliases=("所属期",))
    insurance = choice(
        "险种",
        "insurance",
        {"pension": "养老", "unemployment": "失业", "injury": "工伤", "medical": "医疗"},
    )
    due = money("单位应缴额", "due from the employer", note="before relief")


class VatReturn(RegisterEntity):
    """A VAT return of some months."""

    register = Register("vat_returns", "增值税申报", "VAT returns", "税务")
    spell = "first_month", "last_month"
    employer = ref("Employer", "统一社会信用代码", "taxpayer", aliases=("信用代码", "aab998"))
    first_month = month("所属期起", "first month", aliases=("起始月份",))
    last_month = month("所属期止", "last month", aliases=("截止月份",))
    small_scale = truth("小规模纳税人", "small-scale taxpayer")
    sales_at_levy_rate = money(
        "按征收率计税的销售额", "sales taxed at the levy rate", note="without the tax itself"
    )


class LayoffPlan(RegisterEntity):
    """Dismissals that an employer plans for economic reasons, and the steps taken before."""

    register = Register("layoff_plans", "裁减人员方案", "layoff plans", "人力资源社会保障")
    dated = "first_dismissal_on"
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    first_dismissal_on = day("拟解除合同首日", "first dismissal planned on")
    dismissed = number("拟裁减人数", "to be dismissed", "person")
    staff = number("职工总数", "staff in all", "person")
    ground = choice(
        "裁减事由",
        "ground",
        {
            "reorganisation": "依照企业破产法重整",
            "serious_difficulty": "生产经营严重困难",
            "change_of_business": "转产、重大技术革新或者经营方式调整",
            "changed_circumstances": "客观经济情况重大变化",
            "other": "其他",
        },
    )
    contracts_changed_first = truth(
        "已先变更劳动合同", "contracts were changed first", note="asked where the business changes"
    )
    explained_on = day(
        "向工会或者全体职工说明情况日期",
        "explained to the union or all staff on",
        may_be_absent=True,
    )
    opinions_heard = truth("已听取工会或者职工意见", "opinions of the union or staff were heard")
    reported_on = day(
        "向劳动行政部门报告日期", "plan reported to the labour authority on", may_be_absent=True
    )
    settlement_plan = truth("已制定职工安置方案", "a settlement plan was drawn up")
