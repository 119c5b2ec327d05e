"""A plain table: columns as wide as their widest cell, Chinese counted as two, nothing wrapped."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """The rows under a head and a line; columns whose place is in ``numbers`` are set right."""
    from rich.cells import cell_len

    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(cell_len(line[at]) for line in lines) for at in range(len(head))]

    def set_out(line: Sequence[str]) -> str:
        cells = []
        for at, cell in enumerate(line):
            space = " " * (widths[at] - cell_len(cell))
            cells.append(space + cell if at in numbers else cell + space)
        return "  ".join(cells).rstrip()

    rule = "  ".join("─" * width for width in widths)
    return "\n".join([set_out(lines[0]), rule, *map(set_out, lines[1:])])


def yuan(fen: int) -> str:
    """Fen as ``¥1,234.56``; a dash for nothing."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥{whole:,}.{rest:02d}" if fen else "—"
