"""Replacing a folder in one step: the new one appears whole, or the old one stays whole."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(folder: Path, *, ours: Callable[[str], bool]) -> Iterator[Path]:
    """A temporary sibling of ``folder`` to write into; on success it takes the folder's place.

    On any exception (Ctrl-C included) the temporary folder is removed and ``folder`` is untouched.
    Entries of the old folder that are not ``ours(name)`` move over to the new one. Raises OSError.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    incoming = folder.parent / f".{folder.name}.incoming-{os.getpid()}"
    incoming.mkdir(mode=0o700)
    try:
        yield incoming
        sync(incoming)
        _take_place(incoming, folder, ours)
        _sync_path(folder.parent)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def sync(folder: Path) -> None:
    """Force every file of the folder, and the folder itself, to the disk."""
    for path in folder.iterdir():
        _sync_path(path)
    _sync_path(folder)


def _sync_path(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left, once their process is gone."""
    pattern = re.compile(re.escape(f".{folder.name}.incoming-") + r"(\d+)")
    for path in folder.parent.iterdir():
        found = pattern.fullmatch(path.name)
        if found and not _alive(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _take_place(incoming: Path, folder: Path, ours: Callable[[str], bool]) -> None:
    if not folder.exists():
        incoming.rename(folder)
        return
    if _exchange(incoming, folder):
        previous = incoming
    else:
        previous = incoming.with_name(f"{incoming.name}.previous")
        folder.rename(previous)
        try:
            incoming.rename(folder)
        except BaseException:
            previous.rename(folder)
            raise
    for entry in previous.iterdir():
        if not ours(entry.name):
            entry.rename(folder / entry.name)
    shutil.rmtree(previous, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two paths atomically where the system can; False where it cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(rename(*arguments) == 0)
