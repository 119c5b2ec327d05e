"""The loop that seals in the background: in one of the server's processes, whichever comes first.

The processes of one machine settle it by a lock on a file, which the kernel frees when its holder
ends: another then takes over within seconds. Several machines on one database may all seal; the
database lets one at a time.
"""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import threading
from pathlib import Path

from django.conf import settings

#: Seconds between seals; with a batch's own time well under the minute that is promised.
EVERY = 15

_log = logging.getLogger("wenye.audit")


def start() -> threading.Thread:
    """Begin to seal in a thread of this process, as soon as no other process does."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), name="sealer", daemon=True)

    def ended() -> None:
        stop.set()
        thread.join(timeout=10)

    atexit.register(ended)
    thread.start()
    return thread


def run(stop: threading.Event, every: float = EVERY) -> None:
    """Seal every few seconds until told to stop, and once more then."""
    handle = _lock(Path(settings.HOME) / "sealer.lock", stop)
    if handle is None:
        return
    try:
        while True:
            last = stop.is_set()
            _seal()
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


def _seal() -> None:
    from django.db import connections

    from wenye.services.audit.sealing import seal

    try:
        seal()
    except Exception:  # the next round tries again; the health page shows that seals are late
        _log.exception("sealing failed")
    finally:
        connections.close_all()
