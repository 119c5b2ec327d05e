"""What is open in a district, as ``wenye check --open`` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wenye.policy.open_values import OpenValue


def open_values_told(found: Sequence[OpenValue]) -> str:
    """The open values by whom to ask, those first that most schemes wait for."""
    if not found:
        return "  没有未定的标准 / nothing is open"
    by_body: dict[tuple[str, ...], list[OpenValue]] = {}
    for item in sorted(found, key=lambda item: -len(item.schemes)):
        by_body.setdefault(item.ask, []).append(item)
    lines = [f"  未定的标准 {len(found)} 个 / open values:"]
    for bodies, items in by_body.items():
        named = "、".join(bodies) or "没有措施说明由谁负责 / no measure names anybody"
        lines.append(f"  问 / ask: {named}")
        for item in items:
            lines += _one(item)
    return "\n".join(lines)


def _one(item: OpenValue) -> list[str]:
    since = "" if item.since is None else f"自{item.since}"
    until = "" if item.until is None else f"至{item.until}"
    lines = [f"    {item.name}　{item.label}（{item.label_en}）{since}{until}"]
    lines += [f"      原因 / why: {item.reason}"] if item.reason else []
    lines += [f"      见过、不知起始日 / read, undated: {text}" for text in item.undated]
    lines += [f"      注意 / mind: {item.note}"] if item.note else []
    if item.articles:
        lines.append(f"      条款 / article: {'、'.join(item.articles)}")
    waiting = "、".join(item.schemes) or "没有项目用它 / no scheme reads it"
    lines.append(f"      等它的项目 / schemes: {waiting}")
    return lines
