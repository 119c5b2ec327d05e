"""A value known only as a range, in words."""

from __future__ import annotations

from wenye.rules.ends import ends_zh
from wenye.rules.kinds import number


def test_a_range_is_told_by_the_ends_that_say_something() -> None:
    months = number("month")
    assert ends_zh(months, 12, None) == "至少12个月"
    assert ends_zh(months, 0, 3, 0) == "不超过3个月"
    assert ends_zh(months, 2, 3, 0) == "2个月至3个月"
    assert ends_zh(months, 0, None, 0) == "未提供"
