"""Options that several commands share, so that they read and behave alike."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """Which language a text is rendered in."""

    CHINESE = "zh"
    ENGLISH = "en"


def day(text: str) -> dt.date:
    """``2026-10-31`` as a date; wrong usage when it is no day of the calendar."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise typer.BadParameter(
        f"“{text}”不是日期，应写作 2026-10-31 / {text!r} is not a day like 2026-10-31"
    )


District = Annotated[
    str, typer.Option("--district", metavar="NAME", help="哪个辖区 / which district")
]
On = Annotated[
    dt.date,
    typer.Option("--on", metavar="DATE", parser=day, help="在哪一天判定 / day of determination"),
]
AsOf = Annotated[
    dt.date | None,
    typer.Option(
        "--on",
        metavar="DATE",
        parser=day,
        show_default=False,
        help="按哪一天的规定和标准，不写为今天 / the rules of which day; today unless given",
    ),
]
Documents = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        metavar="FOLDER",
        show_default=False,
        help="文件全文所在的文件夹；不写则为 WENYE_DOCUMENTS 所指 / the folder of documents' texts",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取 / JSON, for programs")]
Lang = Annotated[Language, typer.Option("--lang", help="用哪种语言 / in which language")]
OfResults = Annotated[
    str | None,
    typer.Option(
        "--district",
        metavar="NAME",
        show_default=False,
        help="哪个辖区；不写则为结果清单所记 / which district; else the one the results name",
    ),
]
Schemes = Annotated[
    list[str] | None,
    typer.Option(
        "--scheme",
        metavar="SCHEME",
        show_default=False,
        help="只看这些项目，可重复 / only these schemes; may be repeated",
    ),
]
