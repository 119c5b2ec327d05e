"""The kinds of letters, how they are numbered, and what they say of an appeal: district content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from wenye.policy.exact_yaml import read_yaml
from wenye.services.cases.workflows import content_file


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter."""

    id: str
    title: str
    title_en: str
    #: The word that its number begins with.
    word: str


@dataclass(frozen=True, slots=True)
class Letters:
    """All kinds with what they share."""

    kinds: dict[str, LetterKind]
    number: str
    #: How to appeal and until when; or that nobody has said it yet.
    appeal: str
    appeal_open: bool


@lru_cache(maxsize=1)
def letter_kinds() -> Letters:
    """The district's letters. PolicyError names the line of a mistake."""
    file = read_yaml(content_file("letters.yaml"))
    file.only("number", "kinds", "appeal")
    number = file.block("number")
    number.only("form", "note")
    listed = file.block("kinds")
    kinds = {}
    for name in listed:
        block = listed.block(name)
        block.only("title", "title_en", "word")
        kinds[name] = LetterKind(
            name, block.text("title"), block.text("title_en"), block.text("word")
        )
    appeal = file.block("appeal")
    appeal.only("open", "text")
    told = appeal.text("text", "")
    return Letters(kinds, number.text("form"), told or appeal.text("open"), not told)
