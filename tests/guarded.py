"""Tables that the database guards can still be emptied after a test that commits."""

from __future__ import annotations

from typing import Any


def let_tests_flush() -> None:
    """Have Django's flush, which ends such a test, put the guards aside for its own statements."""
    from django.db import connection

    original = connection.ops.sql_flush

    def sql_flush(*arguments: Any, **named: Any) -> list[str]:
        statements: list[str] = original(*arguments, **named)
        if not statements:
            return statements
        if connection.vendor == "postgresql":
            before, after = (
                ["SET session_replication_role = replica"],
                ["SET session_replication_role = origin"],
            )
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                guards = cursor.fetchall()
            before = [f'DROP TRIGGER "{name}"' for name, _ in guards]
            after = [sql for _, sql in guards]
        return [*before, *statements, *after]

    connection.ops.sql_flush = sql_flush  # type: ignore[method-assign]
