"""Whose caseload everybody is in: a case worker of their own town, loads kept level.

Somebody keeps their worker as long as the worker holds a post in the town. Nobody follows
themselves or a relative. Where a town has no worker to give, its people stand on the list of those
whom nobody follows.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.followup.errors import FollowupRefused
from wenye.services.followup.models import Draft, Followed, Stop
from wenye.services.people.models import Person

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Worker:
    """A case worker of a town, and whom they may not follow."""

    user: User
    town: str
    not_for: frozenset[int]


@dataclass(slots=True)
class Assigned:
    """What an assignment did: how many were given to whom, kept, and left to nobody."""

    given: dict[int, int] = field(default_factory=dict)
    handed_over: int = 0
    kept: int = 0
    nobody: int = 0

    @property
    def changed(self) -> int:
        """How many were given to somebody."""
        return sum(self.given.values())


def workers(on: dt.date, town: str | None = None) -> dict[str, list[Worker]]:
    """The case workers by town, those only who hold their post on the day and can log in."""
    posts = Post.objects.filter(role=Role.CASE_WORKER, user__is_active=True).held(on)
    if town is not None:
        posts = posts.filter(town=town)
    found: dict[str, list[Worker]] = defaultdict(list)
    for post in posts.select_related("user").order_by("town", "user_id"):
        user = post.user
        own = [] if user.person_key is None else [user.person_key]
        one = Worker(user, post.town, frozenset([*own, *map(int, user.relatives)]))
        if all(other.user.pk != user.pk for other in found[post.town]):
            found[post.town].append(one)
    return dict(found)


def assign(
    on: dt.date | None = None, *, town: str | None = None, acting: Acting | None = None
) -> Assigned:
    """Give a worker to everybody followed who has none, or whose worker has left; idempotent."""
    day = on or timezone.localdate()
    told = Assigned()
    with transaction.atomic():
        staff = workers(day, town)
        followed = Followed.objects.now().select_for_update()
        if town is not None:
            followed = followed.filter(town=town)
        rows = followed.order_by("urgency", "person_id").values_list(
            "person_id", "town", "worker_id"
        )
        may = {
            place: {each.user.pk: each.not_for for each in found} for place, found in staff.items()
        }
        counted: dict[str, dict[int, int]] = {
            place: dict.fromkeys(found, 0) for place, found in may.items()
        }
        loose: list[tuple[int, str, int | None]] = []
        for key, place, worker in rows:
            of_town = may.get(place, {})
            if worker in of_town and key not in of_town[worker]:
                counted[place][worker] += 1
                told.kept += 1
            else:
                loose.append((key, place, worker))
        given, unfollowed = _dealt(loose, may, counted)
        told.nobody = len(unfollowed)
        left = set(unfollowed)
        for worker, keys in given.items():
            told.given[worker] = len(keys)
            _give(keys, worker, day)
        leaves = [key for key, _place, worker in loose if worker is not None]
        told.handed_over = len(set(leaves) - left)
        dropped = [key for key in leaves if key in left]
        _give(dropped, None, None)
        if told.changed or dropped:
            record.change(
                acting,
                "followup.assign",
                "followed",
                town or "district",
                detail={
                    "given": {str(worker): count for worker, count in told.given.items()},
                    "handed_over": told.handed_over,
                    "nobody": told.nobody,
                },
            )
    return told


def _dealt(
    loose: list[tuple[int, str, int | None]],
    may: dict[str, dict[int, frozenset[int]]],
    loads: dict[str, dict[int, int]],
) -> tuple[dict[int, list[int]], list[int]]:
    """The loose ones dealt to the least loaded worker of their town who may follow them."""
    heaps = {
        place: [(count, worker) for worker, count in found.items()]
        for place, found in loads.items()
    }
    for heap in heaps.values():
        heapq.heapify(heap)
    given: dict[int, list[int]] = defaultdict(list)
    unfollowed: list[int] = []
    for key, place, _worker in loose:
        heap = heaps.get(place, [])
        passed: list[tuple[int, int]] = []
        while heap and key in may[place][heap[0][1]]:
            passed.append(heapq.heappop(heap))
        if heap:
            count, worker = heap[0]
            heapq.heapreplace(heap, (count + 1, worker))
            given[worker].append(key)
        else:
            unfollowed.append(key)
        for entry in passed:
            heapq.heappush(heap, entry)
    return given, unfollowed


def reassign(acting: Acting, keys: Iterable[int], worker_id: int, on: dt.date | None = None) -> int:
    """Give people of one's own reach to a worker of their town; how many changed hands.

    FollowupRefused where the worker has no post in the town, or may not follow one of them.
    """
    day = on or timezone.localdate()
    wanted = sorted(set(keys))
    with transaction.atomic():
        rows = {
            row.pk: row for row in Followed.objects.now().select_for_update().filter(pk__in=wanted)
        }
        towns = {row.town for row in rows.values()}
        chosen = [
            each
            for town in sorted(towns)
            for each in workers(day, town).get(town, [])
            if each.user.pk == worker_id
        ]
        if not rows:
            raise FollowupRefused(_("没有选中任何人。"), mend=_("先勾选人员，再选援助员。"))
        if len(chosen) != len(towns):
            raise FollowupRefused(
                _("这位援助员不在对象所在的街镇任职。"), mend=_("请选本街镇的援助员。")
            )
        barred = sum(1 for key in rows if any(key in each.not_for for each in chosen))
        if barred:
            raise FollowupRefused(
                _("其中 %(count)d 人是援助员本人或近亲属，须由别人跟踪。") % {"count": barred},
                mend=_("请把他们另行指派。"),
            )
        moved = [key for key, row in rows.items() if row.worker_id != worker_id]
        _give(moved, worker_id, day)
        for key in moved:
            record.change(
                acting,
                "followup.reassign",
                "followed",
                key,
                person=key,
                detail={"from": rows[key].worker_id, "to": worker_id},
            )
    return len(moved)


def _give(keys: list[int], worker: int | None, day: dt.date | None) -> None:
    """Put the worker into both rows: the person's, and that of being followed."""
    for at in range(0, len(keys), _BATCH):
        part = keys[at : at + _BATCH]
        Person.objects.filter(pk__in=part).update(case_worker_id=worker)
        Followed.objects.filter(pk__in=part).update(worker_id=worker, assigned_on=day)
        Stop.objects.filter(person_id__in=part).exclude(worker_id=worker).delete()
        Draft.objects.filter(person_id__in=part).exclude(worker_id=worker).delete()


def loads(on: dt.date, town: str) -> list[tuple[User, int]]:
    """The workers of a town with how many each follows."""
    counted = dict(
        Followed.objects.now()
        .filter(town=town, worker__isnull=False)
        .values_list("worker_id")
        .annotate(count=Count("pk"))
        .order_by("worker_id")
    )
    return [(each.user, counted.get(each.user.pk, 0)) for each in workers(on, town).get(town, [])]
