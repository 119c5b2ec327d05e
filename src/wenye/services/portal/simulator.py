"""The municipal portal, simulated: it takes each message once, in a file, and can fail."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wenye.services.portal.adapter import Message, PortalFailed
from wenye.services.portal.items import Item, simulated_items


class SimulatedPortal:
    """Keeps what it was told in a file of JSON lines, without names or numbers.

    ``failing`` yields, for each push, ``""`` (taken), ``"lost"`` (taken, but the answer is lost on
    the way), ``"down"`` (not taken) or ``"refused"`` (never to be taken).
    """

    def __init__(self, file: Path, failing: Iterator[str] | None = None) -> None:
        self.file = file
        self.failing = failing

    def items(self) -> Mapping[str, Item]:
        """As ``Portal``."""
        return simulated_items()

    def push(self, message: Message) -> str:
        """As ``Portal``."""
        how = next(self.failing, "") if self.failing is not None else ""
        if how == "down":
            raise PortalFailed("unreachable")
        if how == "refused":
            raise PortalFailed("refused", for_good=True)
        receipt = hashlib.sha256(message.once.encode()).hexdigest()[:16]
        if message.once not in {each["once"] for each in self.told()}:
            self._write(message)
        if how == "lost":
            raise PortalFailed("no_answer")
        return receipt

    def told(self) -> list[dict[str, Any]]:
        """Everything it was told, in order."""
        if not self.file.exists():
            return []
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    def _write(self, message: Message) -> None:
        line = {
            "once": message.once,
            "kind": message.kind,
            "item": message.item.implementation,
            "case_number": message.case_number,
            "has_applicant": bool(message.applicant),
            **message.content,
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
