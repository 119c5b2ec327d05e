"""The words of the log's pages: what a verb, a purpose and a user are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenye.services.accounts.models import User
from wenye.services.accounts.roles import LABELS, Role
from wenye.services.audit.models import Entry
from wenye.services.audit.record import BASES, Purpose


def area(verb: str) -> str:
    """What a verb belongs to, in words; the verb itself stands beside it."""
    words = {
        "read": _("查看"),
        "user": _("账号"),
        "login": _("登录"),
        "post": _("岗位"),
        "keys": _("密钥"),
        "identity": _("统一身份"),
        "client": _("接口"),
        "person": _("人员"),
        "import": _("读入"),
        "registers": _("登记册"),
        "correction": _("更正"),
        "case": _("办件"),
        "offer": _("政策找人"),
        "nightly": _("夜间运行"),
        "money": _("资金"),
        "ledger": _("账簿"),
        "batch": _("拨付批次"),
        "followup": _("跟踪服务"),
        "decision": _("判定"),
        "audit": _("审计"),
    }
    return str(words.get(verb.partition(".")[0], _("其他")))


def purpose(value: str) -> str:
    """A purpose in words; empty where none was given."""
    if value not in {each.value for each in Purpose}:
        return value
    return BASES[Purpose(value)][get_language() == "en"]


def purposes() -> list[tuple[str, str]]:
    """All purposes with their words."""
    return [(each.value, purpose(each.value)) for each in Purpose]


def role(value: str) -> str:
    """A role in words."""
    if value not in {each.value for each in Role}:
        return value
    return LABELS[Role(value)][get_language() == "en"]


def users(ids: Iterable[int | None]) -> dict[int | None, str]:
    """Names of users, with their login names; the service itself has no user."""
    wanted = {each for each in ids if each is not None}
    found: dict[int | None, str] = {
        user.pk: f"{user.name}（{user.username}）" for user in User.objects.filter(pk__in=wanted)
    }
    found[None] = str(_("服务自身"))
    return found


def rows(entries: list[Entry]) -> list[dict[str, Any]]:
    """Entries as a table shows them."""
    names = users(entry.user_id for entry in entries)
    return [
        {
            "entry": entry,
            "user": names.get(entry.user_id, str(entry.user_id)),
            "role": role(entry.role),
            "area": area(entry.verb),
            "purpose": purpose(entry.purpose),
        }
        for entry in entries
    ]
