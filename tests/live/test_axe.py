"""axe finds no serious fault on the main pages: light, dark, on a phone, in the largest letters."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

#: Pages by who opens them; those that are not there for a role are found by the crawler.
MAIN: dict[str, tuple[str, ...]] = {
    "": ("/", "/accounts/login/", "/api/docs/"),
    "citizen": ("/", "/accounts/posts/"),
    "administrator": ("/", "/api/clients/", "/api/outbox/", "/oidc/links/"),
    "employer_clerk": ("/",),
    "case_worker": ("/",),
    "bureau_reviewer": ("/",),
    "finance_officer": ("/",),
    "auditor": ("/",),
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
#: What axe calls grave.
GRAVE = ("serious", "critical")


#: What anybody sees, also on a phone, and what a citizen sees; ``WENYE_AXE=all``: every look of
#: every role, which takes some minutes.
SEEN = [
    (role, look)
    for role in MAIN
    for look in [*LOOKS, "largest"]
    if os.environ.get("WENYE_AXE") == "all"
    or (role == "" and look in ("light", "phone"))
    or (role == "citizen" and look == "light")
]


@pytest.mark.parametrize(("role", "look"), SEEN, ids=[f"{r or 'anybody'}-{k}" for r, k in SEEN])
def test_no_serious_fault(visit: Callable[..., Any], role: str, look: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(role, **LOOKS.get(look, {}))
    paths = list(MAIN[role])
    if role:
        page.goto("/")
        paths += page.eval_on_selector_all(
            "nav.menu a", "links => links.map(link => new URL(link.href).pathname)"
        )
    if look == "largest":
        page.goto("/")
        page.get_by_role("button", name="特大").click()
    found = []
    for path in dict.fromkeys(paths):
        page.goto(path)
        told = Axe().run(page, options={"resultTypes": ["violations"]})
        for fault in told.response["violations"]:
            if fault["impact"] in GRAVE:
                nodes = [node["target"] for node in fault["nodes"]][:3]
                found.append(f"{path}: {fault['impact']} {fault['id']} {nodes}")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 1:
            found.append(f"{path}: {wide} px wider than the window")
    assert not found, "\n".join(found)
