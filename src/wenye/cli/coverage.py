"""``wenye coverage``: a document sentence by sentence, with what carries each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import AsOf, District, Documents, Json

if TYPE_CHECKING:
    from wenye.policy.coverage.covered import Coverage


def coverage(
    district: District = "jiading",
    documents: Documents = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            show_default=False,
            help="另写一个网页：正文逐句，连到卡片、责任和缺口 / also write a page to read",
        ),
    ] = None,
    on: AsOf = None,
    json: Json = False,
) -> None:
    """文件逐句落实图：每句由什么承载，哪些还没有，哪些不能计算。

    A document sentence by sentence: what carries each, what nothing carries yet, what cannot be
    computed. The text is read from the district's own files and is stored nowhere. Ends with 1
    where a link leads nowhere, or a phrase lies in no sentence.
    """
    from wenye.cli.output import print_json, write_whole
    from wenye.policy.citing.texts import Texts, documents_folder
    from wenye.policy.coverage.covered import coverage as covered
    from wenye.policy.district import load_district

    loaded = load_district(district)
    found = covered(loaded, Texts(loaded, documents_folder(documents)))
    on = on or dt.date.today()
    if html is not None:
        from wenye.policy.coverage.page import page

        write_whole(html, page(found, on))
    if json:
        print_json(found.as_json(on))
    else:
        typer.echo(_told(found, on, html))
    if not found.sound:
        raise typer.Exit(1)


def _told(found: Coverage, on: dt.date, html: Path | None) -> str:
    from wenye.policy.standings import Stands

    measures, sentences = found.measures, found.sentences
    lines = [f"{found.district.label}（{found.district.name}）"]
    for item in found.documents:
        document = item.register.document
        lines.append(f"  {document.title} {document.number}（{item.held.path.name}）")
        lines.append(f"  {on} 文件状态：{Stands(document, on).words}")
    begun = f"（其中部分承载 {measures['partly']}）" if measures["partly"] else ""
    in_part = f"（其中部分承载 {sentences['partly']}）" if sentences["partly"] else ""
    quoted = found.quoted
    share = round(100 * quoted.characters / (quoted.of_characters or 1))
    lines += [
        f"  措施 {measures['total']} 条：已承载 {measures['carried']}，"
        f"尚未承载 {measures['not_yet']}{begun}，无法计算 {measures['not_computable']}",
        f"  句子 {sentences['total']} 句：已归位 {sentences['placed']}——"
        f"已承载 {sentences['carried']}，尚未承载 {sentences['not_yet']}{in_part}，"
        f"无法计算 {sentences['not_computable']}，框架文字 {sentences['statement']}；"
        f"未归位 {sentences['unplaced']}",
        f"  分句 {quoted.of_clauses} 个（不计框架文字）：有引文 {quoted.clauses}，"
        f"没有引文 {quoted.of_clauses - quoted.clauses}；引文占字数的 {share}%"
        "（归位：至少一处短语被引用）",
    ]
    if sentences["annex"]:
        lines.append(
            f"  附件另有 {sentences['annex']} 句，没有读成条款，不在上面的句数里，均未归位"
            " / in the annex, counted apart"
        )
    for item in found.documents:
        for covered in item.sentences:
            if not covered.placed:
                article = covered.sentence.article
                place = "" if article is None else article.number or ""
                lines.append(f"  ? {place} {covered.sentence.text}")
        lines += [f"  ? 附件 {text} / in the annex" for text in item.annex]
        for one in item.lost:
            lines += [f"  ✗ {one.what}", f"    位置 / at: {one.where}"]
            lines += [f"    办法 / mend: {one.mend}"] if one.mend else []
        for looked in item.adrift:
            where = f"在{looked.stands_in}" if looked.stands_in else "文件里没有"
            if looked.finding.value == "found":
                where = f"只{where}的标题或责任括号里"
            lines.append(
                f"  ✗ {looked.cited.id} 的引文没有落在{looked.cited.article}的句子里，{where}："
                f"{looked.cited.phrase} / lies in no sentence"
            )
            lines.append(f"    位置 / at: {looked.cited.where}")
            if looked.nearest:
                lines.append(f"    最接近的原文 / nearest: {looked.nearest}")
    if not found.sound:
        many = sum(len(item.lost) + len(item.adrift) for item in found.documents)
        lines.append(f"  {many} 处错误，连空和错引的措施不算已承载 / mistakes")
    if html is not None:
        lines.append(f"  网页 / page: {html}")
    return "\n".join(lines)
