"""Follow-up with something in it: workers, two months of contacts, a family, a sample.

Everything is invented. One worker's entries look invented too, so that the detector has something
to show.
"""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django.utils import timezone

from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.decisions.district import town_names
from wenye.services.followup.assigning import assign
from wenye.services.followup.contacting import resum_many
from wenye.services.followup.families import confirm
from wenye.services.followup.findings import detect, next_month
from wenye.services.followup.models import Begun, Contact, Family, Followed
from wenye.services.followup.refreshing import refresh
from wenye.services.followup.returns import make
from wenye.services.followup.sampling import draw

_NOTES = (
    "想找离家近的岗位，能上早班", "正在等一家物业公司的回音", "下周去参加招聘会",
    "孩子上学，只能做白天的班", "想学电工，问了培训时间", "腰不好，不能久站",
    "已经投了三份简历", "愿意先做临时的", "问失业金还能领几个月", "家里老人要照顾，想做钟点工",
    "上周面试没有成，想再推荐", "考虑跟亲戚一起开小店", "想转做保安，证还没考",
    "手机换了号，已更新", "希望介绍汽车零件厂的岗位", "暂时在等体检结果",
)  # fmt: skip
_COMMITTEES = ("第一居委", "第二居委", "第三居委", "东村", "西村")
_INVENTED = "电话联系本人，情况正常，继续关注。"


def prepare(as_of: dt.date) -> None:
    """Workers, assignments, two months of contacts, findings, a sample, a return; made once."""
    if Contact.objects.exists():
        return
    today = timezone.localdate()
    on = today if as_of <= today <= as_of + dt.timedelta(days=62) else as_of
    month = on.replace(day=1)
    before = (month - dt.timedelta(days=1)).replace(day=1)
    draws = random.Random(20)
    with transaction.atomic():
        Begun.objects.get_or_create(on=before)
        _workers(before)
    refresh(on)
    _committees(draws)
    assign(on)
    with transaction.atomic():
        made = _contacts(before, on, draws)
        record.change(None, "followup.demonstration", "contact", on, detail={"made": made})
    resum_many(on)
    reviewer = Post.objects.filter(user__username=Role.TOWN_REVIEWER.value).first()
    for each in (before, month):
        detect(each)
        make(each, on=on)
    if reviewer is not None:
        _family_and_sample(reviewer.acting(), before, on)


def _workers(since: dt.date) -> None:
    """Two workers a town beside the account of the role; the last town has none."""
    numbers = iter("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯")
    for code in list(town_names())[:-1]:
        for place in (1, 2):
            username = f"worker_{code}_{place}"
            user = User.objects.filter(username=username).first() or User.objects.create_user(
                username, None, name=f"演示援助员{next(numbers, place)}"
            )
            Post.objects.get_or_create(
                user=user, role=Role.CASE_WORKER.value, town=code, defaults={"since": since}
            )


def _committees(draws: random.Random) -> None:
    rows = list(Followed.objects.filter(committee="").order_by("pk"))
    for row in rows:
        row.committee = draws.choice(_COMMITTEES)
    Followed.objects.bulk_update(rows, ["committee"], batch_size=500)


def _contacts(first: dt.date, on: dt.date, draws: random.Random) -> int:
    """Contacts of each month up to the day; one worker's are made up at the month's end."""
    inventor = User.objects.filter(username=f"worker_{next(iter(town_names()))}_1").first()
    rows = list(
        Followed.objects.now().filter(worker__isnull=False).order_by("pk").select_related("worker")
    )
    found: list[Contact] = []
    month = first
    while month <= on:
        last = min(next_month(month) - dt.timedelta(days=1), on)
        whole = last.day >= 20
        for at, row in enumerate(rows):
            if inventor is not None and row.worker_id == inventor.pk:
                if whole:
                    found.append(_invented(row, last, at))
                continue
            if draws.random() < (0.9 if last < on else 0.55):
                found += _plausible(row, month, last, draws)
        month = next_month(month)
    now = timezone.now()
    kept = [row for row in found if row.at <= now]
    Contact.objects.bulk_create(kept, batch_size=500)
    return len(kept)


def _plausible(row: Followed, month: dt.date, last: dt.date, draws: random.Random) -> list[Contact]:
    days = [month + dt.timedelta(days=at) for at in range((last - month).days + 1)]
    weekdays = [day for day in days if day.weekday() < 5] or days
    start = dt.time(draws.randint(9, 16), draws.choice(range(0, 60, 5)))
    at = timezone.make_aware(dt.datetime.combine(draws.choice(weekdays), start))
    method = draws.choices(("phone", "visit", "counter", "online"), (60, 20, 15, 5))[0]
    common = {
        "person_id": row.pk,
        "worker_id": row.worker_id,
        "town": row.town,
        "method": method,
    }
    found = []
    if draws.random() < 0.15:
        missed = at - dt.timedelta(minutes=90)
        found.append(
            Contact(
                **common,
                at=missed,
                on=timezone.localdate(missed),
                recorded_at=missed,
                reached=False,
                outcome="not_in" if method == "visit" else "no_answer",
            )
        )
    situation = draws.choices(
        ("looking", "not_looking", "training", "employed", "retired"), (70, 10, 10, 8, 2)
    )[0]
    accepts = draws.choices((Contact.YES, Contact.NO, Contact.UNKNOWN), (70, 8, 22))[0]
    needs = draws.sample(("post", "training", "guidance", "benefit"), draws.choice((0, 0, 1, 1, 2)))
    found.append(
        Contact(
            **common,
            at=at,
            on=timezone.localdate(at),
            recorded_at=at + dt.timedelta(minutes=draws.randint(2, 200)),
            reached=True,
            outcome=draws.choice(("talked", "talked", "service_given")),
            situation=situation,
            needs=needs,
            accepts=accepts,
            refusal=draws.choice(("distance", "pay", "care")) if accepts == Contact.NO else "",
            note=f"{draws.choice(_NOTES)}；{draws.choice(_NOTES)}",
        )
    )
    return found


def _invented(row: Followed, last: dt.date, place: int) -> Contact:
    assert row.worker_id is not None
    at = timezone.make_aware(dt.datetime.combine(last, dt.time(22, 5)))
    at += dt.timedelta(seconds=40 * (place % 60))
    return Contact(
        person_id=row.pk,
        worker_id=row.worker_id,
        town=row.town,
        at=at,
        on=last,
        recorded_at=at + dt.timedelta(seconds=20),
        method="phone",
        reached=True,
        outcome="talked",
        situation="looking",
        needs=[],
        accepts=Contact.YES,
        note=_INVENTED,
    )


def _family_and_sample(reviewer: Acting, before: dt.date, on: dt.date) -> None:
    rows = Followed.objects.now().filter(town=reviewer.town, certified_since__isnull=False)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:2])
    if keys and not Family.objects.exists():
        confirm(reviewer, keys[:1], on - dt.timedelta(days=20), on, "演示：零就业家庭")
    if Contact.objects.standing().filter(town=reviewer.town, on__lt=next_month(before)).exists():
        draw(reviewer, before, reviewer.town, seed="demonstration")
