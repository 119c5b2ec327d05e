"""Charts: drawn without a network, readable for those who do not see them, fit for the page."""

from __future__ import annotations

from wenye.web.district.charts import bars


def test_a_chart_says_what_it_is_and_brings_no_style_of_its_own() -> None:
    rows = [("真新街道", "逾期", 5.0), ("<b>镇</b>", "逾期", 2.0)]
    svg = bars(rows, title='各街镇"逾期"', axis="人", parts=("逾期",))
    assert svg.startswith('<svg role="img" aria-label="各街镇&quot;逾期&quot;"')
    assert "真新街道" in svg
    assert "<b>" not in svg
    assert "style=" not in svg
    assert "<script" not in svg
    assert "http://www.w3.org/1999/xlink" not in svg


def test_nothing_to_draw_is_nothing() -> None:
    assert bars([], title="t", axis="a", parts=("p",)) == ""
