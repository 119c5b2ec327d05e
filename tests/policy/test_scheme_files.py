"""Scheme files: read by path, one scheme each, speaking of the district that loads."""

from __future__ import annotations

from typing import Any

import pytest

from wenye.policy import cite, parameters, scheme
from wenye.policy.errors import PolicyError
from wenye.rules.errors import RuleError
from wenye.rules.expressions import ON

FILE = "schemes/support.py"
RESTING = """
from wenye.policy import cite, scheme
from wenye.registers.model import Person
from wenye.rules.law import condition, law
from wenye.rules.scheme import Scheme, holds

class Follow(Scheme):
    title = "后续"
    subject = Person
    has_support = condition("享受补贴", holds(scheme("{other}")))
    law_2024 = law(cite("trial-1", 4), eligible=has_support)
"""


def test_a_scheme_reads_its_own_district(folder: Any) -> None:
    district = folder.load()
    assert district.scheme_ids == ("support",)
    support = district.schemes["support"]
    assert support.id == "support"
    assert support.laws[0].basis.text == "试〔2024〕1号 第三条"


def test_every_load_makes_objects_of_its_own(folder: Any) -> None:
    baseline, reform = folder.load(), folder.load(overrides={"support.amount": 400})
    assert baseline.schemes["support"] is not reform.schemes["support"]
    assert baseline.schemes["support"] is baseline.scheme("support")

    def amounts(district: Any) -> set[int | None]:
        pays = district.schemes["support"].laws[0].pays
        return {
            step.value
            for node in pays.amount.walk()
            if node.op == "param"
            for step in node.attrs[1].steps
        }

    assert amounts(reform) == {40000}
    assert amounts(baseline) == {30000, 32050, None}


def test_a_changed_file_is_read_anew_and_changes_the_digest(folder: Any) -> None:
    before = folder.load()
    assert before.schemes["support"].title == "补贴"
    first = before.rules_digest
    folder.change(FILE, '"补贴"', '"津贴"')  # the same size, perhaps within the same second
    after = folder.load()
    assert after.schemes["support"].title == "津贴"
    assert after.rules_digest != first
    assert after.parameters_digest == before.parameters_digest


def test_line_ends_do_not_change_the_digest(folder: Any) -> None:
    first = folder.load().rules_digest
    file = folder.path / FILE
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert folder.load().rules_digest == first


def test_a_scheme_may_rest_on_another(folder: Any) -> None:
    folder.write("schemes/follow.py", RESTING.format(other="support"))
    district = folder.load()
    assert list(district.schemes) == ["follow", "support"]


def test_a_circle_is_refused_with_its_chain(folder: Any) -> None:
    folder.write("schemes/a.py", RESTING.format(other="b"))
    folder.write("schemes/b.py", RESTING.format(other="c"))
    folder.write("schemes/c.py", RESTING.format(other="a"))
    with pytest.raises(PolicyError) as caught:
        folder.load().scheme("a")
    assert caught.value.what.endswith("a → b → c → a")
    assert "c.py:" in caught.value.where


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("P.amount", "P.amuont", "no parameter support.amuont", 18),
        ('parameters("support")', 'parameters("suport")', "has no parameters 'suport'", 8),
        ('cite("trial-1", 3)', 'cite("trial-2", 3)', "no document 'trial-2'", 16),
        ('cite("trial-1", 3)', 'cite("trial-1", 10)', "ends with article 9", 16),
        ("class Support(Scheme):", "class Support(Scheme:", "not readable as Python", 11),
        ('title = "补贴"', "title = Titel", "NameError", 12),
        ("Person.hukou", "Person.hukuo", "no fact 'hukuo'", 14),
        ("class Support(Scheme):", "class Support:", "defines none", None),
        ('title = "补贴"', 'title, id = "补贴", "other"', "calls itself other", None),
    ],
)
def test_mistakes_are_refused_with_their_place(
    folder: Any, old: str, new: str, words: str, line: int | None
) -> None:
    folder.change(FILE, old, new)
    with pytest.raises(RuleError) as caught:
        _ = folder.load().schemes
    assert words in caught.value.what
    ending = f"support.py:{line}" if line else "support.py"
    assert caught.value.where.endswith(ending)


def test_an_unknown_scheme_proposes_the_near_ones(folder: Any) -> None:
    with pytest.raises(PolicyError) as caught:
        folder.load().scheme("suport")
    assert "support" in caught.value.mend


def test_a_file_with_two_schemes_is_refused(folder: Any) -> None:
    text = (folder.path / FILE).read_text(encoding="utf-8")
    folder.write(FILE, text + text.replace("class Support", "class Second"))
    with pytest.raises(PolicyError, match="Second, Support"):
        _ = folder.load().schemes


def test_a_file_that_cannot_be_an_id_is_refused(folder: Any) -> None:
    folder.write("schemes/my-scheme.py", "")
    with pytest.raises(PolicyError, match="my-scheme is no id"):
        _ = folder.load().schemes


@pytest.mark.parametrize(
    "asked", [lambda: cite("trial-1", 3), lambda: parameters("support"), lambda: scheme("support")]
)
def test_outside_a_load_nothing_is_spoken_of(asked: Any) -> None:
    with pytest.raises(PolicyError, match="while no district loads"):
        asked()


def test_parameters_looked_up_on_another_day(folder: Any) -> None:
    with folder.load().speaking():
        P = parameters("support")  # noqa: N806
        today, law_day = P.at(ON).amount, P.amount
    assert (len(today.args), len(law_day.args)) == (1, 0)
    assert dir(P) == ["amount", "at", "share", "term"]
