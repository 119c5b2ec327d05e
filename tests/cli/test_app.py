"""How the command begins and ends, shown on commands made for the purpose."""

import datetime as dt
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Annotated

import pytest
import typer

import wenye
from wenye.cli import commands
from wenye.cli.app import main
from wenye.cli.options import District, Json, Lang, Language, On
from wenye.cli.output import print_json, warn
from wenye.rules.errors import CaseError, RuleError

Add = Callable[[Callable[..., None]], None]


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Iterator[Add]:
    """Adds a function to the command line as its file and line would."""

    def added(function: Callable[..., None]) -> None:
        word = function.__name__
        module = ModuleType(f"wenye.cli.{word}")
        setattr(module, word, function)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(commands.COMMANDS, word.replace("_", "-"), "一句话 / one line")

    return added


def raising(error: BaseException) -> Callable[..., None]:
    def fails() -> None:
        raise error

    return fails


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"wenye {wenye.__version__}\n"


def test_the_installed_version_is_the_one_in_the_source() -> None:
    assert version("wenye") == wenye.__version__


def test_help_lists_the_commands_without_opening_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(commands.COMMANDS, "no-such-file", "只有一行 / only a line")
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "命令 / commands" in shown
    assert "no-such-file" in shown
    assert "只有一行 / only a line" in shown


def test_a_command_has_its_own_help(capsys: pytest.CaptureFixture[str], add: Add) -> None:
    def near_misses(results: Annotated[Path, typer.Argument(help="结果 / results")]) -> None:
        """差一点就符合的人 / those who met all but one condition."""

    add(near_misses)
    assert main(["near-misses", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "差一点就符合的人" in shown
    assert "参数 / arguments" in shown
    assert "必填 / required" in shown


def test_a_command_gets_the_shared_options(add: Add) -> None:
    got: list[tuple[dt.date, str, bool, Language]] = []

    def determine(
        on: On, district: District = "jiading", json: Json = False, lang: Lang = Language.CHINESE
    ) -> None:
        got.append((on, district, json, lang))

    add(determine)
    assert main(["determine", "--on", "2024-02-29", "--json", "--lang", "en"]) == 0
    assert got == [(dt.date(2024, 2, 29), "jiading", True, Language.ENGLISH)]


@pytest.mark.parametrize("text", ["2026-02-30", "20260228", "2026-W44-6", "昨天", "1700000000", ""])
def test_what_is_no_day_is_wrong_usage(
    text: str, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    def determine(on: On) -> None:
        raise AssertionError("must not run")

    add(determine)
    assert main(["determine", "--on", text]) == 2
    shown = capsys.readouterr().err
    assert f"“{text}”不是日期" in shown
    assert "wenye determine --help" in shown


@pytest.mark.parametrize("arguments", [[], ["--nope"], ["nope"], ["why"], ["why", "1", "2"]])
def test_wrong_usage_ends_with_2(arguments: list[str], add: Add) -> None:
    def why(results: str) -> None:
        raise AssertionError("must not run")

    add(why)
    assert main(arguments) == 2


def test_a_mistyped_command_is_told_the_near_one(
    add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    def explain() -> None: ...

    add(explain)
    assert main(["expain"]) == 2
    assert "did you mean explain" in capsys.readouterr().err


def test_a_refusal_says_what_where_and_what_to_do(
    add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    add(raising(RuleError("months compared with days", where="hiring", mend="use months()")))
    assert main(["fails"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "错误 / error: months compared with days",
        "  位置 / at: hiring",
        "  办法 / mend: use months()",
    ]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CaseError("unknown fact 'aeg'", where="worker"), "unknown fact 'aeg'"),
        (FileNotFoundError(errno.ENOENT, "gone", "case.json"), "case.json"),
        (PermissionError(errno.EACCES, "denied", "out"), "没有权限"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (RuntimeError("writing failed: No space left on device (os error 28)"), "磁盘已满"),
        (MemoryError(), "内存不足"),
        (KeyError("x"), "internal error: KeyError: 'x'"),
        (BaseException("panic in compiled code"), "panic in compiled code"),
    ],
)
def test_every_error_is_a_message_and_1(
    error: BaseException, words: str, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    add(raising(error))
    assert main(["fails"]) == 1
    shown = capsys.readouterr().err
    assert words in shown
    assert "Traceback" not in shown


def test_a_full_disk_is_found_behind_another_error(
    add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as cause:
            raise ValueError("could not write the workbook") from cause

    add(fails)
    assert main(["fails"]) == 1
    assert "磁盘已满" in capsys.readouterr().err


def test_debugging_shows_the_traceback(
    add: Add, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENYE_DEBUG", "1")
    add(raising(KeyError("x")))
    assert main(["fails"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_command_may_choose_its_exit_code(add: Add) -> None:
    add(raising(typer.Exit(1)))
    assert main(["fails"]) == 1


def test_ctrl_c_is_calm(add: Add, capsys: pytest.CaptureFixture[str]) -> None:
    add(raising(KeyboardInterrupt()))
    assert main(["fails"]) == 130
    assert capsys.readouterr().err == "\n已停止 / stopped\n"


def test_json_is_for_programs(add: Add, capsys: pytest.CaptureFixture[str]) -> None:
    from decimal import Decimal

    def card() -> None:
        warn("有 3 行未收 / 3 rows were rejected")
        print_json({"标题": "补贴", "amount": Decimal("2000.00"), "on": dt.date(2026, 10, 31)})

    add(card)
    assert main(["card"]) == 0
    shown = capsys.readouterr()
    assert shown.out == '{\n  "标题": "补贴",\n  "amount": "2000.00",\n  "on": "2026-10-31"\n}\n'
    assert shown.err == "注意 / warning: 有 3 行未收 / 3 rows were rejected\n"


def test_every_listed_command_opens() -> None:
    for name in list(commands.COMMANDS):
        assert commands.opened(name).name == name


# As a process of its own: what only the operating system can show.

SPEAKS = """
import sys, types
from wenye.cli import commands
from wenye.cli.app import main

def speaks():
    {body}

module = types.ModuleType("wenye.cli.speaks")
module.speaks = speaks
sys.modules["wenye.cli.speaks"] = module
commands.COMMANDS["speaks"] = ""
sys.exit(main(["speaks"]))
"""


def process(body: str, **how: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SPEAKS.format(body=body)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **how)  # type: ignore[call-overload, no-any-return]


def test_as_a_module() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "wenye", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout == f"wenye {wenye.__version__}\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    with process("[print('行' * 1000) for _ in range(10_000)]", stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_output_to_a_full_disk_is_told_once() -> None:
    with open("/dev/full", "wb") as full, process("print('行')", stdout=full) as running:
        assert running.stderr is not None
        told = running.stderr.read().decode()
    assert running.returncode == 1
    assert told.count("磁盘已满") == 1
    assert "Exception" not in told


def test_a_terminal_without_chinese_ends_nothing() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    with process("print('行')", stdout=subprocess.PIPE, env=environment) as running:
        out, _ = running.communicate()
    assert out == b"\\u884c\n"
    assert running.returncode == 0


def test_ctrl_c_in_the_middle_of_work() -> None:
    body = "print('started', flush=True); import time; time.sleep(60)"
    with process(body, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert running.returncode == 130
    assert told.decode() == "\n已停止 / stopped\n"


def test_help_needs_no_heavy_library() -> None:
    script = (
        "import sys\nfrom wenye.cli.app import main\nmain(['--help'])\n"
        "heavy = {'polars', 'numpy', 'pyarrow', 'cryptography'} & sys.modules.keys()\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
