"""``wenye card``: a scheme's rule card and its decision diagram, or the list of schemes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import AsOf, District, Json, Lang, Language

if TYPE_CHECKING:
    from wenye.policy.district import District as Loaded


def card(
    scheme: Annotated[
        str | None, typer.Argument(metavar="SCHEME", help="哪个项目，见 --list / which scheme")
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
    if scheme is None:
        _list(loaded, json)
        return
    found = scheme_named(loaded, scheme)
    on = on or dt.date.today()
    titles = loaded.titles(cards.schemes_named(found))
    if svg is not None:
        from wenye.rules.readable.diagram import diagram

        write_whole(svg, diagram(found, lang=lang.value, on=on, titles=titles))
    if json:
        print_json(cards.card_json(found, on, titles=titles))
    else:
        typer.echo(cards.card(found, lang=lang.value, on=on, titles=titles), nl=False)


def _list(district: Loaded, json: bool) -> None:
    from wenye.cli.output import print_json

    rows = [
        {"id": name, "title": each.title, "title_en": each.title_en or each.title}
        for name, each in district.schemes.items()
    ]
    if json:
        print_json(rows)
        return
    broad = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        typer.echo(f"{row['id']:<{broad}}  {row['title']} / {row['title_en']}")
