"""What the rows of case tables come to, and where that is not what they state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wenye.policy.case_tables import TableRow
from wenye.policy.district import District
from wenye.rules import calendar
from wenye.rules.case_input import read_case
from wenye.rules.deciding import turns_on
from wenye.rules.explain import Explainer

#: The answer of a condition that decides an outcome by itself.
ANSWERS = {"entitled": "yes", "not_entitled": "no", "undetermined": "unknown"}


class CaseRows:
    """Explains rows of case tables; rows that suppose the same values share one district."""

    def __init__(self, district: District) -> None:
        self._districts: dict[str, District] = {_key({}): district}
        self._explainers: dict[tuple[str, str], Explainer] = {}

    def district(self, assumed: Mapping[str, Any]) -> District:
        """The district with the values that a row supposes."""
        key = _key(assumed)
        if key not in self._districts:
            self._districts[key] = self._districts[_key({})].supposing(assumed)
        return self._districts[key]

    def explainer(self, scheme: str, assumed: Mapping[str, Any]) -> Explainer:
        """The scheme compiled under the values supposed."""
        key = scheme, _key(assumed)
        if key not in self._explainers:
            district = self.district(assumed)
            self._explainers[key] = Explainer(district.scheme(scheme), district.parameters)
        return self._explainers[key]

    def explain(self, scheme: str, row: TableRow) -> dict[str, Any]:
        """The row's explanation, without the days on which its outcome would change."""
        explainer = self.explainer(scheme, row.assumed)
        case = read_case(explainer.scheme.subject, row.case)
        return explainer.explain(case, calendar.code(row.on), with_flips=False)

    def differences(self, scheme: str, row: TableRow) -> list[tuple[str, Any, Any]]:
        """Where the row comes to something else: the column, what it states, and what it is."""
        return differences(row, self.explain(scheme, row))


def _key(assumed: Mapping[str, Any]) -> str:
    return repr(sorted(assumed.items()))


def differences(row: TableRow, told: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Where an explanation of the row is not what the row states."""
    return list(_differences(row, told))


def _differences(row: TableRow, told: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    months = [item["month"] for item in told["schedule"]]
    law = told["law"]
    for what, wanted, got in (
        ("结果", row.outcome, told["outcome"]),
        ("金额", row.amount, told["amount"]),
        ("金额状态", row.amount_status, told["amount_status"]),
        ("缺", None if row.missing is None else sorted(row.missing), sorted(told["missing"])),
        (
            "受阻",
            None if row.blocked_by is None else sorted(row.blocked_by),
            sorted(told["blocked_by"]),
        ),
        ("依据", row.law, law and law["version"]),
        (
            "期限",
            None if row.term is None else list(row.term),
            [months[0], months[-1]] if months else [],
        ),
        ("退回", row.recover, told["claw_back"]),
    ):
        if wanted is not None and wanted != got:
            yield what, wanted, got
    if row.decides is not None and not _decides(row, told):
        turning = [
            item["name"] for item in told["conditions"] if turns_on(told["tree"], item["name"])
        ]
        yield "决定", row.decides, turning


def _decides(row: TableRow, told: dict[str, Any]) -> bool:
    """Whether the outcome turns on the condition that the row names, by the answer it gives."""
    assert row.decides is not None
    answers = {item["name"]: item["value"] for item in told["conditions"]}
    if answers.get(row.decides) != ANSWERS[row.outcome]:
        return False
    return turns_on(told["tree"], row.decides)
