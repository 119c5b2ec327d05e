"""The case executor against a slow reading from the definitions, where every fact is known."""

from __future__ import annotations

from tests.rules.equality import case_answers
from tests.rules.generated_schemes import program
from tests.rules.meaning import Meaning, Unclear
from tests.rules.population import population
from verify.seeds import Found, over_seeds, wanted

ROWS = 40


def compared(seed: int) -> Found:
    subject, outputs = program(seed)
    people = population(seed, ROWS, unknown=0.0, complete=True)
    found = Found(0)
    answered = case_answers(subject, outputs, people)
    for row, answer in zip(people.cases(subject), answered, strict=True):
        meaning = Meaning(row, people.on)
        for (name, expr), value in zip(outputs.items(), answer, strict=True):
            try:
                meant = meaning.stored(expr)
            except Unclear:
                found.unsettled += 1
                continue
            found.compared += 1
            if meant != value:
                found.faults.append(f"{name} of row {row['key']}: {value}, meant {meant}")
    return found


def test_the_executor_says_what_is_meant() -> None:
    many = wanted(200_000)
    done = over_seeds(compared, many, 2_000_000, "answers")
    print(f"{done.unsettled:,} answers not settled by the definitions alone", flush=True)
    assert done.faults == {}
    assert done.unsettled * 5 < done.compared
