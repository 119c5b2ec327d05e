"""Opening a case: choose what it is about, look whether it is the right one, begin the draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.cases.deciding import deciding_day
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.opening import live_case, open_case
from wenye.services.cases.standing import own_interest
from wenye.services.cases.types import CaseType, case_types
from wenye.services.cases.whose import whose
from wenye.services.decisions.deciding import Decided, decide_all, subjects
from wenye.services.decisions.district import district
from wenye.services.decisions.facts import ENTITIES
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.cases.owners import owner_of
from wenye.web.refusals import refused

#: Rows of a person or employer that are offered to choose from.
MOST = 60


@page("cases.open")
def open_(request: Asked, case_type: str) -> HttpResponse:
    """``?scheme=…&register=…&key=…``: whose it is, what is known, and one button to begin."""
    kind = case_types().get(case_type)
    if kind is None or request.actor.role not in kind.open_by:
        return refused(request, 404, what=_("找不到这种事项，或者您的岗位不能办。"))
    asked = request.POST if request.method == "POST" else request.GET
    scheme = asked.get("scheme") or ""
    if kind.schemes() and scheme not in kind.schemes():
        return render(request, "cases/open_scheme.html", _schemes(kind, request))
    try:
        register, key = _subject(request.actor, asked, kind)
        if key is None:
            return render(request, "cases/open_whom.html", {"kind": showing.label_of(kind)})
        if request.method == "POST":
            case = open_case(
                request.actor,
                kind.id,
                scheme=scheme or None,
                subject_register=register,
                subject_key=key,
            )
            return redirect("cases:case", case.number)
        return _confirm(request, kind, scheme, register, key)
    except CaseRefused as error:
        if error.status == 409 and error.where:
            return redirect("cases:case", error.where)
        return refused(request, error.status, what=error.what, mend=error.mend)


def _schemes(kind: CaseType, request: Asked) -> dict[str, Any]:
    rows = [{"id": name, "title": showing.scheme_title(name)} for name in kind.schemes()]
    register, key = request.GET.get("register", ""), request.GET.get("key", "")
    named = register in ENTITIES and key.isascii() and key.isdigit()
    whom = urlencode({"register": register, "key": key}) if named else ""
    return {"kind": showing.label_of(kind), "type": kind, "schemes": rows, "whom": whom}


def _subject(acting: Acting, asked: Any, kind: CaseType) -> tuple[str, int | None]:
    """The register and key asked for; the own person or employer where nothing is."""
    register, key = asked.get("register") or "", asked.get("key") or ""
    if register and key.isascii() and key.isdigit() and len(key) < 11:
        return register, int(key)
    if acting.is_officer:
        return register, None
    own = ("people", acting.person_key)
    if acting.employer_key is not None and acting.role.value == "employer_clerk":
        own = ("employers", acting.employer_key)
    return own


def _confirm(request: Asked, kind: CaseType, scheme: str, register: str, key: int) -> HttpResponse:
    """Whose it is and what is known: the wrong person is noticed here."""
    rules = district().scheme(scheme) if scheme else None
    choices: list[dict[str, Any]] = []
    subject_register = register if rules is None else rules.subject.register.name
    if rules is not None and register != subject_register:
        # A person or an employer was named: which of their rows is it about?
        owner = whose(register, key, None)
        keys = subjects(rules, register, key)[-MOST:]
        choices = _choices(kind, scheme, subject_register, keys)
    else:
        owner = whose(register, key, rules)
        if rules is not None:
            choices = _choices(kind, scheme, register, [key])
    shown = owner_of(owner.person_key, owner.employer_key)
    if shown is None or not _within(request.actor, owner, kind):
        return showing.missing(request)
    record.read(
        request.actor,
        showing.purpose_of(request.actor),
        people=[owner.person_key] if owner.person_key is not None else [],
        employers=[owner.employer_key] if owner.employer_key is not None else [],
        page=request.page.id,
    )
    context = {
        "kind": showing.label_of(kind),
        "says": kind.says_en if showing.english() else kind.says,
        "type": kind,
        "scheme": scheme,
        "scheme_title": showing.scheme_title(scheme),
        "owner": shown,
        "own": not request.actor.is_officer,
        "barred": _interest(request.actor, owner),
        "choices": choices,
        "decides": rules is not None,
        "register": register,
        "key": key,
        "attachments": kind.attachments_for(scheme),
    }
    return render(request, "cases/open.html", context)


def _within(acting: Acting, owner: Any, kind: CaseType) -> bool:
    if acting.is_officer:
        return bool(acting.town) and owner.town == acting.town
    if acting.role.value == "citizen":
        return owner.person_key is not None and owner.person_key == acting.person_key
    return owner.employer_key is not None and owner.employer_key == acting.employer_key


def _interest(acting: Acting, owner: Any) -> str:
    from wenye.services.cases.models import Case

    if not acting.is_officer:
        return ""
    return own_interest(
        Case(
            person_key=owner.person_key,
            employer_key=owner.employer_key,
            worker_key=owner.worker_key,
        ),
        acting,
    )


def _choices(kind: CaseType, scheme: str, register: str, keys: list[int]) -> list[dict[str, Any]]:
    """The subject's rows with how each comes out, those that come out well first."""
    rows = []
    for decided in decide_all(scheme, keys, deciding_day(), with_flips=False):
        key = decided.key or 0
        live = live_case(kind.id, scheme, register, key)
        rows.append(
            {
                "key": key,
                "register": register,
                "words": _row_words(decided),
                "outcome": decided.outcome,
                "outcome_words": showing.outcome_words(decided.outcome),
                "css": {"entitled": "yes", "not_entitled": "no"}.get(decided.outcome, "unsure"),
                "missing": decided.explanation["missing_labels"][:3],
                "live": live.number if live else "",
                "url": reverse("cases:case", args=[live.number]) if live else "",
            }
        )
    order = {"entitled": 0, "undetermined": 1, "not_entitled": 2}
    return sorted(rows, key=lambda row: (order[row["outcome"]], -row["key"]))


def _row_words(decided: Decided) -> str:
    """What tells one row of a register from another: its days and months."""
    subject = decided.scheme.subject
    register = subject.register
    label = register.label_en if showing.english() else register.label
    first = (subject.spell or (subject.dated or "",))[0]
    root: Any = next(iter(decided.case.values()), None)
    day = root.get(first) if isinstance(root, dict) else None
    return f"{label} {day}" if day else str(label)
