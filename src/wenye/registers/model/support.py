"""Support given: certification, loans, training, vouchers, and what was already paid."""

from __future__ import annotations

from wenye.registers.model.home import RegisterEntity
from wenye.rules.facts import Register, choice, code, day, money, month, number, ref, truth


class Certification(RegisterEntity):
    """A spell of being certified hard to employ (就业困难人员)."""

    register = Register(
        "certifications", "就业困难人员认定", "hardship certifications", "人力资源社会保障"
    )
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    category = code("困难类别", "category", aliases=("acc369",), note="as the city's list names it")
    started_on = day("认定日期", "certified on", aliases=("acc361",))
    ended_on = day("取消日期", "last day", may_be_absent=True, aliases=("acc362",))
    extension_approved = truth(
        "仍未稳定就业并经批准延长补贴",
        "still without stable work, and the subsidy's extension approved",
        note="of the social-insurance subsidy for flexible workers",
    )


class Loan(RegisterEntity):
    """A guaranteed start-up loan: as applied for, and how it was paid."""

    register = Register(
        "loans", "创业担保贷款", "guaranteed start-up loans", "人力资源社会保障、银行"
    )
    dated = "applied_on"
    person = ref(
        "Person", "借款人证件号码", "borrowing person", may_be_absent=True, aliases=("证件号码",)
    )
    employer = ref(
        "Employer",
        "借款单位信用代码",
        "borrowing organisation",
        may_be_absent=True,
        aliases=("统一社会信用代码", "信用代码"),
    )
    borrower = choice(
        "借款主体",
        "kind of borrower",
        {
            "individual": "个人",
            "pre_start": "创业前的个人",
            "partners": "合伙创业",
            "organisation": "创业组织",
        },
    )
    applied_on = day("申请日期", "applied on")
    amount = money("贷款金额", "amount of the loan")
    term_months = number("贷款期限（月）", "term", "month")
    annual_rate = number("年利率（万分之一）", "annual rate in basis points", note="4.35 % is 435")
    key_group = truth("重点群体", "of a key group", note="as the loan rules name them")
    priority_industry = truth("重点产业", "in a priority industry")
    partners_caps = money(
        "合伙人个人额度合计", "the partners' own limits together", may_be_absent=True
    )
    recommended_by = choice(
        "推荐方",
        "recommended by",
        {
            "nobody": "无推荐",
            "credit_village": "信用乡村",
            "credit_park": "信用园区",
            "incubator": "创业孵化示范载体",
        },
    )
    recommendation_valid = truth("推荐在有效期内", "the recommendation is in force")
    renewal = choice(
        "贷款性质",
        "nature of the loan",
        {
            "new": "新发放",
            "renewed": "无还本续贷",
            "extended": "展期",
            "refinanced": "借新还旧",
        },
    )
    overdue = truth("逾期", "overdue")
    paid_on_schedule = truth("按期还款付息", "paid on schedule")
    interest_paid = money(
        "已付利息", "interest paid", may_be_absent=True, note="absent before any was paid"
    )


class Training(RegisterEntity):
    """A person's training: a course, an apprenticeship or training on the job."""

    register = Register("trainings", "职业培训", "trainings", "人力资源社会保障")
    dated = "started_on"
    person = ref("Person", "证件号码", "trainee", aliases=("身份证号", "aac147", "aac002"))
    employer = ref(
        "Employer",
        "统一社会信用代码",
        "employer",
        may_be_absent=True,
        aliases=("信用代码", "aab998"),
        note="absent where no employer organises it",
    )
    kind = choice(
        "培训类别",
        "kind of training",
        {
            "course": "职业技能培训",
            "off_farm": "农民非农岗位和技能提升培训",
            "apprenticeship": "企业新型学徒制",
            "on_the_job": "以工代训",
        },
    )
    mode = choice(
        "培训方式", "mode", {"offline": "线下", "online": "线上", "blended": "线上线下融合"}
    )
    started_on = day("开班日期", "first day", aliases=("开始日期",))
    completed_on = day("结业日期", "completed on", may_be_absent=True, aliases=("结束日期",))
    listed = truth("列入补贴培训目录", "on the list of subsidised training")
    certified = truth("取得证书", "certificate obtained")
    related_and_filed = truth(
        "与主营业务相关并已备案", "related to the employer's business, and filed beforehand"
    )
    standard = money(
        "培训费补贴标准",
        "subsidy standard of the course",
        may_be_absent=True,
        note="as the city lists it for the course and level; absent where it lists none",
    )
    cost = money("实际培训成本", "actual cost of the training")
    during_stoppage = truth("停工期间", "while work was stopped")
    paid_by_voucher = truth("已用培训券支付", "paid for with a voucher")


class Voucher(RegisterEntity):
    """An electronic training voucher."""

    register = Register("vouchers", "电子培训券", "training vouchers", "人力资源社会保障")
    dated = "issued_on"
    closes = "used_on"
    person = ref("Person", "证件号码", "holder", aliases=("身份证号", "aac147", "aac002"))
    issued_on = day("发放日期", "issued on")
    used_on = day("使用日期", "used on", may_be_absent=True)
    withdrawn = truth("已作废", "withdrawn")
    course_listed = truth("拟用课程列入培训券目录", "the course wanted is on the voucher list")
    course_fee = money("课程费用", "fee of the course wanted")


class Award(RegisterEntity):
    """A support already paid: months of a monthly scheme, or one payment."""

    register = Register("awards", "已享受补贴", "awards", "人力资源社会保障、财政")
    spell = "first_month", "last_month"
    scheme = code("补贴项目", "scheme", note="the scheme's name in the district's folder")
    person = ref("Person", "证件号码", "person", may_be_absent=True, aliases=("身份证号", "aac147"))
    employer = ref(
        "Employer", "统一社会信用代码", "employer", may_be_absent=True, aliases=("信用代码",)
    )
    first_month = month("起始月份", "first month")
    last_month = month("截止月份", "last month")
    amount = money("金额", "amount paid", note="yuan in files, fen in registers")
    recovered = truth("已追回", "recovered", aliases=("是否追回",))
