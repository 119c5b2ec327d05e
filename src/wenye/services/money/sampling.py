"""Samples of payments for a look afterwards: by scheme, with probability proportional to amount.

Within a scheme the payments are put in an order of chance and drawn at equal steps along their
summed amounts, so that each is drawn with exactly ``n × amount ÷ total``. A payment larger than a
step is drawn for certain. Seed and frame are kept: the same draw can be made again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.money.approved import reviewers_of
from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.estimating import Estimates, Looked, estimate
from wenye.services.money.models import BatchLine, Instalment, Sample, SampledPayment


@dataclass(frozen=True, slots=True)
class Drawn:
    """One payment drawn; its probability is ``share / whole``."""

    id: int
    stratum: str
    share: int
    whole: int


def draw(frame: Mapping[str, Sequence[tuple[int, int]]], size: int, seed: int) -> list[Drawn]:
    """Draw about ``size`` payments from a frame: stratum → (id, fen), in a fixed order.

    Every stratum gives at least two, where it has them.
    """
    chance = random.Random(seed)
    found: list[Drawn] = []
    for stratum, count in sorted(allocated(frame, size).items()):
        found += _drawn(stratum, list(frame[stratum]), count, chance)
    return found


def allocated(frame: Mapping[str, Sequence[tuple[int, int]]], size: int) -> dict[str, int]:
    """How many each stratum gives: by its amount, two at least, all at most."""
    whole = sum(fen for rows in frame.values() for _id, fen in rows)
    found = {}
    for stratum, rows in frame.items():
        if rows:
            share = sum(fen for _id, fen in rows) * size
            found[stratum] = min(len(rows), max(2, (share + whole // 2) // whole))
    return found


def _drawn(
    stratum: str, rows: list[tuple[int, int]], count: int, chance: random.Random
) -> list[Drawn]:
    certain: list[Drawn] = []
    while count and rows:
        whole = sum(fen for _id, fen in rows)
        large = [row for row in rows if row[1] * count >= whole]
        if not large:
            break
        certain += [Drawn(pk, stratum, 1, 1) for pk, _fen in large]
        rows = [row for row in rows if row[1] * count < whole]
        count -= len(large)
    if not rows or count <= 0:
        return certain
    chance.shuffle(rows)
    whole = sum(fen for _id, fen in rows)
    # Steps in units of 1/count fen, so that everything stays whole.
    at = chance.randrange(whole)
    drawn, passed = [], 0
    for pk, fen in rows:
        passed += fen * count
        if at < passed:
            drawn.append(Drawn(pk, stratum, fen * count, whole))
            at += whole
    return certain + drawn


def frame_of(first: dt.date, last: dt.date) -> dict[str, list[tuple[int, int]]]:
    """Every payment that the bank confirmed in those days, by scheme."""
    found: dict[str, list[tuple[int, int]]] = {}
    rows = (
        Instalment.objects.paid()
        .filter(paid_on__gte=first, paid_on__lte=last)
        .order_by("pk")
        .values_list("pk", "scheme", "amount_fen")
    )
    for pk, scheme, fen in rows:
        found.setdefault(scheme, []).append((pk, int(fen or 0)))
    return found


def take_sample(
    acting: Acting, first: dt.date, last: dt.date, size: int, seed: int | None = None
) -> Sample:
    """Draw a sample of the payments of those days and keep how it was drawn."""
    if last < first:
        raise MoneyError(_("截止日早于起始日。"))
    if not 2 <= size <= 5000:
        raise MoneyError(_("样本量应在2到5000之间。"))
    chosen = secrets.randbelow(2**31) if seed is None else seed
    with transaction.atomic():
        frame = frame_of(first, last)
        if not frame:
            raise MoneyError(_("这段时间没有支付成功的款项。"), mend=_("请换一段时间。"))
        drawn = draw(frame, size, chosen)
        strata = {
            name: {
                "number": len(rows),
                "fen": sum(fen for _id, fen in rows),
                "drawn": sum(each.stratum == name for each in drawn),
            }
            for name, rows in frame.items()
        }
        sample = Sample.objects.create(
            first_day=first,
            last_day=last,
            size=len(drawn),
            seed=chosen,
            frame_digest=digest_of(frame),
            strata=strata,
            made_by=acting.user_id,
        )
        SampledPayment.objects.bulk_create(
            [
                SampledPayment(
                    sample=sample,
                    instalment_id=each.id,
                    stratum=each.stratum,
                    share_fen=each.share,
                    whole_fen=each.whole,
                )
                for each in drawn
            ],
            batch_size=500,
        )
        record.change(
            acting,
            "money.sample.take",
            "sample",
            sample.pk,
            detail={"size": len(drawn), "seed": chosen, "frame": sample.frame_digest},
        )
    return sample


def digest_of(frame: Mapping[str, Sequence[tuple[int, int]]]) -> str:
    """SHA-256 of everything that could have been drawn."""
    text = "\n".join(f"{name} {pk} {fen}" for name in sorted(frame) for pk, fen in frame[name])
    return hashlib.sha256(text.encode()).hexdigest()


def find(acting: Acting, pk: int, error_fen: int, finding: str) -> SampledPayment:
    """Record what was found about one payment: 0 for nothing wrong; negative: too little paid.

    Whoever reviewed the case or paid it does not look at it.
    """
    with transaction.atomic():
        row = (
            SampledPayment.objects.select_for_update(of=("self",))
            .select_related("instalment")
            .get(pk=pk)
        )
        if row.error_fen is not None:
            raise TooLate(_("这一笔已经有核查结果。"))
        case_id = row.instalment.case_id
        payers = BatchLine.objects.filter(instalment_id=row.instalment_id).values_list(
            "batch__made_by", "batch__approved_by"
        )
        hands = {user for pair in payers.order_by("pk") for user in pair}
        if acting.user_id in reviewers_of([case_id]).get(case_id, set()) | hands:
            raise SecondPersonNeeded(_("您经手过这一笔，请换人核查。"))
        if error_fen > (row.instalment.amount_fen or 0):
            raise MoneyError(_("多付的差错不会超过所付的金额。"))
        if error_fen and not finding.strip():
            raise MoneyError(_("有差错时，请写明发现了什么。"))
        row.error_fen, row.finding = error_fen, finding.strip()
        row.looked_by, row.looked_at = acting.user_id, timezone.now()
        row.save()
        record.change(
            acting,
            "money.sample.find",
            "sampled_payment",
            row.pk,
            person=row.instalment.person_key,
            employer=row.instalment.employer_key,
            purpose=record.Purpose.AUDIT,
            detail={"error_fen": error_fen},
        )
    return row


def estimates(sample: Sample) -> tuple[Estimates | None, int]:
    """What the sample says, and how many are still to be looked at: it speaks at none."""
    rows = list(sample.payments.select_related("instalment").order_by("pk"))
    looked = [
        Looked(row.stratum, row.probability, int(row.instalment.amount_fen or 0), row.error_fen)
        for row in rows
        if row.error_fen is not None
    ]
    left = len(rows) - len(looked)
    if left:
        return None, left
    return (
        estimate(
            looked,
            {name: each["number"] for name, each in sample.strata.items()},
            {name: each["fen"] for name, each in sample.strata.items()},
        ),
        0,
    )
