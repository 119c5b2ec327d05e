"""The keys that encrypt fields and blind their indexes, and how one follows another.

A key has two halves: 16 bytes for SM4-GCM, 32 bytes for HMAC-SM3. The newest encrypts; every key
that is still live decrypts and is tried when something is looked up, so that values may be
encrypted again at leisure while both work. ``FileKeys`` keeps them in a file that only its owner
reads;
another provider (a hardware module) is a class with the same two methods, named by
``WENYE_KEY_PROVIDER``. Software cryptography is no certified product.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from django.conf import settings

PROVIDER_VARIABLE = "WENYE_KEY_PROVIDER"
FILE_VARIABLE = "WENYE_KEYS"


class KeysError(Exception):
    """Keys that are missing or unreadable: ``what``, ``where``, ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its id (eight hexadecimal digits) and its two halves."""

    id: str
    sm4: bytes
    hmac: bytes
    made_on: str


class KeyProvider(Protocol):
    """Where keys come from."""

    def live(self) -> tuple[Key, ...]:
        """The keys that may still be needed, the one that encrypts first."""

    def rotate(self) -> Key:
        """Make a new key, which encrypts from now on; the others stay live."""

    def retire(self, key_id: str) -> None:
        """Take a key out of use, once nothing is encrypted with it any more."""


class FileKeys:
    """Keys in a JSON file, readable by its owner only; made on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[float, tuple[Key, ...]] | None = None

    def live(self) -> tuple[Key, ...]:
        """As ``KeyProvider``; the file is read again when it has changed."""
        if not self.path.exists():
            self._write((_made(),), new=True)
        changed = self.path.stat().st_mtime_ns
        if self._read is None or self._read[0] != changed:
            self._read = (changed, self._parsed())
        return self._read[1]

    def rotate(self) -> Key:
        """As ``KeyProvider``."""
        key = _made()
        self._write((key, *self.live()))
        return key

    def retire(self, key_id: str) -> None:
        """As ``KeyProvider``; the key that encrypts cannot be retired."""
        keys = self.live()
        if keys[0].id == key_id:
            raise KeysError(
                "正在加密的密钥不能停用 / the key in use cannot be retired",
                where=str(self.path),
                mend="先换新密钥 / rotate first",
            )
        self._write(tuple(key for key in keys if key.id != key_id))

    def _parsed(self) -> tuple[Key, ...]:
        try:
            entries = json.loads(self.path.read_text(encoding="ascii"))["keys"]
            keys = tuple(
                Key(
                    entry["id"],
                    bytes.fromhex(entry["sm4"]),
                    bytes.fromhex(entry["hmac"]),
                    entry["made_on"],
                )
                for entry in entries
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysError(
                "密钥文件无法读取 / the key file cannot be read",
                where=str(self.path),
                mend="从备份取回 / restore it from the backup",
            ) from error
        if not keys or any(len(key.sm4) != 16 or len(key.hmac) != 32 for key in keys):
            raise KeysError(
                "密钥文件内容不完整 / the key file is incomplete",
                where=str(self.path),
                mend="从备份取回 / restore it from the backup",
            )
        return keys

    def _write(self, keys: tuple[Key, ...], *, new: bool = False) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        entries = [
            {"id": key.id, "sm4": key.sm4.hex(), "hmac": key.hmac.hex(), "made_on": key.made_on}
            for key in keys
        ]
        made = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({"keys": entries}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        if not new:
            made.replace(self.path)
            return
        with suppress(FileExistsError):  # of two processes that start at once, one makes the key
            os.link(made, self.path)
        made.unlink()


def _made() -> Key:
    return Key(
        secrets.token_hex(4),
        secrets.token_bytes(16),
        secrets.token_bytes(32),
        dt.datetime.now(dt.UTC).date().isoformat(),
    )


@lru_cache(maxsize=1)
def provider() -> KeyProvider:
    """The provider in use."""
    named = os.environ.get(PROVIDER_VARIABLE, "")
    if named:
        module, _, name = named.rpartition(".")
        made: KeyProvider = getattr(import_module(module), name)()
        return made
    return FileKeys(Path(os.environ.get(FILE_VARIABLE) or settings.HOME / "keys" / "fields.json"))
