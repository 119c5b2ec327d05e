"""The schemes' pictures inside a page: in its colours, light and dark, without styles of their own.

``rules.readable`` draws them as documents that stand alone, with a style sheet and fixed colours.
A page allows neither: the styles stand in ``policy.css``, and each colour becomes a token.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from wenye.rules.readable.diagram import diagram
from wenye.rules.readable.law_line import law_line
from wenye.rules.readable.printed import Lang
from wenye.services.decisions.district import district

_TOKENS = {
    "#1d2529": "ink",
    "#566167": "quiet",
    "#9aa4a8": "strong-line",
    "#fbfaf7": "paper",
    "#ffffff": "raised",
    "#fff": "raised",
    "#0b5c7a": "accent",
    "#1f6b45": "yes",
    "#a3261d": "no",
    "#7a5200": "unsure",
    "#dfe2e0": "hairline",
}
_STYLE = re.compile(r"<style>.*?</style>\n?", re.DOTALL)
_COLOUR = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{3,6})"')
_OWN = re.compile(r'class="([^"]*)"([^<>]*?) style="fill:(#[0-9a-f]{3,6})"')
_BARE = re.compile(r' style="fill:(#[0-9a-f]{3,6})"')


def _token(colour: str) -> str:
    return _TOKENS.get(colour, "ink")


def in_page(svg: str) -> SafeString:
    """The picture with the page's colours; what it says was escaped as it was drawn."""
    svg = _STYLE.sub("", svg)
    svg = _OWN.sub(lambda m: f'class="{m[1]} in-{_token(m[3])}"{m[2]}', svg)
    svg = _BARE.sub(lambda m: f' class="in-{_token(m[1])}"', svg)
    svg = _COLOUR.sub(lambda m: f'{m[1]}="var(--{_token(m[2])})"', svg)
    return mark_safe(svg)


def diagram_in_page(scheme_id: str, lang: Lang, on: dt.date) -> SafeString:
    """How the scheme is decided."""
    return _diagram(district().parameters_digest, scheme_id, lang, on)


def law_line_in_page(scheme_id: str, lang: Lang) -> SafeString:
    """Its versions and values through time."""
    return _law_line(district().parameters_digest, scheme_id, lang)


@lru_cache(maxsize=256)
def _diagram(digest: str, scheme_id: str, lang: Lang, on: dt.date) -> SafeString:
    here = district()
    titles = here.titles((*here.scheme_ids, *here.awards))
    with here.speaking():
        return in_page(diagram(here.scheme(scheme_id), lang=lang, on=on, titles=titles))


@lru_cache(maxsize=256)
def _law_line(digest: str, scheme_id: str, lang: Lang) -> SafeString:
    here = district()
    with here.speaking():
        return in_page(law_line(here.scheme(scheme_id), lang))
