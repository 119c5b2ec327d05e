"""One model, whatever file an entity stands in: entities name each other across files."""

from __future__ import annotations

from typing import ClassVar

from wenye.rules.facts import Entity


class RegisterEntity(Entity):
    """Base of every entity of the district's registers."""

    home: ClassVar[str | None] = "wenye.registers.model"
