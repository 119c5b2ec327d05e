"""Contacts made a second time: drawn at random with known chances, compared, and estimated."""

from __future__ import annotations

import datetime as dt
import math
import random
import secrets
from dataclasses import dataclass
from statistics import NormalDist

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.followup.assigning import workers
from wenye.services.followup.content import content
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.findings import next_month
from wenye.services.followup.models import Contact, Recontact, Sample


def draw(
    acting: Acting, month: dt.date, town: str, size: int | None = None, seed: str | None = None
) -> Sample:
    """Draw contacts of a month and town without replacement, each with the same chance.

    The same seed draws the same contacts again. FollowupRefused where there is nothing to draw.
    """
    wanted = content().sample["size"].value if size is None else size
    with transaction.atomic():
        # The seed is recorded before anything is drawn with it, and nobody may choose a sample.
        seed = secrets.token_hex(16) if seed is None else seed
        frame = frame_of(month, town)
        if not frame:
            raise FollowupRefused(
                _("这个月没有联系到本人的记录可抽。"), mend=_("请换一个月份或街镇。")
            )
        chosen = chosen_of(frame, wanted, seed)
        sample = Sample.objects.create(
            month=month,
            town=town,
            seed=seed,
            frame=len(frame),
            size=len(chosen),
            drawn_by=acting.user_id,
        )
        first = dict(Contact.objects.filter(pk__in=chosen).values_list("pk", "worker_id"))
        people = dict(Contact.objects.filter(pk__in=chosen).values_list("pk", "person_id"))
        staff = workers(timezone.localdate(), town).get(town, [])
        load: dict[int, int] = {each.user.pk: 0 for each in staff}
        items = []
        for contact in chosen:
            may = [
                each
                for each in staff
                if each.user.pk != first[contact] and people[contact] not in each.not_for
            ]
            second = min(may, key=lambda each: (load[each.user.pk], each.user.pk), default=None)
            if second is not None:
                load[second.user.pk] += 1
            items.append(
                Recontact(
                    sample=sample,
                    contact_id=contact,
                    town=town,
                    chance_of=len(chosen),
                    chance_in=len(frame),
                    second_worker=None if second is None else second.user,
                )
            )
        Recontact.objects.bulk_create(items)
        record.change(
            acting,
            "followup.sample",
            "sample",
            sample.pk,
            detail={"seed": seed, "frame": len(frame), "size": len(chosen)},
        )
    return sample


def frame_of(month: dt.date, town: str) -> list[int]:
    """Ids of the contacts that may be drawn: those said to have reached somebody."""
    rows = Contact.objects.standing().filter(
        town=town, reached=True, on__gte=month, on__lt=next_month(month)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def chosen_of(frame: list[int], size: int, seed: str) -> list[int]:
    """The same contacts for the same frame, size and seed."""
    return sorted(random.Random(seed).sample(frame, min(size, len(frame))))


def answer(
    acting: Acting,
    item_id: int,
    result: str,
    *,
    situation: str = "",
    accepts: str = "",
    note: str = "",
) -> Recontact:
    """What the second contact has shown; once, and not by whom the first one was made."""
    if result not in dict(Recontact.RESULTS):
        raise FollowupRefused(_("还缺一项：复核结果。"), mend=_("请选一项。"))
    if situation and situation not in content().situations:
        raise FollowupRefused(_("就业状态没有选对。"), mend=_("请从列表中选一项。"))
    if accepts and accepts not in dict(Contact.ACCEPTS):
        raise FollowupRefused(_("是否服从安排没有选对。"), mend=_("请从列表中选一项。"))
    with transaction.atomic():
        item = Recontact.objects.select_for_update().get(pk=item_id)
        if item.result:
            raise FollowupRefused(_("这一条已经复核过。"), mend=_("请看结果。"))
        contact = item.contact
        if contact.worker_id == acting.user_id:
            raise FollowupRefused(
                _("这次联系是您自己做的，要由别人复核。"), mend=_("请换一位同事。")
            )
        item.result, item.situation, item.accepts = result, situation, accepts
        item.note, item.at, item.second_worker_id = note.strip(), timezone.now(), acting.user_id
        item.save()
        record.change(
            acting,
            "followup.recontact",
            "recontact",
            item.pk,
            person=contact.person_id,
            purpose=Purpose.FOLLOW_UP,
            detail={"result": result},
        )
    return item


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of contacts that the person does not confirm, from those reached again."""

    answered: int
    not_confirmed: int
    not_reached: int
    open: int
    confidence: int
    #: Share and interval in tenths of a percent; None where nobody answered yet.
    rate: int | None
    low: int | None
    high: int | None
    #: Were all of those not reached to say no, and were they all to say yes.
    most: int | None
    least: int | None
    situation_differs: int
    accepts_differs: int

    @property
    def rate_words(self) -> str:
        """The share, as a percentage with one decimal."""
        return percent(self.rate)

    @property
    def interval_words(self) -> str:
        """The interval."""
        return _("暂无") if self.low is None else f"{percent(self.low)}–{percent(self.high)}"

    @property
    def bounds_words(self) -> str:
        """The share were all of those not reached to say yes, or no; empty where all were."""
        if not self.not_reached:
            return ""
        return f"{percent(self.least)}–{percent(self.most)}"


def percent(tenths: int | None) -> str:
    """12.3%; that there is nothing yet, where there is nothing."""
    return _("暂无") if tenths is None else f"{tenths // 10}.{tenths % 10}%"


def estimate(sample: Sample) -> Estimate:
    """What a sample says so far, with Wilson's interval."""
    items = list(sample.items.select_related("contact").order_by("pk"))
    yes = [item for item in items if item.result == Recontact.CONFIRMED]
    no = sum(item.result == Recontact.NOT_CONFIRMED for item in items)
    unreached = sum(item.result == Recontact.NOT_REACHED for item in items)
    answered = len(yes) + no
    confidence = content().sample["confidence_percent"].value
    low, high = wilson(no, answered, confidence) if answered else (None, None)
    told = answered + unreached
    return Estimate(
        answered,
        no,
        unreached,
        len(items) - told,
        confidence,
        _tenths(no, answered),
        low,
        high,
        _tenths(no + unreached, told),
        _tenths(no, told),
        sum(bool(i.situation) and i.situation != i.contact.situation for i in yes),
        sum(
            i.accepts in (Contact.YES, Contact.NO)
            and i.contact.accepts != Contact.UNKNOWN
            and i.accepts != i.contact.accepts
            for i in yes
        ),
    )


def _tenths(part: int, whole: int) -> int | None:
    return None if not whole else (part * 2000 + whole) // (2 * whole)


def wilson(part: int, whole: int, confidence: int) -> tuple[int, int]:
    """Wilson's interval for a share, in tenths of a percent, rounded outwards."""
    z = NormalDist().inv_cdf(0.5 + confidence / 200)
    share = part / whole
    middle = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    low = 0 if part == 0 else math.floor((middle - spread) / scale * 1000)
    high = 1000 if part == whole else math.ceil((middle + spread) / scale * 1000)
    return max(0, low), min(1000, high)
