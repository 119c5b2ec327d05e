"""Rows of results in words, for people to read: who, where, how much, why."""

from __future__ import annotations

import polars as pl

from wenye.determination.judging import concerned, doubtful, payee_of
from wenye.determination.reasons import with_reasons
from wenye.determination.results import Results
from wenye.policy.district import District
from wenye.rules import calendar
from wenye.rules.scheme import Scheme, ends

UNKNOWN = "未提供"


def basis_words(scheme: type[Scheme]) -> dict[str, str]:
    """For each version: what it rests on, and from when to when it holds."""
    words = {}
    for place, version in enumerate(scheme.laws):
        until = ends(scheme, place)
        to = "起" if until is None else f"至 {calendar.date(until)}"
        words[version.name] = f"{version.basis.text}（{calendar.date(version.since)} {to}）"
    return words


def about(results: Results, scheme: type[Scheme]) -> list[pl.Expr]:
    """Key, town, and (where they are someone else) who is concerned and who is paid."""
    towns = results.towns
    columns = [
        pl.col("key").alias("编号"),
        pl.col("town").replace(towns).fill_null("街镇未提供").alias("街镇"),
    ]
    seen = set()
    for head, source, column in (
        ("涉及", concerned(scheme), "concerns"),
        ("发放对象", payee_of(scheme), "payee"),
    ):
        if source.op != "root" and source.key not in seen:
            seen.add(source.key)
            columns.append(pl.col(column).alias(f"{head}（{source.entity.register.label}编号）"))
    return columns


def law_column(scheme: type[Scheme]) -> list[pl.Expr]:
    """The day that picked the law, and what it rests on."""
    basis = pl.col("law").replace(basis_words(scheme)).fill_null("没有收录当日有效的规定")
    return [
        pl.col("law_day").dt.strftime("%Y-%m-%d").fill_null(UNKNOWN).alias("适用规定的日期"),
        pl.when(pl.col("law_day").is_null() & pl.col("law").is_null())
        .then(pl.lit("适用规定的日期未提供"))
        .otherwise(basis)
        .alias("依据"),
    ]


def status_words(results: Results, scheme: type[Scheme]) -> pl.Expr:
    """How far an entitled row may be paid on, in words."""
    status = pl.col("amount_status")
    month = results.on.replace(day=1)
    nothing = "本项不发放资金" if scheme.amount is None else "本月无应发金额"
    return (
        pl.when(doubtful(scheme))
        .then(pl.lit("依据效力存疑，不发放"))
        .when(status == "payable")
        .then(pl.lit("可发放"))
        .when(status == "unconfirmed")
        .then(pl.lit("标准有来源、待确认，暂不可发放"))
        .when(status == "open")
        .then(pl.lit("标准未定，暂无金额"))
        .when(pl.col("first") > month)
        .then(pl.lit("尚未开始"))
        .when(pl.col("last") < month)
        .then(pl.lit("期限已满"))
        .otherwise(pl.lit(nothing))
    )


def yields_column(results: Results, scheme: type[Scheme]) -> pl.Expr:
    """``yields_to`` in words; empty where the row stands."""
    told = pl.col("yields_to")
    register = scheme.subject.register
    words: pl.Expr = (
        pl.when(told.str.starts_with("once:"))
        .then(pl.format("同一对象只计一次，已计入{} {}", pl.lit(register.label), told.str.slice(5)))
        .otherwise(pl.lit(""))
    )
    for name, entry in results.manifest["schemes"].items():
        if name != scheme.id:
            yields = pl.lit(f"与“{entry['title']}”不可同时享受，已享受后者")
            words = pl.when(told == f"scheme:{name}").then(yields).otherwise(words)
    return words


def entitled(results: Results, scheme: type[Scheme]) -> pl.DataFrame:
    """Those entitled: amount in fen, status, schedule, and whether the row counts."""
    monthly = scheme.first is not None
    columns = [*about(results, scheme), *law_column(scheme)]
    if scheme.amount is not None:
        columns.append(pl.col("amount").alias("金额"))
    columns += [
        status_words(results, scheme).alias("发放状态"),
        pl.when(pl.col("outcome_status") == "unconfirmed")
        .then(pl.lit("依赖待确认的标准"))
        .otherwise(pl.lit("已确认"))
        .alias("结论"),
    ]
    if monthly:
        columns += [
            pl.col("first").dt.strftime("%Y-%m").alias("起始月份"),
            pl.col("last").dt.strftime("%Y-%m").alias("截止月份"),
            pl.col("months_left").alias("剩余月数"),
        ]
    columns += [
        pl.when("provisional")
        .then(pl.lit("计入（暂定：同一对象更早的一行待定）"))
        .when("granted")
        .then(pl.lit("计入"))
        .otherwise(pl.lit("不计入"))
        .alias("是否计入"),
        yields_column(results, scheme).alias("不计入的原因"),
    ]
    frame = results.frame(scheme.id).filter(pl.col("outcome") == "entitled")
    return frame.select(columns).collect()


def undetermined(results: Results, scheme: type[Scheme]) -> pl.DataFrame:
    """Those undetermined: which conditions are unknown, which facts are missing, what blocks."""
    sets = results.unknowns.filter(pl.col("scheme") == scheme.id)
    told = pl.DataFrame(
        {
            "unknown": sets["number"].cast(pl.Int32),
            "缺少的事实": ["、".join(labels) for labels in sets["labels"]],
            "未定的标准": [blocking_words(results.district, names) for names in sets["blocked_by"]],
        },
        schema={"unknown": pl.Int32, "缺少的事实": pl.String, "未定的标准": pl.String},
    )
    return (
        with_reasons(results, scheme.id, "undetermined")
        .join(told.lazy(), on="unknown", how="left", maintain_order="left")
        .select(
            *about(results, scheme),
            *law_column(scheme),
            pl.col("缺少的事实").fill_null(""),
            pl.col("未定的标准").fill_null(""),
            pl.col("reason").alias("因此未知的条件"),
        )
        .collect()
    )


def refused(results: Results, scheme: type[Scheme], *, one_short: bool) -> pl.LazyFrame:
    """Those not entitled with the reason; or only those who are one condition away, and which."""
    rows = with_reasons(results, scheme.id, "not_entitled")
    if one_short:
        rows = rows.filter(pl.col("one_short") != "")
    told = "one_short" if one_short else "reason"
    head = "差在哪一项" if one_short else "不符合的原因"
    return rows.select(*about(results, scheme), *law_column(scheme), pl.col(told).alias(head))


def to_recover(results: Results, scheme: type[Scheme]) -> pl.DataFrame:
    """Rows of which money already paid is to be returned, in fen."""
    frame = results.frame(scheme.id).filter(pl.col("recover") > 0)
    return frame.select(*about(results, scheme), pl.col("recover").alias("应追回金额")).collect()


def blocking_words(district: District, names: list[str]) -> str:
    """Open parameters in words."""
    return "、".join(
        district.parameters[name].label if name in district.parameters else name for name in names
    )
