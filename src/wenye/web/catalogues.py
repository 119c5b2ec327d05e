"""The English words of pages: the catalogue as written, compiled where the service can read it.

Pages speak Chinese; ``locale/en/LC_MESSAGES/django.po`` holds the English of their sentences.
Django reads compiled catalogues only: one is compiled into the home when the source is newer, so
that no compiled file has to be kept in the project and no tool has to be installed.
"""

from __future__ import annotations

import os
from pathlib import Path

SOURCE = Path(__file__).with_name("locale")
_PLACE = Path("en") / "LC_MESSAGES"


def compiled(folder: Path) -> Path:
    """``folder`` with the compiled catalogue in it; compiled anew where the source has changed."""
    source = SOURCE / _PLACE / "django.po"
    target = folder / _PLACE / "django.mo"
    if not source.exists():
        return folder
    stamp = source.stat().st_mtime_ns
    if target.exists() and target.stat().st_mtime_ns == stamp:
        return folder
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{os.getpid()}")
    with source.open("rb") as words, made.open("wb") as file:
        write_mo(file, read_po(words, locale="en"))
    os.utime(made, ns=(stamp, stamp))
    made.replace(target)
    return folder
