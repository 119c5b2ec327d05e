"""What a user waits for: importing, the intake of a district, reading a document, the demo.

    python product_speed.py [--people N] [--no-demo]

The command is called as a user calls it, in a process of its own. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WENYE = (sys.executable, "-m", "wenye")


def spent(*command: str, cwd: Path | None = None) -> dict[str, Any]:
    """Wall seconds and peak MiB, or the last words where it failed."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            last = " ".join(lines[-2:]) or f"exit code {process.returncode}"
            return {"absent": f"failed: {last}"}
    # Of make and its children, the largest.
    return {"seconds": round(seconds, 2), "peak_mib": round(used.ru_maxrss / 1024)}


def import_time(runs: int = 10) -> dict[str, Any]:
    """``import wenye`` by ``-X importtime``, and whole processes against a bare interpreter."""
    told = []
    for _ in range(runs):
        done = subprocess.run(
            (sys.executable, "-X", "importtime", "-c", "import wenye"),
            capture_output=True,
            text=True,
            check=True,
        )
        last = next(
            line
            for line in reversed(done.stderr.splitlines())
            if line.rpartition("|")[2].strip() == "wenye"
        )
        told.append(int(last.split("|")[1]) / 1e6)

    def process(code: str) -> float:
        walls = []
        for _ in range(runs):
            began = time.perf_counter()
            subprocess.run((sys.executable, "-c", code), check=True)
            walls.append(time.perf_counter() - began)
        return statistics.median(walls)

    bare, whole = process("pass"), process("import wenye")
    return {
        "import_seconds": round(statistics.median(told), 4),
        "process_seconds": round(whole, 3),
        "bare_interpreter_seconds": round(bare, 3),
    }


def intake(people: int) -> dict[str, Any]:
    """``wenye intake`` of a generated district, all registers as Parquet."""
    with tempfile.TemporaryDirectory(prefix="wenye-bench-") as name:
        folder, registers = Path(name, "files"), Path(name, "registers")
        wanted = ("--people", str(people), "--seed", "1", "--format", "parquet")
        made = spent(*WENYE, "district", str(folder), *wanted)
        if "absent" in made:
            return {"people": people, "absent": made["absent"]}
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        taken = spent(*WENYE, "intake", str(folder), str(registers))
        return {"people": people, "files_mib": round(size / 2**20), "district": made, **taken}


def reading() -> dict[str, Any]:
    """Reading one million bytes of a document with thousands of articles, three ways printed."""
    notice = (ROOT / "src/wenye/districts/example/notice.md").read_text(encoding="utf-8")
    body = notice[notice.index("第一条") :]
    parts, many, size = [notice[: notice.index("第一条")]], 0, 0
    while size < 950_000:  # articles counted on, so that every number is a heading
        for article in body.split("\n\n"):
            many += 1
            text = f"第{_numeral(many)}条{article.strip().partition('条')[2]}\n"
            size += len(text.encode())
            parts.append(text)
    flat = "".join(parts)
    wrapped = "\n\n".join(
        line[at : at + 28] for line in flat.splitlines() for at in range(0, len(line), 28)
    )
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="wenye-bench-") as name:
        for form, raw in (
            ("UTF-8, one line per paragraph", flat.encode()),
            ("UTF-8, wrapped as scanned", wrapped.encode()),
            ("GB18030, wrapped as scanned", wrapped.encode("gb18030")),
        ):
            file = Path(name, "document.txt")
            file.write_bytes(raw)
            took = statistics.median(_read(file) for _ in range(5))
            found[form] = {"seconds": round(took, 3), "mb": round(len(raw) / 1e6, 2)}
    return found


def _read(file: Path) -> float:
    """Seconds to read a file in this process, all that JSON holds included."""
    from wenye.policy.reading import read_file

    began = time.perf_counter()
    read_file(file).as_json()
    return time.perf_counter() - began


def _numeral(value: int) -> str:
    digits = "零一二三四五六七八九"
    thousands, rest = divmod(value, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, ones = divmod(rest, 10)
    told = digits[thousands] + "千" if thousands else ""
    if hundreds:
        told += digits[hundreds] + "百"
    elif told and rest:
        told += "零"
    if tens:
        told += ("" if value < 20 else digits[tens]) + "十"
    elif hundreds and ones:
        told += "零"
    return told + (digits[ones] if ones else "")


def demo() -> dict[str, Any]:
    """``make demo`` once the environment is set up."""
    ready = subprocess.run(("make", "setup"), cwd=ROOT, capture_output=True, check=False)
    if ready.returncode:
        return {"absent": "failed: make setup"}
    return spent("make", "demo", cwd=ROOT)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--no-demo", action="store_true")
    given = options.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    found: dict[str, Any] = {}
    try:
        found["import"] = import_time()
    except subprocess.CalledProcessError as error:
        found["import"] = {"absent": f"failed: {error}"}
    found["intake"] = intake(given.people)
    found["reading"] = reading()
    found["demo"] = {"absent": "left out"} if given.no_demo else demo()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
