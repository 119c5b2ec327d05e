"""Ten million random person-rule pairs: the case executor and the batch executor say the same.

The rules are generated too: every operation, unknowns, absences and month ends included.
"""

from __future__ import annotations

from tests.rules.equality import answers
from tests.rules.generated_schemes import program
from tests.rules.population import population
from verify.seeds import Found, over_seeds, wanted

ROWS = 1000


def compared(seed: int) -> Found:
    subject, outputs = program(seed)
    found = answers(subject, outputs, population(seed, ROWS))
    return Found(found.pairs, found.differences())


def test_ten_million_pairs_come_out_the_same() -> None:
    many = wanted(10_000_000)
    done = over_seeds(compared, many, 1_000_000, "pairs")
    assert done.faults == {}
    assert done.compared >= many
