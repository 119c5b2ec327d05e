"""The text of a saved web page: its blocks as lines, without scripts and styles."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from functools import cache

_PAGE = re.compile(
    r"\s*+(?:<\?xml[^<>]*>\s*+)?(?:(?><!--.{0,4000}?-->)\s*+)*+"
    r"<(?:!doctype\s+html|(?:html|head|meta|title|body|div|p|table|section|article|span|h[1-6])"
    r"(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
# No alternative runs past the next "<": a page of a million unclosed tags is read in one pass.
_TAG = re.compile(
    r"(?P<comment><!--)"
    r"|<[!?][^<>]*>"
    r"""|<(?P<end>/?)(?P<tag>[a-z][a-z0-9:]*)(?:"[^"<]*"|'[^'<]*'|[^'"<>])*+>"""
    r"|</?[a-z][^<>]*>",
    re.IGNORECASE,
)
_SILENT = frozenset(
    {"script", "style", "head", "noscript", "template", "textarea", "select", "button"}
)
_BREAKS = frozenset({"br", "p"})
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol pre section summary "
    "table tbody tfoot thead ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
# Marks that stand for the beginning of a row and of a cell until the lines are joined.
_ROW, _CELL = "\x01", "\x02"
_MARKS = re.compile(f"[{_ROW}{_CELL}]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def is_web_page(text: str) -> bool:
    """Whether the text is HTML: it begins with a page's tags."""
    return _PAGE.match(text) is not None


def text_of_web_page(page: str) -> str:
    """The page's text: a line per block, the cells of a table's row parted by tabs."""
    page = _MARKS.sub("", page)
    closings = _Closings(page)
    pieces: list[str] = []
    at = verbatim = 0
    while (token := _TAG.search(page, at)) is not None:
        pieces.append(_printed(page[at : token.start()], verbatim > 0))
        at = token.end()
        tag = "!--" if token["comment"] else (token["tag"] or "").lower()
        opens = not token["end"]
        if opens and (tag == "!--" or tag in _SILENT):
            at = closings.after(tag, at)
        elif tag == "pre":
            verbatim = max(0, verbatim + (1 if opens else -1))
        pieces.append(_mark(tag, opens))
    pieces.append(_printed(page[at:], verbatim > 0))
    return _joined("".join(pieces))


class _Closings:
    """Where the elements end whose content is not shown; each kind is looked up once."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._found: dict[str, list[int]] = {}

    def after(self, tag: str, at: int) -> int:
        """The place after the next end of ``tag``; ``at`` itself where it never ends."""
        if tag not in self._found:
            self._found[tag] = [found.end() for found in _closing(tag).finditer(self._page)]
        ends = self._found[tag]
        following = bisect_left(ends, at)
        return ends[following] if following < len(ends) else at


@cache
def _closing(tag: str) -> re.Pattern[str]:
    if tag == "!--":
        return re.compile("-->")
    return re.compile(rf"</{tag}\s*+>", re.IGNORECASE)


def _mark(tag: str, opens: bool) -> str:
    """What a tag puts between two texts; a block weighs more than a paragraph within a cell."""
    if tag in _BREAKS:
        return "\n"
    if tag in _BLOCKS:
        return "\n\n"
    if tag == "tr":
        return _ROW if opens else "\n"
    if tag in ("td", "th"):
        return _CELL if opens else ""
    return ""


def _printed(text: str, verbatim: bool) -> str:
    """The text between two tags as a browser shows it: source line breaks are blanks."""
    if not verbatim:
        text = _BLANKS.sub(_blank, text)
    return _MARKS.sub("", html.unescape(text)) if "&" in text else text


def _blank(found: re.Match[str]) -> str:
    """A blank; but none for a line break of the source between two characters of Chinese."""
    start, end = found.span()
    before, after = found.string[max(0, start - 1) : start], found.string[end : end + 1]
    return "" if "\n" in found[0] and before > "\u2e7f" and after > "\u2e7f" else " "


def _joined(text: str) -> str:
    """The lines; a cell whose content begins with a block of its own begins a line."""
    text = text.replace("\xa0", " ")
    text = re.sub(rf"{_ROW}[ \n{_CELL}]*+", "\n", text)
    text = re.sub(rf"(?<![ \n])[ \n]*+{_CELL} *+(?:\n *+)?(?!\n)", "\t", text).replace(_CELL, "\n")
    lines = (line.strip(" \t") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
