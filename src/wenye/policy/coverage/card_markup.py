"""A rule card's text as HTML: its headings, lists and remarks, and nothing else of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_ITEM = re.compile(r"( *)(-|\d+\.) (.*)")
_CODE = re.compile(r"`([^`]*)`")


def card_html(text: str) -> str:
    """The card as HTML, its title an ``h3``; every character of the text is escaped."""
    return "\n".join(_blocks(text.splitlines()))


def _blocks(lines: list[str]) -> Iterator[str]:
    lists: list[tuple[int, str]] = []  # indentation and kind of each list that is open
    for line in lines:
        item = _ITEM.match(line)
        if item is not None:
            indent, kind = len(item[1]), "ul" if item[2] == "-" else "ol"
            while lists and lists[-1][0] > indent:
                yield f"</li></{lists.pop()[1]}>"
            if lists and lists[-1] == (indent, kind):
                yield "</li>"
            else:
                if lists and lists[-1][0] == indent:
                    yield f"</li></{lists.pop()[1]}>"
                lists.append((indent, kind))
                yield f"<{kind}>"
            yield f"<li>{_inline(item[3])}"
            continue
        if not line.strip():
            continue
        while lists:
            yield f"</li></{lists.pop()[1]}>"
        if line.startswith("## "):
            yield f"<h4>{_inline(line[3:])}</h4>"
        elif line.startswith("# "):
            yield f"<h3>{_inline(line[2:])}</h3>"
        elif line.startswith("> "):
            yield f'<p class="note">{_inline(line[2:])}</p>'
        else:
            yield f"<p>{_inline(line)}</p>"
    while lists:
        yield f"</li></{lists.pop()[1]}>"


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))
