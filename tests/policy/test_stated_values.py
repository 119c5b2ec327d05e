"""A quoted value is compared with its quotation: the number must stand there, in the same unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from wenye.policy.district import available_districts, load_district
from wenye.policy.errors import PolicyError
from wenye.policy.stated_values import numbers, states
from wenye.policy.units import UNITS, exact

FILE = "parameters/support.yaml"
STATED = [
    # money
    ("CNY", 300, "每月给予补贴300元"),
    ("CNY/month", 300, "每月给予补贴300元"),
    ("CNY/month", 2255, "失业保险金发放标准为2255元/月"),
    ("CNY", 22000, "每人补助2.2万元"),
    ("CNY", 1000, "给予1,000元奖励"),
    ("CNY", 1000, "给予１０００元奖励"),
    ("CNY", 300000, "最高三十万元"),
    ("CNY", 10000, "处一万元以上五万元以下罚款"),
    ("CNY", 50000, "处一万元以上五万元以下罚款"),
    ("CNY", 500, "给予500—800元补助"),
    ("CNY", 5000000, "给予500—800万元补助"),
    ("CNY", Decimal("0.5"), "每件补五角"),
    # time
    ("month", 12, "签订1年以上劳动合同"),
    ("year", 1, "签订12个月以上劳动合同"),
    ("month", 6, "登记失业半年以上"),
    ("month", 18, "期限为一年半"),
    ("month", 18, "期限为1年6个月"),
    ("month", 36, "最长不超过三年"),
    ("month", 3, "每季度，满一个季度"),
    ("month", 13, "自第13个月起"),
    ("age", 60, "男职工六十周岁"),
    ("age", 16, "16—24岁青年"),
    ("age", 24, "16—24岁青年"),
    ("day", 7, "一周内答复"),
    ("day", 1, "24小时内答复"),
    ("working_day", 5, "5个工作日内"),
    # shares and counts
    ("percent", 50, "缴费额的50%"),
    ("percent", 50, "缴费额的一半"),
    ("percent", 50, "按标准减半发放"),
    ("percent", 100, "给予全额补贴"),
    ("percent", Decimal("20.5"), "百分之二十点五"),
    ("percent", 25, "占比达到四分之一"),
    ("percent", Decimal("0.05"), "按0.5‰计算"),
    ("percent", 30, "下降三成"),
    ("person", 2, "雇有2名以上职工"),
    ("person", 1, "每招用一人"),
    ("number", 3, "不超过3次"),
    ("number", 20, "满分20"),
    # days
    ("date", "2025-01-01", "从2025年1月1日起"),
    ("date", "2025-01-01", "自2025年1月起"),
    ("date", "2026-12-31", "二〇二六年十二月三十一日以前"),
    ("date", "2025-06-30", "2025年1月1日至6月30日"),
    ("date", "2025-06-30", "2024年7月1日至次年6月30日"),
    ("calendar_month", "2025-01", "从2025年1月1日起"),
]
NOT_STATED = [
    ("CNY/month", 3000, "每月给予补贴300元"),
    ("CNY", 50000, "一次性给予创办人补贴5000元"),
    ("month", 24, "累计不超过12个月"),
    ("year", 12, "累计不超过12个月"),
    ("month", 1, "期限累计一般不超过3年"),
    ("month", 12, "期限为一年半"),
    ("CNY/month", 1200, "每年1200元/年"),
    ("CNY", 300, "补贴300元/月"),
    ("CNY", 12, "累计不超过12个月"),
    ("percent", 5, "缴费额的50%"),
    ("percent", 300, "补贴300元"),
    ("person", 12, "累计不超过12个月"),
    ("day", 5, "5个工作日内"),
    ("working_day", 5, "5日内"),
    ("day", 3, "8月3日前"),
    ("month", 36, "逐步延迟至六十三周岁"),
    ("CNY", 300, "标准另行规定"),
    ("CNY", 2024, "2024年1月1日起发放"),
    ("CNY", 6, "按沪府规〔2020〕6号执行"),
    ("date", "2025-12-31", "从2025年1月1日起"),
    ("date", "2026-06-30", "2025年1月1日至6月30日"),
    ("calendar_month", "2025-02", "从2025年1月1日起"),
]


@pytest.mark.parametrize(("unit", "value", "quote"), STATED)
def test_a_value_that_its_quotation_states(unit: str, value: Any, quote: str) -> None:
    assert states(UNITS[unit], exact(UNITS[unit], value), quote), numbers(quote)


@pytest.mark.parametrize(("unit", "value", "quote"), NOT_STATED)
def test_a_value_that_its_quotation_does_not_state(unit: str, value: Any, quote: str) -> None:
    assert not states(UNITS[unit], exact(UNITS[unit], value), quote), numbers(quote)


@pytest.mark.parametrize("value", [3000, 30, 301, 12])
def test_a_district_with_another_value_than_it_quotes_does_not_load(
    folder: Any, value: int
) -> None:
    folder.change(FILE, "value: 300,", f"value: {value},")
    with pytest.raises(PolicyError) as caught:
        folder.load()
    assert "引文里没有" in caught.value.what
    assert "只有：300元" in caught.value.what
    assert "support.yaml:" in caught.value.where
    assert "derived:" in caught.value.mend


def test_a_value_that_follows_from_its_quotation_says_how(folder: Any, day: Any) -> None:
    folder.change(FILE, "value: 300,", "value: 3600, derived: 每月300元，乘以12,")
    value = folder.load().details["support.amount"].at(day("2024-06-01"))
    assert value.basis == "试〔2024〕1号 第三条：“每月给予补贴300元”（推得：每月300元，乘以12）"


def test_only_a_quoted_value_follows_from_a_quotation(folder: Any) -> None:
    folder.change(FILE, "reference: 转载}", "reference: 转载, derived: 猜的}")
    with pytest.raises(PolicyError, match="unknown key derived"):
        folder.load()


@pytest.mark.parametrize("name", available_districts())
def test_what_a_shipped_district_quotes_is_what_it_pays(name: str) -> None:
    for parameter in load_district(name).details.values():
        for value in parameter.values:
            if value.citation is not None and value.value is not None:
                stated = states(parameter.unit, value.value, value.quote)
                assert stated or value.derived, value.where
