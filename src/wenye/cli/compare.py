"""``wenye compare``: everybody decided as the law is and under a change, held together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import District, Json, On

if TYPE_CHECKING:
    from wenye.simulation.reforms.comparison import Comparison


def compare(
    registers: Annotated[Path, typer.Argument(metavar="REGISTERS", help="登记册 / the registers")],
    on: On,
    out: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT",
            show_default=False,
            help="比较结果写到哪里；不写则只显示 / where to write; else only shown",
        ),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="PARAMETER=VALUE[@DAY]",
            show_default=False,
            help="把参数改成什么（open 为未定），可重复 / a changed value; may be repeated",
        ),
    ] = None,
    reform: Annotated[
        Path | None,
        typer.Option(
            "--reform", metavar="FILE.yaml", show_default=False, help="改革文件 / a reform file"
        ),
    ] = None,
    internal: Annotated[
        bool,
        typer.Option(
            "--internal", help="小数目不隐去，仅供内部 / show small numbers: for internal use"
        ),
    ] = False,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """改动标准会怎样：全部对象按现行和改动各判定一次，看谁进、谁出、因哪项条件、花多少。

    What if: decide everybody as the law is and under a change; who moves, why, at what cost.
    """
    if not change and reform is None:
        raise typer.BadParameter(
            "要用 --change 或 --reform 说明改什么 / say what to change: --change or --reform"
        )
    from wenye.cli.determine import outdated
    from wenye.cli.output import print_json, warn
    from wenye.cli.progress import progress
    from wenye.policy.district import load_district
    from wenye.registers.store import Registers
    from wenye.simulation.reforms.as_data import as_data
    from wenye.simulation.reforms.comparison import compare as run
    from wenye.simulation.reforms.folder import check_target, write_comparison
    from wenye.simulation.reforms.reform import changes_from, read_reform, together
    from wenye.simulation.reforms.telling import remarks

    opened = Registers.open(registers)
    if out is not None:
        check_target(out, opened)
    loaded = load_district(district)
    read = None if reform is None else read_reform(reform, loaded)
    wanted = together(read, changes_from(change or (), loaded))
    opened.verify()
    with progress() as report:
        found = run(opened, loaded, wanted, on, internal=internal, report=report)
        if out is not None:
            report("写出", 0, 1)
            write_comparison(found, out)
            report("写出", 1, 1)
    if json:
        print_json(as_data(found))
    else:
        typer.echo(told(found))
        if out is not None:
            typer.echo(f"\n比较结果 / comparison: {out / 'comparison.html'}")
    stale = outdated(opened, on)
    for line in (stale, *(f"{zh} / {en}" for zh, en in remarks(found))):
        if line:
            warn(line)


def told(found: Comparison) -> str:
    """The comparison for people: sentences, and a line for each scheme."""
    from wenye.cli.table import table, yuan
    from wenye.simulation.reforms.telling import summary

    lines = [
        f"{found.district.label}，判定日 {found.on}；假设测算，不是政策"
        f" / what if, as at {found.on}",
        "",
        *(line for pair in summary(found) for line in pair),
    ]
    if not found.schemes:
        return "\n".join(lines)
    head = ("项目", "符合", "进", "出", "改动后", "待定", "改动后", "可发放", "改动后")
    rows = []
    for item in found.schemes:
        counts = (
            item.outcome("entitled", after=False),
            item.movements["in"].subjects,
            item.movements["out"].subjects,
            item.outcome("entitled", after=True),
            item.outcome("undetermined", after=False),
            item.outcome("undetermined", after=True),
        )
        money = (item.before.payable_fen, item.after.payable_fen)
        rows.append((item.title, *(f"{number:,}" for number in counts), *map(yuan, money)))
    return "\n".join([*lines, "", table(head, rows, numbers=range(1, len(head)))])
