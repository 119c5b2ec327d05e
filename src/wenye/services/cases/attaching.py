"""Files attached to a case: checked, sealed, laid outside the web root, given back as they were."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting
from wenye.services.audit import record
from wenye.services.cases.errors import CaseRefused, NotAllowed
from wenye.services.cases.models import Attachment, Case
from wenye.services.cases.standing import reaches
from wenye.services.cases.types import case_types
from wenye.services.cases.workflows import workflows
from wenye.services.security.sealing import seal, unseal

#: The most files of one case, and the most that all of them weigh.
MOST, MOST_BYTES = 30, 200 * 1024 * 1024
#: Content by its first bytes → type; the ending it must have.
_SIGNS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "application/pdf", ("pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",)),
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg")),
)
_OFFICE = {
    "word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    "xl/workbook.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
}
#: What a packed file may become, at most: so many bytes, so many times its size, so many parts.
UNPACKED, TIMES, PARTS = 200 * 1024 * 1024, 100, 2000
#: Looks a file through for malware; names a function that gives a word or raises ``CaseRefused``.
SCANNER = "WENYE_SCANNER"

Scanner = Callable[[bytes, str], str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    content_type: str
    ending: str


def check(content: bytes, name: str) -> Checked:
    """What a file is by its content; CaseRefused where it may not be kept."""
    if not content:
        raise CaseRefused(_("文件是空的。"), where=name, mend=_("请重新选择文件。"))
    if len(content) > settings.UPLOAD_LIMIT:
        raise CaseRefused(
            _("文件太大。"),
            where=name,
            mend=_("最大%(limit)d兆，请压缩后再传。") % {"limit": settings.UPLOAD_LIMIT >> 20},
        )
    ending = name.rpartition(".")[2].lower()
    for sign, content_type, endings in _SIGNS:
        if content.startswith(sign):
            return _fitting(Checked(content_type, endings[0]), ending, endings, name)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content, ending, name)
    raise CaseRefused(
        _("不收这种文件。"),
        where=name,
        mend=_("请用 PDF、JPG、PNG、DOCX 或 XLSX。"),
    )


def _fitting(found: Checked, ending: str, endings: tuple[str, ...], name: str) -> Checked:
    if ending not in endings:
        raise CaseRefused(
            _("文件名的后缀和内容不一致。"),
            where=name,
            mend=_("请用原来的程序另存一份再传。"),
        )
    return found


def _packed(content: bytes, ending: str, name: str) -> Checked:
    """A Word or Excel file whose parts stay within bounds: told by its directory, not unpacked."""
    bad = CaseRefused(
        _("文件打不开或者被破坏。"), where=name, mend=_("请用原来的程序另存一份再传。")
    )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise bad from None
    whole = sum(part.file_size for part in parts)
    if len(parts) > PARTS or whole > UNPACKED or whole > TIMES * len(content) + (1 << 20):
        raise CaseRefused(_("压缩内容异常，不收。"), where=name, mend=_("请另存为 PDF 再传。"))
    names = {part.filename for part in parts}
    if any("vbaProject" in each for each in names):
        raise CaseRefused(
            _("文件里带有宏，不收。"), where=name, mend=_("请另存为不带宏的文件或 PDF。")
        )
    for part, (content_type, wanted) in _OFFICE.items():
        if part in names:
            return _fitting(Checked(content_type, wanted), ending, (wanted,), name)
    raise CaseRefused(_("不收压缩包。"), where=name, mend=_("请把材料逐个上传。"))


def scanned(content: bytes, name: str) -> str:
    """The word of the malware scanner; “not scanned” where none is set up."""
    path = os.environ.get(SCANNER, "")
    if not path:
        return "not scanned"
    scanner: Scanner = import_string(path)
    return scanner(content, name)[:40]


def attach(case: Case, kind: str, name: str, content: bytes, acting: Acting) -> Attachment:
    """Keep a file with a case. CaseRefused where it may not be kept; nothing is then left."""
    case_type = case_types()[case.case_type]
    if kind not in {each.kind for each in case_type.attachments_for(case.scheme)}:
        raise CaseRefused(_("没有这种材料。"), where=kind, mend=_("请从列出的材料里选。"))
    name = Path(name.replace("\\", "/").replace("\x00", "")).name[:120] or "file"
    checked = check(content, name)
    word = scanned(content, name)
    place = f"{case.number[:4]}/{secrets.token_hex(16)}"
    path = Path(settings.MEDIA_ROOT) / place
    try:
        with transaction.atomic():
            row = Case.objects.select_for_update().get(pk=case.pk)
            _may_attach(row, acting)
            held = row.attachments.filter(removed_at__isnull=True)
            if held.count() >= MOST:
                raise CaseRefused(
                    _("材料太多。"),
                    where=row.number,
                    mend=_("一件最多%(most)d份，请合并后再传。") % {"most": MOST},
                )
            if sum(held.values_list("size", flat=True)) + len(content) > MOST_BYTES:
                raise CaseRefused(_("材料合计太大。"), where=row.number, mend=_("请压缩后再传。"))
            _write(path, seal(base64.b64encode(content).decode(), place).encode())
            made = Attachment.objects.create(
                case=row,
                kind=kind,
                name=name,
                content_type=checked.content_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                path=place,
                scan=word,
                added_by=acting.user_id,
            )
            record.change(
                acting,
                "case.attach",
                "case",
                row.number,
                person=row.person_key,
                employer=row.employer_key,
                detail={"attachment": made.pk, "kind": kind, "size": len(content)},
            )
    except BaseException:
        path.unlink(missing_ok=True)  # no row remains that would name it
        raise
    return made


def remove(attachment: Attachment, acting: Acting) -> None:
    """Take a file off a case that is still being filled in. It stays on disk, and in the log."""
    with transaction.atomic():
        row = Case.objects.select_for_update().get(pk=attachment.case_id)
        _may_attach(row, acting)
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=timezone.now())
        record.change(
            acting,
            "case.unattach",
            "case",
            row.number,
            person=row.person_key,
            employer=row.employer_key,
            detail={"attachment": attachment.pk},
        )


def _may_attach(case: Case, acting: Acting) -> None:
    """Documents are added while the case is being filled in, by those who may fill it in."""
    workflow = workflows()[case.workflow]
    move = workflow.find("save", case.state)
    if move is None or acting.role not in move.roles or not reaches(case, acting):
        raise NotAllowed(
            _("现在不能改动材料。"),
            where=case.number,
            mend=_("办件退回补正后才能补材料。"),
        )


def _write(path: Path, sealed: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def content_of(attachment: Attachment) -> bytes:
    """The file as it came. CaseRefused where it is gone or damaged."""
    path = Path(settings.MEDIA_ROOT) / attachment.path
    try:
        content = base64.b64decode(unseal(path.read_text(encoding="ascii"), attachment.path))
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise CaseRefused(
            _("这份材料的文件不完整。"),
            where=str(attachment.pk),
            mend=_("请从备份恢复，或者请申请人重新提交。"),
        )
    return content
