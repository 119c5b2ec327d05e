"""That nothing open or unconfirmed is ever paid on, tried out on the rows of case tables.

A decision is payable where it comes out the same on confirmed values alone; the deciders find that
in one run, by a second program. Here it is found another way: the district is loaded with every
value that nobody has confirmed taken out, and a payable row must still come to the same.
"""

from __future__ import annotations

from typing import Any

from wenye.determination.case_rows import CaseRows
from wenye.policy.case_tables import TableRow
from wenye.policy.district import District
from wenye.policy.units import written
from wenye.rules.decide import outputs, series_read
from wenye.rules.parameters import Status


def rests_on_unconfirmed(
    rows: CaseRows, scheme: str, row: TableRow, told: dict[str, Any]
) -> str | None:
    """What a payable row comes to without unconfirmed values, where that is something else.

    ``told`` is the row's explanation.
    """
    if told["amount_status"] != "payable":
        return None
    district = rows.district(row.assumed)
    without = confirmed_only(district, scheme)
    again = rows.explain(scheme, row.supposing(without)) if without else told
    if (again["outcome"], again["amount"]) == (told["outcome"], told["amount"]):
        return None
    return f"{told['outcome']} {told['amount']} → {again['outcome']} {again['amount']}"


def confirmed_only(district: District, scheme: str) -> dict[str, Any]:
    """What-if values that leave a scheme's parameters only what is quoted or confirmed."""
    read = series_read(list(outputs(district.scheme(scheme)).values()), {})
    found: dict[str, Any] = {}
    for name in sorted(read.keys() & district.details.keys()):
        parameter = district.details[name]
        if any(value.status is Status.SOURCED for value in parameter.values):
            found[name] = {
                value.since: None
                if value.value is None or value.status is Status.SOURCED
                else written(parameter.unit, value.value)
                for value in parameter.values
            }
    return found
