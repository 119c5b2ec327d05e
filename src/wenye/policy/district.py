"""A district: its documents, organisation, dated parameters, confirmations and schemes.

A district is a folder of content, loaded by name (one that ships with Wenye) or by path; nothing
imports it. Loading it again gives objects of its own, so that a what-if never touches the baseline.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenye.policy import documents as document_files
from wenye.policy.authoring import speaking_for, written_at
from wenye.policy.confirmations import Confirmation, confirmed, read_confirmations
from wenye.policy.documents import Citation, Document, read_documents
from wenye.policy.duties import Duty, read_duties
from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml
from wenye.policy.measures import MeasureRegister, read_measures
from wenye.policy.organisation import Organisation, read_organisation
from wenye.policy.parameter_files import Parameter, canonical, read_parameters
from wenye.policy.scheme_files import SchemeReader, digest, scheme_files
from wenye.policy.units import worded
from wenye.policy.what_if import overridden
from wenye.rules.errors import did_you_mean
from wenye.rules.parameters import Series, Status

if TYPE_CHECKING:
    from wenye.rules.scheme import Scheme

#: A further file of confirmations, beside the district's own.
CONFIRMATIONS_VARIABLE = "WENYE_CONFIRMATIONS"

STATUS_WORDS = {
    Status.QUOTED: ("文件原文", "quoted"),
    Status.CONFIRMED: ("已确认", "confirmed"),
    Status.SOURCED: ("有来源、待确认", "sourced, not confirmed"),
    Status.OPEN: ("未定", "open"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """A parameter on a day, in words: what a rule card prints."""

    name: str
    label: str
    label_en: str
    value: str
    value_en: str
    status: Status
    status_words: str
    status_words_en: str
    since: dt.date | None
    until: dt.date | None
    basis: str
    printed_to: dt.date | None
    note: str
    undated: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class District:
    """A loaded district. ``details`` holds each parameter whole, ``parameters`` what rules see."""

    name: str
    label: str
    label_en: str
    division: str
    folder: Path
    documents: dict[str, Document]
    organisation: Organisation
    details: dict[str, Parameter]
    parameters: dict[str, Series]
    confirmations: tuple[Confirmation, ...]
    note: str = ""
    #: Supports on the awards register that are no schemes: id to Chinese and English title.
    awards: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def _reader(self) -> SchemeReader:
        return SchemeReader(self, self.folder / "schemes")

    @cached_property
    def schemes(self) -> dict[str, type[Scheme]]:
        """The schemes by id, read on first use; a mistake in one is a ``RuleError``."""
        return self._reader.every()

    def scheme(self, scheme_id: str) -> type[Scheme]:
        """One scheme (and what it rests on), read on first use."""
        return self._reader.one(scheme_id)

    @property
    def scheme_ids(self) -> tuple[str, ...]:
        """The ids of the schemes, without reading them."""
        return tuple(scheme_files(self.folder / "schemes"))

    def titles(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Chinese and English titles of the schemes and awards among ``ids``, no others."""
        found = {name: self.awards[name] for name in ids if name in self.awards}
        for name in sorted(set(ids) & set(self.scheme_ids)):
            each = self.scheme(name)
            found[name] = each.title, each.title_en or each.title
        return found

    @property
    def cases(self) -> Path:
        """The folder of the schemes' case tables."""
        return self.folder / "cases"

    @cached_property
    def measures(self) -> tuple[MeasureRegister, ...]:
        """The measure registers of ``measures.yaml``, read on first use; none without the file."""
        path = self.folder / "measures.yaml"
        if not path.is_file():
            return ()
        return read_measures(path, self.documents, self.organisation, self.duties)

    @cached_property
    def duties(self) -> dict[str, Duty]:
        """The duties of ``duties.yaml`` by id, read on first use; none without the file."""
        path = self.folder / "duties.yaml"
        return read_duties(path, self.documents) if path.is_file() else {}

    def speaking(self) -> AbstractContextManager[None]:
        """Let ``cite``, ``parameters`` and ``scheme`` speak of this district meanwhile."""
        return speaking_for(self)

    def cite(self, document_id: str, article: int | str = "", phrase: str = "") -> Citation:
        """An article of one of the district's documents."""
        return document_files.cite(self.documents, document_id, article, phrase, where=written_at())

    def detail(self, name: str) -> Parameter:
        """The parameter ``<file>.<key>`` with all that is known of it."""
        if name not in self.details:
            raise PolicyError(
                f"district {self.name} has no parameter {name!r}",
                mend=did_you_mean(name, self.details),
            )
        return self.details[name]

    def supposing(self, values: Mapping[str, Any]) -> District:
        """This district with what-if values (``policy.what_if``) in the place of its own."""
        details = overridden(self.details, values)
        series = {name: details[name].series() for name in values}
        return replace(self, details=details, parameters={**self.parameters, **series})

    def describe(self, name: str, day: dt.date) -> Described:
        """The parameter on ``day``, in words."""
        parameter = self.detail(name)
        value = parameter.at(day)
        zh, en = STATUS_WORDS[value.status]
        return Described(
            name=name,
            label=parameter.label,
            label_en=parameter.label_en,
            value=zh if value.value is None else worded(parameter.unit, value.value),
            value_en=en if value.value is None else worded(parameter.unit, value.value, "en"),
            status=value.status,
            status_words=zh,
            status_words_en=en,
            since=None if value.since == dt.date.min else value.since,
            until=parameter.until(day),
            basis=value.basis,
            printed_to=value.printed_to,
            note=value.note or parameter.note,
            undated=tuple(
                f"{worded(parameter.unit, item.value)}（{item.reference}）"
                + (f" {item.note}" if item.note else "")
                for item in parameter.undated
            ),
        )

    @cached_property
    def rules_digest(self) -> str:
        """SHA-256 over the scheme files."""
        return digest(self.folder / "schemes")

    @cached_property
    def parameters_digest(self) -> str:
        """SHA-256 over every value as loaded: confirmations and what-ifs included."""
        values = [canonical(self.details[name]) for name in sorted(self.details)]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _shipped() -> Path:
    return Path(__file__).resolve().parent.parent / "districts"


def available_districts() -> tuple[str, ...]:
    """The names of the districts that ship with Wenye."""
    return tuple(sorted(path.parent.name for path in _shipped().glob("*/district.yaml")))


def _folder(name_or_path: str | Path) -> Path:
    given = Path(name_or_path)
    if len(given.parts) == 1 and (_shipped() / given / "district.yaml").is_file():
        return _shipped() / given
    if (given / "district.yaml").is_file():
        return given
    if given.is_dir():
        raise PolicyError("the folder has no district.yaml", where=str(given))
    names = available_districts()
    raise PolicyError(
        f"no district {str(name_or_path)!r}",
        mend=f"known: {', '.join(names) or 'none'}; or give the path of a district's folder",
    )


def load_district(
    name_or_path: str | Path,
    *,
    confirmations: str | Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    today: dt.date | None = None,
    own_only: bool = False,
) -> District:
    """The district of that name, or in that folder; its schemes are read when first asked for.

    ``confirmations`` names a further file of officers' confirmations (else the file that
    ``$WENYE_CONFIRMATIONS`` names), read beside the district's own ``confirmations.yaml``.
    ``overrides`` are what-if values by parameter name (see ``wenye.policy.what_if``). ``today``
    is the day after which no confirmation may be signed. With ``own_only`` no confirmations are
    read but the district's own. Mistakes are a ``PolicyError``.
    """
    folder = _folder(name_or_path)
    file = read_yaml(folder / "district.yaml")
    file.only("name", "label", "label_en", "division", "documents", "awards", "note")
    name = file.text("name")
    if not name.isidentifier() or not name.islower():
        raise file.refuse(f"{name} is no name for a district", "name", "small letters, digits, _")
    documents = read_documents(file.blocks("documents"))
    details = read_parameters(folder / "parameters", documents)
    signed: list[Confirmation] = []
    for path in _confirmation_files(folder, confirmations, own_only):
        signed += read_confirmations(path, details, today or dt.date.today())
    details = confirmed(details, signed)
    if overrides:
        details = overridden(details, overrides)
    return District(
        name=name,
        label=file.text("label"),
        label_en=file.text("label_en"),
        division=file.text("division", ""),
        folder=folder,
        documents=documents,
        organisation=read_organisation(folder / "organisation.yaml"),
        details=details,
        parameters={key: parameter.series() for key, parameter in details.items()},
        confirmations=tuple(signed),
        note=file.text("note", ""),
        awards=_awards(file, scheme_files(folder / "schemes")),
    )


def _awards(file: Block, schemes: Iterable[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for block in file.blocks("awards"):
        block.only("id", "label", "label_en")
        name = block.text("id")
        if name in found or name in schemes:
            what = "stands twice" if name in found else "is a scheme, which has a title"
            raise block.refuse(f"{name} {what}", "id", "keep one of the two")
        found[name] = block.text("label"), block.text("label_en")
    return found


def _confirmation_files(
    folder: Path, further: str | Path | None, own_only: bool = False
) -> list[Path]:
    own = folder / "confirmations.yaml"
    files = [own] if own.is_file() else []
    named = None if own_only else further or os.environ.get(CONFIRMATIONS_VARIABLE) or None
    return [*files, Path(named)] if named else files
