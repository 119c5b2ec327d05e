"""A day to stand on, and people who are followed on it."""

from __future__ import annotations

from tests.followups import at_day, followed_people  # noqa: F401
