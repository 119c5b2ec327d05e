"""A nightly run in a process of its own, which may kill itself at a named point.

``python nightly_process.py DATE [POINT]``; a point is ``STAGE`` (as soon as it is reported), or
``inside:N`` (within the transaction of the N-th scheme whose offers are made).
``python nightly_process.py prepare REGISTERS DATE`` fills an empty service;
``python nightly_process.py tell`` prints everything that runs have written.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    import django

    django.setup()
    if arguments[0] == "prepare":
        prepare(Path(arguments[1]), dt.date.fromisoformat(arguments[2]))
    elif arguments[0] == "tell":
        print(json.dumps(everything(), ensure_ascii=False, default=str))
    else:
        run(dt.date.fromisoformat(arguments[0]), arguments[1] if arguments[1:] else "")


def prepare(registers: Path, as_of: dt.date) -> None:
    from django.core.management import call_command

    from wenye.services.people.adopting import adopt

    call_command("migrate", verbosity=0)
    adopt(registers, as_of, None)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run(on: dt.date, point: str) -> None:
    from wenye.services.offers import making, nightly

    stages = {label: name for name, label in nightly.STAGES.items()}
    if point.startswith("inside:"):
        number, true_change = int(point.partition(":")[2]), making.record.change
        calls = iter(range(number))

        def change(*arguments: object, **named: object) -> object:
            # Offers of the scheme are written, and not committed.
            if next(calls, None) is None:
                die()
            return true_change(*arguments, **named)  # type: ignore[arg-type]

        making.record.change = change  # type: ignore[assignment]

    def report(what: str, done: int, total: int) -> None:
        if stages[what] == point:
            die()

    nightly.run(on, report)


def everything() -> dict[str, list[object]]:
    from wenye.services.offers.models import (
        Notification,
        Offer,
        OfferChange,
        Run,
        RunChange,
        RunFlow,
    )

    offers = Offer.objects.order_by("scheme", "subject_key", "live", "state")
    return {
        "offers": list(
            offers.values_list(
                *("scheme", "subject_key", "person_key", "employer_key", "town", "mode", "state"),
                *("live", "amount_fen", "amount_status", "law", "why"),
                *("first_run__on", "last_run__on"),
            )
        ),
        "told": list(
            Notification.objects.order_by("offer__scheme", "offer__subject_key").values_list(
                "offer__scheme", "offer__subject_key", "channel", "state"
            )
        ),
        "changed": list(
            OfferChange.objects.order_by("offer__scheme", "offer__subject_key", "kind").values_list(
                "run__on", "offer__scheme", "offer__subject_key", "kind", "why"
            )
        ),
        "differences": list(
            RunChange.objects.order_by(
                *("run__on", "scheme", "town", "before", "after", "cause", "condition", "answer")
            ).values_list(
                *("run__on", "scheme", "town", "before", "after", "cause", "condition"),
                *("answer", "subjects"),
            )
        ),
        "flow": list(
            RunFlow.objects.order_by("run__on", "scheme", "town").values_list(
                "run__on", "scheme", "town", "judged", "entitled", "granted", "held_back"
            )
        ),
        "runs": list(
            Run.objects.order_by("on").values_list(
                "on", "state", "stage", "counts", "facts_digest", "rules_digest"
            )
        ),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
