"""``docs/access.md``: role × page, and the states in which a case is seen, from the access table.

``python -m wenye.web.access_page`` writes it; a test fails when it is old.
"""

from __future__ import annotations

import os
from pathlib import Path

#: Relative to the repository.
FILE = Path("docs") / "access.md"
_HEAD = """# 权限表 / Who opens what

Made from `src/wenye/services/accounts/access_table/*.yaml` and the workflows by
`python -m wenye.web.access_page`; do not edit it by hand. What is not written is closed. Every cell
is tested (`tests/web/test_access_table.py`), and a crawler asks for every object of everybody else
(`tests/web/test_crawler.py`).

How far a role sees on a page:

| word | 中文 | meaning |
| --- | --- | --- |
"""
_MEANS = {
    "public": "nothing of anybody; no login needed",
    "self": "the own person, or the own employer",
    "caseload": "people assigned to the case worker",
    "town": "the own street or town",
    "department": "what the own department is in charge of",
    "district": "everybody",
    "counts": "numbers only, never a person",
}


def access_page() -> str:
    """The page."""
    from wenye.services.accounts.access import pages
    from wenye.services.accounts.roles import REACH_LABELS, Reach, Role

    lines = [_HEAD.rstrip("\n")]
    for reach in Reach:
        lines.append(f"| {reach} | {REACH_LABELS[reach][0]} | {_MEANS[reach]} |")
    areas: dict[str, list[str]] = {}
    for page in pages().values():
        cells = []
        for role in [None, *Role]:
            if role is None:
                cells.append("public" if page.public else "–")
            elif role in page.reach:
                cells.append(str(page.reach[role]))
            else:
                cells.append("public" if page.public else "–")
        row = f"| `{page.id}` {page.title} | {' | '.join(cells)} |"
        areas.setdefault(page.id.split(".")[0], []).append(row)
    for area, rows in areas.items():
        lines += ["", f"## {area}", "", *_head("page"), *rows]
    return "\n".join([*lines, *_states()]) + "\n"


def _head(first: str, anyone: bool = True) -> list[str]:
    from wenye.services.accounts.roles import LABELS, Role

    names = [LABELS[role][0] for role in Role]
    columns = [first, *(["未登录"] if anyone else []), *names]
    return [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]


def _states() -> list[str]:
    """In which states of each workflow a role sees a case that is within its reach."""
    from wenye.services.accounts.roles import Role
    from wenye.services.cases.workflows import workflows

    lines = ["", "## States of cases", ""]
    lines.append("A case within reach is seen only in the states marked here.")
    for workflow in workflows().values():
        lines += ["", f"### `{workflow.id}` {workflow.label}", "", *_head("state", anyone=False)]
        for state in workflow.states.values():
            cells = ["✓" if role in state.seen_by else "–" for role in Role]
            lines.append(f"| `{state.id}` {state.label} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Write the page into the repository that is the working folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenye.web.settings")
    import django

    django.setup()
    FILE.write_text(access_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
