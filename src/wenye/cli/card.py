"""``wenye card``: a scheme's rule card and its decision diagram, or the list of schemes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import AsOf, District, Json, Lang, Language

if TYPE_CHECKING:
    from wenye.policy.district import District as Loaded
    from wenye.rules.scheme import Scheme

_HEAD = (("编号", "id"), ("项目", "scheme"), ("判定对象", "judged"), ("办理", "run by"))
_LAW = {
    "stands": ("现行", "in force"),
    "doubtful": ("存疑（自{}起）", "in doubt (from {})"),
    "none": ("没有收录", "none on file"),
}


def card(
    scheme: Annotated[
        str | None,
        typer.Argument(metavar="SCHEME", help="哪个项目：编号或名称，见 --list / its id or title"),
    ] = None,
    lang: Lang = Language.CHINESE,
    on: AsOf = None,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="另写判定图 / also write the decision diagram"),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="列出各项目 / list the schemes")] = False,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """一个项目的政策卡片：给谁、给多少、给到什么时候、写在哪里；默认按今天适用的规定。

    A scheme's rule card: who, how much, until when, and where it is written; as of today.
    """
    if (scheme is None) is not list_:
        raise typer.BadParameter("要写明 SCHEME 或 --list，二者择一 / either SCHEME or --list")
    from wenye.cli.output import print_json, write_whole
    from wenye.cli.scheme_named import scheme_named
    from wenye.policy.district import load_district
    from wenye.rules.readable import card as cards

    loaded = load_district(district)
    on = on or dt.date.today()
    if scheme is None:
        _list(loaded, lang.value, on, json)
        return
    found = scheme_named(loaded, scheme)
    titles = loaded.titles(cards.schemes_named(found))
    if svg is not None:
        from wenye.rules.readable.diagram import diagram

        write_whole(svg, diagram(found, lang=lang.value, on=on, titles=titles))
    if json:
        print_json(cards.card_json(found, on, titles=titles))
    else:
        typer.echo(cards.card(found, lang=lang.value, on=on, titles=titles), nl=False)


def _list(district: Loaded, lang: str, on: dt.date, json: bool) -> None:
    from wenye.cli.output import print_json
    from wenye.cli.table import table
    from wenye.rules.readable.card_phrases import OPERATED_BY

    standings = {name: _standing(each, on) for name, each in district.schemes.items()}
    if json:
        print_json(
            [
                {
                    "id": name,
                    "title": each.title,
                    "title_en": each.title_en or each.title,
                    "subject": each.subject.register.name,
                    "subject_label": each.subject.register.label,
                    "operated_by": each.operated_by,
                    "law": standings[name][0],
                    "doubtful_from": standings[name][1],
                }
                for name, each in district.schemes.items()
            ]
        )
        return
    english = lang == "en"
    rows = []
    for name, each in district.schemes.items():
        register = each.subject.register
        how, since = standings[name]
        rows.append(
            (
                name,
                (each.title_en if english else "") or each.title,
                register.label_en if english else register.label,
                OPERATED_BY[each.operated_by][english],
                _LAW[how][english].format(since),
            )
        )
    head = [pair[english] for pair in _HEAD]
    typer.echo(table([*head, f"law on {on}" if english else f"{on} 的依据"], rows))


def _standing(scheme: type[Scheme], on: dt.date) -> tuple[str, dt.date | None]:
    """Whether a version is on file for the day, and since when it is in doubt where it is."""
    from wenye.rules import calendar
    from wenye.rules.scheme import ends

    day = calendar.code(on)
    for place, version in enumerate(scheme.laws):
        until = ends(scheme, place)
        if version.since <= day and (until is None or day <= until):
            doubtful = version.doubtful_from
            if doubtful is not None and doubtful <= day:
                return "doubtful", calendar.date(doubtful)
            return "stands", None
    return "none", None
