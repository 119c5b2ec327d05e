"""The demonstration's service, made in a process of its own: ``HOME REGISTERS DAY DISTRICT``.

Prints a line for each step as it begins, and at the end the accounts as one line of JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path


def main(registers: str, day: str) -> None:
    """Migrate, and put the district and what every area has to show into the home."""
    import django

    django.setup()
    from wenye.services.demonstration import prepare
    from wenye.services.operations.migrations import migrate

    print("数据库", flush=True)
    migrate()
    made = prepare(
        Path(registers), dt.date.fromisoformat(day), lambda what: print(what, flush=True)
    )
    print(json.dumps(made, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
