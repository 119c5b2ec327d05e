"""Case types as content: one file each in ``case_types/`` of the district, over one engine.

A file says who may open a case of the type, about which register, for which schemes, with which
fields and attachments, by which workflow, and what it registers when it is approved::

    id: application
    label: 补贴申请
    label_en: application for support
    workflow: application
    open_by: [citizen, employer_clerk, case_worker]
    about: scheme                  # or people, employers: the register of what it is about
    schemes: {our_part: [pay, pre-check and hand over]}
    form:
      - {name: phone, label: 联系电话, label_en: phone, kind: phone}
    attachments:
      - {kind: contract, label: 劳动合同, label_en: contract, required: true}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wenye.policy.errors import PolicyError
from wenye.policy.exact_yaml import Block, read_yaml, yaml_files
from wenye.services.accounts.roles import Role
from wenye.services.cases.workflows import Workflow, content_folder, workflows
from wenye.services.decisions.district import district

FIELD_KINDS = ("text", "long", "day", "month", "number", "money", "choice", "truth", "phone")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a case's form, beyond what the engine asks."""

    name: str
    label: str
    label_en: str
    kind: str
    required: bool
    hint: str
    options: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """A kind of document that goes with a case."""

    kind: str
    label: str
    label_en: str
    required: bool
    #: Only for these schemes, where any are named.
    schemes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Public notice before an approval counts: how many working days, or that nobody set them."""

    working_days: int
    schemes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Registers:
    """The row that an approved case adds to a register: fact → value, or ``=field`` of the form."""

    register: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowList:
    """A list that the case holds, filled in from a workbook: columns of a register."""

    register: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supposes:
    """Schemes judged on what the form says, where there is no row of a register yet."""

    entity: str
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseType:
    """One kind of case."""

    id: str
    label: str
    label_en: str
    says: str
    says_en: str
    workflow_id: str
    open_by: frozenset[Role]
    by_service: bool
    #: ``scheme``: the scheme's own subject; else a register.
    about: str
    department: str
    #: Whether the engine's questions are asked and the case is decided.
    decides: bool
    scheme_ids: tuple[str, ...]
    parts: tuple[str, ...]
    not_schemes: tuple[str, ...]
    form: tuple[Field, ...]
    attachments: tuple[AttachmentKind, ...]
    notice: Notice | None
    registers: Registers | None
    rows: RowList | None
    supposes: Supposes | None
    note: str

    @property
    def workflow(self) -> Workflow:
        """How it runs."""
        return workflows()[self.workflow_id]

    def schemes(self) -> tuple[str, ...]:
        """The schemes for which a case of the type may be opened; none where it needs none."""
        if self.scheme_ids:
            return self.scheme_ids
        if not self.parts:
            return ()
        here = district()
        return tuple(
            name
            for name in here.scheme_ids
            if name not in self.not_schemes and here.scheme(name).our_part in self.parts
        )

    def notice_days(self, scheme: str) -> int | None:
        """Working days of public notice before an approval counts; None for no notice."""
        if self.notice is None or (self.notice.schemes and scheme not in self.notice.schemes):
            return None
        return self.notice.working_days

    def attachments_for(self, scheme: str) -> tuple[AttachmentKind, ...]:
        """The documents that go with a case for a scheme."""
        return tuple(
            each for each in self.attachments if not each.schemes or scheme in each.schemes
        )

    def field(self, name: str) -> Field | None:
        """A field of the form."""
        return next((each for each in self.form if each.name == name), None)


@lru_cache(maxsize=1)
def case_types() -> dict[str, CaseType]:
    """The district's case types by id. PolicyError names the line of a mistake."""
    found = {}
    for path in yaml_files(content_folder("case_types")):
        read = _case_type(read_yaml(path))
        if read.id != path.stem:
            raise PolicyError(f"id {read.id} 与文件名不同", where=str(path), mend="改成一样")
        found[read.id] = read
    return found


def _case_type(file: Block) -> CaseType:
    file.only(
        *("id", "label", "label_en", "says", "says_en", "workflow", "open_by", "about", "note"),
        *("department", "decides", "schemes", "form", "attachments", "notice", "registers"),
        *("rows", "supposes"),
    )
    workflow = file.text("workflow")
    if workflow not in workflows():
        raise file.refuse(f"没有流程 {workflow}", "workflow", "、".join(workflows()))
    openers = file.texts("open_by")
    ids: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    if "schemes" in file:
        block = file.block("schemes")
        block.only("ids", "our_part", "except")
        ids, parts, but = block.texts("ids"), block.texts("our_part"), block.texts("except")
    return CaseType(
        id=file.text("id"),
        label=file.text("label"),
        label_en=file.text("label_en"),
        says=file.text("says"),
        says_en=file.text("says_en"),
        workflow_id=workflow,
        open_by=frozenset(Role(each) for each in openers if each != "service"),
        by_service="service" in openers,
        about=file.text("about"),
        department=file.text("department"),
        decides=file.flag("decides"),
        scheme_ids=ids,
        parts=parts,
        not_schemes=but,
        form=tuple(_field(each) for each in file.blocks("form")),
        attachments=tuple(_attachment(each) for each in file.blocks("attachments")),
        notice=_notice(file),
        registers=_registers(file),
        rows=_rows(file),
        supposes=_supposes(file),
        note=file.text("note", ""),
    )


def _field(block: Block) -> Field:
    block.only("name", "label", "label_en", "kind", "required", "hint", "options")
    kind = block.text("kind")
    if kind not in FIELD_KINDS:
        raise block.refuse(f"没有这种栏目：{kind}", "kind", "、".join(FIELD_KINDS))
    options: list[tuple[str, str, str]] = []
    for each in block.blocks("options"):
        each.only("value", "label", "label_en")
        options.append((each.text("value"), each.text("label"), each.text("label_en")))
    if (kind == "choice") != bool(options):
        raise block.refuse("choice 和 options 要一起写", "options")
    return Field(
        block.text("name"),
        block.text("label"),
        block.text("label_en"),
        kind,
        block.flag("required"),
        block.text("hint", ""),
        tuple(options),
    )


def _attachment(block: Block) -> AttachmentKind:
    block.only("kind", "label", "label_en", "required", "schemes", "note")
    return AttachmentKind(
        block.text("kind"),
        block.text("label"),
        block.text("label_en"),
        block.flag("required"),
        block.texts("schemes"),
        block.text("note", ""),
    )


def _notice(file: Block) -> Notice | None:
    if "notice" not in file:
        return None
    block = file.block("notice")
    block.only("working_days", "schemes", "note")
    return Notice(block.whole("working_days") or 0, block.texts("schemes"), block.text("note"))


def _registers(file: Block) -> Registers | None:
    if "registers" not in file:
        return None
    block = file.block("registers")
    block.only("register", "values")
    return Registers(block.text("register"), dict(block.block("values")))


def _rows(file: Block) -> RowList | None:
    if "rows" not in file:
        return None
    block = file.block("rows")
    block.only("register", "columns")
    return RowList(block.text("register"), block.texts("columns"))


def _supposes(file: Block) -> Supposes | None:
    if "supposes" not in file:
        return None
    block = file.block("supposes")
    block.only("entity", "schemes")
    return Supposes(block.text("entity"), block.texts("schemes"))
