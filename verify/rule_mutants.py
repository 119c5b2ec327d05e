"""Small mistakes put into the rule files of the districts, to see that the case tables notice them.

    python -m verify.rule_mutants                          every scheme of every district
    python -m verify.rule_mutants jiading hiring_subsidy   one scheme, or one file of parameters

What is changed belongs to a *group*: a scheme's own file, the days of its documents and the
parameters that it alone reads; or a file of parameters that several schemes read. A change is
noticed where the file is then refused, or where some row of the table (of a shared parameter: of
any scheme that reads it) states something else than comes out. What decides by the very same
formulas as before is not counted.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from verify.dated_changes import Told, document_changes, parameter_changes, parameters_read
from verify.rule_changes import source_changes, written_again
from verify.rule_equivalents import EQUIVALENT
from verify.seeds import WORKERS, wanted

from wenye.determination.case_rows import CaseRows
from wenye.policy.case_tables import CaseTable, TableRow, read_case_table
from wenye.policy.district import District, available_districts, load_district
from wenye.policy.errors import PolicyError
from wenye.rules import calendar
from wenye.rules.case import CaseProgram
from wenye.rules.case_input import read_case
from wenye.rules.decide import OUTCOMES, outputs
from wenye.rules.deciding import turns_on
from wenye.rules.errors import CaseError, RuleError
from wenye.rules.held import Row

#: Mutants that a process tries in one go.
CHUNK = 80
SHARED = "parameters/"
#: Share of the mutants that the tables have to notice.
ENOUGH = 0.95
_MISTAKES = (RuleError, PolicyError, CaseError)


@dataclass(frozen=True)
class Mutant:
    """One change of a district: what it says, and the schemes whose tables may notice it."""

    where: str
    what: str
    schemes: tuple[str, ...]
    #: The district with the change, until the next mutant is asked for.
    make: Callable[[], District]

    def __str__(self) -> str:
        return f"{self.where}  {self.what}"


@dataclass
class Found:
    """What the mutants of one group came to."""

    made: int = 0
    #: Refused as the file is read, before any row is asked.
    refused: int = 0
    survivors: list[str] = field(default_factory=list)
    #: Listed as meaning the same as what they replace, and not counted.
    equivalent: list[str] = field(default_factory=list)
    #: Rows that are not met as the files stand: then nothing is tried.
    unmet: list[str] = field(default_factory=list)

    @property
    def caught(self) -> int:
        return self.made - len(self.survivors)

    @property
    def share(self) -> float:
        return self.caught / self.made if self.made else 1.0

    def add(self, other: Found) -> None:
        self.made += other.made
        self.refused += other.refused
        self.survivors += other.survivors
        self.equivalent += other.equivalent
        self.unmet += other.unmet


class Content:
    """A district with its tables; ``scratch`` is a folder for changed scheme files."""

    def __init__(self, name: str, scratch: Path) -> None:
        self.name = name
        self.district = load_district(name)
        self._files = self.district.folder / "schemes"
        self._scratch = scratch
        shutil.copytree(self._files, scratch / "schemes", dirs_exist_ok=True)
        #: The scheme file whose copy in ``scratch`` is another text now.
        self._changed: Path | None = None
        self._tables: dict[str, CaseTable] = {}
        #: Rows that noticed a mutant where no outcome differed: they are asked first.
        self._noticed: set[str] = set()
        #: Schemes that cannot be read, and why.
        self.unread: dict[str, str] = {}

    def table(self, scheme: str) -> CaseTable:
        if scheme not in self._tables:
            self._tables[scheme] = read_case_table(self.district.cases / f"{scheme}.yaml")
        return self._tables[scheme]

    @cached_property
    def readers(self) -> dict[str, tuple[str, ...]]:
        """The schemes that read each parameter."""
        found: dict[str, list[str]] = defaultdict(list)
        for scheme in self.district.scheme_ids:
            try:
                for name in parameters_read(self.district.scheme(scheme)):
                    found[name].append(scheme)
            except _MISTAKES as error:
                self.unread[scheme] = str(error)
        return {name: tuple(found[name]) for name in self.district.details if name in found}

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Schemes, then files of parameters that several schemes read."""
        shared = {name.partition(".")[0] for name, by in self.readers.items() if len(by) > 1}
        return (*self.district.scheme_ids, *(f"{SHARED}{stem}" for stem in sorted(shared)))

    def schemes_of(self, group: str) -> list[str]:
        """The schemes whose tables are asked about the group."""
        if not group.startswith(SHARED):
            return [group]
        return sorted({scheme for name in self._shared(group) for scheme in self.readers[name]})

    def _shared(self, group: str) -> list[str]:
        stem = group.removeprefix(SHARED)
        return [
            name for name, by in self.readers.items() if len(by) > 1 and name.startswith(f"{stem}.")
        ]

    def mutants(self, group: str) -> Iterator[Mutant]:
        """Every mutant of the group, in the order of its files."""
        if group.startswith(SHARED):
            for name in self._shared(group):
                yield from self._of_parameter(name)
            return
        scheme = self.district.scheme(group)
        path = self._files / f"{group}.py"
        names = {**vars(sys.modules[scheme.__module__]), **vars(scheme)}
        for change in source_changes(path.read_text(encoding="utf-8"), names):
            where = f"{path.name}:{change.line}"
            yield Mutant(where, change.what, (group,), partial(self._with_text, path, change.text))
        for other in document_changes(scheme):
            documents = {**self.district.documents, other.document.id: other.document}
            changed = partial(replace, self.district, documents=documents)
            yield Mutant("district.yaml", other.what, (group,), changed)
        for name, by in self.readers.items():
            if by == (group,):
                yield from self._of_parameter(name)

    def _with_text(self, path: Path, text: Callable[[], str]) -> District:
        folder = self._scratch / "schemes"
        if self._changed is not None:
            shutil.copy(self._changed, folder)
        self._changed = path
        (folder / path.name).write_text(text(), encoding="utf-8")
        return replace(self.district, folder=self._scratch)

    def rewritten(self, scheme: str) -> District:
        """The district with the scheme's file as it is written out again, and nothing changed."""
        path = self._files / f"{scheme}.py"
        return self._with_text(path, lambda: written_again(path.read_text(encoding="utf-8")))

    def _of_parameter(self, name: str) -> Iterator[Mutant]:
        by = self.readers[name]
        told = [Told(self.district.scheme(scheme), self._assumed(scheme)) for scheme in by]

        def any_told(parameter: str, first: int, last: int) -> bool:
            return any(one(parameter, first, last) for one in told)

        path = f"{name.partition('.')[0]}.yaml"
        for change in parameter_changes(self.district.details[name], any_told):
            details = {**self.district.details, name: change.parameter}
            series = {**self.district.parameters, name: change.parameter.series()}
            changed = partial(replace, self.district, details=details, parameters=series)
            yield Mutant(path, change.what, by, changed)

    def _assumed(self, scheme: str) -> frozenset[str]:
        return frozenset(name for row in self.table(scheme).rows for name in row.assumed)

    def same(self, mutant: Mutant, changed: District) -> bool:
        """Whether every scheme of the mutant decides by the very same formulas."""
        for name in mutant.schemes:
            mine = outputs(self.district.scheme(name))
            theirs = outputs(changed.scheme(name))
            if {part: expr.key for part, expr in mine.items()} != {
                part: expr.key for part, expr in theirs.items()
            }:
                return False
        return True

    def notices(self, rows: _Told, schemes: Sequence[str]) -> bool:
        """Whether a row of the tables states something else than comes out: outcomes first."""
        tables = [(scheme, row) for scheme in schemes for row in self.table(scheme).rows]
        if any(rows.outcome(scheme, row) != row.outcome for scheme, row in tables):
            return True
        tables.sort(key=lambda place: place[1].where not in self._noticed)
        for scheme, row in tables:
            if _differs(rows, scheme, row):
                self._noticed.add(row.where)
                return True
        return False


#: The tables' cases as they are decided, by where they stand.
_CASES: dict[str, Row] = {}


class _Told(CaseRows):
    """Keeps the explanation that was told last."""

    last: dict[str, Any]

    def __init__(self, district: District) -> None:
        super().__init__(district)
        self._outcomes: dict[tuple[str, str], CaseProgram] = {}

    def outcome(self, scheme: str, row: TableRow) -> str:
        """The row's outcome alone, which takes a hundredth of its explanation."""
        key = scheme, repr(row.assumed)
        if key not in self._outcomes:
            district = self.district(row.assumed)
            parts = {"outcome": district.scheme(scheme).outcome}
            self._outcomes[key] = CaseProgram(parts, district.parameters)
        if row.where + row.text not in _CASES:
            subject = self.district({}).scheme(scheme).subject
            _CASES[row.where + row.text] = read_case(subject, row.case)
        on = calendar.code(row.on)
        return OUTCOMES[self._outcomes[key].decide(_CASES[row.where + row.text], on, on >> 6)[0]]

    def explain(self, scheme: str, row: TableRow) -> dict[str, Any]:
        self.last = super().explain(scheme, row)
        return self.last


def _differs(rows: _Told, scheme: str, row: TableRow) -> bool:
    if rows.differences(scheme, row):
        return True
    told = rows.last
    if "不追回" in row.text and told["claw_back"] is not None:
        return True
    if row.decides is None:
        return False
    names = {item["name"] for item in told["conditions"]}
    return row.decides not in names or not turns_on(told["tree"], row.decides)


# -- running ---------------------------------------------------------------------------------------

Task = tuple[str, str, int, int]


def tried(task: Task) -> Found:
    """Some of the mutants of a group (each ``parts``-th), tried in this process."""
    name, group, part, parts = task
    found = Found()
    with tempfile.TemporaryDirectory() as scratch:
        content = Content(name, Path(scratch))
        for place, mutant in enumerate(content.mutants(group)):
            if place % parts == part and place * 37 % 100 < wanted(100):
                _try(content, mutant, group, found)
    return found


def _try(content: Content, mutant: Mutant, group: str, found: Found) -> None:
    try:
        changed = mutant.make()
        if content.same(mutant, changed):
            return
    except _MISTAKES:
        found.made += 1
        found.refused += 1
        return
    if (content.name, group, mutant.what) in EQUIVALENT:
        found.equivalent.append(str(mutant))
        return
    found.made += 1
    try:
        if not content.notices(_Told(changed), mutant.schemes):
            found.survivors.append(str(mutant))
    except _MISTAKES:
        return  # a row that can no longer be read or decided is a row that notices


def run(name: str, asked: list[str]) -> Iterator[tuple[str, Found]]:
    """Every mutant of the groups asked for (all where none is named): group by group, over all
    cores."""
    found: dict[str, Found] = {}
    tasks: list[Task] = []
    with tempfile.TemporaryDirectory() as scratch:
        content = Content(name, Path(scratch))
        for group in _asked(content, asked):
            found[group] = Found(unmet=_unmet(content, group))
            if not found[group].unmet:
                many = sum(1 for _ in content.mutants(group))
                parts = max(1, -(-many // CHUNK))
                tasks += [(name, group, part, parts) for part in range(parts)]
    # A process is replaced now and then: nodes of formulas are never forgotten.
    with get_context("spawn").Pool(WORKERS, maxtasksperchild=10) as pool:
        coming = zip(tasks, pool.imap(tried, tasks), strict=True)
        for group, one in found.items():
            while not one.unmet:
                (_, _, part, parts), more = next(coming)
                one.add(more)
                if part == parts - 1:
                    break
            yield group, one


def _asked(content: Content, asked: list[str]) -> list[str]:
    stems = {group: group.removeprefix(SHARED) for group in content.groups}
    for one in asked:
        if one not in stems.values():
            raise SystemExit(f"{content.name} has no scheme or shared parameters {one!r}")
    return [group for group, stem in stems.items() if not asked or stem in asked]


def _unmet(content: Content, group: str) -> list[str]:
    try:
        rows = _Told(content.district)
        return [
            f"{row.where} {row.text}"
            for scheme in content.schemes_of(group)
            for row in content.table(scheme).rows
            if _differs(rows, scheme, row)
        ]
    except (*_MISTAKES, OSError) as error:
        return [f"{error}"]


def told(name: str, group: str, found: Found) -> Iterator[str]:
    """What came out of a group, in lines."""
    if found.unmet:
        yield f"{name} {group}: not tried, the table is not met"
        yield from (f"    {row}" for row in found.unmet)
        return
    excused = f", {len(found.equivalent)} equivalent" if found.equivalent else ""
    yield (
        f"{name} {group}: {found.made} made, {found.caught} caught ({found.share:.1%}), "
        f"{found.refused} of them refused at once{excused}"
    )
    yield from (f"    survived: {mutant}" for mutant in found.survivors)


def every(names: Sequence[str], asked: list[str]) -> Found:
    """The mutants of the districts, told group by group; their sum."""
    whole = Found()
    for name in names:
        for group, found in run(name, asked):
            print("\n".join(told(name, group, found)), flush=True)
            whole.add(found)
    print(f"{whole.made} made, {whole.caught} caught ({whole.share:.1%})", flush=True)
    return whole


def main(arguments: list[str]) -> int:
    whole = every(arguments[:1] or available_districts(), arguments[1:])
    return int(whole.share < ENOUGH or bool(whole.unmet))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
