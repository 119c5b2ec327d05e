"""The steps of the demonstration, and what it suggests to look at afterwards."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from wenye.cli.demo_service import content_missing, serviced
from wenye.cli.determine import AMOUNTS, COUNTS, run_all, summary, told
from wenye.cli.progress import silent
from wenye.determination.case_template import case_of, case_template
from wenye.determination.cases import cases
from wenye.determination.reasons import with_reasons
from wenye.determination.results import Results
from wenye.policy.district import load_district
from wenye.registers.intake import intake
from wenye.registers.store import Registers
from wenye.rules.values import yuan
from wenye.simulation.synthetic.district import SyntheticDistrict, generate
from wenye.simulation.synthetic.mess import SLIPS, Expected

#: Share of rows with mistakes, so that intake has something to send back.
_ERRORS = 0.01


def walk(
    folder: Path, people: int, seed: int, district: str, on: str, numbers: dict[str, Any]
) -> Iterator[str]:
    """Do the whole job in ``folder``; yields what there is to say after each step.

    ``numbers`` is filled with what ``--json`` prints: folders, rows, results and totals.
    """
    files, registers, results = folder / "files", folder / "registers", folder / "results"
    loaded = load_district(district)
    units = loaded.organisation.units
    yield f"合成数据：人员和单位均为虚构 / synthetic data: nobody in it exists（{loaded.label}）"
    day = dt.date.fromisoformat(on)
    made = generate(
        files, people=people, seed=seed, units=[u.code for u in units], errors=_ERRORS, as_of=day
    )
    notes = _notes(made)
    rows = sum(made.rows.values()) - notes
    remark = f"，另有附注 {notes:,} 行" if notes else ""
    yield f"1 生成　{people:,} 人，{len(made.files)} 个报送文件，{rows:,} 行{remark} → {files}"
    town = {name: unit.code for unit in units for name in (unit.code, unit.name, *unit.aliases)}
    taken = intake(files, registers, names={"town": town}, today=day)
    back = f"，见 {taken.rejected_workbook}" if taken.rejected_workbook else ""
    skipped = f"，不读附注 {notes:,} 行" if notes else ""
    yield f"2 读入　{taken.accepted:,} 行，退回 {taken.rejected:,} 行{skipped}{back}"
    run = run_all(Registers.open(registers), loaded, day, results, None, silent, workbooks=True)
    judged = sum(entry["rows"] for entry in run.manifest["schemes"].values())
    yield f"3 判定　{len(run.manifest['schemes'])} 个项目，{judged:,} 个判定 → {results}"
    service = folder / "service"
    lacking = content_missing(loaded.folder)
    accounts = None if lacking else serviced(service, registers, on, district)
    if lacking:
        yield f"4 服务　这个辖区还没有 {'、'.join(lacking)} / no content for the service yet"
    elif accounts is None:
        yield '4 服务　没有安装：pip install "wenye[platform]" / not installed'
    else:
        numbers["service"] = {"folder": str(service), "accounts": accounts}
        yield f"4 服务　{len(accounts)} 个演示账号，每个角色一个 → {service}"
    numbers |= {
        "synthetic": True,
        "folders": {"files": str(files), "registers": str(registers), "results": str(results)},
        "rows": {"generated": rows, "accepted": taken.accepted, "rejected": taken.rejected},
        "results": summary(run),
        "totals": _totals(list(run.manifest["schemes"].values())),
    }
    yield ""
    yield told(run)
    yield ""
    yield f"报告 / report　　　{results / 'report.html'}"
    yield f"工作簿 / workbooks　{results}/*.xlsx"
    yield ""
    if accounts is not None:
        yield f"服务 / service　　　wenye serve --home {service}"
        yield ""
    yield "接着试试 / try next"
    opened = Results(results, run.manifest, loaded)
    yield f"  wenye why {results} {_somebody(opened)}"
    yield f"  wenye near-misses {results}"
    case, scheme = _case(opened, folder)
    yield f"  wenye explain {scheme} {case} --on {on}"


def _notes(made: SyntheticDistrict) -> int:
    """Rows under the tables that are no data, which intake leaves out."""
    return sum(
        rows
        for kinds in made.mess.rows.values()
        for kind, rows in kinds.items()
        if SLIPS[kind].expected is Expected.IGNORED
    )


def _totals(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Sums over all schemes; amounts in yuan as strings."""
    counts = {key: sum(entry[key] for entry in entries) for key in COUNTS}
    fen = {key: sum(entry[f"{key}_fen"] for entry in entries) for key in AMOUNTS}
    return {**counts, **{key: yuan(amount) for key, amount in fen.items()}}


def _telling(results: Results) -> list[str]:
    """The schemes, those that the district pays first: what they decide is the district's own."""
    return sorted(results.schemes, key=lambda name: results.schemes[name].our_part != "pay")


def _somebody(results: Results) -> str:
    """A subject worth looking at: entitled and counted, or whoever is first."""
    for name in _telling(results):
        scheme = results.schemes[name]
        rows = results.frame(name).filter(pl.col("granted")).head(1).collect()
        if rows.height:
            return f"{scheme.subject.register.name}:{rows['key'][0]}"
    name, scheme = next(iter(results.schemes.items()))
    return f"{scheme.subject.register.name}:1"


def _case(results: Results, folder: Path) -> tuple[Path, str]:
    """A row out of the registers, written as a case: someone who is one condition away."""
    chosen, key = next(iter(results.schemes)), None
    for name in _telling(results):
        near = with_reasons(results, name, "not_entitled").filter(pl.col("one_short") != "")
        rows = near.select("key").head(1).collect()
        if rows.height:
            chosen, key = name, rows["key"][0]
            break
    scheme = results.schemes[chosen]
    held = {} if key is None else cases(results.registers, scheme, [key])
    case = case_of(scheme, held[key]) if key in held else case_template(scheme)
    path = folder / "case.json"
    path.write_text(json.dumps(case, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path, chosen
