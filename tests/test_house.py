"""The house rules that a machine can check."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["constraints.txt", "requirements.lock"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project, relative to its root."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        paths = [Path(name) for name in names.split("\0") if name]
    else:
        made = re.compile(r"(^|/)(\.(?!ci/)[^/.]+|build|dist|__pycache__|[^/]+\.egg-info)/")
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        paths = [path for path in paths if not made.search(f"{path.parent.as_posix()}/")]
    return tuple(path for path in sorted(paths) if (ROOT / path).is_file())


def texts() -> list[tuple[Path, str]]:
    """The files that hold text, with their text."""
    found = []
    for path in files():
        try:
            found.append((path, (ROOT / path).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def modules_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after running ``code``."""
    script = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(run.stdout.split())


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def required(extra: str | None = None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {re.split(r"[^A-Za-z0-9_-]", line)[0].lower().replace("_", "-") for line in wanted}


def test_the_project_has_files() -> None:
    assert Path("src/wenye/__init__.py") in files()
    assert not [path for path in files() if ".venv" in path.parts]


def test_no_file_is_named_for_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [str(path) for path in files() if nothing & {path.stem, *path.parts}] == []


def test_no_file_holds_a_second_idea() -> None:
    code = [path for path in files() if path.suffix == ".py" and path.parts[0] != "tests"]
    long = {
        str(path): lines
        for path in code
        if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > 450
    }
    assert long == {}


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile(
        r"\b(pypi|pythonhosted|npmjs|debian|anaconda|crates)\.(org|io|com)\b"
        r"|\b(tsinghua|ustc)\.edu\.cn\b|\bmirrors?\.\w+\.\w+"
    )
    assert [f"{path}: {hit[0]}" for path, text in texts() for hit in hosts.finditer(text)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    machine = re.compile(
        rf"(?<![\w.~$}}])/(?:work|root|home/\w+|Users/\w+|opt/\w+)/|{re.escape(str(ROOT))}\b"
    )
    assert [f"{path}: {hit[0]}" for path, text in texts() for hit in machine.finditer(text)] == []


def test_nothing_imports_a_district() -> None:
    importing = re.compile(r"^\s*(from|import)\s+wenye\.districts\b", re.MULTILINE)
    assert [str(path) for path, text in texts() if importing.search(text)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert pins(lock)
    assert "http:" not in text
    assert "https:" not in text
    assert "/" not in text


def test_the_locks_hold_all_that_is_required() -> None:
    assert required() | required("platform") <= pins("requirements.lock").keys()
    assert required() | required("test") - {"wenye"} <= pins("constraints.txt").keys()


def test_the_locks_agree() -> None:
    assert pins("requirements.lock").items() <= pins("constraints.txt").items()


def test_a_deployed_package_is_checked_by_hash() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_package_itself_is_light() -> None:
    assert not modules_after("import wenye") & {"polars", "numpy", "pyarrow", "rich", "typer"}


def test_the_language_needs_no_web_framework() -> None:
    code = (
        "import importlib, pkgutil, wenye.rules\n"
        "for found in pkgutil.walk_packages(wenye.rules.__path__, 'wenye.rules.'):\n"
        "    importlib.import_module(found.name)"
    )
    assert "django" not in modules_after(code)
