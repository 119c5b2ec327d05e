"""The nightly run: everybody judged, and what they are entitled to offered.

``run`` may be killed at any point and called again: every stage is either done whole or done over,
and done over on the same facts changes nothing. What is long lies outside transactions; what is
written of one scheme is written in one.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import time
from collections.abc import Callable
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.determination.results import MANIFEST, Results, ResultsError
from wenye.determination.run import determine
from wenye.registers.errors import RegisterError
from wenye.registers.store import Registers, file_digest
from wenye.services.audit import record
from wenye.services.cases.deciding import deciding_day
from wenye.services.cases.errors import CaseRefused
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import facts, written
from wenye.services.offers import changes, findings
from wenye.services.offers.blocked import Drawing
from wenye.services.offers.confirming import confirm
from wenye.services.offers.entitled import Owners
from wenye.services.offers.errors import OfferRefused
from wenye.services.offers.flowing import flow_rows
from wenye.services.offers.locking import NightlyRefused, alone
from wenye.services.offers.making import Setting, bring_into_step
from wenye.services.offers.models import Offer, OfferChange, Run, RunChange, RunFlow
from wenye.services.offers.modes import offer_rules

Report = Callable[[str, int, int], None]
#: The stages in their order, with what people call them.
STAGES: dict[str, str] = {
    "facts": "写出当日事实",
    "judging": "判定",
    "findings": "查找差一项和缺的事实",
    "offers": "生成和撤回",
    "changes": "比较变化",
    "flow": "汇总",
    "complete": "完成",
}
#: Runs whose frames stay on the disk; of older ones the counts and the manifest remain.
KEPT = 10
_log = logging.getLogger("wenye.offers")


def run(on: dt.date | None = None, report: Report | None = None) -> dict[str, Any]:
    """Judge everybody as at ``on`` and bring the offers into step; the run's counts.

    NightlyRefused where another run is under way, or a later day has been judged already.
    """
    day = on or deciding_day()
    with alone():
        _no_later_run(day)
        with transaction.atomic():
            row, _made = Run.objects.get_or_create(on=day)
            row.state, row.failure = Run.RUNNING, ""
            row.attempts += 1
            row.seen_at = timezone.now()
            row.save()
        night = _Night(row, report)
        try:
            night.through()
        except Exception as error:
            words = str(getattr(error, "what", "")) or type(error).__name__
            Run.objects.filter(pk=row.pk).update(state=Run.FAILED, failure=words[:300])
            _log.error("nightly failed", extra={"stage": row.stage, "error": type(error).__name__})
            raise
    return {"on": day.isoformat(), **row.counts}


def _no_later_run(day: dt.date) -> None:
    later = Run.objects.filter(on__gt=day, state=Run.COMPLETE).first()
    if later is not None:
        raise NightlyRefused(
            _("已经判定过更晚的一天（%(day)s），不能再倒回去。") % {"day": later.on.isoformat()},
            where=day.isoformat(),
            mend=_("用 --on 指定同一天或更晚的日子。"),
        )


class _Night:
    """One run on its way through the stages."""

    def __init__(self, row: Run, report: Report | None) -> None:
        self.row = row
        self._report = report
        self._told = 0.0
        self._held: dict[str, pl.DataFrame] = {}

    def through(self) -> None:
        """All stages."""
        self._at("facts", 0, 1)
        registers = self._facts()
        results = self._judged(registers)
        self._at("findings", 0, 1)
        findings.write(self.row, results)
        before = self._before()
        self._offers(results, registers, before)
        self._changes(results, before)
        self._flow(results)
        self._complete()

    def _at(self, stage: str, done: int, total: int, *, always: bool = True) -> None:
        """Say how far the run is: to whoever watches, and in the database."""
        total = max(total, 1)
        if self._report is not None:
            self._report(STAGES[stage], done, total)
        now = time.monotonic()
        if not always and now - self._told < 1:
            return
        self._told = now
        self.row.stage, self.row.done, self.row.total = stage, done, total
        self.row.seen_at = timezone.now()
        self.row.save(update_fields=["stage", "done", "total", "seen_at"])

    # -- stages ---------------------------------------------------------------------------------

    def _facts(self) -> Registers:
        folder = self.row.folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        registers = written(facts(), folder / "facts")
        here = district()
        self.row.facts_digest = registers.digest
        self.row.rules_digest = here.rules_digest
        self.row.parameters_digest = here.parameters_digest
        self.row.save(update_fields=["facts_digest", "rules_digest", "parameters_digest"])
        return registers

    def _judged(self, registers: Registers) -> Results:
        """The results on these facts and rules; judged only where they are not there yet."""
        results = _results(self.row)
        if results is None or not self._of_today(results):
            determine(
                registers,
                district(),
                self.row.on,
                self.row.results_folder,
                report=lambda what, done, total: self._at("judging", done, total, always=False),
            )
            results = Results.open(self.row.results_folder)
        self.row.manifest_digest = file_digest(self.row.results_folder / MANIFEST)
        self.row.save(update_fields=["manifest_digest"])
        return Results(results.folder, results.manifest, district())

    def _of_today(self, results: Results) -> bool:
        manifest = results.manifest
        return (
            manifest["registers"]["digest"] == self.row.facts_digest
            and manifest["rules_digest"] == self.row.rules_digest
            and manifest["parameters_digest"] == self.row.parameters_digest
            and manifest.get("only") is None
        )

    def _before(self) -> Results | None:
        """The results of the last run that was completed before, where its frames are kept."""
        earlier = Run.objects.filter(on__lt=self.row.on, state=Run.COMPLETE).order_by("-on").first()
        return None if earlier is None else _results(earlier)

    def _offers(self, results: Results, registers: Registers, before: Results | None) -> None:
        rules = offer_rules()
        here = Setting(
            self.row,
            results,
            before,
            Owners(registers),
            Drawing(registers, self.row.on),
            rules.dispatch_applies,
        )
        told = [rule for rule in rules.told() if rule.scheme in results.manifest["schemes"]]
        for done, rule in enumerate(told):
            self._at("offers", done, len(told), always=False)
            self._held[rule.scheme] = bring_into_step(rule, here)
        self._at("offers", len(told), len(told))
        self._no_longer_offered({rule.scheme for rule in told})
        self._notices_over()

    def _notices_over(self) -> None:
        """Notices that were heard, and to which nobody objected in time, are taken up."""
        over = Offer.objects.filter(
            mode=Offer.NOTICE, state=Offer.HEARD, live=True, objections_until__lt=self.row.on
        )
        for offer in list(over.order_by("id")):
            try:
                confirm(offer, None)
            except (OfferRefused, CaseRefused) as refusal:
                _log.info("notice stays", extra={"offer": offer.pk, "why": refusal.what})

    def _no_longer_offered(self, told: set[str]) -> None:
        """Waiting offers of schemes that are not offered any more are taken back."""
        why = {"outcome": "", "reason": "这个项目不再由系统主动提供", "flipped": [], "law": []}
        with transaction.atomic():
            rest = list(
                Offer.objects.filter(live=True, state__in=Offer.UNANSWERED)
                .exclude(scheme__in=told)
                .select_for_update()
                .order_by("id")
                .values_list("pk", flat=True)
            )
            for start in range(0, len(rest), 2_000):
                ids = rest[start : start + 2_000]
                Offer.objects.filter(pk__in=ids).update(
                    state=Offer.LAPSED, live=False, why=why, last_run=self.row
                )
                OfferChange.objects.bulk_create(
                    OfferChange(offer_id=pk, run=self.row, kind=OfferChange.LAPSED, why=why)
                    for pk in ids
                )

    def _changes(self, results: Results, before: Results | None) -> None:
        self._at("changes", 0, 1)
        rows: list[RunChange] = []
        if before is not None:
            for scheme in results.manifest["schemes"]:
                rows += [
                    RunChange(run=self.row, scheme=scheme, **each)
                    for each in changes.counted(before, results, scheme)
                ]
        with transaction.atomic():
            RunChange.objects.filter(run=self.row).delete()
            RunChange.objects.bulk_create(rows, batch_size=2_000)

    def _flow(self, results: Results) -> None:
        self._at("flow", 0, 1)
        rows = flow_rows(self.row, results, self._held)
        with transaction.atomic():
            RunFlow.objects.filter(run=self.row).delete()
            RunFlow.objects.bulk_create(rows, batch_size=2_000)

    def _complete(self) -> None:
        row = self.row
        with transaction.atomic():
            row.counts = self._counts()
            row.stage, row.done, row.total = "complete", 1, 1
            row.state = Run.COMPLETE
            row.finished_at = row.seen_at = timezone.now()
            row.save()
            record.change(None, "nightly.complete", "run", row.pk, detail=row.counts["offers"])
        _tidy(row)
        self._at("complete", 1, 1)

    def _counts(self) -> dict[str, Any]:
        row = self.row
        kinds = dict(
            OfferChange.objects.filter(run=row)
            .order_by()
            .values_list("kind")
            .annotate(number=Count("id"))
        )
        modes = dict(
            Offer.objects.filter(first_run=row)
            .order_by()
            .values_list("mode")
            .annotate(number=Count("id"))
        )
        held: dict[str, int] = {}
        for frame in self._held.values():
            for reason, number in frame.group_by("reason").len().iter_rows():
                held[reason] = held.get(reason, 0) + number
        told = modes.pop(Offer.INFORMATION, 0)
        flow = RunFlow.objects.filter(run=row)
        sums = {name: 0 for name in ("judged", "entitled", "not_entitled", "undetermined")}
        for each in flow.values_list(*sums).iterator():
            for name, number in zip(sums, each, strict=True):
                sums[name] += number
        return {
            **sums,
            "offers": {
                "made": sum(modes.values()),
                "told": told,
                **{kind: kinds.get(kind, 0) for kind, _label in OfferChange.KINDS},
            },
            "modes": modes,
            "held_back": dict(sorted(held.items())),
        }


def _results(row: Run) -> Results | None:
    """A run's results, where they can be read."""
    try:
        opened = Results.open(row.results_folder)
    except ResultsError:
        return None
    return Results(opened.folder, opened.manifest, district())


def results_of(row: Run) -> Results | None:
    """A run's results for pages; None where its frames are no longer kept."""
    return _results(row)


def registers_of(row: Run) -> Registers | None:
    """The facts on which a run judged; None where they are no longer kept."""
    try:
        return Registers.open(row.folder / "facts")
    except RegisterError:
        return None


def _tidy(row: Run) -> None:
    """Let go of the frames and facts of old runs; their manifests stay."""
    for old in Run.objects.filter(on__lt=row.on).order_by("-on")[KEPT - 1 :]:
        results = old.results_folder
        if not results.is_dir():
            continue
        manifest = results / MANIFEST
        if manifest.is_file():
            shutil.copyfile(manifest, old.folder / MANIFEST)
        shutil.rmtree(results, ignore_errors=True)
        shutil.rmtree(old.folder / "facts", ignore_errors=True)
