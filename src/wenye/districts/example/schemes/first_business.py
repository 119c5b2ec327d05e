"""示例规〔2024〕1号（虚构） 第四条: 首次创业补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Business
from wenye.rules import ON, Scheme, condition, count, has, law, once, reached, years

P = parameters("first_business")
NOTICE = cite("example-2024-1", 4, "一次性给予创办人补贴5000元")

jobs = Business.employer.employment
staff = count(
    jobs,
    (jobs.started_on <= ON) & (~has(jobs.ended_on) | (jobs.ended_on >= ON)),
    unit="person",
)


class FirstBusiness(Scheme):
    """Paid once to a resident whose first business has lasted and employs others."""

    title, title_en = "首次创业补贴", "support for a first business"
    operated_by, our_part = "district", "pay"
    subject = Business
    payee = Business.founder
    once_per = Business.founder
    dated_by = ON

    resident = condition(
        "创办人为本区户籍",
        Business.founder.hukou == "district",
        en="the founder is a resident of the district",
        cites=NOTICE,
    )
    first_time = condition(
        "首次创业", Business.first_business, en="the founder's first business", cites=NOTICE
    )
    lasted = condition(
        "自注册之日起满{n}",
        reached(Business.registered_on, years(P.operating_years), ON),
        en="{n} since registration",
        cites=NOTICE,
        n=P.operating_years,
    )
    still_open = condition(
        "仍在经营",
        ~has(Business.closed_on) | (Business.closed_on > ON),
        en="still in business",
        cites=NOTICE,
    )
    employs = condition(
        "雇有{n}以上职工",
        staff >= P.least_staff,
        en="employs {n} or more",
        cites=NOTICE,
        n=P.least_staff,
    )

    law_2024 = law(
        NOTICE,
        eligible=resident & first_time & lasted & still_open & employs,
        pays=once(P.amount),
    )
