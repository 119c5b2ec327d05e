"""What a scheme file says of its district: ``cite``, ``parameters`` and ``scheme``.

They speak of the district that is being loaded, and so can only be called while one is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from wenye.policy.errors import PolicyError
from wenye.rules.errors import RuleError, did_you_mean
from wenye.rules.expressions import parameter

if TYPE_CHECKING:
    from wenye.policy.documents import Citation, Document
    from wenye.rules.parameters import Series
    from wenye.rules.scheme import Scheme

_ROOM = __name__.rpartition(".")[0]


class Speaker(Protocol):
    """The district that is being loaded, as a scheme file may ask it."""

    @property
    def name(self) -> str:
        """The district's name."""

    @property
    def documents(self) -> dict[str, Document]:
        """Its documents by id."""

    @property
    def parameters(self) -> dict[str, Series]:
        """Its parameters by name."""

    def scheme(self, scheme_id: str) -> type[Scheme]:
        """One of its schemes, loaded on demand."""


_speaker: ContextVar[Speaker | None] = ContextVar("wenye_district", default=None)


@contextmanager
def speaking_for(district: Speaker) -> Iterator[None]:
    """Let ``cite``, ``parameters`` and ``scheme`` speak of ``district`` meanwhile."""
    token = _speaker.set(district)
    try:
        yield
    finally:
        _speaker.reset(token)


def written_at() -> str:
    """``file:line`` of the nearest caller outside the policy room."""
    frame: Any = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_ROOM):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame is not None else ""


def _district(asked: str) -> Speaker:
    district = _speaker.get()
    if district is None:
        raise PolicyError(
            f"{asked} is asked while no district loads",
            where=written_at(),
            mend='a scheme file is not imported: load_district("…").schemes reads it',
        )
    return district


def cite(document_id: str, article: int | str = "", phrase: str = "") -> Citation:
    """An article of one of the district's documents: ``cite("jiading-2020-6", 7, "…")``.

    An unknown document or an article beyond the last is a ``PolicyError``.
    """
    from wenye.policy import documents

    district = _district(f"cite({document_id!r}, …)")
    return documents.cite(district.documents, document_id, article, phrase, where=written_at())


class Parameters:
    """The parameters of one file, as attributes: expressions looked up on the law's day."""

    def __init__(self, stem: str, series: dict[str, Series], day: Any = None) -> None:
        self._stem = stem
        self._series = series
        self._day = day

    def at(self, day: Any) -> Parameters:
        """The same parameters, looked up on ``day`` (an expression): ``P.at(ON).amount``."""
        return Parameters(self._stem, self._series, day)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._series:
            raise RuleError(
                f"no parameter {self._stem}.{name}",
                where=written_at(),
                mend=did_you_mean(name, self._series),
            )
        found = parameter(self._series[name], self._day)
        found.site = written_at()
        return found

    def __dir__(self) -> list[str]:
        return sorted([*self._series, "at"])


def parameters(stem: str) -> Parameters:
    """The parameters of ``parameters/<stem>.yaml``; an unknown file or name is refused."""
    district = _district(f"parameters({stem!r})")
    files: dict[str, dict[str, Series]] = {}
    for full_name, series in district.parameters.items():
        file, _, name = full_name.partition(".")
        files.setdefault(file, {})[name] = series
    if stem not in files:
        raise PolicyError(
            f"district {district.name} has no parameters {stem!r}",
            where=written_at(),
            mend=did_you_mean(stem, files) or f"write parameters/{stem}.yaml",
        )
    return Parameters(stem, files[stem])


def scheme(scheme_id: str) -> type[Scheme]:
    """Another scheme of the district, to rest on: ``holds(scheme("…"))``.

    It is loaded on demand; an unknown scheme or a circle is a ``PolicyError``.
    """
    return _district(f"scheme({scheme_id!r})").scheme(scheme_id)
