"""What the server does beside answering: seals the log, sends what waits to be sent.

Each duty runs in one of the server's processes, whichever comes first. The processes of one machine
settle it by a lock on a file, which the kernel frees when its holder ends: another then takes over
within seconds. Several machines on one database may all do it; the database lets one at a time.
"""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

#: Seconds between rounds; for seals, with a batch's own time, well under the minute promised.
EVERY = 15

_log = logging.getLogger("wenye.background")


def start() -> list[threading.Thread]:
    """Begin every duty in a thread of this process, as soon as no other process does it.

    A thread each: a gateway that answers slowly must not keep a seal waiting.
    """
    stop = threading.Event()
    threads = [
        threading.Thread(target=run, args=(name, duty, stop), name=name, daemon=True)
        for name, duty in DUTIES.items()
    ]

    def ended() -> None:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)

    atexit.register(ended)
    for thread in threads:
        thread.start()
    return threads


def run(name: str, duty: Callable[[], object], stop: threading.Event, every: float = EVERY) -> None:
    """Do a duty every few seconds until told to stop, and once more then."""
    handle = _lock(Path(settings.HOME) / f"{name}.lock", stop)
    if handle is None:
        return
    try:
        while True:
            last = stop.is_set()
            _done(duty)
            if last:
                return
            stop.wait(every)
    finally:
        os.close(handle)


def _lock(file: Path, stop: threading.Event) -> int | None:
    """The lock's handle once it is ours; None where the end came before."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if stop.wait(5):
                os.close(handle)
                return None


def _done(duty: Callable[[], object]) -> None:
    from django.db import connections

    try:
        duty()
    except Exception:  # the next round tries again; the health page shows what is late
        _log.exception("not done")
    finally:
        connections.close_all()


def _seal() -> None:
    from wenye.services.audit.sealing import seal

    seal()


def _deliver() -> None:
    from wenye.services.offers.notify import deliver as deliver_notices
    from wenye.services.portal.outbox import deliver as deliver_to_portal

    deliver_notices()
    deliver_to_portal()


DUTIES: dict[str, Callable[[], None]] = {"sealer": _seal, "sender": _deliver}
