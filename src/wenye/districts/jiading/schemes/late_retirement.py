"""国务院关于渐进式延迟法定退休年龄的办法 第三条: 弹性延迟退休，测算."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Employment
from wenye.rules import ON, Scheme, condition, has, law, month_of, quantity, within, years

P = parameters("flexible_retirement")
RETIREMENT = parameters("retirement")
MEASURES = cite("retirement-2024", 3, "所在单位与职工协商一致的，可以弹性延迟退休")
AT_MOST = cite("retirement-2024", 3, "延迟时间最长不超过三年")
OF_AGE = cite("retirement-2024", 3, "职工达到法定退休年龄")

worker = Employment.worker
retires_on = quantity(
    "法定退休日",
    retirement_day(worker.birth_date, worker.retirement_class, RETIREMENT, ON),
    en="day of statutory retirement",
)


class LateRetirement(Scheme):
    """Whether an employment goes on beyond the statutory age as an agreed late retirement.

    The form of the agreement is laid down by rules that are not at hand: what counts is that it is
    on record.
    """

    title, title_en = (
        "弹性延迟退休测算（符合即可以延迟退休）",
        "late retirement (entitled: may stay on)",
    )
    operated_by, our_part = "city", "inform"
    subject = Employment
    concerns = worker
    dated_by = ON

    in_post = condition(
        "在岗",
        (Employment.started_on <= ON) & (~has(Employment.ended_on) | (Employment.ended_on >= ON)),
        en="in post",
        cites=MEASURES,
    )
    of_age = condition(
        "已达法定退休年龄", ON >= retires_on, en="of statutory retirement age", cites=OF_AGE
    )
    agreed = condition(
        "单位与职工协商一致",
        Employment.late_retirement_agreed,
        en="employer and worker agreed",
        cites=MEASURES,
    )
    # 最长不超过三年 includes the day on which three years are full.
    not_too_late = condition(
        "延迟不超过{n}",
        within(retires_on, years(P.late_years), ON),
        en="at most {n} after statutory retirement",
        cites=AT_MOST,
        n=P.late_years,
    )
    # The measures do not say whether those who were of age before them may still agree to stay.
    of_age_since = condition(
        "2025年起到龄",
        month_of(retires_on) >= RETIREMENT.delay_starts_in,
        en="of age since the measures began",
        cites=OF_AGE,
    )
    earlier_admitted = condition(
        "此前已到龄的也适用",
        P.late_for_those_already_of_age,
        en="those of age before are admitted too",
        cites=OF_AGE,
    )

    law_2025 = law(
        MEASURES,
        eligible=in_post & of_age & agreed & not_too_late & (of_age_since | earlier_admitted),
        label="协议形式不在内",
        en="the form of the agreement is left out",
    )
