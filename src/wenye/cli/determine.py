"""``wenye determine``: every scheme for everyone in the registers, with reasons and costs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wenye.cli.options import District, Json, On, Schemes

if TYPE_CHECKING:
    from wenye.cli.progress import Report
    from wenye.determination.run import Run
    from wenye.registers.store import Registers

#: Days by which registers may end before the day of determination without a word.
_FAR = 31


def determine(
    registers: Annotated[Path, typer.Argument(metavar="REGISTERS", help="登记册 / the registers")],
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="结果写到哪里 / where the results go")
    ],
    on: On,
    scheme: Schemes = None,
    no_workbooks: Annotated[
        bool,
        typer.Option("--no-workbooks", help="不写工作簿和报告 / neither workbooks nor the report"),
    ] = False,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """判定登记册里的全部对象、全部项目，写出结果、理由、花费、工作簿和报告。

    Decide every scheme for everyone in the registers: results, reasons, costs, workbooks, report.
    """
    from wenye.cli.output import print_json, warn
    from wenye.cli.progress import progress
    from wenye.policy.district import load_district
    from wenye.registers.store import Registers

    opened = Registers.open(registers)
    opened.verify()
    loaded = load_district(district)
    with progress() as report:
        run = run_all(opened, loaded, on, results, scheme, report, workbooks=not no_workbooks)
    if json:
        print_json(summary(run))
    else:
        typer.echo(told(run))
        typer.echo(f"\n结果 / results: {run.folder}")
        if not no_workbooks:
            typer.echo(f"报告 / report: {run.folder / 'report.html'}")
    stale = outdated(opened, on)
    if stale:
        warn(stale)
    if scheme:
        warn(
            "只判定了部分项目，没有计算与其他项目的互斥"
            " / only some schemes: exclusion by the others was not worked out"
        )


def outdated(registers: Registers, on: dt.date) -> str:
    """A warning where registers end long before the day of determination; else nothing."""
    from wenye.registers.model import MODEL
    from wenye.rules import calendar

    days = {entity: registers.complete_to(entity) for entity in MODEL}
    ends = {entity: calendar.date(day) for entity, day in days.items() if day is not None}
    short = {entity: day for entity, day in ends.items() if (on - day).days > _FAR}
    if not short:
        return ""
    first = min(short.values())
    names = "、".join(entity.register.label for entity, day in short.items() if day == first)
    which = "登记册" if len(short) == len(ends) and len({*short.values()}) == 1 else names
    return (
        f"{which}只完整到 {first}，比判定日早 {(on - first).days} 天，其后的情况未知"
        f" / the registers are complete only to {first}"
    )


def run_all(
    registers: Any,
    district: Any,
    on: Any,
    results: Path,
    schemes: list[str] | None,
    report: Report,
    *,
    workbooks: bool,
) -> Run:
    """Determine, and write the workbooks and the report beside the results."""
    from wenye.determination.results import Results
    from wenye.determination.run import determine as run

    def beside(folder: Path, manifest: dict[str, Any]) -> None:
        from wenye.determination.report_page import write_report
        from wenye.determination.workbooks import write_workbooks

        written = Results(folder, manifest, district)
        write_workbooks(written, folder, report=report)
        write_report(written, folder)

    return run(
        registers,
        district,
        on,
        results,
        only=schemes,
        report=report,
        beside=beside if workbooks else None,
    )


COUNTS = (
    "rows",
    "entitled",
    "not_entitled",
    "undetermined",
    "unconfirmed_outcomes",
    "granted",
    "provisional",
    "open_amounts",
    "recover_unknown",
)
AMOUNTS = ("payable", "unconfirmed", "recover")


def summary(run: Run) -> dict[str, Any]:
    """The run in numbers, as ``--json`` prints it; amounts in yuan as strings."""
    from wenye.rules.values import yuan

    return {
        "results": str(run.folder),
        "district": run.manifest["district"],
        "on": run.manifest["on"],
        "schemes": {
            name: {
                "title": entry["title"],
                "flow": entry["flow"],
                **{key: entry[key] for key in COUNTS},
                **{key: yuan(entry[f"{key}_fen"]) for key in AMOUNTS},
            }
            for name, entry in run.manifest["schemes"].items()
        },
    }


def told(run: Run) -> str:
    """The run as a table for people."""
    from wenye.cli.table import table, yuan
    from wenye.determination.results import remarks

    head = ("项目", "判定", "符合", "待定", "计入", "可发放", "待确认", "金额未定")
    keys = ("rows", "entitled", "undetermined", "granted", "payable_fen", "unconfirmed_fen")
    entries = list(run.manifest["schemes"].values())

    def line(title: str, numbers: dict[str, int]) -> tuple[str, ...]:
        counts = [f"{numbers[key]:,}" for key in keys[:4]]
        amounts = [yuan(numbers[key]) for key in keys[4:]]
        return (title, *counts, *amounts, f"{numbers['open_amounts']:,}")

    sums = {key: sum(entry[key] for entry in entries) for key in (*keys, "open_amounts")}
    rows = [line(entry["title"], entry) for entry in entries]
    if len(rows) > 1:
        rows.append(line("合计", sums))
    place = f"{run.manifest['district_label']}，判定日 {run.manifest['on']}"
    lines = [f"{place} / determined as at {run.manifest['on']}", ""]
    lines.append(table(head, rows, numbers=range(1, len(head))))
    lines.append("按月的项目为本月金额；待确认和未定的不可发放，也不计入可发放")
    lines += remarks(run.manifest)
    return "\n".join(lines)
