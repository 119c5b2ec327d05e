"""How an error is told: what was wrong, where, and what to do next."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

_FILE_TROUBLES = {
    errno.ENOENT: ("找不到文件或文件夹", "no such file or folder"),
    errno.EACCES: ("没有权限", "permission denied"),
    errno.EPERM: ("不允许这样做", "operation not permitted"),
    errno.EISDIR: ("这是文件夹，需要的是文件", "a folder where a file is needed"),
    errno.ENOTDIR: ("这是文件，需要的是文件夹", "a file where a folder is needed"),
    errno.EROFS: ("磁盘只读", "the disk is read-only"),
    errno.EMFILE: ("打开的文件太多", "too many open files"),
}
_FULL = (errno.ENOSPC, errno.EDQUOT)
# Compiled libraries report a full disk in words of their own and without a number.
_FULL_IN_WORDS = re.compile(r"os error (28|122)\b|No space left on device", re.IGNORECASE)


@runtime_checkable
class Refusal(Protocol):
    """What every room's own errors carry; an error that does is the input's, not the program's."""

    what: str
    where: str
    mend: str


def explain(error: BaseException) -> str:
    """The message for people, Chinese first: one line, and one each for the place and the mend."""
    if any(_is_full(cause) for cause in _causes(error)):
        return _told(
            "磁盘已满，写不下结果 / the disk is full",
            mend="腾出空间后重新运行 / free some space and run again",
        )
    if isinstance(error, Refusal):
        return _told(error.what, where=error.where, mend=error.mend)
    if isinstance(error, MemoryError):
        return _told(
            "内存不足 / out of memory",
            mend="关闭其他程序，或换内存更大的机器 / close other programs or use a larger machine",
        )
    if isinstance(error, OSError) and error.errno is not None:
        chinese, english = _FILE_TROUBLES.get(error.errno, ("读写失败", error.strerror or "failed"))
        where = " → ".join(str(name) for name in (error.filename, error.filename2) if name)
        return _told(f"{chinese} / {english}", where=where)
    detail = f": {error}" if str(error) else ""
    return _told(
        f"程序内部出错 / internal error: {type(error).__name__}{detail}",
        mend="设 WENYE_DEBUG=1 再运行，可看到位置 / run again with WENYE_DEBUG=1 to see where",
    )


def _told(what: str, *, where: str = "", mend: str = "") -> str:
    lines = [f"错误 / error: {what}"]
    if where:
        lines.append(f"  位置 / at: {where}")
    if mend:
        lines.append(f"  办法 / mend: {mend}")
    return "\n".join(lines)


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return bool(_FULL_IN_WORDS.search(str(error)))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it arose from: a library may hide a full disk behind its own error."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__
