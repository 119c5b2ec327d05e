"""Calling the API as its clients do."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.test import Client

from wenye.services.accounts.roles import Role
from wenye.services.portal.clients import SCOPES, make_client
from wenye.services.portal.models import ApiClient


class Caller:
    """A client of the API with its key."""

    def __init__(self, client: ApiClient, key: str) -> None:
        self.client, self.key, self.http = client, key, Client()
        self.reference = ""

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(path, query, headers=self._headers())

    def post(self, path: str, body: Any = None, *, once: str | None = "", raw: Any = None) -> Any:
        """``once``: the idempotency key; a new one where it is empty, none where it is None."""
        headers = self._headers()
        if once is not None:
            headers["Idempotency-Key"] = once or uuid.uuid4().hex
        return self.http.post(
            path,
            json.dumps(body) if raw is None else raw,
            content_type="application/json",
            headers=headers,
        )

    def _headers(self) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.key}"}
        if self.reference:
            headers["Person-Reference"] = self.reference
        return headers


def caller(
    role: Role = Role.BUREAU_REVIEWER,
    *,
    scopes: Iterable[str] = tuple(SCOPES),
    purposes: Iterable[str] = ("service", "review"),
    **more: Any,
) -> Caller:
    """A new client that may do everything, unless said otherwise."""
    name = f"系统{uuid.uuid4().hex[:6]}"
    return Caller(*make_client(None, name, role=role, scopes=scopes, purposes=purposes, **more))
