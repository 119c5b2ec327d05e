"""Reasons in words."""

from __future__ import annotations

from typing import Any

from tests.determination.conftest import World

from wenye.determination.reasons import with_reasons


def said(world: World, scheme: str, outcome: str, column: str = "reason") -> dict[int, Any]:
    frame = with_reasons(world.results, scheme, outcome).select("key", column).collect()
    return dict(frame.iter_rows())


def test_refusals_name_what_decided_them(tried: World) -> None:
    assert said(tried, "flexible", "not_entitled") == {
        2: "不满足“本区户籍”",
        3: "有“担任企业高管”的情形",
        6: "不满足“本区户籍”；不满足“已办理灵活就业登记”",
        7: "不满足“已办理灵活就业登记”",
        8: "不满足“已办理灵活就业登记”",
    }


def test_where_every_way_is_shut_each_is_named(tried: World) -> None:
    found = said(tried, "hiring", "not_entitled")
    assert found[5] == "不满足“登记失业满6个月／登记失业满3个月”，且不满足“小微单位”"
    assert found[7] == "没有收录当日有效的规定"


def test_one_short_is_said_only_where_it_is_so(tried: World) -> None:
    found = said(tried, "flexible", "not_entitled", "one_short")
    assert found[2] == "不满足“本区户籍”"
    assert found[6] == ""


def test_pending_rows_say_what_is_unknown(tried: World) -> None:
    found = said(tried, "hiring", "undetermined")
    assert found[4] == "“劳动合同期限达到标准”未知"
    assert said(tried, "flexible", "undetermined") == {4: "“本区户籍”未知"}


def test_every_row_of_a_large_run_has_its_reason(shipped: World) -> None:
    for scheme, entry in shipped.results.manifest["schemes"].items():
        for outcome in ("not_entitled", "undetermined"):
            found = said(shipped, scheme, outcome)
            assert len(found) == entry[outcome]
            assert all(found.values())
