"""嘉府规〔2020〕6号 第（十三）条: 价格临时补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Person
from wenye.rules import ON, Scheme, any_of, condition, law, month_of, monthly

P = parameters("price_subsidy")
ARTICLE = cite("jiading-2020-6", 13, "阶段性扩大价格补贴联动机制保障范围")
CITY = cite("shanghai-social-assistance", 20)
NATIONAL = cite("cn-price-2020")
TRIGGER = cite("cn-price-2021")

month = month_of(ON)
assistance = Person.assistance
in_the_month = (assistance.first_month <= month) & (assistance.last_month >= month)


class PriceSubsidy(Scheme):
    """Paid for a month in which prices have risen enough to those on assistance in it."""

    title, title_en = "价格临时补贴", "temporary price subsidy"
    operated_by, our_part = "other", "pre-check and hand over"
    # Not the assistance row: those on unemployment benefit have none, and whoever is in two groups
    # is paid once.
    subject = Person
    dated_by = ON

    # The index of a month is published in the next: what is published in a month decides it.
    # 达到 includes the value itself, and one of the two is enough.
    prices_risen = condition(
        "居民消费价格同比上涨达到{all}，或者食品价格同比上涨达到{food}",
        (P.consumer_price_rise >= P.consumer_price_trigger)
        | (P.food_price_rise >= P.food_price_trigger),
        en="consumer prices have risen by {all} on the year, or food prices by {food}",
        cites=TRIGGER,
        all=P.consumer_price_trigger,
        food=P.food_price_trigger,
    )
    on_assistance = condition(
        "当月享受最低生活保障或者特困供养",
        any_of(
            assistance, in_the_month & assistance.kind.among("minimum_living", "extremely_poor")
        ),
        en="on minimum living or support for the extremely poor in the month",
        cites=CITY,
    )
    # The regulation names those that draw living assistance, which only one of its two sorts does
    # (art. 18); the register does not tell them apart.
    poor_by_expense = condition(
        "当月为支出型贫困家庭，且登记的都享受生活救助",
        any_of(assistance, in_the_month & (assistance.kind == "expense_poor"))
        & P.registered_draw_living_assistance,
        en="of a family poor by expense in the month, where all registered draw living assistance",
        cites=CITY,
    )
    special_care = condition(
        "当月为优抚对象",
        any_of(assistance, in_the_month & (assistance.kind == "special_care")),
        en="entitled to special care in the month",
        cites=NATIONAL,
    )
    unemployment_benefit = condition(
        "当月领取失业保险金",
        any_of(
            Person.benefits,
            (Person.benefits.first_month <= month)
            & (Person.benefits.last_month >= month)
            & ~Person.benefits.stopped,
        ),
        en="on unemployment benefit in the month",
        cites=NATIONAL,
    )
    # Those added in the spring of 2020; whether they stayed in after June was not found.
    added_group = condition(
        "当月为孤儿、事实无人抚养儿童或者领取失业补助金，且这几类在扩大范围内",
        any_of(
            assistance,
            in_the_month & assistance.kind.among("orphan", "unattended_child", "job_loss_grant"),
        )
        & P.added_groups_covered,
        en="an orphan, an unattended child or on the job-loss grant, while these are covered",
        cites=ARTICLE,
    )
    low_income = condition(
        "当月为低收入困难家庭，且这一类在扩大范围内",
        any_of(assistance, in_the_month & (assistance.kind == "low_income")) & P.low_income_covered,
        en="of a low-income family, while these are covered",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=prices_risen
        & (
            on_assistance
            | poor_by_expense
            | special_care
            | unemployment_benefit
            | added_group
            | low_income
        ),
        pays=monthly(P.amount * P.multiplier, first=month, last=month),
        label="物价涨幅达到启动条件的月份",
        en="in months in which prices rose enough to set it off",
    )
