"""Bringing a scheme's offers into step with what a run found: all of them at once, or none.

What is wanted is compared with what stands; only what differs is written. Done again on the same
findings, nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from wenye.determination.results import Results
from wenye.registers.schema import KEY
from wenye.services.audit import record
from wenye.services.cases.workflows import add_working_days
from wenye.services.offers.blocked import Drawing, objectors, with_cases
from wenye.services.offers.changes import lapse_reasons
from wenye.services.offers.entitled import COLUMNS, Found, Owners, found
from wenye.services.offers.models import Notification, Offer, OfferChange, Run
from wenye.services.offers.modes import OfferRule

BATCH = 2_000
#: What is compared: a standing offer that differs in one of these has changed.
_TOLD = ("mode", "amount_fen", "amount_status", "months_left", "law", "town")
_HAVE: dict[str, Any] = {
    "id": pl.Int64,
    KEY: pl.Int32,
    "state": pl.String,
    "person_key": pl.Int32,
    "employer_key": pl.Int32,
    "mode": pl.String,
    "amount_fen": pl.Int64,
    "amount_status": pl.String,
    "months_left": pl.Int32,
    "law": pl.String,
    "town": pl.String,
}


@dataclass(frozen=True)
class Setting:
    """What all schemes of one run share."""

    run: Run
    results: Results
    #: The results of the run before, where there are any.
    before: Results | None
    owners: Owners
    drawing: Drawing
    dispatch_applies: bool


def bring_into_step(rule: OfferRule, given: Setting) -> pl.DataFrame:
    """Make, change, and withdraw one scheme's offers; what was held back (key, town, reason)."""
    of = found(given.results, rule, given.owners, given.dispatch_applies)
    with transaction.atomic():
        return _Scheme(rule, given, of).all_done()


class _Scheme:
    """One scheme's findings and standing offers, within one transaction."""

    def __init__(self, rule: OfferRule, given: Setting, of: Found) -> None:
        self.rule = rule
        self.given = given
        self.now = timezone.now()
        self.want = of.rows
        self.held = [of.held]
        self.have = _standing(rule.scheme)
        self.cases = with_cases(rule.scheme)
        self.definition = given.results.schemes[rule.scheme]

    def all_done(self) -> pl.DataFrame:
        """The held-back rows, once everything is written."""
        self._applied_by_themselves()
        drawing = self.given.drawing.among(self.definition, self.want)
        self._no_longer(drawing, "drawing", "正在享受，不再另行提供")
        against = objectors(self.rule.scheme, self.want["person_key"].drop_nulls().to_list())
        objecting = self.want.filter(pl.col("person_key").is_in(list(against))).select(KEY)
        self._no_longer(objecting, "objection", "本人反对自动决定", kind=OfferChange.WITHDRAWN)
        self._lapsed()
        self._changed()
        self._new()
        return pl.concat(self.held)

    def _take_from_want(self, keys: pl.DataFrame, reason: str) -> None:
        taken = self.want.join(keys, on=KEY, how="semi")
        offered = self.have.join(taken, on=KEY, how="semi")
        rest = taken.join(offered, on=KEY, how="anti")
        self.held.append(rest.select(KEY, "town", pl.lit(reason).alias("reason")))
        self.want = self.want.join(keys, on=KEY, how="anti")

    def _applied_by_themselves(self) -> None:
        """Whoever has a case needs no offer; one that waits is answered by the case."""
        waiting = self.have.filter(pl.col("state").is_in(list(Offer.UNANSWERED)))
        met = waiting.join(self.cases, on=KEY, how="inner")
        for offer_id, number in met.select("id", "number").iter_rows():
            Offer.objects.filter(pk=offer_id).update(
                state=Offer.APPLIED,
                case_number=number,
                answered_at=self.now,
                last_run=self.given.run,
                why={"reason": "已自行申请"},
            )
        self._note(met["id"].to_list(), OfferChange.APPLIED, {"reason": "已自行申请"})
        self.have = self.have.join(met, on="id", how="anti").vstack(
            met.select(*_HAVE).with_columns(pl.lit(Offer.APPLIED).alias("state"))
        )
        known = self.have.select(KEY)
        self._take_from_want(self.cases.join(known, on=KEY, how="anti").select(KEY), "case")

    def _no_longer(
        self, keys: pl.DataFrame, reason: str, words: str, kind: str = OfferChange.LAPSED
    ) -> None:
        """Waiting offers to these are taken back, and no new ones made."""
        waiting = self.have.filter(pl.col("state").is_in(list(Offer.UNANSWERED)))
        hit = waiting.join(keys, on=KEY, how="semi")
        state = Offer.WITHDRAWN if kind == OfferChange.WITHDRAWN else Offer.LAPSED
        why = {"outcome": "entitled", "reason": words, "flipped": [], "law": []}
        for ids in _batches(hit["id"].to_list()):
            Offer.objects.filter(pk__in=ids).update(
                state=state, live=False, last_run=self.given.run, why=why
            )
        self._note(hit["id"].to_list(), kind, why)
        self.have = self.have.join(hit, on="id", how="anti")
        self._take_from_want(keys, reason)

    def _lapsed(self) -> None:
        """Standing offers whose entitlement is no longer there."""
        gone = self.have.join(self.want, on=KEY, how="anti")
        # What is merely not known today (data come late) takes nothing from anybody: the offer
        # stays, and a yes to it is decided on the facts of then.
        gone = gone.join(self._undetermined(), on=KEY, how="anti")
        if gone.is_empty():
            return
        self.have = self.have.join(gone, on="id", how="anti")
        given = self.given
        keys = gone[KEY].to_list()
        reasons = lapse_reasons(given.before, given.results, self.rule.scheme, keys)
        changes, offers = [], []
        waits = {*Offer.UNANSWERED}
        for offer_id, key, state in gone.select("id", KEY, "state").iter_rows():
            lapsed = state in waits
            why = reasons[key]
            changes.append(
                OfferChange(
                    offer_id=offer_id,
                    run=given.run,
                    kind=OfferChange.LAPSED if lapsed else OfferChange.OVER,
                    why=why,
                    at=self.now,
                )
            )
            offers.append(
                Offer(
                    pk=offer_id,
                    state=Offer.LAPSED if lapsed else state,
                    live=False,
                    why=why,
                    last_run=given.run,
                )
            )
        Offer.objects.bulk_update(offers, ["state", "live", "why", "last_run"], batch_size=500)
        OfferChange.objects.bulk_create(changes, batch_size=BATCH)
        record.change(
            None,
            "offer.lapse",
            "run",
            given.run.pk,
            detail={"scheme": self.rule.scheme, "offers": len(offers)},
        )

    def _undetermined(self) -> pl.DataFrame:
        """The subjects of which it is open whether they are entitled."""
        rows = self.given.results.frame(self.rule.scheme)
        return rows.filter(pl.col("outcome") == "undetermined").select(KEY).collect()

    def _changed(self) -> None:
        """Waiting offers that would be made otherwise today."""
        waiting = self.have.filter(pl.col("state").is_in(list(Offer.UNANSWERED)))
        joined = waiting.join(self.want, on=KEY, how="inner", suffix="_new")
        differs = pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}_new")) for n in _TOLD)
        rows = joined.filter(differs)
        offers, changes = [], []
        for row in rows.iter_rows(named=True):
            why = {
                "changed": {
                    name: [row[name], row[f"{name}_new"]]
                    for name in _TOLD
                    if row[name] != row[f"{name}_new"]
                }
            }
            values = {name: row[f"{name}_new"] for name in _TOLD}
            offers.append(Offer(pk=row["id"], why=why, last_run=self.given.run, **values))
            changes.append(
                OfferChange(
                    offer_id=row["id"],
                    run=self.given.run,
                    kind=OfferChange.CHANGED,
                    why=why,
                    at=self.now,
                )
            )
        Offer.objects.bulk_update(offers, [*_TOLD, "why", "last_run"], batch_size=500)
        OfferChange.objects.bulk_create(changes, batch_size=BATCH)

    def _new(self) -> None:
        """Offers to everybody who has none yet, each with a message in the inbox."""
        fresh = self.want.join(self.have, on=KEY, how="anti")
        register = self.definition.subject.register.name
        until = (
            add_working_days(self.given.run.on, self.rule.objection_days)
            if self.rule.mode == Offer.NOTICE
            else None
        )
        for rows in fresh.select(KEY, *COLUMNS).iter_slices(BATCH):
            made = Offer.objects.bulk_create(
                Offer(
                    scheme=self.rule.scheme,
                    subject_register=register,
                    subject_key=row.pop(KEY),
                    first_run=self.given.run,
                    last_run=self.given.run,
                    made_at=self.now,
                    objections_until=until if row["mode"] == Offer.NOTICE else None,
                    **row,
                )
                for row in rows.iter_rows(named=True)
            )
            Notification.objects.bulk_create(
                Notification(
                    offer=offer,
                    channel=Notification.INBOX,
                    state=Notification.SENT,
                    made_at=self.now,
                    changed_at=self.now,
                )
                for offer in made
            )
        if fresh.height:
            record.change(
                None,
                "offer.make",
                "run",
                self.given.run.pk,
                detail={"scheme": self.rule.scheme, "offers": fresh.height},
            )

    def _note(self, offers: Iterable[int], kind: str, why: dict[str, Any]) -> None:
        rows = [
            OfferChange(offer_id=pk, run=self.given.run, kind=kind, why=why, at=self.now)
            for pk in offers
        ]
        OfferChange.objects.bulk_create(rows, batch_size=BATCH)


def _standing(scheme: str) -> pl.DataFrame:
    """The scheme's live offers."""
    rows = (
        Offer.objects.filter(scheme=scheme, live=True)
        .select_for_update()
        .order_by("id")
        .values_list(*("subject_key" if name == KEY else name for name in _HAVE))
    )
    return pl.DataFrame(list(rows), schema=_HAVE, orient="row")


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
