"""嘉府规〔2020〕6号 第（十三）条, 上海市社会救助条例第二十七条: 低保对象就业的收入豁免."""

from wenye.policy import cite, parameters
from wenye.registers.model import Assistance
from wenye.rules import ON, Scheme, condition, has, law, month_of, monthly

P = parameters("working_recipients")
WAGE = parameters("minimum_wage")
ARTICLE = cite("jiading-2020-6", 13, "可通过“救助渐退”、收入豁免等措施")
REGULATION = cite("shanghai-social-assistance", 27)

month = month_of(ON)
earnings = Assistance.monthly_earnings


class IncomeDisregard(Scheme):
    """A part of what a working recipient earns is not counted as income of the household."""

    title, title_en = "低保对象就业收入豁免", "earnings disregard for working recipients"
    operated_by, our_part = "other", "inform"
    subject = Assistance
    payee = Assistance.person
    dated_by = ON

    minimum_living = condition(
        "当月享受最低生活保障",
        (Assistance.kind == "minimum_living")
        & (Assistance.first_month <= month)
        & (Assistance.last_month >= month),
        en="on minimum living in the month",
        cites=ARTICLE,
    )
    # 实际就业行为 is work that is really done: earnings are asked for, not an employment record.
    # 达到 includes the wage itself; it is the wage of the month in which the earnings are judged.
    full_wage = condition(
        "实际就业，且月劳动收入达到本市月最低工资标准（{n}）",
        has(earnings) & (earnings >= WAGE.monthly),
        en="works, and monthly earnings reach the city's minimum wage ({n})",
        cites=REGULATION,
        n=WAGE.monthly,
    )

    # The right stands in the city's regulation, which does not lapse with the district's document.
    # The amount shown is what is not counted, and nothing that anybody pays out.
    law_2019 = law(
        REGULATION,
        since="2020-08-03",
        eligible=minimum_living & full_wage,
        pays=monthly(P.disregard, first=month, last=month),
        label="每人每月不计入家庭收入",
        en="not counted as household income, per person and month",
    )
