"""What an intake did: for each file and register how much came in, went through, came back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenye.registers.faults import Warning
from wenye.registers.identity import Places
from wenye.registers.reasons import REASONS


@dataclass(frozen=True, slots=True)
class FileReport:
    """One table of a delivery; ``rows`` = ``accepted`` + ``rejected``."""

    file: str
    sheet: str
    form: str
    register: str
    label: str
    rows: int
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """One register of a delivery; ``reasons`` counts faults (a row may have several)."""

    register: str
    label: str
    rows: int
    accepted: int
    rejected: int
    reasons: dict[str, int]
    complete_to: str | None


@dataclass(frozen=True)
class IntakeReport:
    """The whole of an intake."""

    registers: Path
    files: tuple[FileReport, ...]
    by_register: tuple[RegisterReport, ...]
    warnings: tuple[Warning, ...]
    places: Places
    rejected_workbook: Path | None
    identity_key: Path
    digest: str

    @property
    def rows(self) -> int:
        """Rows that came in."""
        return sum(register.rows for register in self.by_register)

    @property
    def accepted(self) -> int:
        """Rows that are in the registers now."""
        return sum(register.accepted for register in self.by_register)

    @property
    def rejected(self) -> int:
        """Rows that came back."""
        return sum(register.rejected for register in self.by_register)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Faults and how often each was found in all registers, the most frequent first."""
        counts: dict[str, int] = {}
        for register in self.by_register:
            for fault, count in register.reasons.items():
                counts[fault] = counts.get(fault, 0) + count
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def as_json(self) -> dict[str, Any]:
        """The report for programs; paths as texts, counts as numbers, no personal data."""
        return {
            "registers_folder": str(self.registers),
            "in": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "rejected_workbook": str(self.rejected_workbook) if self.rejected_workbook else None,
            "identity_key": str(self.identity_key),
            "digest": self.digest,
            "registers": [
                {
                    "register": part.register,
                    "label": part.label,
                    "in": part.rows,
                    "accepted": part.accepted,
                    "rejected": part.rejected,
                    "complete_to": part.complete_to,
                    "reasons": part.reasons,
                }
                for part in self.by_register
            ],
            "files": [file_as_json(file) for file in self.files],
            "warnings": [
                {
                    "kind": item.kind,
                    "text": item.text,
                    "where": item.where,
                    "column": item.column,
                    "count": item.count,
                }
                for item in self.warnings
            ],
            "places": {
                "known": self.places.known,
                "unassigned": self.places.unassigned,
                "top": {prefix: count for prefix, count in self.places.top},
            },
        }


def file_as_json(file: FileReport) -> dict[str, Any]:
    """One file's entry, in the report and in the registers' manifest."""
    return {
        "file": file.file,
        "sheet": file.sheet,
        "form": file.form,
        "register": file.register,
        "in": file.rows,
        "accepted": file.accepted,
        "rejected": file.rejected,
    }


def summary_rows(
    registers: tuple[RegisterReport, ...], files: tuple[FileReport, ...]
) -> list[list[Any]]:
    """The first sheet of the rejected workbook: registers, files, then reasons, under headers."""
    rows: list[list[Any]] = [["登记册", "来文行数", "读入", "退回", "来自"]]
    rows += [[part.label, part.rows, part.accepted, part.rejected, ""] for part in registers]
    rows += [
        [
            file.label,
            file.rows,
            file.accepted,
            file.rejected,
            f"{file.file}［{file.sheet}］" if file.sheet else file.file,
        ]
        for file in files
    ]
    rows.append([""])
    rows.append(["登记册", "退回原因", "次数", "怎么办"])
    for part in registers:
        for fault, count in sorted(part.reasons.items(), key=lambda item: -item[1]):
            reason, mend = REASONS[fault]
            rows.append([part.label, reason, count, mend])
    return rows
