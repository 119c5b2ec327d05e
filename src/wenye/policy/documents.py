"""Documents that a policy rests on, and citations of their articles.

A document's days are told apart: ``effective_from`` is its first day, ``printed_to`` the expiry it
prints, ``ended_on`` its real last day (it may be replaced before its printed end), and from
``doubtful_from`` on its force is in doubt. Past a printed expiry without a known end or a known
prolongation a document is in doubt too: nobody has said that it still holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block
from wenye.rules.errors import did_you_mean


class Standing(StrEnum):
    """A document's force on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    DOUBTFUL = "doubtful"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Document:
    """A published document, by the district's own id for it."""

    id: str
    title: str
    number: str
    title_en: str = ""
    issuer: str = ""
    effective_from: dt.date | None = None
    printed_to: dt.date | None = None
    prolonged_to: dt.date | None = None
    ended_on: dt.date | None = None
    ended_by: str = ""
    stated_doubtful_from: dt.date | None = None
    stated_doubt: str = ""
    article_form: str = "第{}条"
    last_article: int | None = None
    text_file: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The number, or the title where the document has none."""
        return self.number or f"《{self.title}》"

    @property
    def doubtful_from(self) -> dt.date | None:
        """The first day on which the document's force is in doubt; None where there is no doubt."""
        days = [] if self.stated_doubtful_from is None else [self.stated_doubtful_from]
        lasts_to = self.prolonged_to or self.printed_to
        if lasts_to is not None:
            days.append(lasts_to + dt.timedelta(days=1))
        first = min(days, default=None)
        ended_before = first is not None and self.ended_on is not None and self.ended_on < first
        return None if ended_before else first

    @property
    def doubt(self) -> str:
        """Why the document is in doubt from ``doubtful_from`` on."""
        first = self.doubtful_from
        if first is None:
            return ""
        if first == self.stated_doubtful_from:
            return self.stated_doubt
        lasts_to = self.prolonged_to or self.printed_to
        return f"文件有效期至{lasts_to}，其后是否延续尚未查明"

    def standing(self, day: dt.date) -> Standing:
        """The document's force on ``day``."""
        if self.effective_from is not None and day < self.effective_from:
            return Standing.NOT_YET
        if self.ended_on is not None and day > self.ended_on:
            return Standing.ENDED
        if self.doubtful_from is not None and day >= self.doubtful_from:
            return Standing.DOUBTFUL
        return Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a document; what a law, a condition or a parameter rests on."""

    document: Document
    article: str
    phrase: str = ""
    #: ``file:line`` where it is written; two citations of one phrase are equal wherever they stand.
    where: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """``嘉府规〔2020〕6号 第（七）条``; a paragraph, as in 九（一）, follows the article."""
        head, paragraph = _parts(self.article)
        if head and not head.startswith("第"):
            head = self.document.article_form.format(head)
        return f"{self.document.name} {head}{paragraph}".strip()

    @property
    def text_en(self) -> str:
        """``嘉府规〔2020〕6号, art. 7``."""
        head, paragraph = _parts(self.article)
        number = _number(head)
        place = f"{head if number is None else number}{paragraph}"
        return f"{self.document.name}, art. {place}" if self.article else self.document.name

    @property
    def since(self) -> dt.date | None:
        """The document's first day."""
        return self.document.effective_from

    @property
    def until(self) -> dt.date | None:
        """The document's real last day, where one is known."""
        return self.document.ended_on

    @property
    def doubtful_from(self) -> dt.date | None:
        """The first day on which the document's force is in doubt."""
        return self.document.doubtful_from

    @property
    def doubt(self) -> str:
        """Why it is in doubt."""
        return self.document.doubt

    def __str__(self) -> str:
        return self.text


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals, as articles are numbered: 十一, 二十."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        raise ValueError(f"{number} is not an article number")
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _parts(article: str) -> tuple[str, str]:
    """An article and its paragraph: 九（一） is 九 and （一）."""
    head, bracket, rest = article.partition("（")
    return (head, bracket + rest) if head else (article, "")


def _number(article: str) -> int | None:
    for number in range(1, 100):
        if article == chinese_number(number):
            return number
    return None


def cite(
    documents: dict[str, Document],
    document_id: str,
    article: int | str,
    phrase: str = "",
    *,
    where: str = "",
) -> Citation:
    """A citation, refused where the document is unknown or has no such article."""
    if document_id not in documents:
        raise PolicyError(
            f"no document {document_id!r} in this district",
            where=where,
            mend=did_you_mean(document_id, documents) or "add it to documents in district.yaml",
        )
    document = documents[document_id]
    if isinstance(article, int):
        try:
            place = chinese_number(article)
        except ValueError as error:
            raise PolicyError(str(error), where=where) from None
    else:
        place = article.strip()
    number = _number(_parts(place)[0])
    if document.last_article is not None and number is not None and number > document.last_article:
        raise PolicyError(
            f"{document.name} has no article {place}: it ends with article {document.last_article}",
            where=where,
        )
    return Citation(document, place, phrase, where)


def read_document(block: Block) -> Document:
    """One entry of ``documents`` in district.yaml."""
    block.only(
        "id",
        "title",
        "title_en",
        "number",
        "issuer",
        "effective_from",
        "printed_to",
        "prolonged_to",
        "ended_on",
        "ended_by",
        "doubtful_from",
        "doubt",
        "article_form",
        "last_article",
        "text",
        "note",
    )
    document = Document(
        id=block.text("id"),
        title=block.text("title"),
        number=block.text("number", ""),
        title_en=block.text("title_en", ""),
        issuer=block.text("issuer", ""),
        effective_from=block.day("effective_from", None),
        printed_to=block.day("printed_to", None),
        prolonged_to=block.day("prolonged_to", None),
        ended_on=block.day("ended_on", None),
        ended_by=block.text("ended_by", ""),
        stated_doubtful_from=block.day("doubtful_from", None),
        stated_doubt=block.text("doubt", ""),
        article_form=block.text("article_form", "第{}条"),
        last_article=block.whole("last_article", None),
        text_file=block.text("text", ""),
        note=block.text("note", ""),
    )
    if document.article_form.count("{}") != 1:
        raise block.refuse("article_form needs one {} for the number", "article_form", "第{}条")
    if document.stated_doubtful_from is not None and not document.stated_doubt:
        raise block.refuse("doubtful_from without a reason", "doubtful_from", "add  doubt: why")
    begins = document.effective_from
    for key in ("printed_to", "prolonged_to", "ended_on", "doubtful_from"):
        day = block.day(key, None)
        if begins is not None and day is not None and day < begins:
            raise block.refuse(f"{key} {day} lies before effective_from {begins}", key)
    if document.prolonged_to is not None and document.printed_to is None:
        raise block.refuse("prolonged_to without printed_to", "prolonged_to")
    return document


def read_documents(blocks: list[Block]) -> dict[str, Document]:
    """The documents by id, in order; a double id is refused."""
    documents: dict[str, Document] = {}
    for block in blocks:
        document = read_document(block)
        if document.id in documents:
            raise block.refuse(f"document {document.id} stands twice", "id")
        documents[document.id] = document
    for block in blocks:
        ended_by = block.text("ended_by", "")
        if ended_by and ended_by not in documents:
            raise block.refuse(
                f"no document {ended_by!r}", "ended_by", did_you_mean(ended_by, documents)
            )
    return documents
