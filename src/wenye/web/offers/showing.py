"""How offers are written on pages: titles, towns, states, whose, and why they changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit.record import Purpose
from wenye.services.decisions.district import district, town_names
from wenye.services.offers.models import Notification, Offer
from wenye.services.people.models import Employer, Person

STATE_CLASSES = {
    Offer.MADE: "going",
    Offer.HEARD: "going",
    Offer.CONFIRMED: "yes",
    Offer.APPLIED: "yes",
    Offer.DECLINED: "over",
    Offer.WITHDRAWN: "over",
    Offer.LAPSED: "over",
}


def titles() -> dict[str, str]:
    """Every scheme's title in the page's language."""
    here, english = district(), get_language() == "en"
    return {
        name: (each.title_en or each.title) if english else each.title
        for name, each in here.schemes.items()
    }


def state_words(state: str) -> str:
    """What a state is called."""
    return {
        Offer.MADE: _("已生成，未知晓"),
        Offer.HEARD: _("已知晓，未答复"),
        Offer.CONFIRMED: _("已确认"),
        Offer.DECLINED: _("不需要"),
        Offer.APPLIED: _("已申请"),
        Offer.WITHDRAWN: _("已撤回"),
        Offer.LAPSED: _("已失效"),
    }[state]


def mode_words(mode: str) -> str:
    """What a mode is called."""
    return {
        Offer.NOTICE: _("免申即享"),
        Offer.CONFIRM: _("确认即享"),
        Offer.APPLY: _("申请"),
        Offer.INFORMATION: _("告知"),
    }[mode]


def amount_words(status: str) -> str:
    """What is to be known of an amount beside its number."""
    return {
        "payable": "",
        "unconfirmed": _("标准待确认，以审核为准"),
        "open": _("金额待定"),
        "none": "",
    }.get(status, "")


def channel_words(channel: str) -> str:
    """What a channel is called."""
    return {
        Notification.INBOX: _("站内消息"),
        Notification.LETTER: _("纸质信函"),
        Notification.SMS: _("短信"),
        Notification.WECHAT: _("微信"),
        Notification.PORTAL: _("随申办"),
        Notification.VISIT: _("援助员当面告知"),
    }[channel]


def delivery_words(state: str) -> str:
    """How far a message came."""
    return {
        Notification.QUEUED: _("待发送"),
        Notification.SENT: _("已发出"),
        Notification.DELIVERED: _("已送达"),
        Notification.FAILED: _("未送达"),
        Notification.PRINTED: _("已打印"),
        Notification.READ: pgettext("message", "已读"),
    }[state]


def failure_words(code: str) -> str:
    """Why a message did not arrive."""
    known = {
        "no_address": _("没有联系方式"),
        "refused": _("对方拒收"),
        "unreachable": _("渠道连不上"),
    }
    return known.get(code, code)


def outcome_words(outcome: str) -> str:
    """How a subject stands in a run."""
    return {
        "entitled": _("符合"),
        "not_entitled": _("不符合"),
        "undetermined": _("待定"),
        "yields": _("让位于另一项"),
        "": _("不在登记册"),
    }.get(outcome, outcome)


def purpose_of(acting: Acting) -> Purpose:
    """Why somebody reads a person on these pages."""
    if not acting.is_officer:
        return Purpose.OWN
    return Purpose.AUDIT if acting.role.value == "auditor" else Purpose.SERVICE


def why_lines(why: dict[str, Any]) -> list[str]:
    """What changed of an offer and why, in words."""
    lines: list[str] = []
    for name, (before, after) in (why.get("changed") or {}).items():
        lines.append(_changed(name, before, after))
    if why.get("reason"):
        lines.append(str(why["reason"]))
    for flip in why.get("flipped") or ():
        words = _("“%(label)s”现在是“是”") if flip["now"] else _("“%(label)s”现在是“否”")
        if flip["now"] is None:
            words = _("“%(label)s”现在不知道了")
        lines.append(words % {"label": flip["label"]})
    if why.get("law"):
        lines.append(_("适用的规定换成了另一版"))
    if why.get("outcome") == "yields":
        lines.append(_("同时只能享受一项，另一项优先"))
    return lines


def _changed(name: str, before: Any, after: Any) -> str:
    from wenye.web.templatetags.words import yuan

    if name == "amount_fen":
        return _("金额从 %(a)s 变为 %(b)s") % {"a": yuan(before), "b": yuan(after)}
    if name == "mode":
        return _("办理方式从“%(a)s”变为“%(b)s”") % {"a": mode_words(before), "b": mode_words(after)}
    if name == "months_left":
        return _("剩余月数从 %(a)s 变为 %(b)s") % {"a": before, "b": after}
    return {
        "amount_status": _("金额的确认状态有变化"),
        "law": _("适用的规定换成了另一版"),
        "town": _("负责的街镇有变化"),
    }.get(name, name)


@dataclass(frozen=True, slots=True)
class Line:
    """One offer in a list."""

    offer: Offer
    title: str
    town: str
    #: Masked where it is a person's; an employer's name is public.
    who: str
    state: str
    css: str
    mode: str
    amount_note: str


def lines(offers: Iterable[Offer]) -> list[Line]:
    """Offers as lists show them; the names are read in two queries."""
    rows = list(offers)
    people = Person.objects.in_bulk([row.person_key for row in rows if row.person_key is not None])
    firms = Employer.objects.in_bulk(
        [row.employer_key for row in rows if row.employer_key is not None]
    )
    named, towns = titles(), town_names()
    found = []
    for row in rows:
        who = ""
        if row.person_key is not None and row.person_key in people:
            who = people[row.person_key].masked_name
        elif row.employer_key is not None and row.employer_key in firms:
            who = firms[row.employer_key].shown_name
        found.append(
            Line(
                row,
                named.get(row.scheme, row.scheme),
                towns.get(row.town, row.town),
                who,
                state_words(row.state),
                STATE_CLASSES[row.state],
                mode_words(row.mode),
                amount_words(row.amount_status),
            )
        )
    return found


def read_keys(offers: Iterable[Offer]) -> tuple[list[int], list[int]]:
    """The people and employers that offers show."""
    rows = list(offers)
    people = {row.person_key for row in rows if row.person_key is not None}
    firms = {row.employer_key for row in rows if row.employer_key is not None}
    return sorted(people), sorted(firms)
