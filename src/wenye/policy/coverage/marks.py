"""The marks and bars of the coverage page: how far something is carried, in word and shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenye.policy.coverage.covered import State

WORDS = {
    State.CARRIED: ("已承载", "carried"),
    State.PARTLY: ("部分承载", "in part"),
    State.NOT_YET: ("尚未承载", "not yet"),
    State.NOT_COMPUTABLE: ("无法计算", "not computable"),
    State.STATEMENT: ("框架文字", "framework"),
    State.UNPLACED: ("未归位", "unplaced"),
}
MEANING = {
    State.CARRIED: "句中引用的措施都有项目、参数、责任等完整承载",
    State.PARTLY: "有东西承载了一部分，其余还没有；计入“尚未承载”",
    State.NOT_YET: "说明了应由什么承载，但还没有",
    State.NOT_COMPUTABLE: "原则、方向一类的话，写明了为什么不能计算",
    State.STATEMENT: "制定目的、施行日期、废止等",
    State.UNPLACED: "还没有人说过它由什么承载",
}

#: Each state's shape on a field of 16 by 16.
_SHAPES = {
    State.CARRIED: '<circle cx="8" cy="8" r="6" fill="currentColor"/>',
    State.PARTLY: '<circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" '
    'stroke-width="1.4"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    State.NOT_YET: '<circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" '
    'stroke-width="1.4"/>',
    State.NOT_COMPUTABLE: '<path d="M2 8h12" stroke="currentColor" stroke-width="2"/>',
    State.STATEMENT: '<path d="M3 4h10M3 8h10M3 12h6" stroke="currentColor" stroke-width="1.2"/>',
    State.UNPLACED: '<rect x="2.5" y="2.5" width="11" height="11" fill="none" '
    'stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 1.6"/>'
    '<path d="M8 5v3.6M8 10v1.4" stroke="currentColor" stroke-width="1.8"/>',
}

SYMBOLS = (
    '<svg width="0" height="0" aria-hidden="true" style="position:absolute">'
    + "".join(
        f'<symbol id="s-{state}" viewBox="0 0 16 16">{shape}</symbol>'
        for state, shape in _SHAPES.items()
    )
    + '<defs><pattern id="p-partly" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="f-paper" width="6" height="6"/>'
    '<rect class="f-ink" width="3" height="6"/></pattern>'
    '<pattern id="p-not_computable" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="f-paper" width="6" height="6"/><circle class="f-ink" cx="3" cy="3" r="1"/>'
    "</pattern>"
    '<pattern id="p-statement" width="6" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="f-paper" width="6" height="5"/><rect class="f-line" width="6" height="1.4"/>'
    "</pattern></defs></svg>"
)


def mark(state: State) -> str:
    """A state as a shape, for beside its word."""
    return f'<svg class="mk" aria-hidden="true"><use href="#s-{state}"/></svg>'


def told(state: State) -> str:
    """A state as shape and word."""
    return f'<span class="st {state}">{mark(state)}{WORDS[state][0]}</span>'


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar."""

    state: State
    count: int


def bar(parts: Iterable[Part], label: str) -> str:
    """A bar of a hundred parts with its key: lengths by count, each state by its own filling."""
    shown = [part for part in parts if part.count]
    total = sum(part.count for part in shown) or 1
    drawn, key = [], []
    start = 0.0
    for part in shown:
        width = 1000 * part.count / total
        drawn.append(
            f'<rect class="b-{part.state}" x="{start:.1f}" y="1" width="{width:.1f}" height="26"/>'
        )
        start += width
        zh, en = WORDS[part.state]
        key.append(
            f"<li>{mark(part.state)}<b>{zh}</b> {part.count}"
            f"<small>{100 * part.count / total:.0f}%　{en}</small></li>"
        )
    return (
        f'<svg class="bar" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{"".join(drawn)}</svg><ul class="key">{"".join(key)}</ul>'
    )
