"""Fifty clerks at once on one case: one wins. Killed at any statement: whole or not at all.

They run in processes of their own, on a database file of their own or on PostgreSQL.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.killing import database_of, killed_at_every_statement, prepared_home, run

THREADS = 50

AT_ONCE = """
import threading
from django.db import connections
from wenye.services.accounts.models import Post, User
from wenye.services.cases.errors import CaseRefused, Conflict
from wenye.services.cases.models import Case
from wenye.services.cases.workflow import perform

case = Case.objects.get()
clerks = []
for number in range({threads}):
    user = User.objects.create_user(f"clerk-{{number}}", None, name="clerk")
    post = Post.objects.create(user=user, role="case_worker", town=case.town, since="2020-01-01")
    clerks.append(Post.objects.select_related("user").get(pk=post.pk).acting())
copies = [Case.objects.get() for _ in clerks]
start = threading.Barrier(len(clerks))
told = []

def clerk(copy, acting):
    start.wait()
    try:
        perform(copy, "accept", acting)
        told.append("won")
    except Conflict:
        told.append("told")
    except BaseException as error:
        told.append(repr(error))
    finally:
        connections.close_all()

threads = [threading.Thread(target=clerk, args=pair) for pair in zip(copies, clerks)]
for each in threads: each.start()
for each in threads: each.join()
case.refresh_from_db()
print(sorted(told), case.state, case.version, case.steps.filter(transition="accept").count(),
      case.letters.count())
"""

NUMBERS = """
import threading
from django.db import connections, transaction
from wenye.services.cases.numbering import next_number
found, start = [], threading.Barrier({threads})

def take(number):
    start.wait()
    try:
        with transaction.atomic():
            taken = next_number("race")
            if number % 3 == 0:
                raise KeyError
        found.append(taken)
    except KeyError:
        pass
    finally:
        connections.close_all()

threads = [threading.Thread(target=take, args=(n,)) for n in range({threads})]
for each in threads: each.start()
for each in threads: each.join()
print(sorted(found) == list(range(1, len(found) + 1)), len(found))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, synthetic_registers: Path) -> Path:
    return prepared_home(tmp_path_factory.mktemp("at-once"), synthetic_registers)


@pytest.fixture
def fresh(home: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a copy of the prepared home with one submitted case."""
    return database_of(home, tmp_path)


def test_fifty_at_once_on_one_case(fresh: dict[str, str]) -> None:
    run(fresh, SUBMITTED)
    told = run(fresh, AT_ONCE.format(threads=THREADS))
    expected = ["told"] * (THREADS - 1) + ["won"]
    assert told.strip() == f"{expected} town_review 3 1 1"


def test_numbers_of_fifty_at_once_run_without_gaps(fresh: dict[str, str]) -> None:
    told = run(fresh, NUMBERS.format(threads=THREADS))
    assert told.strip() == f"True {THREADS - (THREADS + 2) // 3}"


OPENED = """
from wenye.services.cases.opening import open_case
from wenye.services.decisions.deciding import decide_all
from wenye.services.decisions.facts import facts
from wenye.services.decisions.district import district
import datetime as dt
scheme = district().scheme("hardship_training_fee")
keys = facts().table(scheme.subject).select("key").collect()["key"].to_list()
found = [d.key for d in decide_all(scheme.id, keys, dt.date(2026, 10, 31), with_flips=False)
         if d.outcome == "entitled"]
case = open_case(None, "application", scheme=scheme.id, subject_register="trainings",
                 subject_key=found[0])
"""
SUBMITTED = (
    OPENED
    + """
from wenye.services.cases.workflow import perform
perform(case, "submit", None)
"""
)
REVIEWED = (
    SUBMITTED
    + """
from wenye.services.accounts.models import Post, User

def somebody(role, town=""):
    user = User.objects.create_user(f"k-{role}", None, name=role)
    post = Post.objects.create(user=user, role=role, town=town, since="2020-01-01")
    return Post.objects.select_related("user").get(pk=post.pk).acting()

somebody("bureau_reviewer")
perform(case, "town_approve", somebody("town_reviewer", case.town))
"""
)
WHOLE = """
from wenye.services.audit.models import Entry
from wenye.services.cases.models import Case, Counter, Letter, Step
from wenye.services.decisions.models import UsedDecision
case = Case.objects.get()
last = case.steps.order_by("-number").first()
steps = list(case.steps.values_list("number", flat=True))
assert steps == list(range(1, len(steps) + 1)), steps
assert last.to_state == case.state and case.version == len(steps)
series = Counter.objects.filter(series__startswith="letter")
assert Letter.objects.count() == sum(each.last for each in series)
uses = UsedDecision.objects.filter(object_type="case").count()
assert uses == case.steps.exclude(decision=None).count(), uses
assert Entry.objects.filter(object_type="case").count() == len(steps)
print(case.state)
"""
STEPS = {
    "submit": (OPENED, "draft", "submitted", 'perform(Case.objects.get(), "submit", None)'),
    "bureau_approve": (
        REVIEWED,
        "bureau_review",
        "approved",
        'perform(Case.objects.get(), "bureau_approve", '
        'Post.objects.select_related("user").get(user__username="k-bureau_reviewer").acting())',
    ),
}


@pytest.mark.parametrize("step", sorted(STEPS))
def test_killed_at_any_statement(step: str, home: Path, tmp_path: Path) -> None:
    made, before, after, call = STEPS[step]
    action = (
        "from wenye.services.accounts.models import Post\n"
        "from wenye.services.cases.models import Case\n"
        "from wenye.services.cases.workflow import perform\n"
        f"{call}\n"
    )
    seen = killed_at_every_statement(home, tmp_path, made, action, WHOLE)
    assert set(seen[:-1]) <= {before, after}
    assert seen[0] == before
    assert len(seen) > 10
    assert seen[-1] == after  # the last run was not killed
