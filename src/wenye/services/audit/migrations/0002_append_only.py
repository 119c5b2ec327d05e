"""Entries and seals are only ever added: the database itself refuses anything else.

An entry that is added is also put down as waiting for its seal, in the same transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

TABLES = ("audit_entry", "audit_seal")

SQLITE = [
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for table in TABLES
        for verb in ("UPDATE", "DELETE")
    ),
    "CREATE TRIGGER audit_entry_waits AFTER INSERT ON audit_entry "
    "BEGIN INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id); END",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in TABLES for verb in ("update", "delete")),
    "DROP TRIGGER IF EXISTS audit_entry_waits",
]

POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; "
    "END $$",
    "CREATE OR REPLACE FUNCTION audit_waits() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id); RETURN NULL; END $$",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION audit_refuse()"
        for table in TABLES
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ),
    "CREATE TRIGGER audit_entry_waits AFTER INSERT ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_waits()",
]
POSTGRESQL_BACK = [
    *(
        f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}"
        for table in TABLES
        for verb in ("update", "delete", "truncate")
    ),
    "DROP TRIGGER IF EXISTS audit_entry_waits ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_waits()",
    "DROP FUNCTION IF EXISTS audit_refuse()",
]


def statements(vendor: str, *, back: bool = False) -> list[str]:
    """What to execute on a database of this kind, one statement each."""
    return {
        ("sqlite", False): SQLITE,
        ("sqlite", True): SQLITE_BACK,
        ("postgresql", False): POSTGRESQL,
        ("postgresql", True): POSTGRESQL_BACK,
    }[vendor, back]


def forwards(apps: Any, schema_editor: Any) -> None:
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)
    # What was written before there were seals waits for the first one.
    schema_editor.execute(
        "INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry"
        " WHERE id NOT IN (SELECT entry_id FROM audit_unsealed)"
    )


def backwards(apps: Any, schema_editor: Any) -> None:
    for statement in statements(schema_editor.connection.vendor, back=True):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
