"""The measure register and the organisation of a draft: what is asked, and of whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wenye.policy.citing.bare_text import bare
from wenye.policy.citing.places import number as numeral
from wenye.policy.scaffolding.articles import Drafted, printed
from wenye.policy.scaffolding.commands import command_at, task_at
from wenye.policy.scaffolding.schemes import Scheme
from wenye.policy.scaffolding.values import Values
from wenye.policy.scaffolding.wording import KINDS, defines, kind_of, phrase_at, shortened

#: Schemes and values of an article go by its place in the document.
Parts = list[tuple[Drafted, Values, list[Scheme]]]


class Register:
    """The measures of a document, article by article; ``notes`` is what could not be entered.

    A draft decides nothing, so a measure of it names nothing that carries it or a part of it.
    """

    def __init__(self, document: str, parts: Parts) -> None:
        self._stem = document.upper()
        self._document = document
        self._articles: dict[str, dict[str, Any]] = {}
        self._numbers: dict[str, str] = {}
        self.notes: list[tuple[str, str, str]] = []
        self.measures = 0
        for article, values, schemes in parts:
            self._enter(article, values, schemes)

    def file(self) -> dict[str, Any] | None:
        """What ``measures.yaml`` holds; None where no sentence asks for anything."""
        if not self.measures:
            return None
        kinds = {name: {"label": zh, "label_en": en} for name, (zh, en) in KINDS.items()}
        register = {"document": self._document, "articles": self._articles}
        return {"kinds": kinds, "registers": [register]}

    def _enter(self, article: Drafted, values: Values, schemes: list[Scheme]) -> None:
        entry = self._articles.get(article.key)
        if entry is None:
            entry = {"title": article.title, "departments": [], "measures": []}
            self._articles[article.key] = entry
        self._departments(entry, article)
        said: set[str] = {item["phrases"][0] for item in entry["measures"]}
        heads = ""
        for number, text in enumerate(article.sentences):
            if text.endswith(("：", ":")):
                heads = text
            at = _asks_at(article, values, number)
            if at is None:
                continue
            phrase = phrase_at(text, at, 1, article.bare)
            if phrase in said:
                continue
            said.add(phrase)
            # What an item of a list is for, the sentence says that introduces the list.
            kind = kind_of(text if command_at(text) is not None else heads or text)
            entry["measures"].append(self._measure(article, schemes, number, phrase, kind))
            self.measures += 1

    def _departments(self, entry: dict[str, Any], article: Drafted) -> None:
        found = article.responsibilities
        before = list(entry["departments"])
        names = [printed(name) for item in found for name in item.departments]
        entry["departments"] = list(dict.fromkeys([*before, *(name for name in names if name)]))
        leads = list(dict.fromkeys(printed(name) for item in found for name in item.lead))
        wording = printed(found[0].wording) if len(found) == 1 else ""
        if before or len(found) > 1:
            # Several brackets in one article: each says its own, and the register holds one.
            for key in ("wording", "lead", "sole"):
                entry.pop(key, None)
            if leads:
                words = "、".join(leads[:12])
                what = f"measures.yaml {article.key}：几处括号各有牵头单位，登记册只记一个，没有写"
                what_en = "several leads in one article; none was entered"
                self.notes.append((what, what_en, words))
            return
        entry.update({"wording": wording} if wording else {})
        if len(leads) == 1:
            entry["lead"] = leads[0]
        elif leads:
            what = f"measures.yaml {article.key}：不止一个牵头单位，登记册只记一个，没有写"
            self.notes.append((what, "more than one lead; none was entered", "、".join(leads[:12])))
        elif len(entry["departments"]) == 1:
            entry["sole"] = True

    def _measure(
        self, article: Drafted, schemes: list[Scheme], number: int, phrase: str, kind: str
    ) -> dict[str, Any]:
        place = len(self._articles[article.key]["measures"]) + 1
        scheme = next((item.id for item in schemes if item.sentence == number), None)
        measure: dict[str, Any] = {
            "id": f"{self._stem}-{self._number(article)}.{place}",
            "label": shortened(phrase),
            "label_en": f"{article.en}, sentence {number + 1}",
            "kind": kind,
            "phrases": [phrase],
            "progress": "not_yet",
        }
        if scheme is None:
            measure["reason"] = "由文件起草，由什么承载待定"
            measure["reason_en"] = "drafted from the document; what is to carry it is to be decided"
        else:
            measure["reason"] = f"项目 {scheme} 已起草，条件写定后承载"
            measure["reason_en"] = f"scheme {scheme} is drafted, and carries it once decided"
        return measure

    def _number(self, article: Drafted) -> str:
        """The digits of a measure's id: the article's own up to 99, else the next from 100 on."""
        if article.key not in self._numbers:
            own = (
                None
                if article.key.startswith("第") or "（" in article.key
                else numeral(article.key)
            )
            if own is not None:
                self._numbers[article.key] = f"{own:02d}"
            else:
                taken = sum(len(item) > 2 for item in self._numbers.values())
                self._numbers[article.key] = str(100 + taken)
        return self._numbers[article.key]

    def drop_empty(self) -> None:
        """Leave out articles that neither ask for anything nor name anybody."""
        self._articles = {
            key: entry
            for key, entry in self._articles.items()
            if entry["measures"] or entry["departments"]
        }


def _asks_at(article: Drafted, values: Values, number: int) -> int | None:
    """Where a sentence says what is asked for; a number that is a parameter is asked for too."""
    text = article.sentences[number]
    at = command_at(text)
    if at is not None:
        return at
    if number in article.tasks:
        return task_at(text)
    stated = [item for item in values.of_sentence(number) if item.value is not None]
    if not stated or defines(text):
        return None
    return max(0, text.find(stated[0].quote))


def organisation_file(articles: Iterable[Drafted]) -> dict[str, Any]:
    """The bodies that the brackets name, with their articles; no units: the text names none."""
    found: dict[str, list[int]] = {}
    for article in articles:
        for item in article.responsibilities:
            for name in map(printed, item.departments):
                named = found.setdefault(name, []) if bare(name) else []
                if article.ordinal is not None and article.ordinal not in named:
                    named.append(article.ordinal)
    departments = [
        {"name": name, "full_name": name, "articles": numbers} for name, numbers in found.items()
    ]
    return {"source": "文件所列责任单位", "units": [], "departments": departments}
