"""The page of one case: everything about it, and what may be done with it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenye.services.audit import record
from wenye.services.cases.deciding import differences, facts_changed
from wenye.services.cases.errors import CaseRefused
from wenye.services.cases.forms import lacking
from wenye.services.cases.forms import words as form_words
from wenye.services.cases.models import Case
from wenye.services.cases.supposing import supposed
from wenye.services.cases.workflow import possible
from wenye.services.cases.workflows import Transition
from wenye.services.decisions.deciding import Decided
from wenye.services.decisions.district import district, town_name
from wenye.services.decisions.questions import questions
from wenye.web.acting import Asked, page
from wenye.web.cases import showing
from wenye.web.cases.fields import answer_lines, form_fields
from wenye.web.cases.owners import owner_of
from wenye.web.policy.filling import shown
from wenye.web.policy.reasoning import Reasons, reasoning

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@page("cases.case")
def case(request: Asked, number: str) -> HttpResponse:
    """One case."""
    found = showing.found(request, number)
    if found is None:
        return showing.missing(request)
    return render(request, "cases/case.html", context_of(request, found))


def context_of(
    request: Asked,
    case: Case,
    *,
    wrong: dict[str, str] | None = None,
    typed: Any = None,
    told: dict[str, Any] | None = None,
    more: int = 0,
) -> dict[str, Any]:
    """What the page shows. ``wrong`` and ``typed`` keep a form that could not be read."""
    acting = request.actor
    kind = showing.type_of(case)
    log(request, case)
    decided, note, trouble, flips = None, "", "", False
    try:
        flips = "flips" in request.GET
        decided, note = showing.shown_decision(case, fresh=True, with_flips=flips)
    except CaseRefused as error:
        trouble = f"{error.what}{error.mend}"
    moves = possible(case, acting)
    editing = any(move.id == "save" and not why for move, why in moves)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "case": case,
        "kind": kind,
        "kind_label": showing.label_of(kind),
        "scheme_title": showing.scheme_title(case.scheme),
        "state": showing.state_of(case),
        "state_label": showing.label_of(showing.state_of(case)),
        "css": showing.state_class(case),
        "urgency": showing.urgency(case, today),
        "deadline_note": showing.state_of(case).deadline.note,
        "amount_note": showing.amount_note(case),
        "owner": owner_of(case.person_key, case.employer_key),
        "worker": owner_of(case.worker_key, None),
        "town": town_name(case.town),
        "own": not acting.is_officer,
        "tree": None if decided is None else _tree(decided, flips),
        "may_flip": decided is not None and not flips and case.live and case.decision is None,
        "decision_note": note,
        "decision_trouble": trouble,
        "steps": [showing.step_line(case, each) for each in case.steps.all()],
        "letters": list(case.letters.all()),
        "attachments": _attachments(case),
        "attachment_kinds": kind.attachments_for(case.scheme),
        "form_said": [
            {
                "label": showing.label_of(field),
                "value": form_words(field, case.form.get(field.name)),
            }
            for field in kind.form
            if case.form.get(field.name) not in (None, "")
        ],
        "rows": kind.rows,
        "row_count": len(case.form.get("rows") or []),
        "answer_lines": answer_lines(case),
        "editing": editing,
        "lacking": lacking(case, kind) if case.live else [],
        "actions": _actions(case, moves),
        "told": told,
        "typed_reason": "" if typed is None else typed.get("reason", ""),
        "typed_missing": "" if typed is None else typed.get("missing", ""),
        "supposed": supposed(case),
        **_differing(case, decided),
    }
    if editing:
        context |= _editing(case, decided, wrong or {}, typed, more)
    return context


def _tree(decided: Decided, flips: bool) -> Reasons:
    """The reasoning; what time alone would change is told only where it was reckoned."""
    tree = reasoning(decided)
    told = decided.explanation
    if not flips and not told["flips"] and not told["doubt_begins"]:
        tree.changes = [*tree.changes[:-1], str(_("时间推移会不会改变结果，还没有算。"))]
    return tree


def log(request: Asked, case: Case) -> None:
    """Note who was looked at."""
    people = [key for key in (case.person_key, case.worker_key) if key is not None]
    record.read(
        request.actor,
        showing.purpose_of(request.actor),
        people=people,
        employers=[case.employer_key] if case.employer_key is not None else [],
        page=request.page.id,
        detail={"case": case.number},
    )


def _attachments(case: Case) -> list[dict[str, Any]]:
    kinds = {each.kind: each for each in showing.type_of(case).attachments}
    return [
        {
            "row": each,
            "label": showing.label_of(kinds[each.kind]) if each.kind in kinds else each.kind,
        }
        for each in case.attachments.filter(removed_at__isnull=True)
    ]


def _differing(case: Case, decided: Decided | None) -> dict[str, Any]:
    """What differs from what was submitted or reviewed, for the reviewer who is next."""
    before = {
        "submitted": case.submitted_decision,
        "town_review": case.submitted_decision,
        "bureau_review": case.reviewed_decision,
    }.get(case.state)
    if decided is None or before is None:
        return {"differences": [], "facts_changed": [], "receipt": ""}
    rows = differences(before, decided)
    return {
        "differences": showing.difference_lines(rows),
        "facts_changed": showing.difference_lines(facts_changed(before, decided)) if rows else [],
        "receipt": str(decided.explanation["receipt"]["id"]),
    }


def _actions(case: Case, moves: list[tuple[Transition, str]]) -> list[dict[str, Any]]:
    """The steps to choose from: those that take the case on first, grave ones last."""
    found = [_action(case, move, why) for move, why in moves if move.id != "save"]
    return sorted(found, key=lambda each: (each["move"].grave, not each["plain"]))


#: Steps that ask for one of a few results: the field, and the answers.
RESULTS: dict[str, tuple[str, tuple[tuple[str, StrOrPromise], ...]]] = {
    "handed_over_result": ("result", (("paid", _("已支付")), ("refused", _("不予办理")))),
    "answered": ("result", (("granted", _("已给予")), ("refused", _("未给予")))),
    "close/answered": (
        "satisfied",
        (("yes", _("满意")), ("partly", _("基本满意")), ("no", _("不满意"))),
    ),
}


def _action(case: Case, move: Transition, why_not: str) -> dict[str, Any]:
    """A step that the role may take: what it asks for, and what will happen."""
    field, options = RESULTS.get(move.id, ("", ()))
    if not options and "satisfaction_said" in move.guards:
        field, options = RESULTS["close/answered"]
    if "town_said" in move.guards:
        field = "town"
        options = tuple((unit.code, unit.name) for unit in district().organisation.units)
    return {
        "move": move,
        "id": move.id,
        "label": showing.label_of(move),
        "says": move.says_en if showing.english() and move.says_en else move.says,
        "why_not": why_not,
        "asks_missing": "says_what_is_missing" in move.guards,
        "asks_seen": "difference_seen" in move.guards,
        "field": field,
        "options": options,
        "plain": not (move.reason or field or "says_what_is_missing" in move.guards),
    }


def _editing(
    case: Case, decided: Decided | None, wrong: dict[str, str], typed: Any, more: int
) -> dict[str, Any]:
    """The form of a draft: the engine's questions that still matter, then the fixed fields."""
    kind = showing.type_of(case)
    asked = []
    if decided is not None and decided.outcome == "undetermined":
        asked = questions(decided.scheme, decided.explanation, decided.case)
    return {
        "asked": shown(asked, typed, wrong, more),
        "more": more,
        "fields": form_fields(case, kind, wrong, typed),
        "wrong": wrong,
        "typed": typed,
    }
