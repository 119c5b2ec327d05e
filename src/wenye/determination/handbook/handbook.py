"""The whole handbook: an index, a page for each scheme, and the pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from wenye.determination.case_rows import CaseRows
from wenye.determination.handbook.scheme_page import scheme_page
from wenye.policy.case_tables import read_case_tables
from wenye.policy.district import District
from wenye.rules.readable.card_phrases import OPERATED_BY, OUR_PART
from wenye.rules.readable.diagram import diagram
from wenye.rules.readable.formula import version_on
from wenye.rules.readable.law_line import law_line
from wenye.rules.scheme import Scheme


def handbook(
    district: District, on: dt.date, progress: Callable[[str, int, int], None] | None = None
) -> Iterator[tuple[str, str]]:
    """The files of the handbook as of ``on``: name and text, the index first."""
    schemes = district.schemes
    tables = read_case_tables(district.cases)
    titles = district.titles((*schemes, *district.awards))
    rows = CaseRows(district)
    yield "README.md", "\n".join(_index(district, on)) + "\n"
    for place, (name, scheme) in enumerate(schemes.items(), start=1):
        page = scheme_page(district, scheme, tables.get(name), rows, on, titles)
        yield f"{name}.md", page
        yield f"{name}.svg", diagram(scheme, lang="zh", on=on, titles=titles)
        yield f"{name}.en.svg", diagram(scheme, lang="en", on=on, titles=titles)
        yield f"{name}-law.svg", law_line(scheme)
        if progress is not None:
            progress("项目", place, len(schemes))


def write_handbook(
    district: District,
    folder: Path,
    on: dt.date,
    progress: Callable[[str, int, int], None] | None = None,
) -> int:
    """Write the handbook into ``folder``; how many schemes it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in handbook(district, on, progress):
        (folder / name).write_text(text, encoding="utf-8")
    return len(district.schemes)


def _index(district: District, on: dt.date) -> Iterator[str]:
    yield f"# {district.label}：政策项目 / {district.label_en}: schemes"
    yield ""
    yield (
        f"按 {on} 适用的规定，由规则、参数和案例表生成（`wenye handbook`），请勿手改。"
        "每页有政策卡片、判定流程、历次变化和可以核对的案例。"
    )
    yield ""
    yield (
        f"Generated from rules, parameters and case tables as of {on} (`wenye handbook`); "
        "not to be edited by hand."
    )
    yield ""
    yield "| 项目 / scheme | 判定 / judges | 主办 / run by | 本区 / our part | 依据 / basis |"
    yield "| --- | --- | --- | --- | --- |"
    for name, scheme in district.schemes.items():
        yield _row(name, scheme, on)


def _row(name: str, scheme: type[Scheme], on: dt.date) -> str:
    version = version_on(scheme, on)
    basis = "没有收录当日的规定 / none" if version is None else version.basis.text
    register = scheme.subject.register
    by, part = OPERATED_BY[scheme.operated_by], OUR_PART[scheme.our_part]
    return (
        f"| [{scheme.title}]({name}.md)<br>{scheme.title_en} "
        f"| {register.label}<br>{register.label_en} "
        f"| {by[0]}<br>{by[1]} | {part[0]}<br>{part[1]} | {basis} |"
    )
