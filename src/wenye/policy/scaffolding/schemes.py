"""A scheme file for each sentence that grants something: it loads, and decides nothing yet.

Every clause of the sentence, and every other sentence of its article, stands in the file as a
condition that is to be decided. Document text goes into the file as quoted literals only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wenye.policy.citing.bare_text import bare
from wenye.policy.reading.characters import plain, width
from wenye.policy.scaffolding.articles import Drafted
from wenye.policy.scaffolding.values import FAR_BACK, Value, Values
from wenye.policy.scaffolding.wording import (
    clause_at,
    clauses,
    granted_at,
    hands_over_at,
    phrase_at,
    shortened,
)

#: Conditions of one kind that are written out one by one; the rest is pointed to.
MOST_LINES = 24
_LONGEST = 160
_COLUMNS = 100
#: What is not parted between two lines.
_WORD = re.compile(r"[A-Za-z0-9_.]{1,24}|[\s\S]")
_HIRING = ("招用", "吸纳", "录用", "招聘", "新招")
_EMPLOYERS = ("用人单位", "企业", "机构", "个体工商户", "合作社", "社会组织", "单位")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A drafted scheme: its id, title, code, the sentence it is drafted from, and its root."""

    id: str
    title: str
    code: str
    sentence: int
    subject: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What every scheme of a document rests on."""

    document: str
    since: dt.date | None


def schemes_of(values: Values, basis: Basis, most: int) -> Iterator[Scheme]:
    """A scheme for each granting sentence, up to ``most``; an amount left out is added as open."""
    article = values.article
    granting = [n for n, text in enumerate(article.sentences) if granted_at(text) is not None]
    granted = set(granting)
    others = [text for n, text in enumerate(article.sentences) if n not in granted]
    also = list(_numbered("also", others))
    for place, number in enumerate(granting[:most], start=1):
        following = granting[place] if place < len(granting) else len(article.sentences)
        amounts = [
            item
            for sentence in range(number, following)
            for item in values.of_sentence(sentence)
            if item.is_money
        ]
        several = place if len(granting) > 1 else 0
        yield _Draft(values, basis, number, several, amounts, also).scheme()


def granting_beyond(article: Drafted, most: int) -> list[str]:
    """The granting sentences of an article after the first ``most``."""
    return [text for text in article.sentences if granted_at(text) is not None][most:]


class _Draft:
    def __init__(
        self,
        values: Values,
        basis: Basis,
        number: int,
        place: int,
        amounts: list[Value],
        also: list[tuple[str, str, str]],
    ) -> None:
        self.values = values
        self.article = values.article
        self.basis = basis
        self.number = number
        self.place = place
        self.also = also
        self.text = self.article.sentences[number]
        at = granted_at(self.text)
        assert at is not None
        self.at = at
        self.clause = clause_at(self.text, at)
        self.amounts = sorted(amounts, key=self._far)

    def _far(self, item: Value) -> int:
        """How far an amount stands from the words that grant it."""
        if item.sentence != self.number:
            return 2
        return 0 if bare(item.quote) in bare(self.clause) else 1

    def scheme(self) -> Scheme:
        stem = self.article.stem
        name = f"{stem}_{self.place}" if self.place else stem
        title = self.article.title if not self.place else ""
        title = shortened(title or self.clause, 30)
        amount = self._amount()
        subject = self._subject()
        monthly = amount.unit == "CNY/month"
        pays = (
            f"monthly(P.{amount.name}, first=month_of(ON), months=P.{self._months().name})"
            if monthly
            else f"once(P.{amount.name})"
        )
        lines = list(self._undecided(amount, subject))
        names = [line for line, _, _ in lines]
        words = ["ON", "Scheme", "law", *(("month_of", "monthly") if monthly else ("once",))]
        since = self.basis.since
        law = "law_undated" if since is None else f"law_{since.year}"
        dated = () if since else (f'        since="{FAR_BACK}",\n',)
        code = [
            f'"""{name}: drafted from the document; to_be_decided(…) waits for its condition."""\n',
            "\nfrom wenye.policy import cite, parameters, to_be_decided\n",
            f"from wenye.registers.model import {subject}\n",
            f"from wenye.rules import {', '.join(words)}\n",
            f"\nP = parameters({quoted(stem)})\n",
            f"\n\nclass {_class(name)}(Scheme):\n",
            '    """Drafted: nobody is entitled before every condition is decided."""\n\n',
            f"    title, title_en = {quoted(title)}, {quoted(self._title_en())}\n",
            '    operated_by, our_part = "district", "inform"\n',
            f"    subject = {subject}\n",
            "    dated_by = ON\n\n",
            *(_line(line, text, en) for line, text, en in lines),
            f"\n    {law} = law(\n",
            f"        cite({quoted(self.basis.document)}, {quoted(self.article.key)}),\n",
            *dated,
            *_eligible(names),
            f"        pays={pays},\n",
            "    )\n",
        ]
        return Scheme(name, title, "".join(code), self.number, subject)

    def _title_en(self) -> str:
        return self.article.en + (f", support {self.place}" if self.place else "")

    def _subject(self) -> str:
        form = plain(self.text)
        if any(word in form for word in _HIRING):
            return "Employment"
        before = form[: self.at]
        return "Employer" if any(word in before for word in _EMPLOYERS) else "Person"

    def _amount(self) -> Value:
        if self.amounts:
            return self.amounts[0]
        at = hands_over_at(self.text)
        quote = phrase_at(self.text, self.at if at is None else at, 4, self.article.bare)
        return self.values.add("CNY", None, quote, self.number)

    def _months(self) -> Value:
        """For how many months: what a limit of the sentence says, else open."""
        for item in self.values.of_sentence(self.number):
            limit = any(word in item.quote for word in ("不超过", "最长", "累计", "期限"))
            if item.unit == "month" and item.value is not None and limit:
                return item
        quote = phrase_at(self.text, self.at, 4, self.article.bare)
        return self.values.add("month", None, quote, self.number)

    def _undecided(self, amount: Value, subject: str) -> Iterator[tuple[str, str, str]]:
        """Name, Chinese words and English words of each line that is to be decided."""
        yield (
            "who",
            f"给谁、判断谁（暂按 {subject} 起草，写定 subject、payee 后删去本行）",
            f"who is judged and paid: {subject} is assumed; delete this line once decided",
        )
        yield (
            "payment",
            f"“{shortened(self.clause, 60)}”：给多少、几次、由谁给（写定 pays 后删去本行）",
            "how much, how often and by whom; delete this line once decided",
        )
        if self.basis.since is None:
            yield (
                "first_day",
                "施行日期没有读到（写定 district.yaml 的 effective_from 和 since 后删去本行）",
                "the first day was not read; delete this line once decided",
            )
        stated = [item for item in self.amounts if item.value is not None]
        if len(stated) > 1:
            told = "、".join(shortened(item.quote, 20) for item in stated[:6])
            yield (
                "which_amount",
                f"不止一个金额：{told}；暂用 {amount.name}（写定后删去本行）",
                f"several amounts; {amount.name} is assumed; delete this line once decided",
            )
        terms = [self.text[first:last] for first, last in clauses(self.text)]
        kept = [term.strip() for term in terms if term.strip() != self.clause]
        yield from _numbered("term", kept)
        yield from self.also


def _numbered(name: str, texts: list[str]) -> Iterator[tuple[str, str, str]]:
    texts = list(dict.fromkeys(texts))
    for place, text in enumerate(texts[:MOST_LINES], start=1):
        yield f"{name}_{place}", shortened(text, _LONGEST), ""
    if len(texts) > MOST_LINES:
        more = len(texts) - MOST_LINES
        yield f"{name}_more", f"其余 {more} 处，见原文", f"{more} more, see the document"


def _line(name: str, text: str, en: str) -> str:
    more = f", en={quoted(en)}" if en else ""
    whole = f"    {name} = to_be_decided({quoted(text)}{more})\n"
    if width(whole) <= _COLUMNS + 1:
        return whole
    parts = "\n".join(f"        {quoted(part)}" for part in _parts(text))
    english = f"        en={quoted(en)},\n" if en else ""
    return f"    {name} = to_be_decided(\n{parts}{',' if en else ''}\n{english}    )\n"


def _parts(text: str, most: int = 84) -> Iterator[str]:
    """The text in pieces that fit on a line each."""
    piece = ""
    for word in _WORD.findall(text):
        if piece and width(piece + word) > most:
            yield piece
            piece = ""
        piece += word
    if piece:
        yield piece


def _eligible(names: list[str]) -> Iterator[str]:
    whole = f"        eligible={' & '.join(names)},\n"
    if len(whole) <= _COLUMNS + 1:
        yield whole
        return
    yield "        eligible=(\n"
    yield f"            {names[0]}\n"
    yield from (f"            & {name}\n" for name in names[1:])
    yield "        ),\n"


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def quoted(text: str) -> str:
    """The text as a Python literal in double quotes, on one line, with nothing unprintable."""
    signs = []
    for sign in text:
        if sign in '"\\':
            signs.append(f"\\{sign}")
        elif sign.isprintable():
            signs.append(sign)
        else:
            signs.append(sign.encode("unicode_escape").decode("ascii"))
    return f'"{"".join(signs)}"'


def case_file(scheme: Scheme, on: dt.date) -> dict[str, object]:
    """A case table of one row, which says that nothing is decided yet."""
    root = scheme.subject.lower()
    return {
        "方案": scheme.id,
        "日期": on,
        "基础": {root: {}},
        "案例": [{"说明": "什么都还没有写定", "结果": "待定"}],
    }
