"""The identity file: who has which surrogate key, encrypted at rest.

``identity.parquet`` in the registers' folder is a Parquet table (register, key, number, name)
sealed with AES-256-GCM in chunks of 16 MiB, so it opens with this module only. The key is 64
hexadecimal digits in the file that ``$WENYE_IDENTITY_KEY`` names, else in ``identity.key`` beside
the registers' folder; intake makes that file (readable by its owner only) when there is none. Keep
a copy of it apart from the registers: without it nobody can be looked up again. Software encryption
protects a copied disk or backup; it is no certified product.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wenye.registers.errors import RegisterError
from wenye.registers.identity import modern
from wenye.registers.model import Person
from wenye.registers.store import IDENTITY
from wenye.rules.facts import Entity

KEY_VARIABLE = "WENYE_IDENTITY_KEY"
KEY_FILE = "identity.key"
SCHEMA = {"register": pl.String(), "key": pl.Int32(), "number": pl.String(), "name": pl.String()}
_TYPED = [pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()]

_MAGIC = b"WENYE-IDENTITY-1"
_FINGERPRINT = 8
_PREFIX = 8  # random part of each chunk's nonce; the chunk's number is the other four bytes
_CHUNK = 16 << 20
_TAG = 16


def key_path(registers: Path) -> Path:
    """Where the key to a registers folder lies."""
    named = os.environ.get(KEY_VARIABLE)
    return Path(named) if named else registers.absolute().parent / KEY_FILE


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file; RegisterError where it is missing or no key."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise RegisterError(
            "缺少身份文件的密钥 / the identity file's key is missing",
            where=str(path),
            mend=f"从备份取回密钥文件，或用环境变量 {KEY_VARIABLE} 指明它的位置",
        ) from None
    except (OSError, ValueError) as error:
        raise RegisterError(
            "密钥文件无法读取 / not a readable key", where=str(path), mend=_KEY_FORM
        ) from error
    if len(key) != 32:
        raise RegisterError("密钥长度不对 / wrong length of key", where=str(path), mend=_KEY_FORM)
    return key


_KEY_FORM = "密钥文件应是64位十六进制数字：从备份取回"


def make_key(path: Path) -> bytes:
    """A new key, written to ``path`` for its owner only; an existing file is never overwritten."""
    key = secrets.token_bytes(32)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def seal(content: bytes, key: bytes) -> bytes:
    """Encrypt; what comes out names its key (by fingerprint) and cannot be cut or reordered."""
    head = _MAGIC + hashlib.sha256(key).digest()[:_FINGERPRINT] + secrets.token_bytes(_PREFIX)
    cipher, prefix = AESGCM(key), head[-_PREFIX:]
    chunks = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)] or [b""]
    sealed = [head]
    for number, chunk in enumerate(chunks):
        bound = head + _place(number, number == len(chunks) - 1)
        sealed.append(cipher.encrypt(prefix + number.to_bytes(4, "big"), chunk, bound))
    return b"".join(sealed)


def unseal(sealed: bytes, key: bytes, *, where: str = "", key_where: str = "") -> bytes:
    """Decrypt; RegisterError where the key is another, or the content was changed or cut."""
    size = len(_MAGIC) + _FINGERPRINT + _PREFIX
    head, body = sealed[:size], sealed[size:]
    if len(head) < size or not head.startswith(_MAGIC):
        raise _damaged(where)
    if head[len(_MAGIC) : -_PREFIX] != hashlib.sha256(key).digest()[:_FINGERPRINT]:
        raise RegisterError(
            "密钥与身份文件不配 / the key does not fit the identity file",
            where=f"{where}，密钥 {key_where}" if key_where else where,
            mend=f"用写入该文件时的密钥：{KEY_VARIABLE} 指明它的位置",
        )
    cipher, prefix = AESGCM(key), head[-_PREFIX:]
    chunks = [body[at : at + _CHUNK + _TAG] for at in range(0, len(body), _CHUNK + _TAG)]
    content = []
    for number, chunk in enumerate(chunks):
        bound = head + _place(number, number == len(chunks) - 1)
        try:
            content.append(cipher.decrypt(prefix + number.to_bytes(4, "big"), chunk, bound))
        except InvalidTag as error:
            raise _damaged(where) from error
    if not chunks:
        raise _damaged(where)
    return b"".join(content)


def _place(number: int, is_last: bool) -> bytes:
    return number.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")


def _damaged(where: str) -> RegisterError:
    return RegisterError(
        "身份文件已损坏 / the identity file is damaged",
        where=where,
        mend="从备份恢复登记册文件夹；不要删除它，否则人员编号会重排",
    )


def read_identities(registers: Path) -> pl.DataFrame:
    """Everybody who ever had a key (``SCHEMA``); empty where there is no identity file yet."""
    path = registers / IDENTITY
    if not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    key_file = key_path(registers)
    content = unseal(
        path.read_bytes(), read_key(key_file), where=str(path), key_where=str(key_file)
    )
    return pl.read_parquet(io.BytesIO(content)).select(*_TYPED)


def write_identities(folder: Path, identities: pl.DataFrame, key: bytes) -> None:
    """Seal the table into ``folder``."""
    buffer = io.BytesIO()
    identities.select(*_TYPED).write_parquet(buffer, compression="zstd", compression_level=1)
    path = folder / IDENTITY
    path.touch(mode=0o600)
    path.write_bytes(seal(buffer.getvalue(), key))


def lookup(
    registers: str | Path,
    entity: type[Entity],
    *,
    keys: Sequence[int] | None = None,
    numbers: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Who has these keys, or these numbers: columns key (Int32), number, name, in order of key.

    Every call decrypts the identity file: the one way, beside intake, to learn who a key is.
    Unknown keys and numbers have no row in the answer. RegisterError where the key file is missing
    or wrong.
    """
    folder = Path(registers)
    if not (folder / IDENTITY).exists():
        raise RegisterError(
            "没有身份文件 / no identity file",
            where=str(folder),
            mend="登记册须由 wenye intake 写入才能查人",
        )
    found = read_identities(folder).filter(pl.col("register") == entity.register.name)
    if keys is not None:
        found = found.filter(pl.col("key").is_in(list(keys)))
    if numbers is not None:
        wanted = pl.Series([number.strip().upper() for number in numbers], dtype=pl.String)
        wanted = modern(wanted) if entity is Person else wanted
        found = found.filter(pl.col("number").is_in(wanted.implode()))
    return found.select("key", "number", "name").sort("key")
