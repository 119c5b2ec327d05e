"""``wenye diff``: what a new version of a document changes, and which rules it touches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import Json

if TYPE_CHECKING:
    from wenye.policy.documents import Document
    from wenye.policy.versions.comparison import Comparison
    from wenye.policy.versions.touched import Touched


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="旧版本的文件 / the earlier version")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="新版本的文件 / the later version")],
    district: Annotated[
        str | None,
        typer.Option(
            "--district",
            metavar="NAME",
            show_default=False,
            help="另列该辖区受影响的规则 / also the rules of this district that it touches",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """比较同一文件的两个版本：部分、条款、文字、部门、数量、日期，以及受影响的规则。

    Compare two versions: sections, articles, wording, bodies, numbers, days, rules touched.
    """
    from wenye.cli.output import print_json
    from wenye.policy.reading import read_file
    from wenye.policy.versions.comparison import compare
    from wenye.policy.versions.words import as_json, in_words, resting_by_kind

    comparison = compare(read_file(old), read_file(new))
    document, rules = (None, None) if district is None else _touched(district, comparison, old)
    if json:
        data = as_json(comparison)
        data["document"] = None if document is None else document.id
        data["touched"] = None if rules is None else [item.as_json() for item in rules]
        data["resting"] = None if rules is None else resting_by_kind(rules)
        print_json(data)
        return
    lines = [f"{old.name} → {new.name}", *in_words(comparison)]
    if district is not None:
        from wenye.policy.versions.words import touched_in_words

        lines += touched_in_words(document, rules, district)
    typer.echo("\n".join(lines))


def _touched(
    district: str, comparison: Comparison, old: Path
) -> tuple[Document | None, list[Touched] | None]:
    from wenye.policy.district import load_district
    from wenye.policy.versions.touched import document_of, touched

    loaded = load_district(district)
    document = document_of(loaded, comparison, old)
    return document, None if document is None else touched(loaded, document, comparison)
