"""嘉府规〔2020〕6号 第（十三）条, 上海市社会救助条例第二十七条: 低保对象就业后的救助渐退."""

from wenye.policy import cite, parameters
from wenye.registers.model import Household
from wenye.rules import ON, Scheme, any_of, condition, has, law, month_of, months, reached

P = parameters("working_recipients")
MINIMUM = parameters("minimum_living")
REGULATION = cite("shanghai-social-assistance", 27)
ARTICLE = cite("jiading-2020-6", 13, "可通过“救助渐退”、收入豁免等措施")
CHECKED = cite("shanghai-social-assistance", 34)

month = month_of(ON)
job = Household.applicant.employment.as_at(ON)
assistance = Household.applicant.assistance


class GradualExit(Scheme):
    """Minimum living goes on for some months after a job; entitled means: it may go on."""

    title, title_en = "就业后救助渐退", "assistance going on after a job"
    operated_by, our_part = "other", "inform"
    subject = Household
    payee = Household.applicant
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
    # Who else of the family took a job is in no register: it is the applicant's own that is seen.
    employed = condition("已就业", has(job), en="in a job", cites=ARTICLE)
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
    # The regulation says for a certain time. Counted from the first day of the job until it is
    # found what the city counts from.
    in_time = condition(
        "就业未满{n}",
        ~has(job) | ~reached(job.started_on, months(P.exit_months), ON),
        en="less than {n} since the job began",
        cites=REGULATION,
        n=P.exit_months,
    )

    law_2019 = law(
        REGULATION,
        since="2020-08-03",
        eligible=checked & drawing & employed & above_line & reported & in_time,
        label="在一定期限内继续享受",
        en="goes on for a certain time",
    )
