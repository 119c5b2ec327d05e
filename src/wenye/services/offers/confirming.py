"""Answers to an offer: yes with one click, an application, no; and what officers do for people.

A yes is decided again on the facts of now; what was on the page must still be so. Its receipt is
kept, and a case is opened and submitted, so that reviewers and payers see it like any other.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.cases.deciding import deciding_day
from wenye.services.cases.models import Case
from wenye.services.cases.opening import live_case, open_case
from wenye.services.cases.workflow import perform
from wenye.services.decisions.deciding import Decided, decide, use
from wenye.services.offers.errors import OfferDiffers, OfferRefused, OfferTaken
from wenye.services.offers.models import Notification, Offer
from wenye.services.offers.modes import offer_rules

#: Why somebody does not want what they are offered.
DECLINE_CODES = {
    "not_needed": gettext_lazy("不需要"),
    "later": gettext_lazy("以后再说"),
    "facts_wrong": gettext_lazy("情况不符，登记的信息有误"),
    "other_support": gettext_lazy("已享受其他待遇"),
    "other": gettext_lazy("其他原因"),
}
_LONGEST = 500


def decided_now(offer: Offer, *, with_flips: bool = False) -> Decided | None:
    """The offer's entitlement on the facts of now; None where its row is gone.

    ``with_flips`` reckons on which days it changes by itself, which takes a second.
    """
    return decide(offer.scheme, offer.subject_key, deciding_day(), with_flips=with_flips)


def one_click(offer: Offer, decided: Decided | None) -> bool:
    """Whether a click is enough: so offered, and still payable on the facts of now."""
    return offer.mode in (Offer.CONFIRM, Offer.NOTICE) and decided is not None and decided.payable


def confirm(offer: Offer, acting: Acting | None, *, seen: str = "") -> Offer:
    """Yes, with one click; ``acting`` None is a notice to which nobody objected in time.

    ``seen`` is the receipt's id of the decision that was on the page. OfferTaken where the offer no
    longer waits, OfferDiffers where the facts of now say something else; CaseRefused as the case's
    own rules have it.
    """
    with transaction.atomic():
        row = _waiting(offer)
        if row.mode not in (Offer.CONFIRM, Offer.NOTICE):
            raise OfferRefused(
                _("这一项需要申请，不能一键确认。"), mend=_("请点“去申请”，已知的内容会自动填好。")
            )
        decided = decided_now(row)
        if decided is None or not one_click(row, decided):
            raise OfferDiffers(
                _("按最新的情况，这一项现在不能一键确认。"),
                mend=_("请刷新页面，看看现在的结论。"),
            )
        if decided.amount_fen != row.amount_fen and seen != receipt_of(decided):
            raise OfferDiffers(
                _("金额和您看到的不一样了。"), mend=_("请刷新页面，看过新的金额再确认。")
            )
        case = _case(row, acting)
        case = perform(case, "submit", acting)
        row.decision = use(decided, "offer", acting=acting, object_type="offer", object_id=row.pk)
        row.amount_fen, row.amount_status = decided.amount_fen, decided.amount_status
        return _answered(row, Offer.CONFIRMED, acting, case)


def apply(offer: Offer, acting: Acting) -> Case:
    """Begin the application that the offer opens; one under way is gone on with."""
    with transaction.atomic():
        row = _waiting(offer)
        kind = offer_rules().of(row.scheme).case_type
        case = live_case(kind, row.scheme, row.subject_register, row.subject_key)
        if case is None:
            case = _case(row, acting)
        _answered(row, Offer.APPLIED, acting, case)
    return case


def decline(offer: Offer, acting: Acting, code: str, words: str = "") -> Offer:
    """No, with a reason; the same is not offered again while the entitlement lasts."""
    if code not in DECLINE_CODES:
        raise OfferRefused(_("请选一个原因。"), mend=_("选好后再提交。"))
    with transaction.atomic():
        row = _waiting(offer)
        row.decline_code = code
        row.decline_words = words.strip().replace("\x00", "")[:_LONGEST]
        return _answered(row, Offer.DECLINED, acting, None)


def reconsider(offer: Offer, acting: Acting) -> Offer:
    """After a no, think again: the offer waits as before."""
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        if row.state != Offer.DECLINED or not row.live:
            raise _taken()
        row.decline_code = row.decline_words = ""
        row.answered_at = row.answered_by = None
        return _saved(row, Offer.HEARD, acting, "offer.reconsider")


def withdraw(offer: Offer, acting: Acting, reason: str) -> Offer:
    """Take an offer back by hand; the same is not offered again while the entitlement lasts."""
    text = reason.strip().replace("\x00", "")
    if not text:
        raise OfferRefused(_("没有写撤回的理由。"), mend=_("写明为什么撤回。"))
    with transaction.atomic():
        row = _waiting(offer)
        row.why = {"reason": _("经办人撤回"), "by_hand": True}
        row.decline_words = text[:_LONGEST]
        return _answered(row, Offer.WITHDRAWN, acting, None)


def hear(offer: Offer, acting: Acting) -> Offer:
    """The one whose it is has opened it: heard, and read."""
    with transaction.atomic():
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        now = timezone.now()
        Notification.objects.filter(offer=row, channel=Notification.INBOX).exclude(
            state=Notification.READ
        ).update(state=Notification.READ, changed_at=now)
        if row.state != Offer.MADE:
            return row
        row.heard_at = now
        return _saved(row, Offer.HEARD, acting, "offer.read")


def receipt_of(decided: Decided) -> str:
    """What identifies the decision."""
    return str(decided.explanation["receipt"]["id"])


def _waiting(offer: Offer) -> Offer:
    row = Offer.objects.select_for_update().get(pk=offer.pk)
    if not row.waits:
        raise _taken()
    return row


def _taken() -> OfferTaken:
    return OfferTaken(_("这一项已经答复过，或已经失效。"), mend=_("请刷新页面，看看现在的状态。"))


def _case(row: Offer, acting: Acting | None) -> Case:
    return open_case(
        acting,
        offer_rules().of(row.scheme).case_type,
        scheme=row.scheme,
        subject_register=row.subject_register,
        subject_key=row.subject_key,
        person_key=row.person_key,
        employer_key=row.employer_key,
        offer_id=row.pk,
    )


def _answered(row: Offer, state: str, acting: Acting | None, case: Case | None) -> Offer:
    row.answered_at = timezone.now()
    row.answered_by = acting.user_id if acting else None
    if row.heard_at is None:
        row.heard_at = row.answered_at
    if case is not None:
        row.case_number = case.number
    return _saved(row, state, acting, f"offer.{_VERBS[state]}")


_VERBS = {
    Offer.CONFIRMED: "confirm",
    Offer.APPLIED: "apply",
    Offer.DECLINED: "decline",
    Offer.WITHDRAWN: "withdraw",
}


def _saved(row: Offer, state: str, acting: Acting | None, verb: str) -> Offer:
    before, row.state = row.state, state
    row.save()
    record.change(
        acting,
        verb,
        "offer",
        row.pk,
        person=row.person_key,
        employer=row.employer_key,
        detail={"from": before, "to": state, "scheme": row.scheme},
    )
    return row
