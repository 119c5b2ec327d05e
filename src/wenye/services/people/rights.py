"""Rights of the people whose data this is: objection, retention and a copy.

Registers are kept on a statutory duty, so that people are told rather than asked (the purposes and
their bases stand in ``audit.record.BASES``); consent (``contact``) covers what goes beyond.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.db import transaction
from django.utils import timezone

from wenye.registers import vault
from wenye.registers.schema import KEY
from wenye.registers.snapshot import sync
from wenye.registers.store import IDENTITY
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.people.adopting import snapshots_folder
from wenye.services.people.loading import in_use
from wenye.services.people.models import Correction, Objection, Person

# -- objection (article 24) -------------------------------------------------------------------


def objected(person_key: int, scheme_id: str) -> bool:
    """Whether they want no automated decision on a scheme (or on any): a person decides then."""
    return scheme_id in objections(person_key) or "" in objections(person_key)


def objections(person_key: int) -> set[str]:
    """The schemes that somebody has objected to; an empty id stands for every scheme."""
    standing = Objection.objects.standing().filter(person_key=person_key)
    return set(standing.values_list("scheme", flat=True))


def objectors(scheme_id: str) -> set[int]:
    """Everybody who has objected to a scheme, or to all: what a run asks once."""
    standing = Objection.objects.standing().filter(scheme__in=["", scheme_id])
    return set(standing.values_list("person_key", flat=True))


def object_to(acting: Acting, person_key: int, scheme_id: str, reason: str = "") -> Objection:
    """Object to automated decisions on one scheme, or on every one (an empty id)."""
    with transaction.atomic():
        standing = Objection.objects.standing().select_for_update()
        found = standing.filter(person_key=person_key, scheme=scheme_id).first()
        if found is not None:
            return found
        made = Objection.objects.create(
            person_key=person_key,
            scheme=scheme_id,
            reason=reason.strip()[:1000],
            made_by=acting.user_id,
        )
        _note(acting, "objection.make", person_key, scheme_id)
    return made


def withdraw_objection(acting: Acting, person_key: int, scheme_id: str) -> None:
    """Take an objection back."""
    with transaction.atomic():
        standing = Objection.objects.standing().select_for_update()
        if standing.filter(person_key=person_key, scheme=scheme_id).update(
            withdrawn_at=timezone.now()
        ):
            _note(acting, "objection.withdraw", person_key, scheme_id)


def _note(acting: Acting, verb: str, person_key: int, scheme_id: str) -> None:
    record.change(
        acting,
        verb,
        "person",
        person_key,
        person=person_key,
        purpose=Purpose.COUNTER if acting.is_officer else Purpose.OWN,
        detail={"scheme": scheme_id},
    )


# -- retention (article 47) --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Anonymised:
    """Who was made anonymous, and who was left since work with them is still on record."""

    people: tuple[int, ...]
    kept: tuple[int, ...]
    dry_run: bool


def anonymise(before: dt.date, *, acting: Acting | None = None, dry_run: bool = True) -> Anonymised:
    """Take name, numbers and birthday from people who left the registers before a day.

    Whoever has a case, an offer or anything else of the service's own stays until that is gone.
    Keys stay: they are never given to anybody else. With ``dry_run`` nothing is changed.
    """
    with transaction.atomic():
        gone = Person.objects.select_for_update().filter(
            closed=True, closed_at__date__lt=before, anonymised_at__isnull=True
        )
        keys = set(gone.values_list("pk", flat=True))
        kept = _with_work(keys)
        chosen = sorted(keys - kept)
        found = Anonymised(tuple(chosen), tuple(sorted(kept)), dry_run)
        if dry_run or not chosen:
            return found
        for start in range(0, len(chosen), 500):
            some = chosen[start : start + 500]
            Person.objects.filter(pk__in=some).update(
                name="",
                name_order=b"",
                number="",
                number_blind=None,
                phone="",
                phone_blind=None,
                account="",
                account_blind=None,
                extra={},
                birth_date=None,
                digest=0,
                anonymised_at=timezone.now(),
            )
            Correction.objects.filter(person_key__in=some).update(value=None, reason="", answer="")
        for key in chosen:
            record.change(acting, "person.anonymise", "person", key, person=key)
        _forget(chosen)
    return found


def _with_work(keys: set[int]) -> set[int]:
    """Those with cases, offers and the like; contact, consents and corrections do not count."""
    own = {Correction._meta.label, "people.Consent", "people.Objection", "accounts.User"}
    return in_use(Person, keys, apart=own, contact=False)


def _forget(keys: Iterable[int]) -> None:
    """Take names and numbers out of every identity file; a key keeps a mark that nobody bears."""
    wanted = list(keys)
    folders = [path for path in snapshots_folder().iterdir() if _holds_identities(path)]
    for folder in folders:
        who = vault.read_identities(folder)
        forgotten = (pl.col("register") == "people") & pl.col(KEY).is_in(wanted)
        mark = "~" + pl.col(KEY).cast(pl.String)
        without = who.with_columns(
            number=pl.when(forgotten).then(mark).otherwise(pl.col("number")),
            name=pl.when(forgotten).then(pl.lit("")).otherwise(pl.col("name")),
        )
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".forgetting-") as made:
            vault.write_identities(Path(made), without, vault.read_key(vault.key_path(folder)))
            sync(Path(made))
            os.replace(Path(made) / IDENTITY, folder / IDENTITY)


def _holds_identities(folder: Path) -> bool:
    return folder.is_dir() and (folder / IDENTITY).is_file()
