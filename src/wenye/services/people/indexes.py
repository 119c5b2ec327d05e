"""A table without its indexes while very many rows go into it: built once, they are built sorted.

Only for a table that is empty, whose readers find nothing meanwhile. Both databases undo this with
the transaction that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

#: From so many rows on, building anew is quicker than keeping in order.
WORTH_IT = 50_000


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """Drop the table's indexes, but for its key's and constraints', and build them again."""
    found = _indexes(table)
    with connection.cursor() as cursor:
        for name, _ in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # No index is built on a table while checks of its rows are still to come.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for _, statement in found:
            cursor.execute(statement)


def _indexes(table: str) -> list[tuple[str, str]]:
    """Names of indexes and the statements that make them."""
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = %s AND schemaname = current_schema() AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        return [(str(name), str(statement)) for name, statement in cursor.fetchall()]
