"""A district's own facts: read strictly, checked before they are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from wenye.policy.errors import PolicyError
from wenye.services.people import extra_facts
from wenye.services.people.models import Person

FILE = """
people:
  cares_at_home:
    label: 家中有长期照护对象
    label_en: cares for somebody at home
    kind: truth
    optional: true
  trade:
    label: 意向行业
    label_en: trade wanted
    kind: choice
    options: {care: 养老护理, shop: 商贸}
    may_be_absent: true
  since:
    label: 起
    label_en: since
    kind: day
"""


@pytest.fixture
def district(settings, tmp_path: Path) -> Path:
    (tmp_path / "extra_facts.yaml").write_text(FILE, encoding="utf-8")
    settings.DISTRICT = str(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"cares_at_home": True},
        {"trade": None},
        {"trade": "care", "since": "2026-02-28"},
    ],
)
def test_what_the_district_knows_is_kept(district: Path, value: object) -> None:
    extra_facts.person_extras(value)


@pytest.mark.parametrize(
    "value",
    [
        [],
        "x",
        {"unheard": 1},
        {"cares_at_home": None},
        {"cares_at_home": "true"},
        {"trade": "fishing"},
        {"since": "2026-02-30"},
        {"since": 20260228},
    ],
)
def test_anything_else_is_refused(district: Path, value: object) -> None:
    with pytest.raises(ValidationError):
        extra_facts.person_extras(value)
    with pytest.raises(ValidationError):
        Person(key=1, extra=value).clean_fields(exclude=["number", "phone", "account"])


def test_a_mistake_in_the_file_is_told_with_its_line(district: Path) -> None:
    text = FILE.replace("kind: truth", "kind: maybe")
    (district / "extra_facts.yaml").write_text(text, encoding="utf-8")
    extra_facts._read.cache_clear()
    with pytest.raises(PolicyError, match="maybe"):
        extra_facts.extra_facts("people")


def test_a_district_without_a_file_has_none() -> None:
    assert extra_facts.extra_facts("people") == {}
