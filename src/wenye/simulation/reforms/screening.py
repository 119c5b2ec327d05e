"""Putting aside, before the large joins, whoever is refused by what is cheap to know.

The rules are asked with every condition taken as unknown that looks a large register up. A "no"
that is certain even so stays a "no" whatever those registers say: less knowledge only ever leads to
undetermined, which is a law of the language and is tested as one.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wenye.registers.store import Registers
from wenye.rules.batch import BatchProgram
from wenye.rules.expressions import Truth
from wenye.rules.facts import Entity
from wenye.rules.rewrite import Rewriter
from wenye.rules.scheme import Scheme
from wenye.rules.sources import Source
from wenye.rules.tree import Node

#: A register with fewer rows than this part of the subject's is cheap to join.
_CHEAP = 8


def not_put_aside(registers: Registers, schemes: Sequence[type[Scheme]], day: int) -> pl.LazyFrame:
    """The rows of the schemes' subject that some scheme may still not refuse."""
    subject = schemes[0].subject
    rough = _Rough(registers, subject)
    outcomes = {f"{place}": rough(scheme.outcome) for place, scheme in enumerate(schemes)}
    program = BatchProgram(subject, outcomes, day)
    keys = (
        program.decided(program.gathered(registers))
        .filter(pl.any_horizontal(pl.col(name).fill_null(True) for name in outcomes))
        .select("key")
        .collect()
    )
    return registers.table(subject).join(keys.lazy(), on="key", how="semi")


class _Rough(Rewriter):
    """Takes conditions as unknown that look a large register up."""

    def __init__(self, registers: Registers, subject: type[Entity]) -> None:
        super().__init__()
        self._registers = registers
        self._subject = subject
        self._most = registers.rows(subject) // _CHEAP

    def _rebuild(self, node: Node) -> Node:
        if node.op == "condition" and any(self._is_costly(below) for below in node.walk()):
            return Truth("const", (), (None,))
        return super()._rebuild(node)

    def _is_costly(self, node: Node) -> bool:
        if isinstance(node, Source) and node.op in ("as_at", "latest", "row"):
            return self._large(node.entity)
        # A reference is at hand in the row itself; a fact of what it refers to must be joined.
        read = node.args[0] if node.op == "fact" else None
        return isinstance(read, Source) and self._large(read.entity)

    def _large(self, entity: type[Entity]) -> bool:
        return entity is not self._subject and self._registers.rows(entity) > self._most
