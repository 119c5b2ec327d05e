"""A sentence for every outcome: every case of every scheme's table is told on the phone."""

from __future__ import annotations

import pytest

from wenye.policy.case_tables import CaseTable, read_case_tables
from wenye.policy.district import load_district
from wenye.services.decisions.deciding import Decided, suppose
from wenye.services.decisions.sentences import spoken

DISTRICT = load_district("jiading")
TABLES = read_case_tables(DISTRICT.cases)


def decided(table: CaseTable, place: int) -> Decided:
    row = table.rows[place]
    # The days of change take most of the time and are told the same way each time.
    return suppose(table.scheme, row.case, row.on, with_flips=place == 0)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_outcome_is_told_in_one_sentence(table: CaseTable) -> None:
    for place in range(0, len(table.rows), 4):
        told = decided(table, place)
        for lang in ("zh", "en"):
            text = spoken(told, lang)
            assert text.endswith("。" if lang == "zh" else ".")
            assert "None" not in text and "{" not in text
            assert len(text) < (400 if lang == "zh" else 700), text
        if told.outcome == "entitled" and told.explanation["amount_status"] == "payable":
            assert "¥" in spoken(told, "zh")
        if told.outcome == "undetermined" and told.explanation["missing"]:
            assert told.explanation["missing_labels"][0] in spoken(told, "zh")
