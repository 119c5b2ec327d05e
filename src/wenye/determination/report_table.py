"""Tables of the report as HTML: what they leave out, and dates that stay on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_TEXT = re.compile(r">[^<>]+<")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    *,
    foot: Sequence[str] = (),
    wide: bool = False,
) -> str:
    """A table; ``wide`` ones scroll under a fixed first column, others stack on a phone."""

    def cell(tag: str, at: int, text: str, more: str = "") -> str:
        look = ' class="n"' if at in numbers else ""
        return f"<{tag}{look}{more}>{text}</{tag}>"

    def row(cells: Sequence[str]) -> str:
        first = cell("th", 0, cells[0], ' scope="row"') if wide else ""
        rest = cells[1:] if wide else cells
        start = 1 if wide else 0
        return (
            "<tr>"
            + first
            + "".join(
                cell("td", at, text, f' data-head="{escape(head[at])}"')
                for at, text in enumerate(rest, start=start)
            )
            + "</tr>"
        )

    top = "".join(cell("th", at, text, ' scope="col"') for at, text in enumerate(head))
    body = "".join(row(cells) for cells in rows)
    end = f"<tfoot>{row(foot)}</tfoot>" if foot else ""
    return (
        f'<div class="scroll"><table class="{"wide" if wide else "stack"}">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>{end}</table></div>"
    )


def whole_dates(html: str) -> str:
    """The dates between the tags marked, so that no line breaks within one."""
    return _TEXT.sub(lambda text: _DATE.sub(r"<time>\g<0></time>", text[0]), html)


def beyond(rows: int, where: str) -> str:
    """How many rows a table leaves out, and where they stand; nothing where it leaves out none."""
    return f'<p class="soft">另有 {rows:,} 行，见{where}。</p>' if rows > 0 else ""
