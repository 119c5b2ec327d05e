"""A small model with every kind of fact: what the generated rules are about."""

from __future__ import annotations

from wenye.rules.facts import (
    Entity,
    Register,
    choice,
    code,
    day,
    many,
    money,
    month,
    number,
    ref,
    text,
    truth,
)


class Person(Entity):
    register = Register("people", "人员", "people", supplied_by="公安")
    birth_date = day("出生日期", "date of birth")
    died_on = day("死亡日期", "date of death", may_be_absent=True)
    hukou = choice("户籍", "household", {"district": "本区", "city": "本市", "other": "外地"})
    marital = choice("婚姻", "marital", {"single": "未婚", "married": "已婚"}, may_be_absent=True)
    disabled = truth("残疾", "disabled")
    children = number("子女数", "children", "person")
    wage = money("工资", "wage", "monthly")
    savings = money("存款", "savings", "once", may_be_absent=True)
    insured_months = number("缴费月数", "months insured", "month")
    service_years = number("工龄", "years of service", "year", may_be_absent=True)
    since_month = month("参保月", "insured since", may_be_absent=True)
    town = code("街镇", "town")
    name = text("姓名", "name")
    spouse = ref("Person", "配偶", "spouse", may_be_absent=True)
    jobs = many("Job", by="worker")
    idle = many("Idle", by="person")
    insured = many("Insured", by="person")
    degrees = many("Degree", by="person")
    awards = many("Award", by="person")


class Firm(Entity):
    register = Register("firms", "单位", "firms", supplied_by="市场监管")
    in_city = truth("本市", "in the city")
    opened_on = day("成立日期", "opened on")
    closed_on = day("注销日期", "closed on", may_be_absent=True)
    staff = number("职工人数", "staff", "person", may_be_absent=True)
    sector = choice("行业", "sector", {"farm": "农业", "plant": "工业", "shop": "服务"})
    town = code("街镇", "town")
    payroll = money("工资总额", "payroll", "monthly")
    founder = ref("Person", "创办人", "founder", may_be_absent=True)
    bank = ref("Firm", "开户行", "bank")
    jobs = many("Job", by="firm")
    insured = many("Insured", by="payer")
    awards = many("Award", by="firm")


class Job(Entity):
    register = Register("jobs", "就业登记", "jobs", supplied_by="人社")
    spell = "started_on", "ended_on"
    worker = ref("Person", "人员", "worker")
    firm = ref("Firm", "单位", "firm")
    mentor = ref("Person", "带教人", "mentor", may_be_absent=True)
    started_on = day("开始日期", "started on")
    ended_on = day("终止日期", "ended on", may_be_absent=True)
    term = number("合同月数", "contract months", "month", may_be_absent=True)
    probation = number("试用天数", "days of probation", "day")
    kind = choice("用工形式", "kind", {"full": "全日制", "part": "非全日制"}, may_be_absent=True)
    pay = money("月工资", "monthly pay", "monthly")
    posted = truth("派遣", "posted")


class Idle(Entity):
    register = Register("idle", "失业登记", "registered unemployment", supplied_by="人社")
    spell = "started_on", "ended_on"
    person = ref("Person", "人员", "person")
    office = ref("Firm", "登记机构", "office", may_be_absent=True)
    started_on = day("登记日期", "started on")
    ended_on = day("注销日期", "ended on", may_be_absent=True)
    reason = choice("原因", "reason", {"left": "辞职", "let_go": "终止", "end": "期满"})
    voluntary = truth("自愿", "voluntary")


class Insured(Entity):
    register = Register("insured", "缴费", "contributions", supplied_by="社保")
    spell = "first_month", "last_month"
    person = ref("Person", "人员", "person")
    payer = ref("Firm", "单位", "payer", may_be_absent=True)
    first_month = month("首月", "first month")
    last_month = month("末月", "last month", may_be_absent=True)
    base = money("基数", "base", "monthly")
    kind = code("险种", "insurance")


class Degree(Entity):
    register = Register("degrees", "学历", "degrees", supplied_by="教育")
    dated = "awarded_on"
    person = ref("Person", "人员", "person")
    awarded_on = day("毕业日期", "awarded on")
    in_city = truth("本市院校", "city school")
    level = choice("层次", "level", {"college": "专科", "bachelor": "本科"}, may_be_absent=True)


class Award(Entity):
    register = Register("awards", "补贴", "awards", supplied_by="人社")
    spell = "first_month", "last_month"
    scheme = code("项目", "scheme")
    person = ref("Person", "人员", "person", may_be_absent=True)
    firm = ref("Firm", "单位", "firm", may_be_absent=True)
    first_month = month("首月", "first month")
    last_month = month("末月", "last month")
    amount = money("金额", "amount", "once")
    recovered = truth("已追回", "recovered")


MODEL: tuple[type[Entity], ...] = (Person, Firm, Job, Idle, Insured, Degree, Award)
SUBJECTS: tuple[type[Entity], ...] = (Job, Person, Firm)
