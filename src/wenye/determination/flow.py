"""How a scheme's subjects run through: judged, entitled, counted, payable; and its picture.

The upper bar is everyone judged. Those entitled are often a sliver of it, so they are opened up
into a bar of their own below, with lines that show where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from wenye.determination.judging import doubtful
from wenye.determination.results import Results

WIDTH, BAR, GAP = 640.0, 20.0, 20.0
_LEAST = 3.0  # a part that is not nothing is never drawn as nothing


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: what it is, how many, its look (a CSS class)."""

    words: str
    count: int
    look: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of one scheme: by outcome, and those entitled by what becomes of them."""

    judged: int
    outcomes: tuple[Part, ...]
    entitled: tuple[Part, ...]


def flow(results: Results, scheme: str) -> Flow:
    """The counts of one scheme, each subject in exactly one part of each bar."""
    definition = results.schemes[scheme]
    status, granted = pl.col("amount_status"), pl.col("granted")
    in_doubt = doubtful(definition)
    stands = granted & ~in_doubt
    nothing = "本项不发放资金" if definition.amount is None else "本月不发放"
    parts = {
        "可发放": (stands & (status == "payable"), "yes"),
        "标准待确认": (stands & (status == "unconfirmed"), "wait"),
        "金额未定": (stands & (status == "open"), "open"),
        nothing: (stands & (status == "none"), "calm"),
        "依据存疑": (granted & in_doubt, "doubt"),
        "重复不计": ((pl.col("outcome") == "entitled") & ~granted, "calm"),
    }
    outcome = pl.col("outcome")
    counts = (
        results.frame(scheme)
        .select(
            pl.len().alias("judged"),
            (outcome == "entitled").sum().alias("entitled"),
            (outcome == "undetermined").sum().alias("undetermined"),
            (outcome == "not_entitled").sum().alias("not_entitled"),
            *(test.sum().alias(words) for words, (test, _) in parts.items()),
        )
        .collect()
        .row(0, named=True)
    )
    return Flow(
        judged=counts["judged"],
        outcomes=(
            Part("符合", counts["entitled"], "yes"),
            Part("待定", counts["undetermined"], "wait"),
            Part("不符合", counts["not_entitled"], "no"),
        ),
        entitled=tuple(Part(words, counts[words], look) for words, (_, look) in parts.items()),
    )


def doubtful_rows(results: Results, scheme: str, law: str) -> tuple[int, int]:
    """How many rows were judged under a version while it was in doubt, and entitled among them."""
    doubt = doubtful(results.schemes[scheme]) & (pl.col("law") == law).fill_null(False)
    entitled = doubt & (pl.col("outcome") == "entitled")
    counted = results.frame(scheme).select(doubt.sum().alias("all"), entitled.sum().alias("yes"))
    judged, found = counted.collect().row(0)
    return int(judged), int(found)


def picture(of: Flow, title: str) -> str:
    """The two bars as SVG; every number in it also stands in words beside it."""
    entitled = of.outcomes[0].count
    below = [part for part in of.entitled if part.count]
    height = BAR + (GAP + BAR if entitled else 0)
    said = "，".join(f"{part.words} {part.count:,}" for part in (*of.outcomes, *below))
    lines = [
        f'<svg class="flow" viewBox="0 0 {WIDTH:g} {height:g}" role="img" '
        f'aria-label="{title}：判定 {of.judged:,}，{said}">'
    ]
    widths = _widths(of.outcomes, of.judged)
    lines += _bar(of.outcomes, widths, 0.0)
    if entitled:
        bottom = BAR + GAP
        lines.append(
            f'<path class="opens" d="M0 {BAR:g} L0 {bottom:g} '
            f'L{WIDTH:g} {bottom:g} L{widths[0]:.1f} {BAR:g} Z"/>'
        )
        lines += _bar(below, _widths(below, entitled), bottom)
    lines.append("</svg>")
    return "".join(lines)


def _widths(parts: tuple[Part, ...] | list[Part], whole: int) -> list[float]:
    least = [_LEAST if part.count else 0.0 for part in parts]
    free = WIDTH - sum(least)
    return [
        low + (free * part.count / whole if whole else 0.0)
        for low, part in zip(least, parts, strict=True)
    ]


def _bar(parts: tuple[Part, ...] | list[Part], widths: list[float], top: float) -> Iterator[str]:
    at = 0.0
    for part, width in zip(parts, widths, strict=True):
        if width:
            yield (
                f'<rect class="{part.look}" x="{at:.1f}" y="{top:g}" '
                f'width="{max(width - 1, 1):.1f}" height="{BAR:g}"/>'
            )
        at += width
