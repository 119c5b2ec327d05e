"""Files as they are uploaded: what is dangerous or hopeless is refused before anything reads it.

Sizes are counted while unpacking, never believed: an archive may say what it likes of itself.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

#: What a delivery may weigh packed and unpacked, and how many files it may hold.
PACKED_LIMIT = 512 << 20
UNPACKED_LIMIT = 4 << 30
FILES_LIMIT = 200
#: A register packs to a tenth or so; what is big and packs to a three-hundredth is a trap.
RATIO_LIMIT = 300
SMALL_ENTRY = 16 << 20
#: A workbook is an archive itself: its parts, unpacked.
SHEETS_LIMIT = 2 << 30
PARTS_LIMIT = 5_000

_KINDS = (".xlsx", ".csv")
_LEFT_OUT = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|\._|~\$)")
#: Letters and notes that come along in an archive are no registers, and no harm.
_NOTES = (".txt", ".md", ".pdf", ".doc", ".docx")
_CHUNK = 1 << 20


class UploadRefused(Exception):
    """An upload that is not taken: ``what``, ``where`` (the file), ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Received:
    """One file of a delivery, as it lies in the folder."""

    name: str
    size: int


def receive(uploads: Iterable[Any], folder: Path) -> list[Received]:
    """Write uploads (with ``name``, ``size`` and ``chunks()``) into an empty folder, unpacked.

    UploadRefused tells in words what is wrong; OSError where the disk refuses. The caller removes
    the folder then.
    """
    room = _Room()
    for upload in uploads:
        name = _plain_name(str(upload.name))
        if int(upload.size) > PACKED_LIMIT:
            raise UploadRefused(
                _("文件太大，最多%(most)sMB。") % {"most": PACKED_LIMIT >> 20},
                where=name,
                mend=_("请拆成几个文件，打成一个压缩包。"),
            )
        if name.lower().endswith(".zip"):
            packed = folder / ".packed"
            _write(upload.chunks(), packed, name, room=None)
            _unpack(packed, name, folder, room)
            packed.unlink()
        else:
            _take(upload.chunks(), name, folder, room)
    found = [Received(path.name, path.stat().st_size) for path in sorted(folder.iterdir())]
    if not found:
        raise UploadRefused(
            _("没有可读的文件。"), mend=_("请选 .xlsx 或 .csv 文件，或者装着它们的 .zip 压缩包。")
        )
    return found


class _Room:
    """How much of the delivery's room is left."""

    def __init__(self) -> None:
        self.bytes = 0
        self.files = 0

    def file(self, name: str) -> None:
        self.files += 1
        if self.files > FILES_LIMIT:
            raise UploadRefused(
                _("文件太多，最多%(most)s个。") % {"most": FILES_LIMIT},
                where=name,
                mend=_("每个登记册合成一个文件。"),
            )

    def more(self, size: int, name: str) -> None:
        self.bytes += size
        if self.bytes > UNPACKED_LIMIT:
            raise UploadRefused(
                _("解开后太大，最多%(most)sMB。") % {"most": UNPACKED_LIMIT >> 20},
                where=name,
                mend=_("请确认压缩包里只有报送文件，或者分批报送。"),
            )


def _plain_name(name: str) -> str:
    """The file's own name; anything that points elsewhere is refused, not mended."""
    name = unicodedata.normalize("NFC", name)
    parts = name.replace("\\", "/").split("/")
    if name.startswith("/") or ".." in parts or re.match(r"^[A-Za-z]:", name) or "\0" in name:
        raise UploadRefused(
            _("文件名指向压缩包以外的地方。"),
            where=name[:100],
            mend=_("这可能是恶意文件：请向报送单位核实，不要打开。"),
        )
    own = parts[-1].strip()
    if not own or own.startswith(".") or len(own.encode()) > 200 or not own.isprintable():
        raise UploadRefused(
            _("文件名不能用。"), where=own[:100], mend=_("改成简短的中文或者英文文件名。")
        )
    return own


def _take(chunks: Iterable[bytes], name: str, folder: Path, room: _Room) -> None:
    suffix = Path(name).suffix.lower()
    if suffix not in _KINDS:
        raise UploadRefused(
            _("不能读 %(kind)s 文件。") % {"kind": suffix or _("没有扩展名的")},
            where=name,
            mend=_(".xls 和 .et 请另存为 .xlsx；带宏的 .xlsm 另存为不带宏的 .xlsx；其余存成 CSV。"),
        )
    room.file(name)
    target = folder / name
    if target.exists():
        raise UploadRefused(_("有两个同名的文件。"), where=name, mend=_("改掉其中一个的名字。"))
    _write(chunks, target, name, room)
    if suffix == ".xlsx":
        check_workbook(target, name)


def _write(chunks: Iterable[bytes], target: Path, name: str, room: _Room | None) -> None:
    size = 0
    with target.open("xb") as file:
        target.chmod(0o600)
        for chunk in chunks:
            size += len(chunk)
            if room is not None:
                room.more(len(chunk), name)
            elif size > PACKED_LIMIT:
                raise UploadRefused(_("文件太大。"), where=name, mend=_("请分批报送。"))
            file.write(chunk)
    if size == 0:
        raise UploadRefused(_("文件是空的。"), where=name, mend=_("没有记录也要有表头。"))


def _unpack(packed: Path, name: str, folder: Path, room: _Room) -> None:
    with _opened(packed, name) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for entry in entries:
            own = _entry_name(entry)
            if _LEFT_OUT.search(own) or own.lower().endswith(_NOTES):
                continue
            where = f"{name} › {own[:100]}"
            plain = _plain_name(own)
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise UploadRefused(_("压缩包里有链接。"), where=where, mend=_("请只放文件本身。"))
            if entry.flag_bits & 0x1:
                raise UploadRefused(
                    _("压缩包加了密码。"), where=where, mend=_("请去掉密码，用安全的渠道传送。")
                )
            if plain.lower().endswith((".zip", ".rar", ".7z", ".gz", ".tar")):
                raise UploadRefused(
                    _("压缩包里还有压缩包。"), where=where, mend=_("请解开后重新打包。")
                )
            _take(_bytes_of(archive, entry, where), plain, folder, room)


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(name) from error
    if len(archive.infolist()) > PARTS_LIMIT:
        archive.close()
        raise UploadRefused(_("文件里的部分太多。"), where=name, mend=_("请拆成几个文件。"))
    return archive


def _damaged(name: str) -> UploadRefused:
    return UploadRefused(
        _("文件打不开，可能在传送中损坏了。"), where=name, mend=_("请重新导出后再上传。")
    )


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Archives made on Chinese Windows name their files in GBK and do not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _bytes_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> Iterable[bytes]:
    """The entry's bytes, stopped where they grow beyond what honest packing gives."""
    most = max(entry.compress_size * RATIO_LIMIT, SMALL_ENTRY)
    size = 0
    try:
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise UploadRefused(
                        _("压缩率高得不正常。"),
                        where=where,
                        mend=_("这可能是压缩炸弹：请向报送单位核实。"),
                    )
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(where) from error


def check_workbook(path: Path, name: str) -> None:
    """Refuse a workbook that is none, holds macros, or unpacks to more than it may.

    Formulas are never evaluated: what stands in a cell is read, and a formula is told as a fault of
    its row by the intake.
    """
    with _opened(path, name) as archive:
        parts = archive.infolist()
        names_ = {part.filename for part in parts}
        if "[Content_Types].xml" not in names_:
            raise UploadRefused(
                _("这不是 .xlsx 工作簿。"), where=name, mend=_("在表格软件里另存为 .xlsx。")
            )
        if any(part.lower().endswith("vbaproject.bin") for part in names_):
            raise UploadRefused(
                _("工作簿里有宏。"), where=name, mend=_("另存为不带宏的 .xlsx 再上传。")
            )
        size = 0
        for part in parts:
            for chunk in _bytes_of(archive, part, f"{name} › {part.filename[:60]}"):
                size += len(chunk)
                if size > SHEETS_LIMIT:
                    raise UploadRefused(
                        _("工作簿解开后太大。"), where=name, mend=_("大的登记册请用 CSV 报送。")
                    )


def packed_bytes(uploads: Iterable[Any]) -> int:
    """What the uploads weigh together."""
    return sum(int(upload.size) for upload in uploads)
