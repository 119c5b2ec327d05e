"""What a check has found, in the order in which somebody wants to hear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.rules.readable.card_phrases import OPERATED_BY
from wenye.services.decisions.checking import Found
from wenye.services.decisions.decisive import decisive, value_label
from wenye.services.decisions.sentences import spoken
from wenye.web.policy.reasoning import status_words


@dataclass(frozen=True, slots=True)
class Line:
    """One scheme's outcome in short."""

    id: str
    scheme: str
    title: str
    number: int
    css: str
    amount_fen: int | None
    flow: str
    note: str
    basis: str
    why: str
    spoken: str
    by: str
    register: str
    key: int | None
    #: Further rows of the same scheme that come out as no.
    also: int = 0


@dataclass(slots=True)
class Outcomes:
    """Entitled; not settled, with what is missing or open; not entitled."""

    yes: list[Line]
    maybe: list[Line]
    blocked: list[Line]
    no: list[Line]

    @property
    def any(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.yes or self.maybe or self.blocked or self.no)


def outcomes(found: Iterable[Found]) -> Outcomes:
    """The decisions of a check by outcome: largest amounts first, then what lacks least."""
    groups = Outcomes([], [], [], [])
    ranked = sorted(found, key=lambda each: (-(each.decided.amount_fen or 0), len(each.asked)))
    for each in ranked:
        outcome = each.decided.outcome
        if outcome == "entitled":
            groups.yes.append(_line(each, "yes", ""))
        elif outcome == "not_entitled":
            groups.no.append(_line(each, "no", _refusal(each)))
        elif each.decided.explanation["missing"]:
            groups.maybe.append(_line(each, "unsure", _missing(each)))
        else:
            groups.blocked.append(_line(each, "unsure", _blocked(each)))
    groups.no = _once(groups.no)
    return groups


def _once(lines: list[Line]) -> list[Line]:
    """One line for each scheme: the latest of its rows, with how many others there are."""
    found: dict[str, Line] = {}
    for line in lines:
        before = found.get(line.scheme)
        if before is None:
            found[line.scheme] = line
        else:
            later = line if line.number >= before.number else before
            found[line.scheme] = replace(later, also=before.also + 1)
    return list(found.values())


def _english() -> bool:
    return (get_language() or "zh").startswith("en")


def _line(found: Found, css: str, why: str) -> Line:
    decided = found.decided
    told = decided.explanation
    law = told["law"] or {}
    return Line(
        id=found.id,
        scheme=decided.scheme.id,
        title=(told["title_en"] if _english() else "") or told["title"],
        number=found.number,
        css=css,
        amount_fen=decided.amount_fen,
        flow=told["flow"],
        note=status_words(told["amount_status"]),
        basis=law.get("basis") or "",
        why=why,
        spoken=spoken(decided),
        by=OPERATED_BY[decided.scheme.operated_by][_english()],
        register=decided.register,
        key=decided.key,
    )


def _refusal(found: Found) -> str:
    reasons = decisive(found.decided.explanation)
    if not reasons:
        law = found.decided.explanation["law"]
        if law is not None and law["version"] is None:
            return str(_("没有收录当日有效的规定"))
        return ""
    first = reasons[0]
    label = first.label_en if _english() else first.label
    words = _("有“%(label)s”的情形") if first.value == "yes" else _("不满足“%(label)s”")
    cited = f"（{first.citation}）" if first.citation else ""
    return words % {"label": label} + cited


def _missing(found: Found) -> str:
    told = found.decided.explanation
    english = [question.label_en for question in found.asked] if _english() else []
    labels = english or told["missing_labels"]
    return _("还缺：%(labels)s") % {"labels": "、".join(dict.fromkeys(labels))}


def _blocked(found: Found) -> str:
    names = found.decided.explanation["blocked_by"]
    labels = [value_label(name)[_english()] for name in names[:2]]
    more = _("等%(count)s项") % {"count": len(names)} if len(names) > 2 else ""
    return _("区里还没有定：%(labels)s") % {"labels": "、".join(labels)} + more
