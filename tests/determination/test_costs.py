"""Costs are the integer sums of the rows, whichever way they are cut."""

from __future__ import annotations

from collections import Counter

from tests.determination.conftest import World

from wenye.determination.costs import UNKNOWN_TOWN, costs, total
from wenye.rules.values import yuan


def test_costs_by_scheme_and_town_are_the_sums_of_the_rows(shipped: World) -> None:
    expected: Counter[tuple[str, str | None, str]] = Counter()
    for scheme in shipped.district.schemes:
        for row in shipped.results.frame(scheme).collect().iter_rows(named=True):
            if row["granted"] and row["amount"] is not None:
                expected[scheme, row["town"], row["amount_status"]] += row["amount"]
            expected[scheme, row["town"], "recover"] += row["recover"] or 0
    found = costs(shipped.results)
    assert sum(expected.values()) > 0
    for entry in found:
        place = (entry.scheme, entry.town)
        assert entry.payable_fen == expected[(*place, "payable")]
        assert entry.unconfirmed_fen == expected[(*place, "unconfirmed")]
        assert entry.recover_fen == expected[(*place, "recover")]


def test_they_add_up_to_the_manifest(shipped: World) -> None:
    found = costs(shipped.results)
    for name, entry in shipped.results.manifest["schemes"].items():
        sums = total(found, name)
        assert sums["judged"] == entry["rows"]
        for key in ("entitled", "undetermined", "granted", "payable_fen", "unconfirmed_fen"):
            assert sums[key] == entry[key], key
        assert sums["open"] == entry["open_amounts"]
        assert sums["recover_fen"] == entry["recover_fen"]


def test_what_yields_costs_nothing(tried: World) -> None:
    sums = total(costs(tried.results, ["flexible"]))
    assert (sums["entitled"], sums["granted"], yuan(sums["payable_fen"])) == (2, 1, "300.00")


def test_towns_stand_in_the_districts_order_and_the_unknown_last(tried: World) -> None:
    names = [entry.town_name for entry in costs(tried.results, ["hiring"])]
    assert names == ["甲街道", "乙镇", UNKNOWN_TOWN]
