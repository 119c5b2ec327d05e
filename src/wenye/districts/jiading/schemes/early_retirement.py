"""国务院关于渐进式延迟法定退休年龄的办法 第三条: 弹性提前退休，测算."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Person
from wenye.rules import ON, Scheme, condition, law, quantity, reached, where, within, years

P = parameters("flexible_retirement")
RETIREMENT = parameters("retirement")
MEASURES = cite("retirement-2024", 3, "可以自愿选择弹性提前退休")
AT_MOST = cite("retirement-2024", 3, "提前时间最长不超过三年")
OLD_AGE = cite("retirement-2024", 3, "且退休年龄不得低于女职工五十周岁、五十五周岁及男职工六十周岁")
MINIMUM = cite("retirement-2024", 2, "最低缴费年限由十五年逐步提高至二十年，每年提高六个月")

retires_on = quantity(
    "法定退休日",
    retirement_day(Person.birth_date, Person.retirement_class, RETIREMENT, ON),
    en="day of statutory retirement",
)
old_age = quantity(
    "原法定退休年龄",
    where(
        Person.retirement_class == "men",
        RETIREMENT.men_old_age,
        where(
            Person.retirement_class == "women_cadre",
            RETIREMENT.women_cadre_old_age,
            RETIREMENT.women_worker_old_age,
        ),
    ),
    en="retirement age before the rise",
)


class EarlyRetirement(Scheme):
    """Whether a person may choose today to retire before the statutory age.

    That the employer is told in writing beforehand is asked by rules that are not at hand, and no
    register holds it. Earlier retirement from hard, dangerous or plateau work (article 8) is
    another thing and stands outside.
    """

    title, title_en = (
        "弹性提前退休测算（符合即现在可以提前退休）",
        "early retirement (entitled: may retire early now)",
    )
    operated_by, our_part = "city", "inform"
    subject = Person
    dated_by = ON

    before_age = condition(
        "未到法定退休年龄",
        ON < retires_on,
        en="not of statutory retirement age yet",
        cites=MEASURES,
    )
    # 最长不超过三年 includes three years to the day.
    close_enough = condition(
        "提前不超过{n}",
        within(ON, years(P.early_years), retires_on),
        en="at most {n} before statutory retirement",
        cites=AT_MOST,
        n=P.early_years,
    )
    of_old_age = condition(
        "已达原法定退休年龄",
        reached(Person.birth_date, years(old_age), ON),
        en="of the retirement age before the rise",
        cites=OLD_AGE,
    )
    # The minimum of the year in which the person retires, and not of the year of the statutory age.
    contributed = condition(
        "养老保险累计缴费满{n}",
        Person.pension_months >= P.minimum_months,
        en="pension contributions of {n} or more",
        cites=MINIMUM,
        n=P.minimum_months,
    )

    law_2025 = law(
        MEASURES,
        eligible=before_age & close_enough & of_old_age & contributed,
        label="书面告知单位的手续、特殊工种提前退休不在内",
        en="the written notice to the employer and early retirement from hard trades are left out",
    )
