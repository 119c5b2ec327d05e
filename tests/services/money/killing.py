"""Steps of a payment, each killed at every statement that it sends, then tried again.

Run as a program of its own (``test_killed`` does): ``killing.py HOME REGISTERS EVERY``. The
database is the one that ``WENYE_DATABASE`` names, SQLite in the home else. Every run is a child
that dies with ``os._exit`` before the n-th statement, or around a commit. Then the ledger balances,
and trying again must end exactly where the step ends when nobody kills it. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

HOME, REGISTERS = Path(sys.argv[1]), Path(sys.argv[2])
ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))
os.environ["WENYE_HOME"] = str(HOME)
os.environ["WENYE_SECRET_KEY"] = "only-for-the-tests-" * 3
os.environ["WENYE_LOG_LEVEL"] = "ERROR"
os.environ["DJANGO_SETTINGS_MODULE"] = "wenye.web.settings"

import django  # noqa: E402

django.setup()

from tests.service import AS_OF  # noqa: E402

#: 1 kills at every statement; n at every n-th, beginning elsewhere in each step.
EVERY = int(sys.argv[3]) if len(sys.argv) > 3 else 1
#: What a killed process exits with.
KILLED = 9


# -- the database as a whole: kept and put back ------------------------------------------------


class SQLite:
    """A file; what a killed process left beside it is part of what the next one finds."""

    live = HOME / "wenye.sqlite3"

    def keep(self) -> None:
        shutil.copyfile(self.live, HOME / "kept.sqlite3")

    def put_back(self) -> None:
        for beside in ("-wal", "-shm"):
            self.live.with_name(self.live.name + beside).unlink(missing_ok=True)
        shutil.copyfile(HOME / "kept.sqlite3", self.live)


class PostgreSQL:
    """A database and its template on one server."""

    def __init__(self) -> None:
        from django.conf import settings

        self.settings = settings.DATABASES["default"]
        self.name = self.settings["NAME"]

    def _do(self, *statements: str) -> None:
        import psycopg

        given = self.settings
        with psycopg.connect(
            dbname="postgres",
            user=given["USER"] or None,
            password=given["PASSWORD"] or None,
            host=given["HOST"] or None,
            port=given["PORT"] or None,
            autocommit=True,
        ) as connection:
            for statement in statements:
                connection.execute(statement)

    def begin(self) -> None:
        self._do(
            f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}"',
        )

    def keep(self) -> None:
        self._do(
            f'DROP DATABASE IF EXISTS "{self.name}_kept" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}_kept" TEMPLATE "{self.name}"',
        )

    def put_back(self) -> None:
        self._do(
            f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_kept"',
        )

    def end(self) -> None:
        self._do(
            f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
            f'DROP DATABASE IF EXISTS "{self.name}_kept" WITH (FORCE)',
        )


# -- one process, one run ----------------------------------------------------------------------


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Run work in a child that has never shared a connection; (exit status, what it returned)."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        status = 1
        try:
            from django.db import connection

            given = json.dumps(work()).encode()
            connection.close()
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(given)
            status = 0
        except BaseException as error:
            import traceback

            traceback.print_exc()
            print(type(error), file=sys.stderr, flush=True)
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), json.loads(text) if text else None


class Killer:
    """Counts what is sent to the database and dies before the n-th; 0 never dies."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.next()
        return execute(sql, params, many, context)

    def next(self) -> None:
        self.count += 1
        if self.count == self.at:
            os._exit(KILLED)


def counted(step: Callable[[], None], at: int) -> int:
    """Run a step, dying before the n-th statement; returns how many there were."""
    from django.db import connection

    connection.ensure_connection()
    killer = Killer(at)
    commit = connection._commit

    def committed() -> Any:
        killer.next()
        done = commit()
        killer.next()
        return done

    connection._commit = committed  # type: ignore[method-assign]
    with connection.execute_wrapper(killer):
        step()
    return killer.count


# -- the steps ---------------------------------------------------------------------------------


def office() -> Any:
    from wenye.services.accounts.models import Post

    def of(name: str) -> Any:
        return Post.objects.select_related("user").get(user__username=name).acting()

    class There:
        maker, checker = of("finance_officer"), of("bureau_head")

    return There


def prepare_world() -> None:
    from django.core.management import call_command
    from tests.services.money.made import FUND, HEAD, Office

    from wenye.services.demonstration import accounts
    from wenye.services.money.budgets import decide_change, propose
    from wenye.services.people.adopting import adopt

    call_command("migrate", verbosity=0)
    adopt(REGISTERS, AS_OF, None)
    accounts(AS_OF)
    there = office()
    for kind, head in (("budget", HEAD), ("received", "")):
        change = propose(there.maker, kind, FUND, AS_OF.year, 10_000_000, "测试", head=head)
        decide_change(there.checker, change.pk, approve=True)
    Office.approved(Office.__new__(Office), 2)


def commit() -> None:
    from wenye.services.money.instalments import commit_all

    commit_all(AS_OF, office().maker)


def prepare() -> None:
    from wenye.services.money.batches import prepare
    from wenye.services.money.models import Instalment

    owed = list(Instalment.objects.payable().order_by("pk").values_list("pk", flat=True))
    if owed:
        prepare(office().maker, owed, AS_OF)


def _batch() -> Any:
    from wenye.services.money.models import Batch

    return Batch.objects.order_by("-pk").first()


def approve() -> None:
    from wenye.services.money.batches import approve
    from wenye.services.money.errors import TooLate

    with suppress(TooLate):  # it was done before the process died
        approve(office().checker, _batch().pk, AS_OF)


def send() -> None:
    from wenye.services.money.batches import send

    content = send(office().maker, _batch().pk)[1]
    (HOME / "sent.csv").write_bytes(content)


def _answered(faults: dict[int, str]) -> None:
    from wenye.services.money.bank_simulator import answer
    from wenye.services.money.returns import take

    content = answer((HOME / "sent.csv").read_bytes(), AS_OF, faults)
    take(office().maker, "r.csv", content)


def answered_in_part() -> None:
    _answered({2: "L1"})


def answered() -> None:
    _answered({})


STEPS: list[Callable[[], None]] = [
    commit,
    prepare,
    approve,
    send,
    answered_in_part,
    prepare,
    approve,
    send,
    answered,
]


def state() -> dict[str, Any]:
    """Everything about money that matters, without ids and times; and what does not hold."""
    from wenye.services.cases.models import Case
    from wenye.services.money.checking import check
    from wenye.services.money.models import Account, Batch, BatchLine, Instalment, Line, Posting

    return {
        "wrong": check(),
        "balances": list(Account.objects.order_by("code").values_list("code", "balance_fen")),
        "postings": sorted(Posting.objects.values_list("kind", flat=True)),
        "lines": Line.objects.count(),
        "instalments": sorted(Instalment.objects.values_list("case_id", "month", "state")),
        "batches": sorted(Batch.objects.values_list("state", "count", "total_fen")),
        "batch_lines": sorted(BatchLine.objects.values_list("instalment_id", "state")),
        "cases": sorted(Case.objects.values_list("pk", "state")),
    }


def main() -> None:
    """Every step, killed everywhere."""
    from tests.services.money.made import values_confirmed

    database: Any = PostgreSQL() if os.environ.get("WENYE_DATABASE") else SQLite()
    if isinstance(database, PostgreSQL):
        database.begin()
    told: dict[str, Any] = {"wrong": [], "kills": {}}
    with values_confirmed():
        status, _ = in_child(prepare_world)
        assert status == 0
        for number, step in enumerate(STEPS):
            database.keep()
            status, count = in_child(lambda step=step: counted(step, 0))
            assert status == 0, step.__name__
            _, expected = in_child(state)
            if expected["wrong"]:
                told["wrong"].append([step.__name__, 0, expected["wrong"]])
            name = f"{number} {step.__name__}"
            told["kills"][name] = count
            print(name, count, file=sys.stderr, flush=True)
            for at in range(1 + number % EVERY, count + 1, EVERY):
                database.put_back()
                status, _ = in_child(lambda step=step, at=at: counted(step, at))
                _, found = in_child(lambda step=step: _again(step))
                if status not in (0, KILLED) or found is None or found["wrong"]:
                    told["wrong"].append([name, at, status, found and found["wrong"]])
                elif found["after"] != expected:
                    told["wrong"].append([name, at, "differs"])
    if isinstance(database, PostgreSQL):
        database.end()
    print(json.dumps(told, ensure_ascii=False))


def _again(step: Callable[[], None]) -> dict[str, Any]:
    wrong = state()["wrong"]
    step()
    after = state()
    return {"wrong": [*wrong, *after["wrong"]], "after": after}


if __name__ == "__main__":
    main()
