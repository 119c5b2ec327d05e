"""A small model and three schemes to be put into words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from wenye.rules import (
    ON,
    Scheme,
    add_days,
    amount_paid,
    calendar,
    claw_back,
    condition,
    has,
    holds,
    law,
    month_of,
    monthly,
    months,
    months_in,
    once,
    reached,
    to_fen,
    years,
)
from wenye.rules.expressions import parameter
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
from wenye.rules.kinds import Kind, rate
from wenye.rules.kinds import money as money_kind
from wenye.rules.kinds import number as number_kind
from wenye.rules.parameters import Series, Status, Step

D = dt.date
MAY = D(2023, 5, 1)
FIRST = D(2020, 8, 3)


class Person(Entity):
    register = Register("people", "人员", "people", "公安")
    born_on = day("出生日期", "date of birth")
    died_on = day("死亡日期", "date of death", may_be_absent=True)
    hukou = choice("户籍", "registration", {"here": "本区", "city": "本市其他区", "far": "外省市"})
    officer = truth("企业任职", "company officer", supplied_by="市场监管")
    idle = many("Idle", by="person")
    jobs = many("Job", by="worker")
    awards = many("Award", by="person")


class Firm(Entity):
    register = Register("firms", "用人单位", "firms", "市场监管")
    in_city = truth("本市用人单位", "in the city")
    staff = number("职工人数", "staff", "person")
    jobs = many("Job", by="firm")
    awards = many("Award", by="firm")


class Job(Entity):
    register = Register("jobs", "就业登记", "employment", "人社")
    spell = "started_on", "ended_on"
    worker = ref("Person", "证件号码", "worker")
    firm = ref("Firm", "统一社会信用代码", "employer")
    started_on = day("就业日期", "first day")
    ended_on = day("终止日期", "last day", may_be_absent=True)
    contract = number("合同月数", "contract length", "month", may_be_absent=True)


class Idle(Entity):
    register = Register("idle", "失业登记", "registered unemployment", "人社")
    spell = "started_on", "ended_on"
    person = ref("Person", "证件号码", "person")
    started_on = day("登记日期", "registered on")
    ended_on = day("注销日期", "last day", may_be_absent=True)


class Award(Entity):
    register = Register("awards", "已享受补贴", "awards", "财政")
    spell = "first_month", "last_month"
    scheme = code("补贴项目", "scheme")
    person = ref("Person", "证件号码", "person", may_be_absent=True)
    firm = ref("Firm", "统一社会信用代码", "employer", may_be_absent=True)
    first_month = month("起始月份", "first month")
    last_month = month("截止月份", "last month")
    amount = money("金额", "amount")
    recovered = truth("已追回", "recovered")


@dataclass(frozen=True)
class Basis:
    text: str = "虚构〔2020〕1号 第七条"
    text_en: str = "Invented (2020) 1, art. 7"
    since: D | None = FIRST
    until: D | None = None
    doubtful_from: D | None = None
    doubt: str = ""


def series(label: str, kind: Kind, *steps: tuple[str, int | None, str], en: str = "") -> Any:
    found = tuple(
        Step(calendar.code(D.fromisoformat(since)), value, Status(status), f"来源{since}")
        for since, value, status in steps
    )
    return parameter(Series(f"test.{label}", label, kind, found, en or label))


LONG = series(
    "失业月数",
    number_kind("month"),
    ("2020-08-03", 6, "quoted"),
    ("2024-01-01", 3, "sourced"),
    en="months unemployed",
)
AMOUNT = series(
    "补贴标准",
    money_kind("once"),
    ("2020-08-03", None, "open"),
    ("2022-01-01", 200000, "sourced"),
    en="subsidy",
)
FLOOR = series("缴费基数", money_kind("monthly"), ("2020-01-01", 731050, "confirmed"))
SHARE = series("比例", rate(3), ("2020-01-01", 105, "quoted"))
YEARS = series("最长年数", number_kind("year"), ("2020-01-01", 3, "quoted"))

SPELL = Job.worker.idle.as_at(add_days(Job.started_on, -1))
WORKED = Job.worker.jobs


class Certified(Scheme):
    """Invented: whom the other scheme counts as hard to employ."""

    id = "certified"
    title, title_en = "困难人员认定", "certification"
    subject = Person
    local = condition("本市户籍", Person.hukou.among("here", "city"), en="of the city")
    old = condition("满45周岁", reached(Person.born_on, years(45), ON), en="aged 45")
    officer = condition("担任企业职务", Person.officer, en="company officer")
    law_1 = law(Basis("虚构〔2020〕2号"), eligible=local & old & ~officer)


class Hiring(Scheme):
    """Invented: a subsidy with two versions, nesting, a rest and a claw-back."""

    id = "hiring"
    title, title_en = "吸纳补贴", "hiring subsidy"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Job
    payee = Job.firm
    once_per = Job.worker
    dated_by = Job.started_on
    excludes = ("other_scheme",)
    city = condition(
        "本市单位", Job.firm.in_city, en="city firm", cites=Basis("虚构〔2019〕9号", "")
    )
    long = condition(
        "登记失业满{n}个月",
        has(SPELL) & reached(SPELL.started_on, months(LONG), Job.started_on),
        en="unemployed for {n} months",
        n=LONG,
    )
    hard = condition(
        "经认定的困难人员", holds(Certified, of=Job.worker, on=Job.started_on), en="certified"
    )
    short = condition("合同不足一年", ~has(Job.contract) | (Job.contract < 12), en="short contract")
    claws_back = claw_back(
        "一年内离职的退回",
        en="returned on leaving",
        when=has(Job.ended_on) & ~reached(Job.started_on, years(1), Job.ended_on),
        amount=amount_paid(Job.worker, "hiring"),
    )
    law_2020 = law(Basis(), eligible=city & long, pays=once(AMOUNT))
    law_2022 = law(
        Basis(since=D(2022, 1, 1), doubtful_from=D(2025, 8, 3), doubt="是否延续待确认"),
        eligible=city & (long | hard) & ~short,
        pays=once(AMOUNT),
        keeps=Job.started_on <= D(2022, 6, 1),
    )


class Monthly(Scheme):
    """Invented: paid by the month, rounded, with a value that takes long to tell."""

    id = "monthly_post"
    title = "岗位补贴"
    subject = Job
    payee = Job.firm
    worker = condition("在职", ~has(Job.ended_on))
    law_1 = law(
        Basis(),
        eligible=worker,
        pays=monthly(
            to_fen(FLOOR * SHARE, "down"), first=month_of(Job.started_on), months=months_in(YEARS)
        ),
    )
