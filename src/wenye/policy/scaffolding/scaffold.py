"""A new district's folder from a published document: a draft that loads and decides nothing yet.

Everything that the document states is quoted and dated; everything that only people can decide is
marked, so that ``wenye check`` lists it. No case comes out as entitled before it is decided.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenye.policy.case_tables import read_case_table
from wenye.policy.citing.citations import Finding, every_citation, look_up
from wenye.policy.citing.texts import Texts
from wenye.policy.district import District, available_districts, load_district
from wenye.policy.errors import PolicyError
from wenye.policy.reading import read_file, read_text
from wenye.policy.reading.files import text_of
from wenye.policy.reading.reading import Reading
from wenye.policy.scaffolding.articles import Articles, articles, outside
from wenye.policy.scaffolding.commands import command_at
from wenye.policy.scaffolding.register import Parts, Register, organisation_file
from wenye.policy.scaffolding.schemes import Basis, case_file, granting_beyond, schemes_of
from wenye.policy.scaffolding.values import parameter_file, values_of
from wenye.policy.scaffolding.wording import shortened
from wenye.policy.scaffolding.yaml_text import tidy, yaml_text
from wenye.policy.undecided import FILE, ToDecide, undecided

#: Schemes that one document is drafted into; the sentences beyond are listed.
MOST_SCHEMES = 200
_PLACE = re.compile(r"^[^关于《》]{0,24}?(?:[^省市区县旗州盟]{1,10}[省市区县旗州盟]){1,3}")


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """What was written, and what is to be decided; ``counts`` by kind of file."""

    folder: Path
    name: str
    label: str
    document: dict[str, Any]
    counts: dict[str, int]
    files: tuple[str, ...]
    schemes: tuple[str, ...]
    to_be_decided: tuple[ToDecide, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "district": self.name,
            "label": self.label,
            "folder": str(self.folder),
            "document": self.document,
            "counts": self.counts,
            "files": list(self.files),
            "schemes": list(self.schemes),
            "to_be_decided": [
                {"where": item.where, "what": item.what, "words": item.words or None}
                for item in self.to_be_decided
            ],
        }


def scaffold(
    file: str | Path,
    folder: str | Path,
    *,
    name: str | None = None,
    label: str | None = None,
    today: dt.date | None = None,
) -> Scaffolded:
    """Draft the district ``folder`` from the document ``file``; ``PolicyError`` where it cannot.

    ``name`` is the district's (else made of the folder's name), ``label`` what people call it (else
    guessed from the issuer). A folder that holds anything is refused and left as it is; the new one
    is made beside it and moved there when it is whole.
    """
    file, folder = Path(file), Path(folder)
    called = _name(folder, name)
    _free(folder)
    draft = _Draft(file, called, label, today or dt.date.today())
    beside = folder.absolute().with_name(f".{folder.absolute().name}.{os.getpid()}.part")
    try:
        beside.mkdir(parents=True)
        written = draft.write(beside)
        district, found = _sound(beside)
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Scaffolded(
        folder=folder,
        name=called,
        label=district.label,
        document=draft.document,
        counts={
            "articles": len(draft.articles.drafted),
            "measures": draft.register.measures,
            "departments": len(district.organisation.departments),
            "parameters": len(district.details),
            "schemes": len(draft.schemes),
            "to_be_decided": len(found),
        },
        files=tuple(written),
        schemes=tuple(draft.schemes),
        to_be_decided=tuple(
            ToDecide(item.where.replace(str(beside), str(folder), 1), item.what, item.words)
            for item in found
        ),
    )


def _name(folder: Path, name: str | None) -> str:
    made = name
    told = f"“{name}”不能作辖区的名字 / {name!r} is no name for a district"
    if made is None:
        made = re.sub(r"[^a-z0-9]+", "_", folder.absolute().name.lower()).strip("_")
        made = f"district_{made}" if made[:1].isdigit() else made
        told = (
            f"由文件夹的名字“{folder.absolute().name}”得不出辖区的名字"
            " / the folder's name is no name for a district"
        )
    if not (made.isascii() and made.isidentifier() and made.islower()):
        raise PolicyError(
            told,
            where=str(folder),
            mend="用 --name 写一个：小写字母、数字和下划线，字母开头"
            " / give --name: small letters, digits, _",
        )
    return made


def _free(folder: Path) -> None:
    if len(folder.parts) == 1 and str(folder) in available_districts():
        raise PolicyError(
            f"{folder} 是随稳业提供的辖区 / {folder} ships with Wenye",
            where=str(folder),
            mend=f"换一个名字，或写明路径，如 districts/{folder} / another name, or a path",
        )
    taken = folder.is_symlink() or (folder.exists() and not folder.is_dir())
    if taken or (folder.is_dir() and any(folder.iterdir())):
        raise PolicyError(
            "这里已有文件，没有动它 / there is something already; it was left alone",
            where=str(folder),
            mend="换一个新的文件夹名 / name a new folder",
        )


class _Draft:
    """All files of the new district, worked out before the first is written."""

    def __init__(self, file: Path, name: str, label: str | None, today: dt.date) -> None:
        self.file = file
        self.text = text_of(file)
        self.reading = read_text(self.text)
        self.name = name
        self.today = today
        self.articles: Articles = articles(self.reading)
        self.notes: list[dict[str, str]] = []
        self.since = self.reading.effective_from
        self.until = self.reading.effective_to
        if self.since is None or (self.until is not None and self.until < self.since):
            self.until = None
        self.document_id = _document_id(name, self.reading)
        self.parts, self.schemes, self._files = self._drafted()
        self.register = Register(self.document_id, self.parts)
        self.register.drop_empty()
        self.document = self._document()
        self._district = self._district_file(label)
        self._note_rest()

    def note(self, file: str, what: str, what_en: str, words: str = "") -> None:
        entry = {"file": file, "what": what, "what_en": what_en}
        self.notes.append({**entry, "words": words} if words.strip() else entry)

    def _drafted(self) -> tuple[Parts, list[str], dict[str, str]]:
        """Values and schemes of every article, and the files that hold them."""
        basis = Basis(self.document_id, self.since)
        parts: Parts = []
        ids: list[str] = []
        files: dict[str, str] = {}
        for article in self.articles.drafted:
            values = values_of(article)
            schemes = []
            free = MOST_SCHEMES - len(ids)
            for text in granting_beyond(article, free):
                what = f"项目已有 {MOST_SCHEMES} 个，这一句没有起草"
                what_en = "no scheme was drafted for this sentence"
                self.note("schemes", what, what_en, shortened(text, 80))
            for scheme in schemes_of(values, basis, free):
                ids.append(scheme.id)
                schemes.append(scheme)
                files[f"schemes/{scheme.id}.py"] = scheme.code
                on = self.since or self.today
                head = "结果为“待定”：条件写定后改写、补足 / to be rewritten once decided"
                files[f"cases/{scheme.id}.yaml"] = yaml_text(case_file(scheme, on), head)
            parts.append((article, values, schemes))
            if values.found:
                held = parameter_file(values, self.document_id, self.since, self.until)
                head = "由文件起草，名字可改 / drafted from the document; rename as you like"
                files[f"parameters/{article.stem}.yaml"] = yaml_text(held, head)
            for item in values.left_out:
                what = f"数量“{item.text}”没有写成参数：{item.why}"
                what_en = f"no parameter was made: {item.why_en}"
                self.note(f"parameters/{article.stem}.yaml", what, what_en, item.quote)
        return parts, ids, files

    def _document(self) -> dict[str, Any]:
        reading = self.reading
        title = tidy(reading.title or "")
        found: dict[str, Any] = {"id": self.document_id, "title": title or "（标题没有读到）"}
        if reading.document_number:
            found["number"] = tidy(reading.document_number)
        if reading.issuers:
            found["issuer"] = "、".join(map(tidy, reading.issuers))
        if self.since is not None:
            found["effective_from"] = self.since
        if self.until is not None:
            found["printed_to"] = self.until
        found["article_form"] = self.articles.form
        if self.articles.last is not None:
            found["last_article"] = self.articles.last
        return found

    def _district_file(self, label: str | None) -> dict[str, Any]:
        guess = _label(self.reading)
        said = tidy(label or "")
        if not said:
            words = guess or self.name
            self.note(
                "district.yaml", "label、label_en 是猜的", "the district's label is a guess", words
            )
        return {"name": self.name, "label": said or guess or self.name, "label_en": self.name}

    def _note_rest(self) -> None:
        reading = self.reading
        for missing, what, what_en in (
            (reading.title, "标题没有读到", "no title was read"),
            (reading.document_number, "文号没有读到", "no document number was read"),
            (reading.effective_from, "施行日期没有读到", "the first day was not read"),
        ):
            if not missing:
                self.note("district.yaml", what, what_en)
        if reading.effective_to is not None and self.until is None:
            what = "有效期的末日没有写：施行日期未知或在其后"
            self.note(
                "district.yaml", what, "the printed end was left out", str(reading.effective_to)
            )
        for doubt in reading.doubts:
            what, _, what_en = doubt.partition(" / ")
            self.note("", f"读文件时拿不准：{what}", what_en or "the reader is not sure")
        for what, what_en, words in self.register.notes:
            self.note("", what, what_en, words)
        if not any(article.responsibilities for article in self.articles.drafted):
            self.note("organisation.yaml", "责任单位没有读到", "no departments were read")
        if self.register.file() is None:
            what = "没有一条读作要求或给付，没有写登记册；要用 wenye coverage 就先写"
            what_en = "nothing asks for anything: no register was written, and coverage needs one"
            self.note("measures.yaml", what, what_en)
        beside = [item.text for item in outside(reading) if command_at(item.text) is not None]
        for text in beside:
            what = "条款以外的一句，没有起草"
            self.note(
                "measures.yaml", what, "stands in no article; not drafted", shortened(text, 80)
            )

    def write(self, folder: Path) -> list[str]:
        """Write all files below ``folder``; their names in order."""
        copy = self._copy(folder)
        district = {**self._district, "documents": [{**self.document, "text": copy}]}
        drafted = "由 wenye scaffold 起草，请逐项核对 / drafted: please check every entry"
        files = {
            "district.yaml": yaml_text(district, drafted),
            "organisation.yaml": yaml_text(organisation_file(self.articles.drafted), drafted),
            "confirmations.yaml": yaml_text(
                {"confirmations": []}, "两名人员确认的值 / signed values"
            ),
            FILE: yaml_text(
                {"to_be_decided": self.notes},
                "还要由人决定的事；定了就删去那一条 / delete an entry once it is decided",
            ),
            **self._files,
        }
        measures = self.register.file()
        if measures is not None:
            files["measures.yaml"] = yaml_text(measures, drafted)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return sorted([copy, *files])

    def _copy(self, folder: Path) -> str:
        """The document's text, or the file itself where its bare text would read otherwise."""
        home = folder / "documents"
        home.mkdir()
        text = home / f"{self.document_id}.txt"
        text.write_text(self.text, encoding="utf-8", newline="")
        try:
            if read_file(text) == self.reading:
                return f"documents/{text.name}"
        except PolicyError:
            pass
        text.unlink()
        suffix = self.file.suffix.lower()
        whole = home / f"{self.document_id}{suffix if suffix.isascii() else ''}"
        shutil.copyfile(self.file, whole)
        return f"documents/{whole.name}"


def _document_id(name: str, reading: Reading) -> str:
    digits = re.findall(r"[0-9]+", tidy(reading.document_number or ""))
    return "-".join([name, *(digits[:2] if len(digits) > 1 else ["1"])])


def _label(reading: Reading) -> str:
    """A place that the issuer or the title begins with: a guess."""
    for text in (*reading.issuers[:1], reading.title or ""):
        found = _PLACE.match(tidy(text))
        if found is not None:
            return found[0]
    return tidy(reading.issuers[0]) if reading.issuers else ""


def _sound(folder: Path) -> tuple[District, list[ToDecide]]:
    """The district as it loads, with its schemes and tables; a draft with a mistake is refused."""
    own = folder / "confirmations.yaml"
    district = load_district(folder, confirmations=own)
    for path in sorted(district.cases.glob("*.yaml")):
        read_case_table(path)
    for looked in look_up(every_citation(district), Texts(district)):
        if looked.finding is not Finding.FOUND:
            raise PolicyError(
                f"起草的引文不在所引条款 / a drafted quotation is not in its article: "
                f"{looked.cited.phrase}",
                where=looked.cited.where,
                mend="请把文件和这一行报告给开发者 / please report the document and this line",
            )
    return district, undecided(district)


__all__ = ["Scaffolded", "scaffold"]
