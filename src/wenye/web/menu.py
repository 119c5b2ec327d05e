"""The menu of a page: groups of pages that the one who acts may open."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from wenye.services.accounts.access import Page

#: The groups with their English names, in the order of the work: what is one's own to do stands
#: first, what anybody may look up last.
GROUPS = {
    "我的": "Mine",
    "办理": "Cases",
    "跟踪服务": "Follow-up",
    "资金": "Money",
    "看全区": "District",
    "管理": "Administration",
    "了解政策": "Policy",
}
#: Pages that lead their group; the others follow as the access table has them.
FIRST = ("offers.inbox", "cases.mine", "district.head", "policy.check", "policy.schemes")


def _place(page: Page) -> int:
    return FIRST.index(page.id) if page.id in FIRST else len(FIRST)


def groups(pages: dict[str, list[Page]], path: str) -> list[dict[str, Any]]:
    """Groups with their links; the page that is open is marked."""
    english = get_language() == "en"
    found = []
    for name in [*GROUPS, *(name for name in pages if name not in GROUPS)]:
        links = []
        for each in sorted(pages.get(name, ()), key=_place):
            try:
                url = reverse(each.url_name)
            except NoReverseMatch:
                continue  # a page about one object has no place in a menu
            links.append(
                {
                    "url": url,
                    "title": each.title_en.capitalize() if english else each.title,
                    "open": path == url or (url != "/" and path.startswith(url)),
                }
            )
        if links:
            found.append({"name": GROUPS.get(name, name) if english else name, "links": links})
    return found
