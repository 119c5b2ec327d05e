"""The ledger is append-only and balanced, and the database itself says so, on both databases."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER money_line_open BEFORE INSERT ON money_line
    WHEN (SELECT closed FROM money_posting WHERE id = NEW.posting_id)
      OR NEW."group" <> (SELECT "group" FROM money_account WHERE id = NEW.account_id)
    BEGIN SELECT RAISE(ABORT, 'ledger: the posting is closed, or the line is in the wrong group'); END""",
    """CREATE TRIGGER money_line_kept BEFORE UPDATE ON money_line
    BEGIN SELECT RAISE(ABORT, 'ledger: lines are never changed'); END""",
    """CREATE TRIGGER money_line_never_deleted BEFORE DELETE ON money_line
    BEGIN SELECT RAISE(ABORT, 'ledger: lines are never deleted'); END""",
    """CREATE TRIGGER money_posting_new BEFORE INSERT ON money_posting WHEN NEW.closed
    BEGIN SELECT RAISE(ABORT, 'ledger: a posting begins open'); END""",
    """CREATE TRIGGER money_posting_never_deleted BEFORE DELETE ON money_posting
    BEGIN SELECT RAISE(ABORT, 'ledger: postings are never deleted'); END""",
    """CREATE TRIGGER money_posting_balanced BEFORE UPDATE ON money_posting
    WHEN OLD.closed OR NOT NEW.closed OR NEW.id <> OLD.id OR NEW."key" <> OLD."key"
      OR NEW.kind <> OLD.kind OR NEW.day <> OLD.day OR NEW.at <> OLD.at
      OR NEW.text <> OLD.text OR NEW.made_by IS NOT OLD.made_by
      OR NEW.approved_by IS NOT OLD.approved_by
      OR (SELECT COUNT(*) FROM money_line WHERE posting_id = NEW.id) < 2
      OR EXISTS (SELECT 1 FROM money_line WHERE posting_id = NEW.id
                 GROUP BY "group" HAVING SUM(amount_fen) <> 0)
    BEGIN SELECT RAISE(ABORT, 'ledger: a posting is closed once, and only balanced'); END""",
    """CREATE TRIGGER money_account_never_deleted BEFORE DELETE ON money_account
    BEGIN SELECT RAISE(ABORT, 'ledger: accounts are never deleted'); END""",
]
SQLITE_NAMES = [
    "money_line_open",
    "money_line_kept",
    "money_line_never_deleted",
    "money_posting_new",
    "money_posting_never_deleted",
    "money_posting_balanced",
    "money_account_never_deleted",
]

POSTGRESQL = """
CREATE FUNCTION money_line_open() RETURNS trigger AS $$
BEGIN
  IF (SELECT closed FROM money_posting WHERE id = NEW.posting_id)
     OR NEW."group" <> (SELECT "group" FROM money_account WHERE id = NEW.account_id) THEN
    RAISE EXCEPTION 'ledger: the posting is closed, or the line is in the wrong group'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER money_line_open BEFORE INSERT ON money_line
  FOR EACH ROW EXECUTE FUNCTION money_line_open();

CREATE FUNCTION money_kept() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'ledger: % is only ever added to', TG_TABLE_NAME
    USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER money_line_kept BEFORE UPDATE OR DELETE ON money_line
  FOR EACH ROW EXECUTE FUNCTION money_kept();
CREATE TRIGGER money_posting_never_deleted BEFORE DELETE ON money_posting
  FOR EACH ROW EXECUTE FUNCTION money_kept();
CREATE TRIGGER money_account_never_deleted BEFORE DELETE ON money_account
  FOR EACH ROW EXECUTE FUNCTION money_kept();

CREATE FUNCTION money_posting_balanced() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.closed THEN
      RAISE EXCEPTION 'ledger: a posting begins open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.closed OR NOT NEW.closed
     OR (NEW.id, NEW.key, NEW.kind, NEW.day, NEW.at, NEW.text)
        IS DISTINCT FROM (OLD.id, OLD.key, OLD.kind, OLD.day, OLD.at, OLD.text)
     OR NEW.made_by IS DISTINCT FROM OLD.made_by
     OR NEW.approved_by IS DISTINCT FROM OLD.approved_by
     OR (SELECT COUNT(*) FROM money_line WHERE posting_id = NEW.id) < 2
     OR EXISTS (SELECT 1 FROM money_line WHERE posting_id = NEW.id
                GROUP BY "group" HAVING SUM(amount_fen) <> 0) THEN
    RAISE EXCEPTION 'ledger: a posting is closed once, and only balanced'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER money_posting_balanced BEFORE INSERT OR UPDATE ON money_posting
  FOR EACH ROW EXECUTE FUNCTION money_posting_balanced();
"""
POSTGRESQL_BACK = """
DROP TRIGGER money_posting_balanced ON money_posting;
DROP TRIGGER money_account_never_deleted ON money_account;
DROP TRIGGER money_posting_never_deleted ON money_posting;
DROP TRIGGER money_line_kept ON money_line;
DROP TRIGGER money_line_open ON money_line;
DROP FUNCTION money_posting_balanced();
DROP FUNCTION money_kept();
DROP FUNCTION money_line_open();
"""


def forwards(apps: Any, schema_editor: Any) -> None:
    """Create the triggers."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for statement in SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK, params=None)
        return
    for name in SQLITE_NAMES:
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    """Triggers of the ledger."""

    dependencies: ClassVar = [("money", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(forwards, backwards)]
