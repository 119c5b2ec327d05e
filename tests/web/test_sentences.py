"""Every sentence of the pages has its English, with the same blanks to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages.pofile import read_po

from wenye.web.catalogues import SOURCE, compiled
from wenye.web.sentences import Sentence, in_python, in_template, spoken

_BLANK = re.compile(r"%\([^)]+\)[sd]|%%|\{[a-z_]*\}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def catalogue() -> dict[Sentence, Sentence]:
    with (SOURCE / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def pairs() -> Iterator[tuple[str, str]]:
    """Chinese and English; of a sentence that counts, each form."""
    for sentence, english in catalogue().items():
        if isinstance(sentence, str):
            yield sentence, str(english)
        else:
            yield from zip(sentence, english, strict=True)


def test_the_catalogue_holds_what_is_spoken_and_nothing_else() -> None:
    assert spoken().keys() - catalogue().keys() == set()
    assert catalogue().keys() - spoken().keys() == set()


def test_every_sentence_has_its_english() -> None:
    assert [sentence for sentence, english in pairs() if not english] == []


def test_english_has_the_same_blanks_and_no_chinese() -> None:
    for sentence, english in pairs():
        assert sorted(set(_BLANK.findall(sentence))) == sorted(set(_BLANK.findall(english))), (
            sentence
        )
        # Names of things stay as they are written: the city's, the portal's.
        assert not _CHINESE.search(re.sub(r"[（(《“‘'\"].*?[）)》”’'\"]", "", english)), sentence


def test_sentences_are_found_as_django_looks_them_up() -> None:
    text = (
        '{% translate "一" %}{% blocktranslate with a=b %}{{ a }}个，100%{% endblocktranslate %}'
        '{{ _("二") }}{% blocktranslate trimmed count n=n %}\n一个\n{% plural %}'
        "多个{% endblocktranslate %}"
    )
    assert [*in_template(text)] == ["一", "二", "%(a)s个，100%%", ("一个", "多个")]
    assert [*in_python('x = _("三") + gettext_lazy("四"); other("五")')] == ["三", "四"]


def test_the_catalogue_is_compiled_where_it_is_read(tmp_path) -> None:
    folder = compiled(tmp_path)
    written = folder / "en" / "LC_MESSAGES" / "django.mo"
    before = written.stat().st_mtime_ns
    assert compiled(tmp_path) == folder
    assert written.stat().st_mtime_ns == before
