"""The reasoning tree of every kind of outcome, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string

from wenye.policy.case_tables import CaseTable, read_case_tables
from wenye.policy.district import load_district
from wenye.services.decisions.deciding import suppose
from wenye.services.decisions.decisive import decisive
from wenye.web.policy.reasoning import Branch, Reasons, reasoning

TABLES = read_case_tables(load_district("jiading").cases)


def branches(branch: Branch) -> Iterator[Branch]:
    yield branch
    for part in branch.under:
        yield from branches(part)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_scheme_s_cases_are_drawn(db: None, table: CaseTable) -> None:
    for place, row in enumerate(table.rows[::9]):
        # The days of change take most of the time and are drawn the same way each time.
        decided = suppose(table.scheme, row.case, row.on, with_flips=place == 0)
        tree = reasoning(decided)
        page = render_to_string("policy/reasoning.html", {"tree": tree})
        assert "undefined" not in page and "None" not in page
        assert tree.answer in page
        if tree.root is not None:
            whole = list(branches(tree.root))
            assert all(branch.answer and branch.title for branch in whole)
            marked = [branch for branch in whole if branch.decisive]
            assert bool(marked) == bool(decisive(decided.explanation))


def refused() -> Reasons:
    table = TABLES["hiring_subsidy"]
    row = next(row for row in table.rows if row.outcome == "not_entitled" and row.decides)
    return reasoning(suppose(table.scheme, row.case, row.on))


def test_what_decided_is_open_and_the_rest_folded(db: None) -> None:
    tree = refused()
    assert tree.root is not None
    for branch in branches(tree.root):
        if branch.decisive:
            assert branch.open
        elif branch.kind == "condition" and not branch.under:
            assert not branch.open


def test_an_answer_is_a_word_and_a_shape_and_a_source(db: None) -> None:
    page = render_to_string("policy/reasoning.html", {"tree": refused()})
    assert 'class="state no">不满足' in page
    assert "由它决定" in page
    assert "号 第" in page  # a document and its article
    assert "什么会改变结果" in page
