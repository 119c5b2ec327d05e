"""``wenye catalogue``: which scheme needs which fact, from which department, how fresh, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import AsOf, District, Json, Schemes

if TYPE_CHECKING:
    from wenye.determination.catalogue import Catalogue, Entry, Use
    from wenye.policy.district import District as Loaded

_USES = (
    *(("登记册", 16), ("事项", 22), ("标识", 26), ("提供部门", 24), ("个人信息", 10)),
    *(("项目", 26), ("哪一部分读取", 40), ("取哪一条", 34), ("登记册须完整至", 24)),
    *(("依据", 40), ("适用规定", 22), ("该日读取", 10)),
)
_FACTS = (("登记册", 16), ("事项", 22), ("标识", 26), ("提供部门", 24), ("说明", 48))
_KEEPS_THE_ROW = "报送一行时必须写明是谁、哪一段 / says whose row it is, and of when"


def catalogue(
    on: AsOf = None,
    scheme: Schemes = None,
    supplier: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="DEPARTMENT",
            show_default=False,
            help="只看这些部门提供的，可重复 / only what these departments supply; may be repeated",
        ),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="FILE", help="另写工作簿 / also write a workbook"),
    ] = None,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """数据共享目录：哪个项目要哪个事项、谁提供、多新、为什么；没有项目要的、没有部门给的。

    The data-sharing catalogue: which scheme reads which fact, from whom, how fresh and why; the
    facts that nobody reads, and those that nobody supplies.
    """
    from wenye.cli.output import print_json
    from wenye.determination.catalogue import catalogue as find
    from wenye.policy.district import load_district

    loaded = load_district(district)
    found = _only(find(loaded, on or dt.date.today()), loaded, scheme or [], supplier or [])
    told = f"数据共享目录，按 {found.on} 适用的规定{_limits(loaded, scheme, supplier)}"
    if xlsx is not None:
        _write(found, xlsx, f"{loaded.label}{told}")
    if json:
        print_json(found.as_json())
    else:
        head = f"{loaded.label}（{loaded.name}）{told}"
        typer.echo("\n".join([f"{head} / data-sharing catalogue", *_told(found, every=not scheme)]))


def _only(found: Catalogue, loaded: Loaded, schemes: list[str], suppliers: list[str]) -> Catalogue:
    """What the schemes read of what the departments supply; all where none is named.

    With schemes named nothing is called unread: others may read it. Raises RuleError.
    """
    from dataclasses import replace

    from wenye.rules.errors import RuleError, did_you_mean

    known = {name for entry in found.entries for name in _suppliers(entry)}
    for name in schemes:
        if name not in loaded.scheme_ids:
            mend = did_you_mean(name, loaded.scheme_ids)
            raise RuleError(f"没有这个项目 / no scheme {name!r}", where="--scheme", mend=mend)
    for name in suppliers:
        if name not in known:
            mend = did_you_mean(name, known)
            raise RuleError(f"没有这个部门 / no department {name!r}", where="--from", mend=mend)
    entries = [
        entry
        for entry in found.entries
        if not suppliers or not _suppliers(entry).isdisjoint(suppliers)
    ]
    if schemes:
        kept = (
            replace(entry, uses=tuple(use for use in entry.uses if use.scheme in schemes))
            for entry in entries
        )
        entries = [entry for entry in kept if entry.uses]
    return replace(found, entries=tuple(entries))


def _suppliers(entry: Entry) -> set[str]:
    """The departments that supply the fact: one, or several that share the register."""
    return {name for name in entry.fact.supplied_by.split("、") if name}


def _limits(loaded: Loaded, schemes: list[str] | None, suppliers: list[str] | None) -> str:
    """Which schemes and departments alone are told, for the title; nothing where all are."""
    titles = [loaded.scheme(name).title for name in schemes or []]
    told = [f"只看{'、'.join(titles)}"] if titles else []
    told += [f"只看{'、'.join(suppliers)}提供的"] if suppliers else []
    return "".join(f"，{words}" for words in told)


def _told(found: Catalogue, every: bool) -> Iterator[str]:
    yield from ("", f"该日读取 {len(found.read)} 项 / read on that day")
    yield from _entries(found.read, now=True)
    if found.other_versions:
        count = len(found.other_versions)
        yield from ("", f"只有其他版本的规定读取 {count} 项 / read by other versions alone")
        yield from _entries(found.other_versions, now=False)
    if every:
        yield from ("", f"没有项目读取 {len(found.unread)} 项，可以不收集 / read by no scheme")
        for entry in found.unread:
            remark = f"　{_KEEPS_THE_ROW}" if entry.identifies else ""
            yield f"  {_named(entry)}{remark}"
    yield from ("", f"没有部门提供 {len(found.unsupplied)} 项 / read, and supplied by nobody")
    for entry in found.unsupplied:
        yield f"  {_named(entry)}"


def _entries(entries: Iterable[Entry], now: bool) -> Iterator[str]:
    for entry in entries:
        fact = entry.fact
        yield f"  {_named(entry)} / {fact.label_en}　提供 / from: {fact.supplied_by or '—'}"
        for use in entry.uses:
            if use.now or not now:
                yield f"    {_why(use)}"


def _named(entry: Entry) -> str:
    return f"{entry.fact.entity.register.label}·{entry.fact.label}（{entry.name}）"


def _why(use: Use) -> str:
    parts = [f"{use.title}：{use.label}", _fresh(use)]
    if _complete(use):
        parts.append(f"登记册须完整至{_complete(use)}")
    if use.basis:
        parts.append("依据 " + "、".join(use.basis))
    return "；".join(parts)


def _fresh(use: Use) -> str:
    return "、".join(reading.words[0] for reading in use.readings)


def _complete(use: Use) -> str:
    days = [reading.complete_to for reading in use.readings if reading.complete_to]
    return "、".join(dict.fromkeys(days))


def _write(found: Catalogue, file: Path, title: str) -> None:
    """Written beside and then moved, so that an earlier file stays whole. Raises OSError."""
    import os

    from wenye.determination.sheets import Book, Column

    def page(name: str, head: Iterable[tuple[str, int]], rows: Iterable[list[str]]) -> None:
        import polars as pl

        columns = [Column(label, width) for label, width in head]
        schema = dict.fromkeys((column.head for column in columns), pl.String)
        book.table(name, columns, pl.DataFrame(list(rows), schema=schema, orient="row"), title)

    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        beside.touch()
        with Book(beside, title) as book:
            page("读取", _USES, _use_rows(found.entries))
            page("没有项目读取", _FACTS, _fact_rows(found.unread))
            page("没有部门提供", _FACTS, _fact_rows(found.unsupplied))
        beside.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        beside.unlink(missing_ok=True)


def _head_cells(entry: Entry) -> list[str]:
    fact = entry.fact
    return [fact.entity.register.label, fact.label, entry.name, fact.supplied_by]


def _use_rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    from wenye.determination.catalogue import personal

    for entry in entries:
        about = "是" if personal(entry.fact.entity) else "否"
        for use in entry.uses:
            cells = [use.title, use.label, _fresh(use), _complete(use), "、".join(use.basis)]
            laws = "、".join(use.laws)
            yield [*_head_cells(entry), about, *cells, laws, "是" if use.now else "否"]


def _fact_rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        remark = _KEEPS_THE_ROW if entry.identifies and not entry.uses else ""
        yield [*_head_cells(entry), remark]
