"""The server: granian with several worker processes, each warmed before it answers.

Nothing here imports Django before a worker runs. Workers are started afresh (``spawn``): compiled
libraries with threads of their own do not survive a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

#: Requests that one worker answers at once: Python runs one at a time, the others wait for disks.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
#: Connections a worker holds open, and how many more may wait to be accepted.
CONNECTIONS, BACKLOG = 1024, 2048
#: Seconds that a request under way is given when the server is told to stop.
GRACE = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service listens, and with how many processes."""

    host: str
    port: int
    workers: int

    @property
    def url(self) -> str:
        """Where to click: an address that every interface answers at is told as this machine's."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        if ":" in host and not host.startswith("["):
            host = f"[{host}]"
        return f"http://{host}:{self.port}/"


def prepared(migrate: bool) -> dict[str, Any]:
    """``preparing.prepare`` in a process of its own."""
    from wenye.web.preparing import prepare

    _spare_memory(1)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as alone:
        return alone.submit(prepare, migrate).result()


def is_free(place: Place) -> bool:
    """Whether nobody listens there yet: the kernel would let two servers share the port."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((place.host, place.port))
            tried.listen(1)
        except OSError:
            return False
    return True


def run(place: Place, when_ready: Callable[[], None]) -> None:
    """Serve until a signal says stop; ``when_ready`` is called once a page can be opened."""
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("spawn", force=True)
    _spare_memory(place.workers)
    server = Server(
        "wenye.web.wsgi:application",
        address=place.host,
        port=place.port,
        interface=Interfaces.WSGI,
        workers=place.workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGS,
    )
    stopped = threading.Event()
    waiting = threading.Thread(
        target=_once_up, args=(place.url, when_ready, stopped), daemon=True, name="ready"
    )
    waiting.start()
    try:
        server.serve(target_loader=load)
    finally:
        stopped.set()


_LINES = {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
#: The server's own messages, as one JSON object a line like all others.
_LOGS: dict[str, Any] = {
    "formatters": {"json": {"()": "wenye.web.logs.JsonLines"}},
    "handlers": {"lines": _LINES},
    "loggers": {
        "_granian": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": [], "propagate": False},
    },
}


def load(target: str) -> Any:
    """In a worker: the application, with everything loaded that a first request would wait for."""
    from wenye.web.wsgi import application

    warm()
    from wenye.services.operations.background import start

    start()
    return application


def warm() -> None:
    """Load the district, compile its schemes, open the facts, and resolve every address."""
    from django.db import connections
    from django.urls import get_resolver

    from wenye.services.decisions.district import district, explainer
    from wenye.services.decisions.facts import NoFacts, facts

    for scheme in district().scheme_ids:
        explainer(scheme)
    try:
        facts()
    except NoFacts:
        print("还没有读入登记册 / no registers yet", file=sys.stderr)
    _ = get_resolver().url_patterns
    connections.close_all()


def _spare_memory(workers: int) -> None:
    """Limits that only count when they are set before a process begins; what is set stays."""
    cores = os.cpu_count() or 1
    os.environ.setdefault("POLARS_MAX_THREADS", str(max(1, cores // workers)))
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")


def _once_up(url: str, when_ready: Callable[[], None], stopped: threading.Event) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 300
    while time.monotonic() < until and not stopped.is_set():
        try:
            opener.open(f"{url}health/", timeout=5).close()
        except urllib.error.HTTPError:
            pass  # it answers: that this name or state is refused is told on the page
        except OSError:
            stopped.wait(0.1)
            continue
        when_ready()
        return
