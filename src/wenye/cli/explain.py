"""``wenye explain``: one case of one scheme, decided with all its reasons."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from wenye.cli.options import District, Json, day


def explain(
    scheme: Annotated[
        str,
        typer.Argument(metavar="SCHEME", help="补贴项目：编号或名称 / the scheme's id or title"),
    ],
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="CASE.json", help="案例文件，- 为标准输入 / the case; - for standard input"
        ),
    ] = None,
    on: Annotated[
        dt.date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=day,
            show_default=False,
            help="在哪一天判定，不写为今天 / day of determination; today unless given",
        ),
    ] = None,
    template: Annotated[
        bool,
        typer.Option("--template", help="只打印空案例，列出要用的事项 / print an empty case"),
    ] = False,
    district: District = "jiading",
    json: Json = False,
) -> None:
    """判定一个案例并说明理由：满足什么、缺什么、依据哪一条、什么时候会变。

    Decide one case with its reasons: conditions, missing facts, the law, and when it changes.
    """
    from wenye.cli.output import print_json
    from wenye.cli.scheme_named import scheme_named
    from wenye.policy.district import load_district
    from wenye.rules.errors import CaseError

    loaded = load_district(district)
    chosen = scheme_named(loaded, scheme)
    if template:
        from wenye.determination.case_template import case_template

        print_json(case_template(chosen))
        return
    if case is None:
        raise typer.BadParameter(
            "没有写案例文件 CASE.json；空案例见 --template / no CASE.json; --template prints one"
        )
    if case != "-" and not Path(case).exists():
        raise CaseError(
            f"找不到案例文件“{case}” / there is no case file {case}",
            mend=f"wenye explain {chosen.id} --template > {case}",
        )
    from wenye.cli.case_file import read_case_file
    from wenye.rules import calendar
    from wenye.rules.case_input import read_case
    from wenye.rules.explain import Explainer

    row = read_case(chosen.subject, read_case_file(case))
    explanation = Explainer(chosen, loaded.parameters).explain(
        row, calendar.code(on or dt.date.today())
    )
    if json:
        print_json(explanation)
        return
    from wenye.cli.reasoning import told

    known = {other: loaded.scheme(other) for other in loaded.scheme_ids}
    typer.echo(told(explanation, known), nl=False)
