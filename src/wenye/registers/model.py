"""The registers of a district: every fact that rules may read, defined here and nowhere else.

File templates, validation, the data dictionary and the shape of a case are derived from these
definitions. Who someone is (name, document number, credit code) is no fact: it stays in the
identity file, and every other table knows people and employers by surrogate key.
"""

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
    truth,
)


class Person(Entity):
    """A natural person on the district's registers."""

    register = Register("people", "人员", "people", "公安、人力资源社会保障")
    sex = choice("性别", "sex", {"male": "男", "female": "女"}, aliases=("aac004",))
    birth_date = day("出生日期", "date of birth", aliases=("aac006",))
    hukou = choice(
        "户籍",
        "household registration",
        {"district": "本区", "city": "本市其他区", "elsewhere": "外省市"},
        supplied_by="公安",
        aliases=("户籍类别", "aac009"),
    )
    town = code(
        "街镇代码",
        "unit code",
        aliases=("街镇", "aab301"),
        note="nine-digit code of the street, town or managed area; its name is accepted too",
    )
    retirement_class = choice(
        "法定退休类别",
        "statutory retirement class",
        {"men": "男职工", "women_cadre": "女干部", "women_worker": "女工人"},
        aliases=("退休类别",),
    )
    company_officer = truth(
        "担任企业法定代表人、董事、监事、经理等",
        "legal representative, director, supervisor or manager of a company",
        supplied_by="市场监管",
        aliases=("企业任职",),
    )
    unemployment = many("Unemployment", by="person")
    employment = many("Employment", by="worker")
    flexible_work = many("FlexibleWork", by="person")
    contributions = many("Contribution", by="person")
    benefits = many("Benefit", by="person")
    certifications = many("Certification", by="person")
    graduations = many("Graduation", by="person")
    awards = many("Award", by="person")


class Employer(Entity):
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
    town = code("街镇代码", "unit code", aliases=("街镇",))
    employment = many("Employment", by="employer")
    awards = many("Award", by="employer")


class Employment(Entity):
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


class Unemployment(Entity):
    """A spell of registered unemployment."""

    register = Register("unemployment", "失业登记", "registered unemployment", "人力资源社会保障")
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    started_on = day("失业登记日期", "registered on", aliases=("登记日期", "ajc090", "aae043"))
    ended_on = day("注销日期", "last day", may_be_absent=True, aliases=("终止日期",))
    involuntary = truth(
        "非因本人意愿中断就业", "not by the person's own will", aliases=("非本人意愿",)
    )


class FlexibleWork(Entity):
    """A spell of registered flexible employment."""

    register = Register("flexible_work", "灵活就业登记", "flexible employment", "人力资源社会保障")
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    started_on = day("登记日期", "registered on", aliases=("灵活就业登记日期",))
    ended_on = day("终止日期", "last day", may_be_absent=True, aliases=("注销日期",))


class Contribution(Entity):
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


class Benefit(Entity):
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


class Certification(Entity):
    """A spell of being certified hard to employ (就业困难人员)."""

    register = Register(
        "certifications", "就业困难人员认定", "hardship certifications", "人力资源社会保障"
    )
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    category = code("困难类别", "category", aliases=("acc369",), note="as the city's list names it")
    started_on = day("认定日期", "certified on", aliases=("acc361",))
    ended_on = day("取消日期", "last day", may_be_absent=True, aliases=("acc362",))


class Graduation(Entity):
    """A graduation from a school or university."""

    register = Register("graduations", "毕业信息", "graduations", "教育")
    dated = "graduated_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    graduated_on = day("毕业日期", "graduated on")
    city_school = truth("本市高校", "university of the city", aliases=("是否本市高校",))
    higher_education = truth("高等教育", "higher education", aliases=("是否高校",))


class Business(Entity):
    """A business and who founded it."""

    register = Register("businesses", "创业组织", "businesses", "市场监管")
    dated = "registered_on"
    employer = ref("Employer", "统一社会信用代码", "employer", aliases=("信用代码", "aab998"))
    founder = ref("Person", "创办人证件号码", "founder", aliases=("法定代表人证件号码",))
    registered_on = day("注册日期", "registered on", aliases=("成立日期",))
    closed_on = day("注销日期", "closed on", may_be_absent=True)
    first_business = truth("首次创业", "the founder's first", aliases=("是否首次创业",))


class Award(Entity):
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


#: The registers in the order in which intake reads them: a reference points upwards.
MODEL: tuple[type[Entity], ...] = (
    Person,
    Employer,
    Employment,
    Unemployment,
    FlexibleWork,
    Contribution,
    Benefit,
    Certification,
    Graduation,
    Business,
    Award,
)
