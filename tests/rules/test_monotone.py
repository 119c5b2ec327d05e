"""Knowing less never turns an answer round: it only ever becomes unknown.

Facts, completeness days, late rows and parameters are taken away from generated populations under
generated rules, and both executors are asked again.
"""

from __future__ import annotations

import pytest
from tests.rules.less_known import asked_again


@pytest.mark.parametrize("seed", range(200, 208))
def test_knowing_less_turns_no_answer_round(seed: int) -> None:
    found = asked_again(seed, 60)
    assert found.faults == []
    assert found.pairs > 500
