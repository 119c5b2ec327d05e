"""Confirming values: one officer states value and source, a second one signs; then it counts.

Signed values are written into the service's file of confirmations (``policy.confirmations``) in one
step: a reader finds the old file or the new one. What cannot hold is refused before it is written.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.determination.judging import judged, programs
from wenye.policy.district import District, load_district
from wenye.policy.errors import PolicyError
from wenye.policy.units import exact
from wenye.rules import calendar
from wenye.rules.lookups import Lookups
from wenye.rules.scheme import Scheme
from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.decisions.decisive import readers
from wenye.services.decisions.district import confirmations_file, district
from wenye.services.decisions.facts import facts
from wenye.services.decisions.models import ProposedValue


class ValueRefused(ValueError):
    """A value that cannot be proposed or signed, in words."""

    def __init__(self, what: str, mend: str = "", status: int = 400) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.status = status


def propose(
    acting: Acting, parameter: str, since: dt.date, value: str, source: str, note: str = ""
) -> ProposedValue:
    """Put a value before a second officer; refused at once where it could not hold."""
    here = district()
    if parameter not in here.details:
        raise ValueRefused(_("没有这项标准。"))
    if not source.strip():
        raise ValueRefused(_("请写来源：文件名称、文号、页码，或存档编号。"))
    proposal = ProposedValue(
        parameter=parameter,
        since=since,
        value=value.strip(),
        source=source.strip(),
        note=note.strip(),
        proposed_by=acting.user_id,
        proposer=_name(acting),
        proposed_on=timezone.localdate(),
    )
    tried(proposal)
    try:
        with transaction.atomic():
            proposal.save()
            record.change(acting, "value.propose", "value", proposal.pk)
    except IntegrityError:
        raise ValueRefused(_("这一天的这项标准已经有人提出，或已经确认。"), status=409) from None
    return proposal


def sign(acting: Acting, pk: int) -> ProposedValue:
    """The second signature: from now on the value counts."""
    with transaction.atomic():
        proposal = ProposedValue.objects.select_for_update().get(pk=pk)
        _still_open(proposal)
        if proposal.proposed_by == acting.user_id:
            raise ValueRefused(_("提出的人不能自己复核。"), _("请另一位审核员复核。"), status=403)
        proposal.state = ProposedValue.SIGNED
        proposal.signed_by = acting.user_id
        proposal.signer = _name(acting)
        proposal.signed_on = timezone.localdate()
        proposal.save()
        record.change(acting, "value.sign", "value", proposal.pk)
        with _alone():
            _write(proposal)
    return proposal


def withdraw(acting: Acting, pk: int) -> ProposedValue:
    """Take a proposal back that nobody has signed."""
    with transaction.atomic():
        proposal = ProposedValue.objects.select_for_update().get(pk=pk)
        _still_open(proposal)
        proposal.state = ProposedValue.WITHDRAWN
        proposal.save()
        record.change(acting, "value.withdraw", "value", proposal.pk)
    return proposal


def _still_open(proposal: ProposedValue) -> None:
    if proposal.state != ProposedValue.PROPOSED:
        raise ValueRefused(_("这项确认刚被别人处理过。"), status=409)


def _name(acting: Acting) -> str:
    """The officer by name and login: two people of one name are two people."""
    login = User.objects.values_list("username", flat=True).get(pk=acting.user_id)
    return f"{acting.name}（{login}）"


# -- the file ------------------------------------------------------------


def entry(proposal: ProposedValue) -> str:
    """A proposal as the file has it; one not signed yet stands as if it were, to be tried out."""
    pairs = {
        "parameter": proposal.parameter,
        "since": proposal.since.isoformat(),
        "value": _yaml(proposal.value),
        "source": json.dumps(proposal.source, ensure_ascii=False),
        "confirmed_by": json.dumps(proposal.proposer, ensure_ascii=False),
        "confirmed_on": proposal.proposed_on.isoformat(),
        "checked_by": json.dumps(proposal.signer or _("（待复核）"), ensure_ascii=False),
        "checked_on": (proposal.signed_on or proposal.proposed_on).isoformat(),
    }
    if proposal.note:
        pairs["note"] = json.dumps(proposal.note, ensure_ascii=False)
    lines = [f"{name}: {value}" for name, value in pairs.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def _yaml(value: str) -> str:
    if re.fullmatch(r"-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2}|是|否", value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _with(proposal: ProposedValue) -> str:
    file = confirmations_file()
    text = file.read_text(encoding="utf-8") if file.is_file() else "confirmations:\n"
    if not text.endswith("\n"):
        text += "\n"
    return text + entry(proposal)


def tried(proposal: ProposedValue) -> District:
    """The district as it would be with the value; ValueRefused where it cannot hold."""
    parameter = district().details[proposal.parameter]
    try:
        exact(parameter.unit, proposal.value)
    except ValueError:
        raise ValueRefused(
            _("“%(value)s”不是这项标准可用的值（单位：%(unit)s）。")
            % {"value": proposal.value, "unit": parameter.unit.name}
        ) from None
    # Its own for each trial: threads of one process try values at the same time.
    trial = confirmations_file().with_name(f".confirmations-{secrets.token_hex(8)}.trial.yaml")
    trial.parent.mkdir(parents=True, exist_ok=True)
    trial.write_text(_with(proposal), encoding="utf-8")
    try:
        return load_district(settings.DISTRICT, confirmations=trial, today=timezone.localdate())
    except PolicyError as error:
        raise ValueRefused(
            _("这个值和现有标准对不上，不能确认。"), str(error).replace(str(trial), "")
        ) from None
    finally:
        trial.unlink(missing_ok=True)


def _write(proposal: ProposedValue) -> None:
    tried(proposal)
    file = confirmations_file()
    made = file.with_name(f".{file.name}.new")
    with made.open("w", encoding="utf-8") as out:
        out.write(_with(proposal))
        out.flush()
        os.fsync(out.fileno())
    made.replace(file)


@contextmanager
def _alone() -> Iterator[None]:
    """One writer at a time, in whichever process."""
    lock = Path(settings.HOME) / ".confirmations.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


# -- what it would change ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Effect:
    """One scheme before and after, in numbers of the district's rows."""

    scheme: str
    title: str
    title_en: str
    entitled: tuple[int, int]
    payable: tuple[int, int]
    undetermined: tuple[int, int]
    payable_fen: tuple[int, int]


def effect(proposal: ProposedValue) -> list[Effect]:
    """What the value would change on the district as the registers stand: reads every row."""
    now, then = district(), tried(proposal)
    day = calendar.code(facts().as_of)
    found = []
    for scheme in readers(proposal.parameter):
        both = [_numbers(side, side.scheme(scheme.id), day) for side in (now, then)]
        pairs = [tuple(side[place] for side in both) for place in range(4)]
        found.append(
            Effect(
                scheme.id,
                scheme.title,
                scheme.title_en or scheme.title,
                *pairs,  # type: ignore[arg-type]
            )
        )
    return found


def _numbers(here: District, scheme: type[Scheme], day: int) -> tuple[int, int, int, int]:
    tables = Lookups(facts())
    read = programs([scheme], day, here.parameters).gathered(tables).collect()
    rows = judged(scheme, tables, read, day, here.parameters)
    payable = rows.filter(pl.col("amount_status") == "payable")
    return (
        rows.filter(pl.col("outcome") == "entitled").height,
        payable.height,
        rows.filter(pl.col("outcome") == "undetermined").height,
        int(payable["amount"].sum() or 0),
    )
