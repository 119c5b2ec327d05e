"""Rotating the keys of sealed fields, as entries of the log."""

from __future__ import annotations

from wenye.services.audit import record
from wenye.services.security.rotation import Report, retire_unused
from wenye.services.security.rotation import rotate as sealed_again


def rotate(report: Report | None = None) -> str:
    """Seal everything with a new key; its id. What was cut off goes on."""
    key = sealed_again(report)
    record.change(None, "keys.rotate", "key", key)
    return key


def retire() -> list[str]:
    """Take keys out of use that nothing in the database needs; their ids."""
    retired = retire_unused()
    for key in retired:
        record.change(None, "keys.retire", "key", key)
    return retired
