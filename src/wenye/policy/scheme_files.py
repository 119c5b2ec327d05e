"""The scheme files of a district, read by path and never imported.

Each ``schemes/<id>.py`` defines one scheme, whose id is the file's stem. Files may rest on each
other through ``scheme("other")``; a circle is refused with its whole chain.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from wenye.policy.authoring import Speaker, speaking_for, written_at
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import read_text
from wenye.rules.errors import RuleError, did_you_mean

if TYPE_CHECKING:
    from wenye.rules.scheme import Scheme


def scheme_files(folder: Path) -> dict[str, Path]:
    """The scheme files by id; a name that is no identifier is refused."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.py")):
        if path.stem == "__init__":
            continue
        if not path.stem.isidentifier() or not path.stem.islower():
            raise PolicyError(
                f"{path.stem} is no id for a scheme",
                where=str(path),
                mend="small letters, digits and _, beginning with a letter",
            )
        found[path.stem] = path
    return found


def digest(folder: Path) -> str:
    """SHA-256 over the scheme files: names and texts, whatever the line ends."""
    whole = hashlib.sha256()
    for scheme_id, path in scheme_files(folder).items():
        text = read_text(path).replace("\r\n", "\n").encode()
        whole.update(f"{scheme_id}\0{len(text)}\0".encode())
        whole.update(text)
    return whole.hexdigest()


class SchemeReader:
    """Reads the schemes of one district once; every reader makes classes of its own."""

    def __init__(self, district: Speaker, folder: Path) -> None:
        self._district = district
        self._files = scheme_files(folder)
        self._read: dict[str, type[Scheme]] = {}
        self._reading: list[str] = []

    def every(self) -> dict[str, type[Scheme]]:
        """All schemes by id, in order of id."""
        return {scheme_id: self.one(scheme_id) for scheme_id in self._files}

    def one(self, scheme_id: str) -> type[Scheme]:
        """The scheme, read now if it has not been."""
        if scheme_id in self._read:
            return self._read[scheme_id]
        if scheme_id not in self._files:
            raise PolicyError(
                f"district {self._district.name} has no scheme {scheme_id!r}",
                where=written_at(),
                mend=did_you_mean(scheme_id, self._files),
            )
        if scheme_id in self._reading:
            chain = [*self._reading[self._reading.index(scheme_id) :], scheme_id]
            raise PolicyError(
                "schemes rest on each other in a circle: " + " → ".join(chain),
                where=written_at(),
                mend="rest on the other scheme's earlier state: the awards already paid",
            )
        self._reading.append(scheme_id)
        try:
            with speaking_for(self._district):
                self._read[scheme_id] = self._load(scheme_id)
        finally:
            self._reading.pop()
        return self._read[scheme_id]

    def _load(self, scheme_id: str) -> type[Scheme]:
        path = self._files[scheme_id]
        module = ModuleType(f"wenye_district_{self._district.name}.{scheme_id}")
        module.__file__ = str(path)
        try:
            # Compiled from the text each time: a cached .pyc goes by the second and the size, and
            # would hide a change made within both.
            code = compile(read_text(path), str(path), "exec")
        except SyntaxError as error:
            raise PolicyError(
                f"not readable as Python: {error.msg}", where=f"{path}:{error.lineno}"
            ) from None
        sys.modules[module.__name__] = module  # what makes a class asks its module by name
        try:
            exec(code, module.__dict__)
        except RuleError as error:
            if str(path) not in error.where:
                error.at(str(path))
            raise
        except Exception as error:
            raise PolicyError(
                f"{type(error).__name__}: {error}", where=_place(error, path)
            ) from error
        return _only_scheme(module, path)


def _place(error: Exception, path: Path) -> str:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ]
    return f"{path}:{lines[-1]}" if lines else str(path)


def _only_scheme(module: ModuleType, path: Path) -> type[Scheme]:
    from wenye.rules.scheme import Scheme

    found = {
        item
        for item in vars(module).values()
        if isinstance(item, type)
        and issubclass(item, Scheme)
        and item.__module__ == module.__name__
    }
    if len(found) != 1:
        names = ", ".join(sorted(item.__name__ for item in found)) or "none"
        raise PolicyError(
            f"a scheme file defines one scheme, and this one defines {names}",
            where=str(path),
            mend="one class … (Scheme): per file",
        )
    only = found.pop()
    if only.id != path.stem:
        raise PolicyError(
            f"the scheme calls itself {only.id}, and its file {path.stem}",
            where=str(path),
            mend="leave id out: it is the file's name",
        )
    return only
