"""嘉府规〔2020〕6号 第（十一）条, 沪人社规〔2022〕8号 第一部分: 就业困难人员认定（预审）."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Person
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    law,
    months,
    quantity,
    reached,
    where,
    years,
)

P = parameters("hardship")
ARTICLE = cite("jiading-2020-6", 11, "按照规定纳入就业援助对象范围")
EPIDEMIC = cite("jiading-2020-6", 11, "及时将受新冠肺炎疫情影响人员、残疾劳动者等人群")
NOTICE = cite("shanghai-2022-8", 1, "“就业困难人员”是指法定劳动年龄内")
WILLING = cite("shanghai-2022-8", 1, "有一定劳动能力且就业愿望迫切")
NO_MARKET_JOB = cite("shanghai-2022-8", 1, "难以实现市场化就业")
SIX_MONTHS = cite("shanghai-2022-8", 1, "连续处于实际失业状态6个月以上的下列本市户籍人员")
OLDER = cite("shanghai-2022-8", "九（一）", "“大龄”指的是男性年满45周岁、女性年满40周岁")
FARMLAND = cite("shanghai-2022-8", "九（二）", "“离土农民”指的是16周岁以上")
FIRST = cite("shanghai-2022-8", 1, "大龄失业人员、协保人员、离土农民")
SECOND = cite("shanghai-2022-8", 1, "零就业家庭成员")
THIRD = cite("shanghai-2022-8", 1, "低收入困难家庭成员或享受最低生活保障家庭成员")
FOURTH = cite("shanghai-2022-8", 1, "中度及以上残疾、部分丧失劳动能力的人员或一户多残家庭成员")
FIFTH = cite("shanghai-2022-8", 1, "大龄或领取生活费补贴期满的被征地人员")
SIXTH = cite("shanghai-2022-8", 1, "多次推荐就业岗位仍未实现就业的35岁以下青年")
SEVENTH = cite("shanghai-2022-8", 1, "刑满释放、戒毒康复等有特殊困难的其他人员")
DISCRETION = cite("shanghai-2022-8", 1, "可在总量控制的前提下，经区人力资源社会保障局审核同意")
OFFICERS = cite("shanghai-2022-8", 1, "不得认定为“就业困难人员”")

record = Person.hardships.latest(ON)
jobs = Person.employment
flexible = Person.flexible_work
retires_on = quantity(
    "法定退休日",
    retirement_day(Person.birth_date, Person.retirement_class, parameters("retirement")),
    en="day of statutory retirement",
)
older = where(
    Person.sex == "male",
    reached(Person.birth_date, years(P.older_age_men), ON),
    reached(Person.birth_date, years(P.older_age_women), ON),
)
# Whether 35岁以下 takes in those who are 35 was not found: they wait, younger ones do not.
young = ~reached(Person.birth_date, years(P.youth_below_age), ON) | (
    ~reached(Person.birth_date, years(P.youth_below_age + 1), ON) & P.youth_at_that_age_counts
)


class HardshipCertification(Scheme):
    """Someone meets the conditions of being certified hard to employ; the bureau certifies."""

    title = "就业困难人员认定（预审：符合认定条件）"
    title_en = "certification as hard to employ (pre-check: the conditions are met)"
    operated_by, our_part = "district", "pre-check and hand over"
    subject = Person
    dated_by = ON

    not_certified = condition(
        "目前没有有效的认定",
        ~has(Person.certifications.as_at(ON)),
        en="not certified at present",
        cites=NOTICE,
    )
    city_hukou = condition(
        "本市户籍",
        Person.hukou.among("district", "city"),
        en="household-registered in the city",
        cites=SIX_MONTHS,
    )
    of_age = condition(
        "已满{n}",
        reached(Person.birth_date, years(P.working_age_from), ON),
        en="aged {n} or more",
        cites=NOTICE,
        n=P.working_age_from,
    )
    # 法定劳动年龄内: the day on which the statutory age of retirement is reached lies outside.
    not_retired = condition(
        "未到法定退休年龄", ON < retires_on, en="below statutory retirement age", cites=NOTICE
    )
    able_and_willing = condition(
        "有一定劳动能力且就业愿望迫切",
        has(record) & record.able_and_willing,
        en="able to work and pressing for work",
        cites=WILLING,
    )
    # Asked on both routes: the discretion spares the six months, not the lack of a job.
    without_work = condition(
        "目前未就业（含灵活就业）",
        ~has(jobs.as_at(ON)) & ~has(flexible.as_at(ON)),
        en="not in work at present, flexible work included",
        cites=NO_MARKET_JOB,
    )
    # 连续: work since the recorded first day breaks the time off; a job's last day may be that day.
    unemployed = condition(
        "连续实际失业{n}以上",
        has(record)
        & has(record.unemployed_since)
        & reached(record.unemployed_since, months(P.unemployed_months), ON)
        & ~any_of(
            jobs,
            (jobs.started_on <= ON)
            & (~has(jobs.ended_on) | (jobs.ended_on > record.unemployed_since)),
        )
        & ~any_of(
            flexible,
            (flexible.started_on <= ON)
            & (~has(flexible.ended_on) | (flexible.ended_on > record.unemployed_since)),
        ),
        en="actually unemployed without a break for {n} or more",
        cites=SIX_MONTHS,
        n=P.unemployed_months,
    )
    older_unemployed = condition(
        "大龄失业人员（男满{men}、女满{women}）",
        older,
        en="older unemployed person (men of {men}, women of {women})",
        cites=OLDER,
        men=P.older_age_men,
        women=P.older_age_women,
    )
    reserved_worker = condition(
        "协保人员", has(record) & record.reserved_worker, en="insured laid-off worker", cites=FIRST
    )
    # The farmland register says who meets the definition; its five years are not asked again.
    left_farmland = condition(
        "离土农民",
        has(record) & record.left_farmland,
        en="farmer who gave up the land",
        cites=FARMLAND,
    )
    zero_employment_family = condition(
        "零就业家庭成员",
        has(record) & record.zero_employment_family,
        en="member of a family without work",
        cites=SECOND,
    )
    low_income_family = condition(
        "低收入困难家庭或低保家庭成员",
        has(record) & record.low_income_family,
        en="member of a low-income or minimum-living family",
        cites=THIRD,
    )
    # The enumeration comma is read as "or": partly unable to work is enough without a degree.
    disabled = condition(
        "中度及以上残疾、部分丧失劳动能力或一户多残家庭成员",
        has(record)
        & (
            (record.disability == "moderate_or_severe")
            | record.partly_incapable
            | record.several_disabled
        ),
        en="moderately or severely disabled, partly unable to work, or several disabled at home",
        cites=FOURTH,
    )
    land_requisitioned = condition(
        "大龄或领取生活费补贴期满的被征地人员",
        has(record) & record.land_requisitioned & (older | record.land_allowance_ended),
        en="land requisitioned, and older or the living allowance has ended",
        cites=FIFTH,
    )
    # Several is more than one under every reading; how many more was not found.
    unplaced_youth = condition(
        "缺乏工作经验、实际失业{unemployed}以上、经服务{served}以上并多次推荐仍未就业的{age}以下青年",
        has(record)
        & record.lacks_experience
        & has(record.unemployed_since)
        & reached(record.unemployed_since, months(P.youth_unemployed_months), ON)
        & has(record.served_since)
        & reached(record.served_since, months(P.youth_served_months), ON)
        & (record.recommended > 1)
        & (record.recommended >= P.youth_recommended_times)
        & young,
        en=(
            "up to {age} years old, without experience, unemployed for {unemployed}, served for "
            "{served} and recommended several times in vain"
        ),
        cites=SIXTH,
        unemployed=P.youth_unemployed_months,
        served=P.youth_served_months,
        age=P.youth_below_age,
    )
    other_difficulty = condition(
        "刑满释放、戒毒康复等有特殊困难的其他人员",
        has(record) & record.released,
        en="released, recovered or otherwise in particular difficulty",
        cites=SEVENTH,
    )
    # The document wants these two groups taken in under rules that were not found: someone whom no
    # other category reaches waits for what the district says.
    epidemic_hit = condition(
        "受新冠肺炎疫情影响人员（按照规定纳入）",
        has(record) & record.epidemic_hit & P.epidemic_hit_counts,
        en="hit by the epidemic, as the rules take them in",
        cites=EPIDEMIC,
    )
    disabled_worker = condition(
        "残疾程度为轻度的残疾劳动者（按照规定纳入）",
        has(record) & (record.disability == "mild") & P.every_disability_counts,
        en="mildly disabled worker, as the rules take them in",
        cites=EPIDEMIC,
    )
    not_officer = condition(
        "未担任企业法定代表人、董事、监事等管理人员",
        ~Person.company_officer,
        en="no legal representative, director, supervisor or other manager of a company",
        cites=OFFICERS,
    )
    approved = condition(
        "就业确有特殊困难，经区人社局在总量内审核同意",
        has(record) & record.real_difficulty & record.approved_in_quota,
        en="in real difficulty, and approved by the bureau within the quota",
        cites=DISCRETION,
    )
    # Never no: rules that differ would have to be written first, and the parameter refuses a no.
    rules_alike = condition(
        "2022年以前的认定标准与2022年起相同",
        P.earlier_rules_as_later,
        en="the standard before 2022 was as it is since",
        cites=ARTICLE,
    )

    standard = (
        not_certified
        & city_hukou
        & of_age
        & not_retired
        & able_and_willing
        & without_work
        & not_officer
        & (unemployed | approved)
        & (
            older_unemployed
            | reserved_worker
            | left_farmland
            | zero_employment_family
            | low_income_family
            | disabled
            | land_requisitioned
            | unplaced_youth
            | other_difficulty
            | epidemic_hit
            | disabled_worker
        )
    )
    law_2020 = law(
        ARTICLE,
        eligible=where(rules_alike, standard, rules_alike),
        label="2022年以前的认定标准未查到，待定",
        en="the standard of certification before 2022 was not found: open",
    )
    law_2022 = law(NOTICE, eligible=standard)
