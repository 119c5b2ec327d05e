"""Why a client reads somebody: written to the log, a line for each person or employer."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from wenye.services.accounts.roles import Role
from wenye.services.audit import record
from wenye.services.audit.record import Purpose
from wenye.web.api.guard import Called
from wenye.web.api.problems import Problem


def aim(called: Called, named: str) -> Purpose:
    """The purpose of a read: a citizen's own, or one that the client may have and has named."""
    if called.client.role == Role.CITIZEN:
        return Purpose.OWN
    if not named:
        raise Problem(
            422,
            _("没有写查看的目的。"),
            where="purpose",
            mend="、".join(called.client.purposes) or _("请联系管理员开通目的"),
        )
    if named not in called.client.purposes:
        raise Problem(403, _("这个密钥不能用于此目的。"), where="purpose")
    return Purpose(named)


def note(
    called: Called,
    purpose: Purpose,
    people: Iterable[int | None],
    employers: Iterable[int | None] = (),
) -> None:
    """Write down who was read."""
    record.read(
        called.acting,
        purpose,
        people=sorted({key for key in people if key is not None}),
        employers=sorted({key for key in employers if key is not None}),
        page=called.page.id,
        detail={"client": called.client.prefix},
    )
