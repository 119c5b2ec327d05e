"""Generated rules: with less known an answer stays or becomes unknown, in both executors."""

from __future__ import annotations

from tests.rules.less_known import asked_again
from verify.seeds import Found, over_seeds, wanted

ROWS = 80


def compared(seed: int) -> Found:
    found = asked_again(seed, ROWS)
    return Found(found.pairs, found.faults)


def test_a_million_answers_never_turn_round() -> None:
    many = wanted(1_000_000)
    done = over_seeds(compared, many, 3_000_000, "answers asked again")
    assert done.faults == {}
    assert done.compared >= many
