"""``wenye read``: a published document, taken apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import Json

if TYPE_CHECKING:
    from wenye.policy.reading.reading import Article, Reading, Responsibility


def read(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="文件：txt、docx 或带文字的 pdf / a text, .docx or text PDF"
        ),
    ],
    json: Json = False,
) -> None:
    """读一份公开发布的政策文件：章节条款、责任单位、引用文件、日期和数量。

    Read a published document: articles, who answers for them, references, days and quantities.
    """
    from wenye.cli.output import print_json
    from wenye.policy.reading import read_file

    reading = read_file(file)
    if json:
        print_json(reading.as_json())
        return
    typer.echo("\n".join(_told(reading)))


def _told(reading: Reading) -> list[str]:
    unknown = "未读到 / not found"
    lines = [
        reading.title or f"标题{unknown}",
        f"  文号  {reading.document_number or unknown}",
        f"  机关  {'、'.join(reading.issuers) or unknown}",
        f"  主送  {'；'.join(reading.addressees) or '无 / none'}",
        f"  成文  {reading.signed_on or unknown}    施行  {reading.effective_from or unknown}"
        f"    有效期至  {reading.effective_to or '未写明 / not stated'}",
    ]
    for section in reading.sections:
        head = " ".join(part for part in (section.number, section.title) if part)
        lines.append("")
        if head:
            lines.append(head)
        for article in section.articles:
            lines += _article(article)
    if reading.references:
        lines += ["", f"引用文件 {len(reading.references)} 份 / documents referred to"]
        for item in reading.references:
            title = f"《{item.title}》" if item.title else ""
            lines.append(
                f"  {title}{f'（{item.number}）' if item.number and title else item.number or ''}"
            )
    if reading.quantities:
        lines += ["", f"数量 {len(reading.quantities)} 处 / quantities"]
        lines.append("  " + "、".join(item.text for item in reading.quantities))
    if reading.annex:
        many = reading.annex.count("\n") + 1
        lines += [
            "",
            f"附件 {many} 行，没有读成条款 / an annex of {many} lines, not read into articles",
        ]
    if reading.doubts:
        lines += ["", f"拿不准的 {len(reading.doubts)} 处，请核对原文 / please check these"]
        lines += [f"  ? {doubt}" for doubt in reading.doubts]
    return lines


def _article(article: Article) -> list[str]:
    title = article.title or article.text.partition("\n")[0][:24] + "…"
    items = f"（{len(article.items)} 项）" if article.items else ""
    lines = [f"  {article.number or '　'} {title}{items}"]
    lines += _answering(article.responsibility, 6)
    for item in article.items:
        if item.responsibility is not None:
            lines.append(f"      {item.number} {item.text.partition(chr(10))[0][:24]}…")
            lines += _answering(item.responsibility, 10)
    return lines


def _answering(found: Responsibility | None, indent: int) -> list[str]:
    if found is None:
        return []
    named = [name + "（牵头）" * (name in found.lead) for name in found.departments]
    how = found.wording or "没有写明怎样负责 / not said how"
    return [f"{' ' * indent}{'、'.join(named)}：{how}"]
