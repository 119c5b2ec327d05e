"""Social insurance: contributions by spell, and unemployment benefit."""

from __future__ import annotations

from wenye.registers.model.home import RegisterEntity
from wenye.rules.facts import Register, choice, month, number, ref, truth


class Contribution(RegisterEntity):
    """Consecutive months of social-insurance contributions on the same terms."""

    register = Register(
        "contributions", "社会保险缴费", "contribution spells", "社会保险经办、税务"
    )
    spell = "first_month", "last_month"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    employer = ref(
        "Employer",
        "统一社会信用代码",
        "employer",
        may_be_absent=True,
        aliases=("信用代码", "aab998"),
        note="absent where the person pays as a flexible worker",
    )
    first_month = month("起始月份", "first month", aliases=("起始年月",))
    last_month = month(
        "截止月份", "last month", aliases=("截止年月",), note="last month paid so far"
    )
    kind = choice("参保身份", "insured as", {"employee": "单位职工", "flexible": "灵活就业"})
    in_full = truth("按时足额缴纳", "paid on time and in full", aliases=("足额缴纳",))
    refunded = truth("发生退费", "refunded since", aliases=("是否退费",))


class Benefit(RegisterEntity):
    """A spell of unemployment benefit as granted: from the first month to the last."""

    register = Register("benefits", "失业保险金", "unemployment benefit", "失业保险经办")
    spell = "first_month", "last_month"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    first_month = month("起领月份", "first month", aliases=("起始月份",))
    last_month = month("核定期满月份", "last month granted", aliases=("期满月份",))
    stopped = truth(
        "已停领", "stopped early", aliases=("停领",), note="re-employed, abroad, pension, refusals"
    )
    extension = truth("延长领取", "an extension to retirement", aliases=("是否延长领取",))
    pension_paid_by_fund = truth(
        "基金代缴养老保险费", "pension contributions paid by the fund", aliases=("基金代缴养老",)
    )
    counted_months = number(
        "核定期限时计入的缴费月数",
        "contribution months used up",
        "month",
        note="contribution months that this benefit's term was reckoned from",
    )
    drawn_months = number(
        "停领前已领取月数",
        "months drawn before it was stopped",
        "month",
        may_be_absent=True,
        note="absent where it was not stopped early",
    )
    enlisted = truth("应征服兵役", "called up for military service")
    moved_abroad = truth("移居境外", "moved abroad")
    pension_drawn = truth("享受基本养老保险待遇", "draws a basic pension")
    refusals = number(
        "无正当理由拒绝工作或者培训次数",
        "refusals without good reason",
        note="of suitable work or training offered, counted over the benefit",
    )
    cannot_be_reemployed = truth(
        "非因本人主观原因确实不能重新就业",
        "cannot be re-employed for reasons not the person's own",
        note="as the employment service found when the benefit ran out",
    )
    other_stop = truth("法律、行政法规规定停领的其他情形", "stopped by another law")
