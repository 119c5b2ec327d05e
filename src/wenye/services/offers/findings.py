"""Near misses and open questions of a run: worked out once at night, read by the pages."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from wenye.determination.near_misses import near_misses
from wenye.determination.open_questions import open_questions
from wenye.determination.results import Results
from wenye.services.offers.models import Run

NEAR_MISSES, QUESTIONS = "near_misses.json", "questions.json"


def write(run: Run, results: Results) -> None:
    """Both files, each whole or not at all."""
    _write(run.folder / NEAR_MISSES, near_misses(results).as_json())
    _write(run.folder / QUESTIONS, open_questions(results).as_json())


def read(run: Run, name: str) -> dict[str, Any] | None:
    """One of the two; None where it is not there (any more)."""
    try:
        found: dict[str, Any] = json.loads((run.folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _write(path: Path, content: dict[str, Any]) -> None:
    incoming = path.with_name(f".{path.name}.{os.getpid()}")
    with incoming.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    incoming.replace(path)
