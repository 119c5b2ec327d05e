"""A small invented district, written to a folder and changed one thing at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wenye.policy.district import District, load_district

TODAY = dt.date(2026, 10, 31)

DISTRICT = """
name: trial
label: 试验区
label_en: Trial District
documents:
  - id: trial-1
    title: 试验办法
    number: 试〔2024〕1号
    effective_from: 2024-01-01
    printed_to: 2026-06-30
    last_article: 9
    text: notice.md
"""
NOTICE = "第三条 每月给予补贴 30\n0元，自2024年1月1日起。"
ORGANISATION = 'units: [{code: "990101001", name: 甲街道, kind: street}]'
PARAMETERS = """
amount:
  label: 补贴标准
  label_en: the support
  unit: CNY/month
  values:
    2024-01-01:
      {value: 300, status: quoted, document: trial-1, article: 三, quote: 每月给予补贴300元}
    2025-01-01: {value: 320.5, status: sourced, reference: 转载}
    2026-01-01: {open: 未公布}
  undated:
    - {value: 250, reference: 旧告示, note: 起始日不明}
share:
  label: 比例
  label_en: the share
  unit: percent
  values:
    2024-01-01: {value: 10.5, status: sourced, reference: 转载, ends: 2024-12-31}
term:
  label: 月数
  label_en: how many months
  unit: month
  values:
    2024-01-01: {value: 2, status: sourced, reference: 另一转载}
"""
SCHEME = """
from wenye.policy import cite, parameters
from wenye.rules.expressions import ON
from wenye.rules.periods import month_of
from wenye.rules import Scheme, condition, law, monthly
from wenye.registers.model import Person

P = parameters("support")


class Support(Scheme):
    title = "补贴"
    subject = Person
    resident = condition("本区户籍", Person.hukou == "district")
    law_2024 = law(
        cite("trial-1", 3),
        eligible=resident,
        pays=monthly(P.amount, first=month_of(ON), months=P.term),
    )
"""


class Folder:
    """The files of a district that a test may change before it loads them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("district.yaml", DISTRICT)
        self.write("notice.md", NOTICE)
        self.write("organisation.yaml", ORGANISATION)
        self.write("parameters/support.yaml", PARAMETERS)
        self.write("schemes/support.py", SCHEME)

    def write(self, name: str, text: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def load(self, **more: Any) -> District:
        return load_district(self.path, today=TODAY, **more)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.delenv("WENYE_CONFIRMATIONS", raising=False)
    return Folder(tmp_path / "trial")


@pytest.fixture
def day() -> Callable[[str], dt.date]:
    return dt.date.fromisoformat
