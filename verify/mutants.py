"""Small mistakes put into the executors, to see that the tests notice them.

A mutant is one text substitution in one line of a module. It lives only in the memory of the
process that runs the checks on it.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import wenye

RULES = Path(wenye.__file__).parent / "rules"

MODULES = (
    "aggregates",
    "batch",
    "calendar",
    "columns",
    "day_columns",
    "doubt",
    "functions",
    "gather",
    "held",
    "history",
    "lines",
    "periods",
    "rewrite",
    "rowwise",
    "spell_columns",
    "straight_line",
)

SWAPS = (
    (" >= ", " > "),
    (" > ", " >= "),
    (" <= ", " < "),
    (" < ", " <= "),
    (" == ", " != "),
    (" != ", " == "),
    (" | 63", ""),
    (" & -2", ""),
    (" & 1", " & 3"),
    (" and ", " or "),
    (" or ", " and "),
    ("not ", ""),
    (" is None", " is not None"),
    (" is not None", " is None"),
    (" + ", " - "),
    (" - ", " + "),
    (" * ", " + "),
    (" // ", " * "),
    ("True", "False"),
    ("False", "True"),
    ("low", "high"),
    ("high", "low"),
    ("min(", "max("),
    ("max(", "min("),
    ("min_horizontal", "max_horizontal"),
    ("max_horizontal", "min_horizontal"),
    ('keep="last"', 'keep="first"'),
    ('how="left"', 'how="inner"'),
    ('how="anti"', 'how="semi"'),
    ("is_not_null", "is_null"),
    (".sum()", ".max()"),
    ("~", ""),
)


@dataclass(frozen=True)
class Mutant:
    module: str
    line: int
    column: int
    old: str
    new: str

    @property
    def source(self) -> str:
        lines = _text(self.module).splitlines(keepends=True)
        text = lines[self.line]
        lines[self.line] = text[: self.column] + self.new + text[self.column + len(self.old) :]
        return "".join(lines)

    def __str__(self) -> str:
        text = _text(self.module).splitlines()[self.line].strip()
        return f"{self.module}:{self.line + 1} {self.old!r} to {self.new!r} in: {text}"


@cache
def _text(module: str) -> str:
    return (RULES / f"{module}.py").read_text(encoding="utf-8")


def _code_lines(module: str) -> set[int]:
    """Lines that run: no docstrings, comments, imports, annotations alone, messages of errors."""
    text = _text(module)
    tree = ast.parse(text)
    lines = set(range(len(text.splitlines())))
    for node in ast.walk(tree):
        silent = isinstance(node, ast.Import | ast.ImportFrom | ast.Raise | ast.Assert)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent = True
        if isinstance(node, ast.AnnAssign) and node.value is None:
            silent = True
        if silent:
            assert isinstance(node, ast.stmt) and node.end_lineno is not None
            lines -= set(range(node.lineno - 1, node.end_lineno))
    return {line for line in lines if not text.splitlines()[line].lstrip().startswith(("#", "@"))}


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module that is a program, in the order of its lines."""
    running = _code_lines(module)
    for number, text in enumerate(_text(module).splitlines()):
        if number not in running:
            continue
        code = text.partition("  # ")[0]
        for old, new in SWAPS:
            column = code.find(old)
            while column >= 0:
                mutant = Mutant(module, number, column, old, new)
                # Two sequences are zipped strictly as an assertion: both are of one length.
                asserts = code[:column].endswith("strict=")
                if not asserts and _compiles(mutant.source):
                    yield mutant
                column = code.find(old, column + len(old))


def _compiles(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def sample(many: int, seed: int) -> list[Mutant]:
    """``many`` mutants, or all where there are fewer."""
    everything = [mutant for module in MODULES for mutant in mutants(module)]
    if len(everything) <= many:
        return everything
    return sorted(Random(seed).sample(everything, many), key=lambda one: (one.module, one.line))


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives the mutated source for one module, before the real one is found."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"wenye.rules.{mutant.module}"
        self.text = mutant.source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def get_source(self, fullname: str) -> str:
        return self.text


def run(mutant: Mutant) -> None:
    """The checks on a mutant, in a process that has not loaded the rules; raises where noticed."""
    assert "wenye.rules" not in sys.modules
    sys.meta_path.insert(0, _Loader(mutant))
    importlib.import_module("verify.mutant_checks").check()
