"""Numbers that name people and employers: which are right, and what they say beside.

A person's number is the 18 characters of GB 11643 with a right check; the 15 digits of before 1999
are rewritten to 18 (century 19, computed check), as the law's change did; passports and the like
(letters, then digits) are taken as they are. An employer's is the credit code of GB 32100 or an old
nine-character organisation code. The place inside a number is counted, never judged.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from wenye.registers.columns import IDENTITY_COLUMNS, NUMBER
from wenye.registers.days import dates_to_codes
from wenye.registers.faults import AT, Faults, Warnings
from wenye.registers.identifiers import (
    birth_dates,
    characters,
    credit_codes_valid,
    identity_checks,
    identity_numbers_valid,
    organisation_code_valid,
    sexes,
    texts,
)
from wenye.registers.model import Employer, Person
from wenye.rules.facts import Entity

_OLD_NUMBER = r"^\d{15}$"
_OTHER_DOCUMENT = r"^[A-Z]{1,3}\d{7,12}$"
_OLD_CODE = r"^[0-9A-Z]{8}-?[0-9X]$"

#: First two digits of the division codes in force (GB/T 2260; 81-83 for the residence permits of
#: people from Hong Kong, Macao and Taiwan).
PROVINCES = (
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54"),
    *("61", "62", "63", "64", "65", "71", "81", "82", "83"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Place prefixes of the identity numbers taken in, counted."""

    known: int = 0
    unassigned: int = 0
    top: tuple[tuple[str, int], ...] = field(default=())


def modern(numbers: pl.Series) -> pl.Series:
    """15-digit numbers as 18-digit ones; all other texts unchanged."""
    old = numbers.str.contains(_OLD_NUMBER).fill_null(False)
    if not old.any():
        return numbers
    chosen = numbers.filter(old)
    first = chosen.str.slice(0, 6) + "19" + chosen.str.slice(6)
    checks = texts(identity_checks(characters(first, 17))[:, None])
    # A Series is scattered into in place: the caller's must stay as it was.
    return numbers.clone().scatter(old.arg_true(), first + checks)


def is_right(entity: type[Entity], numbers: pl.Series) -> pl.Series:
    """Whether each number can name a person (or an employer), other documents included."""
    if entity is Person:
        right = identity_numbers_valid(modern(numbers))
        return right | numbers.str.contains(_OTHER_DOCUMENT)
    right = credit_codes_valid(numbers)
    old = numbers.str.contains(_OLD_CODE).fill_null(False)
    if not old.any():
        return right
    checked = [organisation_code_valid(code.replace("-", "")) for code in numbers.filter(old)]
    return right.scatter(old.arg_true(), pl.Series(checked, dtype=pl.Boolean))


def check_numbers(
    entity: type[Entity], table: pl.DataFrame, faults: Faults, warnings: Warnings
) -> pl.DataFrame:
    """Fault wrong numbers, count the odd ones; the table with its numbers in 18 places."""
    label, column = entity.register.label, IDENTITY_COLUMNS[entity][0].label
    numbers = table[NUMBER]
    known_bad = table[AT].is_in(faults.rows().implode()) | numbers.is_null()
    wrong = ~is_right(entity, numbers).fill_null(True) & ~known_bad
    fault = "bad_number" if entity is Person else "bad_credit_code"
    faults.add(table[AT].filter(wrong), NUMBER, fault)
    fine = ~wrong & ~known_bad
    if entity is Employer:
        old = numbers.str.contains(_OLD_CODE).fill_null(False) & fine
        warnings.add("old_code", label, column, int(old.sum()))
        return table.with_columns(numbers.str.replace("-", "", literal=True))
    old = numbers.str.contains(_OLD_NUMBER).fill_null(False) & fine
    other = numbers.str.contains(_OTHER_DOCUMENT).fill_null(False) & fine
    warnings.add("old_number", label, column, int(old.sum()))
    warnings.add("other_document", label, column, int(other.sum()))
    return table.with_columns(modern(numbers).alias(NUMBER))


def note_conflicts(people: pl.DataFrame, warnings: Warnings) -> Places:
    """Count where a number tells another birth date or sex than declared; count the places."""
    label = Person.register.label
    numbers = people[NUMBER]
    facts = Person.facts()
    inside = (
        birth_dates(numbers).alias("inside").to_frame().select(dates_to_codes(pl.col("inside")))
    )
    born = people["birth_date"]
    conflicts = (inside.to_series() != born).fill_null(False) & (born > 0).fill_null(False)
    warnings.add("birth_conflict", label, facts["birth_date"].label, int(conflicts.sum()))
    options = [identifier for identifier, _ in facts["sex"].kind.options]
    told = sexes(numbers).replace_strict(options, range(len(options)), return_dtype=pl.Int8)
    conflicts = (told != people["sex"]).fill_null(False)
    warnings.add("sex_conflict", label, facts["sex"].label, int(conflicts.sum()))
    return _places(numbers, warnings)


def _places(numbers: pl.Series, warnings: Warnings) -> Places:
    prefix = numbers.filter(numbers.str.contains(r"^\d{6}")).str.slice(0, 6)
    counts = prefix.value_counts(name="count").sort(
        ["count", prefix.name], descending=[True, False]
    )
    known = counts.filter(counts[prefix.name].str.slice(0, 2).is_in(PROVINCES))
    total, assigned = int(counts["count"].sum()), int(known["count"].sum())
    column = IDENTITY_COLUMNS[Person][0].label
    warnings.add("place_unassigned", Person.register.label, column, total - assigned)
    return Places(assigned, total - assigned, tuple(counts.head(10).rows()))
