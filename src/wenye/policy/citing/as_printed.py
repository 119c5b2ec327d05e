"""Whether a register's articles, and the owners of duties, are as the document prints them.

The register of measures states an article's title and who answers for it: the bodies in printed
order, how the bracket ends, a lead, a sole body. All of it is compared with the document as read.
An article without a bracket names its bodies in its sentences; then each must stand there. Several
brackets in one article are compared as one list, and need no wording or lead: the register holds
one. An owner of a duty stands in the bracket of the article that the duty cites, or in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.citations import Citing
from wenye.policy.citing.places import Place, Places
from wenye.policy.documents import Citation, Document

if TYPE_CHECKING:
    from wenye.policy.duties import Duty
    from wenye.policy.measures import ArticleEntry, MeasureRegister

_NOTHING = "（无）"
#: Words by which several bodies share out what one name alone does not do alone.
_SHARED = re.compile("分工|共同|分别|各自")


class Aspect(StrEnum):
    """What of an article is compared."""

    ARTICLE = "article"
    TITLE = "title"
    DEPARTMENTS = "departments"
    WORDING = "wording"
    LEAD = "lead"
    SOLE = "sole"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Unlike:
    """Something that is entered otherwise than the document prints it; ``where`` is file:line."""

    by: Citing
    id: str
    document: Document
    article: str
    aspect: Aspect
    entered: str
    printed: str
    where: str

    @property
    def place(self) -> str:
        """The document and the article, in words."""
        return Citation(self.document, self.article).text

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "by": self.by.value,
            "id": self.id,
            "document": self.document.id,
            "article": self.article,
            "aspect": self.aspect.value,
            "entered": self.entered,
            "printed": self.printed,
            "where": self.where,
        }


def unlike_articles(register: MeasureRegister, places: Places) -> Iterator[Unlike]:
    """Every entry of a register that its document prints otherwise."""
    document = register.document
    for number, entry in register.articles.items():
        if not number:
            continue  # of no article in particular: there is nothing printed to compare
        named = places.named(number, document.article_form)
        # Where numbers start anew several places bear the number: the entry is one, or all.
        candidates = [list(_entry(entry, place)) for place in [*named, *_joined(named)]]
        if not candidates:
            candidates = [[(Aspect.ARTICLE, number, "文件没有这一条 / no such article")]]
        for aspect, entered, printed in min(candidates, key=len):
            yield Unlike(
                Citing.MEASURE, document.id, document, number, aspect, entered, printed, entry.where
            )


def unlike_owners(duty: Duty, places: Places) -> Iterator[Unlike]:
    """The owners of a duty that its article, which has a bracket, does not print."""
    if duty.citation is None:
        return
    document, article = duty.citation.document, duty.citation.article
    named = [
        place for place in places.named(article, document.article_form) if place.responsibilities
    ]
    if not named:
        return
    missing = min(([*_not_printed(duty.owner, place)] for place in named), key=len)
    printed = _list(_departments(named[0]))
    for owner in missing:
        yield Unlike(
            Citing.DUTY, duty.id, document, article, Aspect.OWNER, owner, printed, duty.where
        )
    if not missing and not any(_in_order(duty.owner, place) for place in named):
        yield Unlike(
            Citing.DUTY,
            duty.id,
            document,
            article,
            Aspect.OWNER,
            _list(duty.owner),
            printed,
            duty.where,
        )


def _entry(entry: ArticleEntry, place: Place) -> Iterator[tuple[Aspect, str, str]]:
    if not _titled(entry.title, place):
        yield Aspect.TITLE, entry.title or _NOTHING, place.title or _beginning(place)
    if place.responsibilities:
        yield from _bracket(entry, place)
    else:
        yield from _sentences(entry, place)


def _joined(places: tuple[Place, ...]) -> list[Place]:
    """Several places as one."""
    if len(places) < 2:
        return []
    return [
        replace(
            places[0],
            text="\n".join(place.text for place in places),
            responsibilities=tuple(one for place in places for one in place.responsibilities),
        )
    ]


def _titled(title: str, place: Place) -> bool:
    titles = [place.title]
    if place.depth == 0:  # the entry of a section may bear the title of an article in it
        titles += [article.title for article in place.articles if article.title]
    if bare(title) in map(bare, titles):
        return True
    # A reader may leave the title in the text; what is entered must then begin it.
    return bool(title) and not place.title and place.bared.bare.startswith(bare(title))


def _beginning(place: Place) -> str:
    text = "".join(place.text.split())
    return text[:18] + ("…" if len(text) > 18 else "")


def _bracket(entry: ArticleEntry, place: Place) -> Iterator[tuple[Aspect, str, str]]:
    departments = _departments(place)
    if [bare(name) for name in entry.departments] != [bare(name) for name in departments]:
        yield Aspect.DEPARTMENTS, _list(entry.departments), _list(departments)
    several = len(place.responsibilities) > 1
    wordings = list(dict.fromkeys(one.wording for one in place.responsibilities if one.wording))
    known = {bare(wording) for wording in [*wordings, "，".join(wordings)]}
    if bare(entry.wording) not in (known or {""}) and not (several and not entry.wording):
        yield Aspect.WORDING, entry.wording or _NOTHING, "，".join(wordings) or _NOTHING
    leads = list(dict.fromkeys(name for one in place.responsibilities for name in one.lead))
    left_open = entry.lead is None and (several or len(leads) > 1)
    if bare(entry.lead or "") not in {bare(name) for name in leads or [""]} and not left_open:
        yield Aspect.LEAD, entry.lead or _NOTHING, _list(leads)
    yield from _sole(entry, departments, leads, "".join(wordings))


def _sole(
    entry: ArticleEntry, departments: list[str], leads: list[str], wording: str
) -> Iterator[tuple[Aspect, str, str]]:
    if entry.sole and (leads or len(departments) != 1):
        words = f"{_list(departments)}{wording}"
        yield Aspect.SOLE, "一家单独负责 / sole", words
    elif not entry.sole and not leads and len(departments) == 1 and not _SHARED.search(wording):
        yield Aspect.SOLE, "没有写 sole: true", f"只有{departments[0]}{wording} / one body alone"


def _sentences(entry: ArticleEntry, place: Place) -> Iterator[tuple[Aspect, str, str]]:
    text = place.bared.bare
    for name in entry.departments:
        if bare(name) not in text:
            yield Aspect.DEPARTMENTS, name, f"{place.label}没有责任括号，正文也没有这个名称"
    if entry.wording and bare(entry.wording) not in text:
        yield Aspect.WORDING, entry.wording, f"{place.label}没有责任括号，正文也没有这句话"
    if entry.lead is not None and f"{bare(entry.lead)}牵头" not in text:
        yield Aspect.LEAD, entry.lead, f"{place.label}没有写谁牵头"


def _departments(place: Place) -> list[str]:
    return list(dict.fromkeys(x for one in place.responsibilities for x in one.departments))


def _list(names: tuple[str, ...] | list[str]) -> str:
    return "、".join(names) or _NOTHING


def _not_printed(owners: tuple[str, ...], place: Place) -> Iterator[str]:
    """Owners that are neither a body of the bracket nor named in the sentences."""
    departments = sorted({bare(name) for name in _departments(place)}, key=len, reverse=True)
    rest = place.bared.bare
    for name in departments:
        # A body's name is no evidence for a shorter one within it.
        rest = rest.replace(name, "\n")
    for owner in owners:
        if bare(owner) not in departments and bare(owner) not in rest:
            yield owner


def _in_order(owners: tuple[str, ...], place: Place) -> bool:
    """Whether the owners of the bracket stand in its order."""
    departments = [bare(name) for name in _departments(place)]
    order = [departments.index(bare(name)) for name in owners if bare(name) in departments]
    return order == sorted(order)
