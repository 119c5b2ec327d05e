"""嘉府规〔2020〕6号 第（十三）条, 上海市社会救助条例第二十七条: 低保对象就业后的救助渐退."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Household
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    law,
    month_of,
    months,
    quantity,
    reached,
    years,
)

P = parameters("working_recipients")
MINIMUM = parameters("minimum_living")
HARDSHIP = parameters("hardship")
REGULATION = cite("shanghai-social-assistance", 27)
ARTICLE = cite("jiading-2020-6", 13, "可通过“救助渐退”、收入豁免等措施")
CHECKED = cite("shanghai-social-assistance", 34)

month = month_of(ON)
applicant = Household.applicant
job = applicant.employment.as_at(ON)
flexible_work = applicant.flexible_work.as_at(ON)
assistance = applicant.assistance
retires_on = quantity(
    "法定退休日",
    retirement_day(applicant.birth_date, applicant.retirement_class, parameters("retirement")),
    en="day of statutory retirement",
)


class GradualExit(Scheme):
    """Minimum living goes on for some months after a job; entitled means: it may go on."""

    title = "就业后救助渐退（符合即可继续享受低保）"
    title_en = "gradual exit from minimum living after taking up work (entitled: it may go on)"
    operated_by, our_part = "other", "inform"
    subject = Household
    payee = applicant
    dated_by = ON

    # Means that were not checked yet are no ground; how old a check may be is written nowhere.
    checked = condition(
        "已核对家庭经济状况",
        Household.checked_on <= ON,
        en="the household's means have been checked",
        cites=CHECKED,
    )
    drawing = condition(
        "家庭享受最低生活保障",
        Household.drawing_minimum_living,
        en="the household is on minimum living",
        cites=ARTICLE,
    )
    # 就业年龄段 is read as from working age to statutory retirement, as for people hard to employ.
    of_working_age = condition(
        "申请人在就业年龄段（满{n}，未到法定退休年龄）",
        reached(applicant.birth_date, years(HARDSHIP.working_age_from), ON) & (ON < retires_on),
        en="the applicant is of working age ({n} or more, below statutory retirement age)",
        cites=REGULATION,
        n=HARDSHIP.working_age_from,
    )
    # 成员实现就业 may be any member: of the one who asks the registers hold the job, of the others
    # only that there is one.
    employed = condition(
        "申请人已就业（含灵活就业）",
        has(job) | has(flexible_work),
        en="the applicant is in work, flexible work included",
        cites=ARTICLE,
    )
    other_member = condition(
        "申请人以外的成员实现就业，且不另核对该成员",
        Household.other_member_took_job & P.other_members_unchecked,
        en="another member found work, who need not be checked",
        cites=REGULATION,
    )
    # Below the line assistance goes on anyhow, and there is nothing to taper.
    above_line = condition(
        "家庭人均月收入不再低于{n}",
        Household.monthly_income >= MINIMUM.standard * Household.members,
        en="monthly income a head no longer below {n}",
        cites=REGULATION,
        n=MINIMUM.standard,
    )
    reported = condition(
        "已主动申报就业和收入变化",
        any_of(
            assistance,
            (assistance.kind == "minimum_living")
            & (assistance.first_month <= month)
            & (assistance.last_month >= month)
            & assistance.job_reported,
        ),
        en="the job and the change of income were reported",
        cites=REGULATION,
    )
    # The regulation says for a certain time. Counted from the first day of the present work (of
    # the earlier where there are two) until it is found what the city counts from.
    in_time = condition(
        "就业未满{n}",
        ~(has(job) & reached(job.started_on, months(P.exit_months), ON))
        & ~(has(flexible_work) & reached(flexible_work.started_on, months(P.exit_months), ON)),
        en="less than {n} since the work began",
        cites=REGULATION,
        n=P.exit_months,
    )

    law_2019 = law(
        REGULATION,
        since="2020-08-03",
        eligible=checked
        & drawing
        & above_line
        & ((of_working_age & employed & reported & in_time) | other_member),
        label="在一定期限内继续享受",
        en="goes on for a certain time",
    )
