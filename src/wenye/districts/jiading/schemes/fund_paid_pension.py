"""国务院关于渐进式延迟法定退休年龄的办法 第七条: 临近退休的领金人员由基金缴纳养老保险费."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Benefit
from wenye.rules import (
    ON,
    Scheme,
    condition,
    law,
    month_of,
    months,
    quantity,
    reached,
)

P = parameters("fund_paid_insurance")
MEASURES = cite("retirement-2024", 7, "由失业保险基金按照规定为其缴纳养老保险费")
NEAR = cite("retirement-2024", 7, "对领取失业保险金且距法定退休年龄不足一年的人员")
TO_RETIREMENT = cite("retirement-2024", 7, "领取失业保险金年限延长至法定退休年龄")

month = month_of(ON)
person = Benefit.person
retires_on = quantity(
    "法定退休日",
    retirement_day(person.birth_date, person.retirement_class, parameters("retirement"), ON),
    en="day of statutory retirement",
)


# Before 2025 no text at hand lets the fund pay them: the statute's article 48 names medical
# insurance alone. How it is applied for and on what base follows rules that were not found.
class FundPaidPension(Scheme):
    """Whether, on the day asked, the fund pays a recipient's pension contributions."""

    title, title_en = (
        "临近退休的领金人员由基金缴纳养老保险费（符合即由基金缴纳）",
        "pension contributions paid by the fund close to retirement (entitled: it pays them)",
    )
    operated_by, our_part = "fund", "inform"
    subject = Benefit
    payee = person
    dated_by = ON

    drawing = condition(
        "当月在核定的领取期限内（包括延长领取）",
        (Benefit.first_month <= month) & (Benefit.last_month >= month),
        en="within the months granted, an extension included",
        cites=NEAR,
    )
    not_stopped = condition("未停领", ~Benefit.stopped, en="not stopped", cites=NEAR)
    # Asked of whoever draws the benefit and not of one that ran out only, so it is the day asked
    # that decides; from which month the fund then pays is not written. 不足 does not include the
    # day on which exactly that much is left.
    near_retirement = condition(
        "距法定退休年龄不足{n}",
        ~reached(ON, months(P.pension_below_months), retires_on),
        en="less than {n} to statutory retirement",
        cites=NEAR,
        n=P.pension_below_months,
    )
    # The month in which the age is reached is still paid: the pension begins the month after.
    not_retired = condition(
        "尚未过法定退休年龄当月",
        month <= month_of(retires_on),
        en="not past the month of statutory retirement",
        cites=TO_RETIREMENT,
    )

    # 在实施渐进式延迟法定退休年龄期间: the decision that approved the measures gives the rise
    # fifteen years (用十五年时间), counted here from its first day.
    law_2025 = law(
        MEASURES,
        until="2039-12-31",
        eligible=drawing & not_stopped & near_retirement & not_retired,
        label="渐进式延迟期间；缴费基数和手续按照规定，未查到",
        en="while the ages rise; base and procedure follow rules that were not found",
    )
