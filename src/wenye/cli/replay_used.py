"""``wenye replay --used``: decisions on which something rests, done again from their receipts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from wenye.cli.service_home import ServiceError, open_service

if TYPE_CHECKING:
    from wenye.services.decisions.models import UsedDecision


def replay_used(
    which: str, sample: int, seed: int, home: Path | None, database: str | None, json: bool
) -> None:
    """One decision by its receipt or number, or a sample of all; exit code 1 where one differs."""
    open_service(home, database)
    from wenye.cli.output import print_json
    from wenye.cli.progress import progress
    from wenye.services.decisions.deciding import differences

    chosen = _chosen(which, sample, seed)
    differing: list[dict[str, Any]] = []
    with progress() as report:
        for done, used in enumerate(chosen, 1):
            found = differences(used)
            if found:
                differing.append(
                    {
                        "id": used.pk,
                        "receipt": used.receipt,
                        "scheme": used.scheme,
                        "subject": f"{used.register}:{used.subject_key}",
                        "differences": found,
                    }
                )
            report("重做 / again", done, len(chosen))
    if json:
        print_json({"same": not differing, "decided": len(chosen), "differences": differing})
    else:
        for each in differing[:20]:
            typer.echo(f"✗ {each['id']} {each['scheme']} {each['subject']}")
            for line in each["differences"]:
                typer.echo(f"   {line}")
        if differing:
            typer.echo(f"重做 {len(chosen):,} 个判定，{len(differing):,} 个不同 / that differ")
        else:
            typer.echo(f"✓ 由回执重做 {len(chosen):,} 个用过的判定，逐项相同 / all the same")
    if differing:
        raise typer.Exit(1)


def _chosen(which: str, sample: int, seed: int) -> list[UsedDecision]:
    import random

    from wenye.services.decisions.models import UsedDecision

    if which:
        # A number, or a receipt or the beginning of one.
        found = list(UsedDecision.objects.filter(receipt__startswith=which).order_by("pk")[:50])
        if not found and which.isascii() and which.isdigit() and len(which) < 19:
            found = list(UsedDecision.objects.filter(pk=int(which)))
        if not found:
            raise ServiceError(
                "没有这个判定 / no such decision",
                where=which,
                mend="写回执编号或序号，见“用过的判定”页 / a receipt or number, from the page",
            )
        return found
    keys = list(UsedDecision.objects.order_by("pk").values_list("pk", flat=True))
    if len(keys) > sample:
        keys = sorted(random.Random(seed).sample(keys, sample))
    return list(UsedDecision.objects.filter(pk__in=keys).order_by("pk"))
