"""An invented district with four schemes, and small registers of people who meet, miss or may meet
them: what the tests of the run and of its outputs stand on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from wenye.policy.district import District, load_district
from wenye.registers.model import (
    MODEL,
    Award,
    Certification,
    Employer,
    Employment,
    FlexibleWork,
    Person,
    Unemployment,
)
from wenye.registers.store import Registers, write
from wenye.rules import calendar
from wenye.rules.facts import Entity
from wenye.rules.values import encode

ON = dt.date(2026, 10, 31)

FILES = {
    "district.yaml": """
name: trial
label: 试验区
label_en: Trial District
documents:
  - id: trial-1
    title: 试验办法
    number: 试〔2024〕1号
    effective_from: 2024-01-01
    printed_to: 2028-12-31
  - id: trial-0
    title: 旧试验办法
    number: 试〔2020〕1号
    effective_from: 2020-01-01
    printed_to: 2022-12-31
    ended_on: 2023-12-31
""",
    "organisation.yaml": """
units:
  - {code: "990101001", name: 甲街道, kind: street}
  - {code: "990101002", name: 乙镇, kind: town}
""",
    "parameters/hiring.yaml": """
amount:
  label: 招用补贴标准
  label_en: hiring support
  unit: CNY
  values:
    2020-01-01: {value: 500, status: sourced, reference: 旧告示}
    2024-01-01: {value: 800.5, status: sourced, reference: 转载}
unemployed_months:
  label: 登记失业满月数
  label_en: months of unemployment
  unit: month
  values:
    2020-01-01: {value: 6, status: sourced, reference: 旧告示}
    2025-01-01: {value: 3, status: sourced, reference: 转载}
contract_months:
  label: 劳动合同最低期限
  label_en: shortest contract
  unit: month
  values:
    2020-01-01: {open: 按照规定}
""",
    "parameters/monthly.yaml": """
flexible:
  label: 灵活就业月补标准
  label_en: flexible support
  unit: CNY/month
  values:
    2024-01-01: {value: 300, status: quoted, document: trial-1, article: 三, quote: 每月300元}
    2026-11-01: {open: 未公布}
hardship:
  label: 困难人员月补标准
  label_en: hardship support
  unit: CNY/month
  values:
    2024-01-01: {value: 1000, status: quoted, document: trial-1, article: 四, quote: 每月1000元}
flexible_months:
  label: 灵活就业月补期限
  label_en: term of the flexible support
  unit: month
  values:
    2024-01-01: {value: 12, status: quoted, document: trial-1, article: 三, quote: 最长12个月}
hardship_months:
  label: 困难人员月补期限
  label_en: term of the hardship support
  unit: month
  values:
    2024-01-01: {value: 36, status: quoted, document: trial-1, article: 四, quote: 最长36个月}
least_staff:
  label: 最少人数
  label_en: least staff
  unit: person
  values:
    2024-01-01: {value: 2, status: quoted, document: trial-1, article: 五, quote: 2人以上}
""",
    "schemes/hiring.py": """
from wenye.policy import cite, parameters
from wenye.registers.model import Employment
from wenye.rules import Scheme, condition, has, law, months, once, reached

P = parameters("hiring")
since = Employment.worker.unemployment.as_at(Employment.started_on).started_on


class Hiring(Scheme):
    \"\"\"Paid once for taking someone out of long unemployment.\"\"\"

    title, title_en = "招用补贴", "hiring support"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Employment
    payee = Employment.employer
    once_per = Employment.worker
    dated_by = Employment.started_on

    city_employer = condition(
        "本市用人单位", Employment.employer.in_city, en="city employer", cites=cite("trial-1", 2)
    )
    long_unemployed = condition(
        "登记失业满{n}个月",
        Employment.worker.unemployment.as_at(Employment.started_on).exists
        & reached(since, months(P.unemployed_months), Employment.started_on),
        n=P.unemployed_months,
    )
    long_contract = condition(
        "劳动合同期限达到标准",
        has(Employment.contract_months) & (Employment.contract_months >= P.contract_months),
    )
    small = condition("小微单位", Employment.employer.size.among("micro", "small"))
    law_2020 = law(
        cite("trial-0", 2), eligible=city_employer & long_unemployed, pays=once(P.amount)
    )
    law_2024 = law(
        cite("trial-1", 2),
        eligible=city_employer & (long_unemployed | (small & long_contract)),
        pays=once(P.amount),
    )
""",
    "schemes/flexible.py": """
from wenye.policy import cite, parameters
from wenye.registers.model import Person
from wenye.rules import ON, Scheme, condition, law, month_of, monthly

P = parameters("monthly")
spell = Person.flexible_work.as_at(ON)


class Flexible(Scheme):
    \"\"\"Monthly support for registered flexible work.\"\"\"

    title, title_en = "灵活就业月补", "flexible support"
    subject = Person
    excludes = ("hardship",)
    resident = condition("本区户籍", Person.hukou == "district", cites=cite("trial-1", 3))
    registered = condition("已办理灵活就业登记", spell.exists, cites=cite("trial-1", 3))
    officer = condition("担任企业高管", Person.company_officer)
    law_2024 = law(
        cite("trial-1", 3),
        eligible=resident & registered & ~officer,
        pays=monthly(P.flexible, first=month_of(spell.started_on) + 1, months=P.flexible_months),
    )
""",
    "schemes/hardship.py": """
from wenye.policy import cite, parameters
from wenye.registers.model import Person
from wenye.rules import ON, Scheme, condition, law, month_of, monthly

P = parameters("monthly")
spell = Person.certifications.as_at(ON)


class Hardship(Scheme):
    \"\"\"Monthly support for people certified hard to employ.\"\"\"

    title, title_en = "困难人员月补", "hardship support"
    subject = Person
    priority = 10
    certified = condition("已认定就业困难人员", spell.exists, cites=cite("trial-1", 4))
    law_2024 = law(
        cite("trial-1", 4),
        eligible=certified,
        pays=monthly(P.hardship, first=month_of(spell.started_on), months=P.hardship_months),
    )
""",
    "schemes/staffed.py": """
from wenye.policy import cite, parameters
from wenye.registers.model import Employer
from wenye.rules import ON, Scheme, condition, count, law

P = parameters("monthly")
hires = Employer.employment


class Staffed(Scheme):
    \"\"\"An employer with staff enough; nothing is paid.\"\"\"

    title, title_en = "单位用工达标", "staffed employer"
    our_part = "inform"
    subject = Employer
    staffed = condition(
        "职工{n}人以上", count(hires, hires.started_on <= ON, "person") >= P.least_staff,
        n=P.least_staff,
    )
    law_2024 = law(cite("trial-1", 5), eligible=staffed)
""",
}


def write_district(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def trial_district(folder: Path) -> District:
    return load_district(write_district(folder), today=ON)


def table(entity: type[Entity], *rows: dict[str, Any]) -> pl.DataFrame:
    """Rows as people write them (days as text, yuan, options by name); keys are numbered."""
    facts = entity.facts()
    stored = []
    for place, row in enumerate(rows, start=1):
        line: dict[str, Any] = {"key": row.get("key", place)}
        for name, value in row.items():
            if name != "key":
                fact = facts[name]
                is_key = fact.kind.name == "key" and isinstance(value, int)
                line[name] = value if is_key else _stored(fact, value)
        stored.append(line)
    columns = ["key", *facts]
    return pl.DataFrame(
        {name: [line.get(name) for line in stored] for name in columns},
        schema_overrides={"key": pl.Int32},
        strict=False,
    )


def _stored(fact: Any, value: Any) -> Any:
    if value is None and fact.kind.name == "key":
        return calendar.ABSENT[32]
    return encode(fact, value, fact.name)


def person(hukou: str | None = "district", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "sex": "female",
        "birth_date": "1980-01-31",
        "town": "990101001",
        "company_officer": False,
        **more,
    }
    return row if hukou is None else {"hukou": hukou, **row}


#: One row each; the comment says what becomes of it.
PEOPLE = [
    person(),  # 1 draws the flexible support
    person("city"),  # 2 misses it only by residence
    person(company_officer=True),  # 3 misses it only by being an officer
    person(None),  # 4 residence unknown
    person(town="990101002"),  # 5 certified and flexible: hardship goes first
    person("elsewhere"),  # 6 misses two things
    person(town="990101002"),  # 7 hired twice, counts once
    person(),  # 8 hired, unemployment ended the month before
]
EMPLOYERS = [
    {"kind": "enterprise", "in_city": True, "size": "micro", "town": "990101001"},
    {"kind": "enterprise", "in_city": False, "size": "large", "town": "990101002"},
    {"kind": "self_employed", "in_city": True, "size": "large", "town": "990101002"},
    {"kind": "enterprise", "in_city": True, "size": "small", "town": "990101002"},  # 4 has nobody
]
JOBS = [
    # 1 entitled: unemployed for more than three months
    {"worker": 7, "employer": 1, "started_on": "2026-03-01", "contract_months": 24},
    # 2 entitled too, but the worker has counted
    {"worker": 7, "employer": 3, "started_on": "2026-06-01", "contract_months": 24},
    # 3 misses only the city employer
    {"worker": 7, "employer": 2, "started_on": "2026-05-01", "contract_months": 24},
    # 4 open: a small employer, and nobody has set the shortest contract
    {"worker": 8, "employer": 1, "started_on": "2026-04-01", "contract_months": 12},
    # 5 not: no small employer, not unemployed
    {"worker": 8, "employer": 3, "started_on": "2026-04-01", "contract_months": 12},
    # 6 under the older law, and no city employer
    {"worker": 7, "employer": 2, "started_on": "2021-03-01", "ended_on": "2021-12-31"},
    # 7 before any law
    {"worker": 7, "employer": 1, "started_on": "2019-03-01", "ended_on": "2019-12-31"},
    # 8 the employer is not known
    {"worker": 8, "started_on": "2026-04-02", "contract_months": 12},
]


def tables() -> dict[type[Entity], pl.DataFrame]:
    jobs = [{"ended_on": None, **job} for job in JOBS]
    flexible = [
        {"person": key, "started_on": "2026-02-28", "ended_on": None} for key in (1, 2, 3, 4, 5)
    ]
    return {
        Person: table(Person, *PEOPLE),
        Employer: table(Employer, *EMPLOYERS),
        Employment: table(Employment, *jobs),
        Unemployment: table(
            Unemployment,
            {"person": 7, "started_on": "2020-07-01", "ended_on": "2021-03-01"},
            {"person": 7, "started_on": "2025-10-31", "ended_on": None},
            {"person": 8, "started_on": "2025-10-31", "ended_on": "2026-02-28"},
        ),
        FlexibleWork: table(FlexibleWork, *flexible),
        Certification: table(
            Certification,
            {"person": 5, "category": "大龄", "started_on": "2026-01-31", "ended_on": None},
        ),
        Award: table(
            Award,
            {
                "person": 2,
                "scheme": "other",
                "employer": None,
                "first_month": "2020-01",
                "last_month": "2020-01",
            },
        ),
    }


def trial_registers(folder: Path, **changed: pl.DataFrame) -> Registers:
    """The registers written to ``folder``; ``changed`` ones by the register's name."""
    by_name = {entity.register.name: entity for entity in MODEL}
    held = {**tables(), **{by_name[name]: frame for name, frame in changed.items()}}
    return write(folder, held, ON)
