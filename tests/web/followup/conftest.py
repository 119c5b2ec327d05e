"""The same district as the services' tests stand on."""

from __future__ import annotations

from tests.followups import at_day, followed_people  # noqa: F401
