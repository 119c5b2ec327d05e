"""Every address is a page of the access table, and every page has an address and examples."""

from __future__ import annotations

from tests.web.addresses import WITHOUT_A_PAGE, addresses, argument

from wenye.services.accounts.access import pages
from wenye.web.api.assembly import api


def operations() -> set[str]:
    """Page ids of the API's operations."""
    return {
        each.view_func.page_id
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for each in view.operations
    }


def test_every_address_is_declared() -> None:
    loose = [
        each.name
        for each in addresses()
        if each.page_id is None and not each.is_operation and each.name not in WITHOUT_A_PAGE
    ]
    assert not loose, f"without @page, and not on the list: {loose}"


def test_every_page_of_the_table_has_an_address_and_the_other_way_round() -> None:
    opened = {each.page_id for each in addresses() if each.page_id} | operations()
    table = set(pages())
    assert sorted(table - opened) == [], "in the access table, without an address"
    assert sorted(opened - table) == []


def test_an_address_is_named_for_its_page() -> None:
    wrong = {
        each.name: each.page_id
        for each in addresses()
        if each.page_id and each.name not in (pages()[each.page_id].url_name, "home")
    }
    assert not wrong, f"the menu finds a page by its name: {wrong}"


def test_every_part_of_an_address_has_examples(db: None) -> None:
    missing = []
    for each in addresses():
        if each.is_operation or each.page_id is None:
            continue
        for part in each.parts:
            try:
                argument(each, part)
            except KeyError as error:
                missing.append(str(error))
    assert not missing, missing
