"""Every sentence that pages and services speak, found where it is written.

``python -m wenye.web.sentences`` writes those into ``locale/en/LC_MESSAGES/django.po`` that it does
not hold yet, with an empty translation, and takes out those that nobody speaks any more. A test
fails while one is without English.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from wenye.web.catalogues import SOURCE

_HEADER = "# What the pages of Wenye say, in English.\n#"
_ROOT = Path(__file__).resolve().parents[1]
_CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "_lazy", "ngettext", "ngettext_lazy"}
_TRANSLATE = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
_INLINE = re.compile(r"""_\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)""")
_BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?(?P<head>[^%]*)%\}(?P<body>.*?)\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_VARIABLE = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")


#: A sentence as it is looked up; for one that counts, its two forms.
Sentence = str | tuple[str, str]


def spoken() -> dict[Sentence, list[str]]:
    """Each sentence, as Django looks it up, with the files of the package that speak it."""
    found: dict[Sentence, list[str]] = {}
    for folder in ("web", "services"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            _note(found, path, in_python(path.read_text(encoding="utf-8")))
    for path in sorted((_ROOT / "web" / "templates").rglob("*")):
        if path.is_file():
            _note(found, path, in_template(path.read_text(encoding="utf-8")))
    return found


def _note(found: dict[Sentence, list[str]], path: Path, sentences: Iterator[Sentence]) -> None:
    for sentence in sentences:
        places = found.setdefault(sentence, [])
        name = path.relative_to(_ROOT).as_posix()
        if name not in places:
            places.append(name)


def in_python(text: str) -> Iterator[Sentence]:
    """The sentences of a module: the texts that ``gettext`` and its kin are called with."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name not in _CALLS:
            continue
        texts = [
            argument.value
            for argument in node.args[: 2 if name.startswith("ngettext") else 1]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if texts:
            yield (texts[0], texts[1]) if len(texts) == 2 else texts[0]


def in_template(text: str) -> Iterator[Sentence]:
    """The sentences of a template: ``translate``, ``_("…")``, ``blocktranslate`` and its forms."""
    for pattern in (_TRANSLATE, _INLINE):
        for match in pattern.finditer(text):
            yield (match[1] or match[2] or "").replace('\\"', '"').replace("\\'", "'")
    for match in _BLOCK.finditer(text):
        forms = []
        for part in _PLURAL.split(match["body"]):
            lines = part.strip().splitlines() if "trimmed" in match["head"] else None
            body = part if lines is None else " ".join(line.strip() for line in lines)
            forms.append(_VARIABLE.sub(lambda found: f"%({found[1]})s", body.replace("%", "%%")))
        yield (forms[0], forms[1]) if len(forms) == 2 else forms[0]


def write() -> tuple[int, int]:
    """Bring the catalogue into step; how many sentences came in, and how many went."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    path = SOURCE / "en" / "LC_MESSAGES" / "django.po"
    old = Catalog(locale="en")
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale="en")
    words = {message.id: message.string for message in old if message.id}
    new = Catalog(locale="en", project="Wenye", fuzzy=False, header_comment=_HEADER)
    # The day of writing would change the file each time, and say nothing.
    new.creation_date = new.revision_date = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    sentences = spoken()
    for sentence in sentences:
        nothing = "" if isinstance(sentence, str) else ("", "")
        new.add(sentence, words.get(sentence, nothing))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=98, no_location=True, omit_header=False, sort_output=True)
    return len(sentences.keys() - words.keys()), len(words.keys() - sentences.keys())


if __name__ == "__main__":
    came, went = write()
    print(f"+{came} −{went} → {SOURCE}")
