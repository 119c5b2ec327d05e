"""国务院关于渐进式延迟法定退休年龄的办法 第一条: 法定退休年龄，测算."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Person
from wenye.rules import ON, Scheme, condition, law, quantity

RETIREMENT = parameters("retirement")
OLD = cite("retirement-1978")
MEASURES = cite("retirement-2024", 1, "从2025年1月1日起")

retires_on = quantity(
    "法定退休日",
    retirement_day(Person.birth_date, Person.retirement_class, RETIREMENT, ON),
    en="day of statutory retirement",
)


class StatutoryRetirement(Scheme):
    """Whether a person is of statutory retirement age, and on which day they are.

    Earlier retirement from hard, dangerous or plateau work (article 8) has rules of its own, which
    were not found: it stands outside.
    """

    title, title_en = (
        "法定退休年龄测算（符合即已到龄）",
        "statutory retirement age (entitled: it has been reached)",
    )
    operated_by, our_part = "city", "inform"
    subject = Person
    dated_by = ON

    of_age = condition(
        "已达法定退休年龄",
        ON >= retires_on,
        en="of statutory retirement age",
        cites={"law_1978": OLD, "law_2025": MEASURES},
    )

    # The old ages go back further than the district's document, before which nothing here is dated.
    law_1978 = law(
        OLD,
        since="2020-08-03",
        eligible=of_age,
        label="原退休年龄；特殊工种提前退休不在内",
        en="the former ages; early retirement from hard trades is left out",
    )
    law_2025 = law(
        MEASURES,
        eligible=of_age,
        label="渐进式延迟；特殊工种提前退休不在内",
        en="raised step by step; early retirement from hard trades is left out",
    )
