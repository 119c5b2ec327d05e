"""Work: employment, unemployment and flexible work, and what begins or ends them."""

from __future__ import annotations

from wenye.registers.model.home import RegisterEntity
from wenye.rules.facts import Register, choice, day, money, number, ref, truth


class Employment(RegisterEntity):
    """A spell of employment with one employer: the row that a hiring subsidy judges."""

    register = Register("employment", "就业登记", "employment spells", "人力资源社会保障")
    spell = "started_on", "ended_on"
    worker = ref("Person", "证件号码", "worker", aliases=("身份证号", "aac147", "aac002"))
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    started_on = day("就业日期", "first day", aliases=("开始日期", "acc114"))
    ended_on = day("终止日期", "last day", may_be_absent=True, aliases=("结束日期", "离职日期"))
    contract_months = number(
        "劳动合同期限（月）",
        "contract length",
        "month",
        may_be_absent=True,
        aliases=("合同月数",),
        note="absent where there is no written contract; 9999 where it has no fixed term",
    )
    late_retirement_agreed = truth(
        "单位与职工协商延迟退休", "employer and worker agreed on late retirement"
    )


class Unemployment(RegisterEntity):
    """A spell of registered unemployment."""

    register = Register("unemployment", "失业登记", "registered unemployment", "人力资源社会保障")
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    started_on = day("失业登记日期", "registered on", aliases=("登记日期", "ajc090", "aae043"))
    ended_on = day("注销日期", "last day", may_be_absent=True, aliases=("终止日期",))
    involuntary = truth(
        "非因本人意愿中断就业", "not by the person's own will", aliases=("非本人意愿",)
    )
    seeking_work = truth("有求职要求", "wants work", aliases=("求职要求",))
    insured_here = truth(
        "失业保险最后参保地在本市", "last insured against unemployment in the city"
    )
    claimed_on = day("失业保险金申领受理日期", "benefit claim accepted on", may_be_absent=True)


class FlexibleWork(RegisterEntity):
    """A spell of registered flexible employment."""

    register = Register("flexible_work", "灵活就业登记", "flexible employment", "人力资源社会保障")
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    started_on = day("登记日期", "registered on", aliases=("灵活就业登记日期",))
    ended_on = day("终止日期", "last day", may_be_absent=True, aliases=("注销日期",))
    platform = truth("依托平台就业", "works through a platform", aliases=("平台就业",))


class Termination(RegisterEntity):
    """An employment contract ended by the employer, or a dispatched worker sent back."""

    register = Register("terminations", "解除劳动合同", "terminations", "人力资源社会保障")
    dated = "ended_on"
    worker = ref("Person", "证件号码", "worker", aliases=("身份证号", "aac147", "aac002"))
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    ended_on = day("解除日期", "ended on", aliases=("退回日期",))
    form = choice(
        "形式",
        "form",
        {
            "layoff": "裁减人员",
            "dismissal": "其他解除",
            "dispatch_returned": "退回劳务派遣用工",
        },
    )
    epidemic_absence = truth(
        "因新冠肺炎疫情暂不能返岗", "could not come back because of the epidemic"
    )
    employed_since = day("本单位连续工作起始日", "with this employer without a break since")
    contract_months = number(
        "劳动合同期限（月）",
        "contract length",
        "month",
        may_be_absent=True,
        note="absent where there is no written contract; 9999 where it has no fixed term",
    )
    usual_contract_months = number(
        "同岗位通常合同期限（月）",
        "usual contract length of the post",
        "month",
        note="what a longer fixed term is compared with",
    )
    sole_earner = truth(
        "家庭无其他就业人员且有需要扶养的老人或者未成年人", "sole earner with dependants"
    )
    occupational_disease_watch = truth(
        "未做离岗前职业健康检查或者疑似职业病诊断、观察期间",
        "not examined for occupational disease, or under watch for it",
    )
    injured_at_work = truth(
        "患职业病或者因工负伤并确认丧失或者部分丧失劳动能力", "unable to work by occupational cause"
    )
    medical_period = truth("患病或者非因工负伤在规定的医疗期内", "within the medical period")
    maternity = truth("孕期、产期、哺乳期", "pregnant, on maternity or nursing")
    otherwise_protected = truth("法律、行政法规规定的其他情形", "protected by another law")


class Internship(RegisterEntity):
    """A spell of internship (就业见习) at a base."""

    register = Register("internships", "就业见习", "internships", "人力资源社会保障")
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "intern", aliases=("身份证号", "aac147", "aac002"))
    employer = ref("Employer", "统一社会信用代码", "base", aliases=("信用代码", "aab998"))
    started_on = day("见习开始日期", "first day", aliases=("开始日期",))
    ended_on = day("见习结束日期", "last day", may_be_absent=True, aliases=("结束日期",))
    recognised_base = truth("认定的见习基地", "recognised internship base")
    attended = truth("按规定出勤", "attended as required", note="in the month last reported")


class PublicPost(RegisterEntity):
    """A spell in a public-welfare post (公益性岗位)."""

    register = Register(
        "public_posts", "公益性岗位安置", "public-welfare posts", "人力资源社会保障"
    )
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    employer = ref("Employer", "统一社会信用代码", "provider", aliases=("信用代码", "aab998"))
    started_on = day("上岗日期", "first day", aliases=("开始日期",))
    ended_on = day("离岗日期", "last day", may_be_absent=True, aliases=("结束日期",))
    insurance_paid = money(
        "单位当月实际缴纳社会保险费",
        "social insurance actually paid for the month",
        "monthly",
        note="the provider's share in the month last reported",
    )


class Referral(RegisterEntity):
    """A person entrusted to an intermediary by the public employment service."""

    register = Register("referrals", "委托职业介绍", "entrusted referrals", "人力资源社会保障")
    dated = "served_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    intermediary = ref(
        "Employer", "中介机构信用代码", "intermediary", aliases=("信用代码", "aab998")
    )
    public_service_since = day("公共就业服务直接服务起始日", "served directly since")
    entrusted_on = day("委托日期", "entrusted on")
    served_on = day("提供服务日期", "served by the intermediary on")
    standard_percent = number(
        "核定补贴占基准的百分比",
        "subsidy set, in percent of the standard",
        note="100 is the standard itself; set by how hard the service was",
    )
    public_post = truth("被公益性岗位吸纳", "placed in a public-welfare post")
