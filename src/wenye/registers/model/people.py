"""People: who they are, where they graduated, what hardship and assistance is on record."""

from __future__ import annotations

from wenye.registers.model.home import RegisterEntity
from wenye.rules.facts import Register, choice, code, day, many, money, month, number, ref, truth


class Person(RegisterEntity):
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
    pension_months = number(
        "养老保险累计缴费月数",
        "pension contribution months",
        "month",
        supplied_by="社会保险经办",
        note="as the pension agency holds them, months deemed paid included",
    )
    unemployment = many("Unemployment", by="person")
    employment = many("Employment", by="worker")
    flexible_work = many("FlexibleWork", by="person")
    contributions = many("Contribution", by="person")
    benefits = many("Benefit", by="person")
    certifications = many("Certification", by="person")
    graduations = many("Graduation", by="person")
    hardships = many("Hardship", by="person")
    assistance = many("Assistance", by="person")
    internships = many("Internship", by="person")
    public_posts = many("PublicPost", by="person")
    trainings = many("Training", by="person")
    loans = many("Loan", by="person")
    businesses = many("Business", by="founder")
    awards = many("Award", by="person")


class Graduation(RegisterEntity):
    """A graduation from a school or university."""

    register = Register("graduations", "毕业信息", "graduations", "教育")
    dated = "graduated_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    graduated_on = day("毕业日期", "graduated on")
    city_school = truth("本市高校", "university of the city", aliases=("是否本市高校",))
    higher_education = truth("高等教育", "higher education", aliases=("是否高校",))
    origin = code(
        "生源地",
        "province of origin",
        aliases=("生源省份",),
        note="name of the province as the school registers it",
    )
    native_place = code(
        "籍贯",
        "native province",
        note="name of the province; where the family comes from, whatever the registration",
    )


class Hardship(RegisterEntity):
    """What the certification of people hard to employ asks about, as recorded on a day."""

    register = Register(
        "hardships", "困难情况", "hardship records", "民政、残联、农业农村、人力资源社会保障"
    )
    dated = "recorded_on"
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    recorded_on = day("登记日期", "recorded on", aliases=("核查日期",))
    unemployed_since = day(
        "实际失业起始日",
        "actually unemployed since",
        may_be_absent=True,
        note="absent where the person is not unemployed; earlier than the registration at times",
    )
    able_and_willing = truth(
        "有一定劳动能力且就业愿望迫切", "able to work and pressing for work", aliases=("求职意愿",)
    )
    reserved_worker = truth("协保人员", "insured laid-off worker")
    left_farmland = truth("离土农民", "farmer who gave up the land", supplied_by="农业农村")
    zero_employment_family = truth("零就业家庭成员", "member of a family without work")
    low_income_family = truth(
        "低收入困难家庭或低保家庭成员", "member of a low-income family", supplied_by="民政"
    )
    disability = choice(
        "残疾程度",
        "degree of disability",
        {"none": "无残疾", "mild": "轻度", "moderate_or_severe": "中度及以上"},
        supplied_by="残联",
    )
    partly_incapable = truth("部分丧失劳动能力", "partly unable to work")
    several_disabled = truth(
        "一户多残家庭成员", "several disabled in the family", supplied_by="残联"
    )
    land_requisitioned = truth("被征地人员", "land requisitioned")
    land_allowance_ended = truth("领取生活费补贴期满", "living allowance for lost land has ended")
    lacks_experience = truth("缺乏工作经验", "lacks work experience")
    served_since = day(
        "公共就业服务起始日",
        "served by the employment service since",
        may_be_absent=True,
    )
    recommended = number("推荐就业岗位次数", "posts recommended", note="by the employment service")
    released = truth(
        "刑满释放、戒毒康复等其他特殊困难", "released, recovered or otherwise in difficulty"
    )
    epidemic_hit = truth("受新冠肺炎疫情影响", "hit by the epidemic")
    real_difficulty = truth("就业确有特殊困难", "in real difficulty to find work")
    approved_in_quota = truth("区人社局在总量内审核同意", "approved by the bureau within the quota")


class Assistance(RegisterEntity):
    """Months of a social-assistance status on the same terms."""

    register = Register(
        "assistance", "社会救助", "social assistance", "民政、退役军人事务、失业保险经办"
    )
    spell = "first_month", "last_month"
    apart = ("kind",)
    person = ref("Person", "证件号码", "person", aliases=("身份证号", "aac147", "aac002"))
    kind = choice(
        "救助类别",
        "kind of assistance",
        {
            "minimum_living": "最低生活保障",
            "extremely_poor": "特困供养",
            "special_care": "优抚对象",
            "orphan": "孤儿",
            "unattended_child": "事实无人抚养儿童",
            "job_loss_grant": "失业补助金",
            "low_income": "低收入困难家庭",
            "expense_poor": "支出型贫困家庭",
        },
    )
    first_month = month("起始月份", "first month", aliases=("起始年月",))
    last_month = month("截止月份", "last month", aliases=("截止年月",), note="last month so far")
    monthly_earnings = money(
        "月劳动收入",
        "monthly earnings",
        "monthly",
        may_be_absent=True,
        note="of the person, as last declared; absent where there is no job",
    )
    job_reported = truth("已如实报告就业", "the job was reported")


class Household(RegisterEntity):
    """What a family lives on, as checked on a day; named by the member who asks."""

    register = Register("households", "家庭经济状况", "household means", "民政")
    dated = "checked_on"
    applicant = ref("Person", "申请人证件号码", "applicant", aliases=("证件号码", "身份证号"))
    checked_on = day("核对日期", "checked on", aliases=("核查日期",))
    members = number("共同生活家庭成员人数", "members of the household", "person")
    city_members = number("本市户籍成员人数", "members registered in the city", "person")
    monthly_income = money(
        "家庭月收入", "monthly income of the household", "monthly", note="after disregards"
    )
    assets_within_limit = truth("财产符合规定", "assets within the limit")
    drawing_minimum_living = truth("已享受最低生活保障", "drawing minimum living already")
    other_member_took_job = truth(
        "申请人以外的成员实现就业", "another member than the applicant found work"
    )
    sudden_hardship = truth(
        "遇突发事件等基本生活暂时严重困难", "in sudden and serious difficulty for the time being"
    )
    consents = truth("本人同意转介", "consents to being referred")
