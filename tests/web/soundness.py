"""What no page may hold: gaps, whole identity numbers, or what the content policy would stop."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

#: A whole identity number; a digest that happens to hold eighteen digits has letters beside them.
NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
_ACTIVE = re.compile(r"on[a-z]+")


class Reader(HTMLParser):
    """One page: where it leads, and what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or "style" in given:
            self.faults.append(f"an inline style at <{tag}>, line {self.getpos()[0]}")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.faults.append(f"an inline script, line {self.getpos()[0]}")
        for name, value in given.items():
            if _ACTIVE.fullmatch(name) or value.strip().casefold().startswith("javascript:"):
                self.faults.append(f"an active attribute {name} at <{tag}>")
        for name in ("src", "href", "action", "data-href", "hx-get", "hx-post"):
            value = given.get(name, "")
            # What is only named (the namespace of an SVG) is not loaded: these are.
            if urlsplit(value).netloc or value.startswith("data:text"):
                self.faults.append(f"leads outside: {value}")
            elif name in ("href", "data-href", "hx-get") and value and not value.startswith("#"):
                self.links.append(value)
        if tag == "form":
            self.forms.append((given.get("method", "get").casefold(), given.get("action", "")))
        if tag == "h1":
            self.headings += 1


def read(answer: Any) -> tuple[Reader | None, list[str]]:
    """The page and its faults; None for what is no page."""
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith(("text/", "application/json")):
        return None, []
    text = answer.content.decode()
    faults = []
    if found := NUMBER.search(text):
        faults.append(f"a whole number {found[0][:4]}…")
    if "〔undefined" in text:
        faults.append(f"a variable that nobody gave: {text[text.index('〔undefined') :][:60]}")
    if not kind.startswith("text/html"):
        return None, faults
    reader = Reader()
    reader.feed(text)
    faults += reader.faults
    if text.lstrip().startswith("<!doctype") and reader.headings != 1:
        faults.append(f"{reader.headings} first headings")
    return reader, faults
