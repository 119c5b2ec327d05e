"""Values sealed with SM4-GCM, and blind indexes by HMAC-SM3 to find them again."""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

from wenye.services.security.keys import Key, KeysError, provider

_NONCE, _TAG = 12, 16


def seal(text: str, place: str) -> str:
    """``text`` encrypted with the newest key, bound to ``place`` (the column): ``KEY$BASE64``."""
    key = provider().live()[0]
    nonce = secrets.token_bytes(_NONCE)
    cipher = Cipher(algorithms.SM4(key.sm4), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(place.encode())
    body = cipher.update(text.encode()) + cipher.finalize()
    return f"{key.id}${base64.b64encode(nonce + body + cipher.tag).decode()}"


def unseal(sealed: str, place: str) -> str:
    """What ``seal`` was given; KeysError where its key is gone or the value was tampered with."""
    key_id, _, body = sealed.partition("$")
    key = _named(key_id)
    try:
        raw = base64.b64decode(body, validate=True)
        nonce, content, tag = raw[:_NONCE], raw[_NONCE:-_TAG], raw[-_TAG:]
        cipher = Cipher(algorithms.SM4(key.sm4), modes.GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(place.encode())
        return (cipher.update(content) + cipher.finalize()).decode()
    except (InvalidTag, ValueError) as error:
        raise KeysError(
            "加密的内容已损坏 / the sealed value is damaged",
            where=place,
            mend="从备份恢复 / restore from the backup",
        ) from error


def blind(text: str, place: str) -> str:
    """The index under which a value is stored with the newest key."""
    return _blinded(provider().live()[0], text, place)


def blinds(text: str, place: str) -> list[str]:
    """The indexes under which a value may be stored: one for each live key."""
    return [_blinded(key, text, place) for key in provider().live()]


def _blinded(key: Key, text: str, place: str) -> str:
    mac = HMAC(key.hmac, hashes.SM3())
    mac.update(f"{place}\0{text}".encode())
    return f"{key.id}:{mac.finalize()[:20].hex()}"


class Sealer:
    """``seal`` and ``blind`` for very many values of one column: the key is looked up once."""

    def __init__(self, place: str) -> None:
        key = provider().live()[0]
        self._key_id = key.id
        self._algorithm = algorithms.SM4(key.sm4)
        self._place = place.encode()
        self._mac = HMAC(key.hmac, hashes.SM3())
        self._mac.update(self._place + b"\0")

    def seal(self, text: str) -> str:
        """As ``seal``."""
        nonce = secrets.token_bytes(_NONCE)
        cipher = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(self._place)
        body = cipher.update(text.encode()) + cipher.finalize()
        return f"{self._key_id}${base64.b64encode(nonce + body + cipher.tag).decode()}"

    def blind(self, text: str) -> str:
        """As ``blind``."""
        mac = self._mac.copy()
        mac.update(text.encode())
        return f"{self._key_id}:{mac.finalize()[:20].hex()}"


def _named(key_id: str) -> Key:
    for key in provider().live():
        if key.id == key_id:
            return key
    raise KeysError(
        f"没有密钥 {key_id} / no such key",
        mend="从备份取回密钥文件 / restore the key file from the backup",
    )
