"""The process that works on a long delivery: ``python -m … read|adopt IMPORT POST``."""

from __future__ import annotations

import sys


def main() -> int:
    """Do one step; its outcome stands in the delivery's row."""
    import django

    django.setup()
    from wenye.services.people.importing.working import work

    step, import_id, post_id = sys.argv[1:]
    work(step, int(import_id), int(post_id))
    return 0


if __name__ == "__main__":
    sys.exit(main())
