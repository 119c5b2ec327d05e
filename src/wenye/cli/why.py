"""``wenye why``: one person's, employer's or hire's decisions with all their reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenye.cli.options import Json, OfResults, Schemes

if TYPE_CHECKING:
    from wenye.determination.results import Results
    from wenye.determination.why import Answer

#: Rows explained in full; of more, the rest is told in a line each.
_IN_FULL = 6

_FOUND_AS = {"subject": "", "concerns": "（涉及此人）", "payee": "（发放对象）"}
_OUTCOMES = {"entitled": "✓ 符合", "not_entitled": "✗ 不符合", "undetermined": "? 待定"}


def why(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="判定结果 / the results")],
    subject_key: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT_KEY", help="编号，如 123 或 people:123 / a key: 123 or people:123"
        ),
    ],
    scheme: Schemes = None,
    district: OfResults = None,
    json: Json = False,
) -> None:
    """一个对象的判定和全部理由：从登记册重新判定，与存下的结果核对。

    One subject's decisions with all their reasons, decided anew and compared with the results.
    """
    from wenye.cli.output import print_json, warn
    from wenye.determination.results import Results
    from wenye.determination.why import why as ask

    opened = Results.open(results, district)
    answers = ask(opened, subject_key, scheme)
    if json:
        print_json([answer.as_json() for answer in answers])
    else:
        _show(opened, answers)
    if any(answer.differences for answer in answers):
        warn(
            "重新判定的结果与存下的不同，登记册、规则或参数可能已变：运行 wenye replay 查明"
            " / decided anew, the outcome differs from the stored one"
        )


def _show(results: Results, answers: list[Answer]) -> None:
    from wenye.cli.reasoning import told

    if len(answers) > 1:
        for answer in answers:
            typer.echo(_line(answer))
        typer.echo("")
    registers = {answer.register for answer in answers if answer.found_as == "subject"}
    if len(registers) > 1:
        names = " 或 ".join(sorted({f"{answer.register}:{answer.key}" for answer in answers}))
        typer.echo(f"几个登记册里都有这个编号，请写明 / say which: {names}")
        return
    # Refusals are told in a line where there is more to tell about others.
    order = sorted(answers, key=lambda answer: answer.stored["outcome"] == "not_entitled")
    for answer in order[:_IN_FULL]:
        typer.echo(f"── {answer.register_label} {answer.register}:{answer.key} ──")
        about = about_words(results, answer)
        if about:
            typer.echo(about)
        _tell_differences(answer)
        typer.echo(told(answer.explanation, results.schemes), nl=False)
        if answer.yields:
            typer.echo(f"不计入　{answer.yields}")
        typer.echo("")
    if len(order) > _IN_FULL:
        typer.echo(f"另有 {len(order) - _IN_FULL} 项，加 --scheme 逐项查看 / more: add --scheme")


def about_words(results: Results, answer: Answer) -> str:
    """Whom the row concerns and who is paid, by key, where that is someone else."""
    from wenye.determination.judging import concerned, payee_of

    scheme = results.schemes[answer.scheme]
    parts = []
    for word, source, column in (
        ("涉及", concerned(scheme), "concerns"),
        ("发放对象", payee_of(scheme), "payee"),
    ):
        register = source.entity.register
        if source.op != "root":
            key = answer.stored[column]
            parts.append(
                f"{word}　{register.label} {register.name}:{key}" if key else f"{word}　未提供"
            )
    return "　".join(dict.fromkeys(parts))


def _line(answer: Answer) -> str:
    outcome = _OUTCOMES[answer.stored["outcome"]]
    yields = f"　{answer.yields}" if answer.yields else ""
    place = f"{answer.register}:{answer.key}{_FOUND_AS[answer.found_as]}"
    return f"{outcome}　{answer.title}（{answer.scheme}）　{place}{yields}"


def _tell_differences(answer: Answer) -> None:
    if not answer.differences:
        return
    typer.echo("！！与存下的结果不同 / DIFFERS FROM THE STORED RESULT")
    for column, then, now in answer.differences:
        typer.echo(f"   {column}：当时 {_said(then)}　现在 {_said(now)}")


def _said(value: object) -> str:
    if value is None:
        return "无/未知"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
