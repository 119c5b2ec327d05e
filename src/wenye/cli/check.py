"""``wenye check``: whether a district's rules, values, citations and case tables are sound."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wenye.cli.options import AsOf, Documents, Json

if TYPE_CHECKING:
    from wenye.determination.district_check import Checked
    from wenye.policy.standings import Stands


def check(
    district: Annotated[
        str | None,
        typer.Option(
            "--district",
            metavar="NAME",
            show_default=False,
            help="哪个辖区；不写则检查全部 / which district; else all that ship with Wenye",
        ),
    ] = None,
    on: AsOf = None,
    documents: Documents = None,
    what_is_open: Annotated[
        bool,
        typer.Option(
            "--open",
            help="列出未定的标准：为什么未定、谁在等、该问谁 / list what is open, and whom to ask",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """检查辖区：规则、参数、引文和案例表有没有错，还有多少标准未定、待确认。

    Check a district: mistakes in rules, values, citations and case tables; values still open.
    """
    from wenye.cli.open_values import open_values_told
    from wenye.cli.output import print_json
    from wenye.determination.district_check import check_district
    from wenye.policy.citing.texts import documents_folder
    from wenye.policy.district import available_districts

    names = [district] if district is not None else list(available_districts())
    folder = documents_folder(documents)
    found = [check_district(name, on or dt.date.today(), documents=folder) for name in names]
    if json:
        print_json([_data(item) for item in found])
    else:
        for item in found:
            typer.echo(_told(item))
            if what_is_open:
                typer.echo(open_values_told(item.open_values))
    if not all(item.sound for item in found):
        raise typer.Exit(1)


def _data(found: Checked) -> dict[str, Any]:
    from dataclasses import fields

    data: dict[str, Any] = {item.name: getattr(found, item.name) for item in fields(found)}
    citations = [item.as_json() for item in found.citations]
    mistakes = [
        {"what": item.what, "where": item.where, "mend": item.mend} for item in found.mistakes
    ]
    waiting = [
        {"where": item.where, "what": item.what, "words": item.words or None}
        for item in found.to_be_decided
    ]
    return {
        "sound": found.sound,
        **data,
        "open_values": [item.as_json() for item in found.open_values],
        "gaps": [item.as_json() for item in found.gaps],
        "standings": [item.as_json() for item in found.standings],
        "not_as_printed": [item.as_json() for item in found.not_as_printed],
        "citations": citations,
        "to_be_decided": waiting,
        "mistakes": mistakes,
    }


def _citations(found: Checked) -> list[str]:
    counts = found.by_finding
    if not counts:
        return ["引文没有核对 / citations not looked up"]
    without = counts["no_text"]
    total = len(found.citations)
    missing = _without_text(found) if without else []
    if without == total > 0:
        return [f"引文 {total} 处都没有核对：没有全文 / no text to look them up in", *missing]
    parts = [f"在所引条款 {counts['found']}"]
    parts += [f"在别的条款 {counts['elsewhere']}"] if counts["elsewhere"] else []
    parts += [f"不在文件里 {counts['missing']}"] if counts["missing"] else []
    parts += [f"没有核对 {without}（没有全文）"] if without else []
    return [f"引文 {total} 处：{'，'.join(parts)}", *missing]


def _without_text(found: Checked) -> list[str]:
    """Which documents' texts are not at hand, how many citations each, and what to do."""
    each = "、".join(f"{name} {many} 处" for name, many in found.without_text.items())
    if found.texts_in is None:
        mend = "用 --documents 或 WENYE_DOCUMENTS 指定全文所在的文件夹 / name the folder"
    else:
        mend = f"{found.texts_in} 里没有，存为“文件id.txt”（或 .docx 等） / not in the folder"
    return [f"缺全文 {len(found.without_text)} 份：{each}", f"办法 / mend: {mend}"]


def _in_doubt(found: Checked) -> list[Stands]:
    return [item for item in found.standings if item.standing.value == "doubtful"]


def _documents(found: Checked) -> list[str]:
    """How every document stands: those in doubt each with the reason, the others by name."""
    from wenye.policy.measures import STANDING_WORDS

    lines = []
    for standing, (words, words_en) in STANDING_WORDS.items():
        held = [item for item in found.standings if item.standing is standing]
        if not held:
            continue
        if standing.value == "doubtful":
            lines += [f"  文件 {item.document.name}　{item.words} / {words_en}" for item in held]
        else:
            names = "、".join(item.document.name for item in held)
            lines.append(f"  文件{words} {len(held)} 份：{names} / {words_en}")
    return lines


def _quoted_from(found: Checked) -> str:
    """How many of the quoted values rest on documents that are not simply in force."""
    words = {
        "doubtful": "所引文件效力未定",
        "ended": "所引文件已失效",
        "not_yet": "所引文件尚未施行",
    }
    parts = [f"{words[name]} {len(names)}" for name, names in found.quoted_from.items()]
    return f"（其中{'，'.join(parts)}）" if parts else ""


def _as_printed(found: Checked) -> list[str]:
    if not found.articles_compared:
        return []
    unlike = len(found.not_as_printed)
    told = f"与文件不同 {unlike} 处 / not as printed" if unlike else "与文件一致 / as printed"
    return [f"  登记的标题和责任单位（{found.articles_compared} 条）及责任的承办单位：{told}"]


def _not_shown(found: Checked) -> list[str]:
    if not found.not_shown:
        return []
    return [f"  没有案例显示其作用的条件 / not shown by any case: {'、'.join(found.not_shown)}"]


def _gaps(found: Checked) -> list[str]:
    if not found.gaps:
        return []
    lines = [f"    {gap.told}" for gap in found.gaps]
    head = f"没有规定或没有写明的日子 {len(found.gaps)} 处 / days on which nothing is stated"
    return [f"  {head}", *lines]


def _told(found: Checked) -> str:
    lines = [f"{found.label or found.name}（{found.name}）"]
    if found.by_status:
        quoted, confirmed, sourced, unset = found.by_status.values()
        citations, *missing = _citations(found)
        lines += [
            f"  方案 {found.schemes} 个，规定 {found.laws} 版，条件 {found.conditions} 项，"
            f"文件 {found.documents} 份",
            *_documents(found),
            f"  参数 {found.parameters} 个：文件原文 {quoted}{_quoted_from(found)}，"
            f"已确认 {confirmed}，有来源待确认 {sourced}，未定 {unset}",
            f"  措施 {found.measures} 条，责任 {found.duties} 项",
            *_as_printed(found),
            f"  {citations}；确认 {found.confirmations} 条",
            *(f"    {line}" for line in missing),
            f"  案例 {found.cases} 个，符合预期 {found.cases_met} 个；"
            f"可付的 {found.payable_rows} 个，去掉待确认的值后再判",
            *_not_shown(found),
            *_gaps(found),
        ]
    if found.open:
        lines.append(
            f"  未定 {len(found.open)} 个：原因、该问谁，加 --open / open: why, and whom to ask"
        )
    if found.to_be_decided:
        lines.append(f"  待定 {len(found.to_be_decided)} 处 / to be decided:")
        lines += [f"  ? {item.where}  {item.told}" for item in found.to_be_decided]
    for item in found.mistakes:
        lines.append(f"  ✗ {item.what}")
        lines += [f"    位置 / at: {item.where}"] if item.where else []
        lines += [f"    办法 / mend: {item.mend}"] if item.mend else []
    if found.sound and (doubtful := _in_doubt(found)):
        names = "、".join(item.document.name for item in doubtful)
        lines.append(f"  ! 效力未定的文件 {len(doubtful)} 份：{names} / in doubt")
    lines.append(f"  {_verdict(found)}")
    return "\n".join(lines)


def _verdict(found: Checked) -> str:
    """Sound only where every citation was looked up."""
    without = found.by_finding.get("no_text", 0)
    if not found.sound:
        verdict = f"{len(found.mistakes)} 处错误 / mistakes"
    elif without:
        verdict = "✓ 没有错误"
    else:
        return "✓ 没有错误 / sound"
    if without:
        verdict += f"；引文 {without} 处没有核对（没有全文） / {without} citations not looked up"
    return verdict
