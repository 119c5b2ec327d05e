"""The access table: which role reaches how far on which page. What is not written is closed.

One file per area in ``access_table/``, a page a block; a page's id is its area and name, and its
URL's name the same with a colon (``people.search`` is ``people:search``)::

    people.search:
      title: 查人
      title_en: find a person
      menu: 办理            # the group of the menu; left out: the page is not in the menu
      reach:
        case_worker: town
        auditor: district

``anyone: public`` opens a page without login. ``states`` may narrow a page about cases: role to the
states in which it sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from wenye.policy.exact_yaml import read_yaml
from wenye.services.accounts.roles import NOBODY, Acting, Reach, Role, Scope

FOLDER = Path(__file__).with_name("access_table")


class AccessError(Exception):
    """A page that the table does not know, or a table that cannot be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page and who reaches how far on it."""

    id: str
    title: str
    title_en: str
    reach: dict[Role, Reach]
    public: bool = False
    menu: str = ""
    states: dict[Role, tuple[str, ...]] = field(default_factory=dict)

    @property
    def url_name(self) -> str:
        """The name by which Django reverses it."""
        return self.id.replace(".", ":", 1)


@lru_cache(maxsize=1)
def pages() -> dict[str, Page]:
    """The whole table by page id, in the order of files and lines."""
    found: dict[str, Page] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        file = read_yaml(path)
        for name in file:
            if not name.startswith(f"{path.stem}."):
                raise AccessError(f"{path.name}: {name} 应以“{path.stem}.”开头")
            block = file.block(name)
            block.only("title", "title_en", "menu", "reach", "states")
            reach: dict[Role, Reach] = {}
            public = False
            rows = block.block("reach")
            for who in rows:
                how = rows.text(who)
                if who == "anyone":
                    if how != "public":
                        raise AccessError(f"{path.name}: {name}: anyone 只能是 public")
                    public = True
                else:
                    reach[Role(who)] = Reach(how)
            states: dict[Role, tuple[str, ...]] = {}
            if "states" in block:
                narrowed = block.block("states")
                for who in narrowed:
                    states[Role(who)] = tuple(narrowed.texts(who))
            found[name] = Page(
                name,
                block.text("title"),
                block.text("title_en"),
                reach,
                public,
                block.text("menu", ""),
                states,
            )
    return found


def page_named(page_id: str) -> Page:
    """The page, or AccessError: a view without its row in the table does not load."""
    table = pages()
    if page_id not in table:
        raise AccessError(f"权限表里没有页面“{page_id}” / no such page in the access table")
    return table[page_id]


def scope_of(acting: Acting | None, page: Page) -> Scope:
    """How far ``acting`` reaches on ``page``; ``NOBODY`` where the table does not say."""
    if acting is not None and acting.role in page.reach:
        return Scope(page.reach[acting.role], acting)
    if page.public:
        return Scope(Reach.PUBLIC, acting)
    return NOBODY


def menu_of(acting: Acting | None) -> dict[str, list[Page]]:
    """The pages of the menu that ``acting`` may open, by group."""
    groups: dict[str, list[Page]] = {}
    for page in pages().values():
        if page.menu and scope_of(acting, page).reach is not None:
            groups.setdefault(page.menu, []).append(page)
    return groups
