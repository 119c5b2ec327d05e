"""What the portal tells this service: verified by HMAC-SM3, taken once.

To be checked against the municipal contract: the names of headers and kinds. A message is signed
over its time, its id and its body, with the secret in ``WENYE_PORTAL_SECRET``; one that is older
than five minutes, or was signed with anything else, is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.cases.models import Case
from wenye.services.cases.workflow import perform
from wenye.services.portal.models import Incoming

#: Seconds by which a message's time may differ from here.
AGE = 300
KINDS = ("acknowledged", "withdraw")


class CallbackRefused(Exception):
    """A message that is not taken; ``status`` is the answer's."""

    def __init__(self, status: int, what: str, *, where: str = "", mend: str = "") -> None:
        self.status = status
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)


def signature(secret: str, moment: str, message_id: str, body: bytes) -> str:
    """HMAC-SM3 over time, id and body, in hexadecimal."""
    mac = HMAC(secret.encode(), hashes.SM3())
    mac.update(f"{moment}\n{message_id}\n".encode())
    mac.update(body)
    return mac.finalize().hex()


def verify(
    moment: str, message_id: str, signed: str, body: bytes, now: float | None = None
) -> None:
    """CallbackRefused unless the portal sent this, just now."""
    secret = os.environ.get("WENYE_PORTAL_SECRET", "")
    if not secret:
        raise CallbackRefused(
            503, _("没有接入市级门户。"), mend=_("请先设置 WENYE_PORTAL_SECRET。")
        )
    if not message_id or len(message_id) > 100 or not message_id.isprintable():
        raise CallbackRefused(400, _("没有消息编号。"), where="X-Portal-Id")
    right = signature(secret, moment, message_id, body)
    if not hmac.compare_digest(right.encode(), signed.casefold().encode("utf-8", "replace")):
        raise CallbackRefused(401, _("签名不对。"), where="X-Portal-Signature")
    sent = int(moment) if moment.isascii() and moment.isdigit() and len(moment) < 12 else 0
    if abs((time.time() if now is None else now) - sent) > AGE:
        raise CallbackRefused(401, _("消息的时间不对。"), where="X-Portal-Timestamp")


def receive(message_id: str, body: bytes, message: Mapping[str, Any]) -> dict[str, Any]:
    """Do what a verified message asks, once; a repetition gets the first answer again."""
    digest = hashlib.sha256(body).hexdigest()
    kind, number = str(message.get("kind", "")), str(message.get("case_number", ""))
    if kind not in KINDS:
        raise CallbackRefused(422, _("不认识这种消息。"), where="kind", mend="、".join(KINDS))
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Incoming.objects.create(
                    message_id=message_id, kind=kind, case_number=number[:40], digest=digest
                )
        except IntegrityError:
            row = Incoming.objects.get(message_id=message_id)
            if row.digest != digest:
                raise CallbackRefused(
                    409, _("这个消息编号已用于另一条消息。"), where="X-Portal-Id"
                ) from None
            return dict(row.result)
        case = Case.objects.filter(number=number).first()
        if case is None:
            raise CallbackRefused(404, _("没有这个办件。"), where="case_number")
        if kind == "withdraw":
            _withdrawn(case, str(message.get("reason", "")))
        row.result = {"case_number": number, "state": case.state}
        row.save(update_fields=["result"])
        record.change(None, f"portal.{kind}", "case", number, person=case.person_key)
        return dict(row.result)


def _withdrawn(case: Case, reason: str) -> None:
    """The applicant has withdrawn over there: the portal has verified who they are."""
    if case.person_key is None:
        raise CallbackRefused(422, _("单位的办件不能由门户撤回。"), where="case_number")
    applicant = Acting(0, _("市级门户"), Role.CITIZEN, 0, person_key=case.person_key)
    perform(case, "withdraw", applicant, reason=reason or _("申请人在市级门户撤回"))
