"""API clients: made, given a new key, stopped, known again by their key, and held to their rate."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.services.portal.models import ApiClient, Minute

#: What a client may be allowed to do: Chinese and English.
SCOPES: dict[str, tuple[str, str]] = {
    "schemes": ("查看政策项目", "read the schemes"),
    "decide": ("判定报来的案例", "decide a case that is sent"),
    "subjects": ("判定登记册里的对象", "decide somebody of the registers"),
    "offers": ("查看待确认的政策待遇", "read offers"),
    "offers:answer": ("确认或放弃待遇", "confirm or decline offers"),
    "cases": ("查看办件", "read cases"),
    "cases:open": ("新建办件", "open cases"),
    "people": ("按证件号码换取本人凭据", "exchange a number for a reference"),
}
_NAME = "wenye"


class ClientError(Exception):
    """A client that cannot be made as asked: ``what``, ``where`` and the ``mend``."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


def make_client(
    acting: Acting | None,
    name: str,
    *,
    role: Role,
    scopes: Iterable[str],
    purposes: Iterable[str] = (),
    town: str = "",
    department: str = "",
    per_minute: int = 60,
) -> tuple[ApiClient, str]:
    """A new client and its key, which is told this once and kept nowhere."""
    chosen, aims = sorted({*scopes}), sorted({*purposes})
    _check(name, role, chosen, aims, town, per_minute)
    prefix, key = _new_key()
    with transaction.atomic():
        if ApiClient.objects.filter(name=name).exists():
            raise ClientError(_("已有同名的接口客户"), where="name", mend=_("换一个名称"))
        user = User.objects.create_user(f"client-{prefix}", None, name=name, is_active=False)
        client = ApiClient.objects.create(
            name=name,
            prefix=prefix,
            key_hash=_hash(key),
            user=user,
            role=role.value,
            town=town,
            department=department,
            scopes=chosen,
            purposes=aims,
            per_minute=per_minute,
            made_by=acting.user_id if acting else None,
        )
        record.change(acting, "client.make", "api_client", client.pk, detail={"scopes": chosen})
    return client, key


def _check(
    name: str, role: Role, scopes: list[str], purposes: list[str], town: str, per_minute: int
) -> None:
    if not name.strip():
        raise ClientError(_("没有写名称"), where="name", mend=_("写上系统的名称"))
    if role not in ApiClient.ROLES:
        raise ClientError(_("接口客户不能用这个身份"), where="role", mend=_("从列出的身份里选"))
    if role is Role.TOWN_REVIEWER and not town:
        raise ClientError(_("街镇的接口客户要写明街镇"), where="town", mend=_("选一个街镇"))
    unknown = [each for each in scopes if each not in SCOPES]
    if unknown or not scopes:
        raise ClientError(_("没有选可用功能，或功能不存在"), where="scopes", mend="、".join(SCOPES))
    known = {purpose.value for purpose in Purpose}
    if not known.issuperset(purposes):
        raise ClientError(_("目的不存在"), where="purposes", mend="、".join(sorted(known)))
    if "subjects" in scopes and not purposes:
        raise ClientError(
            _("要查登记册里的人，必须写明目的"), where="purposes", mend=_("选至少一个目的")
        )
    if not 1 <= per_minute <= 6000:
        raise ClientError(_("每分钟次数不对"), where="per_minute", mend="1–6000")


def renew_key(acting: Acting | None, client: ApiClient) -> str:
    """A new key; the old one is dead at once."""
    prefix, key = _new_key()
    with transaction.atomic():
        held = ApiClient.objects.select_for_update().get(pk=client.pk)
        held.prefix, held.key_hash = prefix, _hash(key)
        held.save(update_fields=["prefix", "key_hash"])
        record.change(acting, "client.renew_key", "api_client", client.pk)
    return key


def stop(acting: Acting | None, client: ApiClient) -> None:
    """The client gets no answer any more; what it did stays."""
    with transaction.atomic():
        stopped = ApiClient.objects.filter(pk=client.pk, stopped_at=None)
        if stopped.update(stopped_at=timezone.now()):
            record.change(acting, "client.stop", "api_client", client.pk)


def known(key: str) -> ApiClient | None:
    """The client whose key this is; None for a wrong key or a stopped client."""
    parts = key.split("_")
    if len(parts) != 3 or parts[0] != _NAME or "\0" in parts[1]:
        return None
    client = ApiClient.objects.filter(prefix=parts[1], stopped_at=None).first()
    if client is None or not hmac.compare_digest(client.key_hash, _hash(key)):
        return None
    return client


def spend(client: ApiClient, now: float | None = None) -> int:
    """Count one call; calls left in this minute, less than 0 where the rate is used up.

    The count stands in the database: it is one for all worker processes.
    """
    minute = int((time.time() if now is None else now) // 60)
    rows = Minute.objects.filter(client=client, minute=minute)
    if not rows.update(calls=F("calls") + 1):
        try:
            with transaction.atomic():
                Minute.objects.create(client=client, minute=minute, calls=1)
            Minute.objects.filter(client=client, minute__lt=minute).delete()
        except IntegrityError:  # another process has opened the minute meanwhile
            rows.update(calls=F("calls") + 1)
    return client.per_minute - rows.values_list("calls", flat=True).get()


def _new_key() -> tuple[str, str]:
    prefix = secrets.token_hex(5)
    return prefix, f"{_NAME}_{prefix}_{secrets.token_hex(24)}"


def _hash(key: str) -> str:
    # A key has 192 random bits: a slow hash would protect nothing and cost every call.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
