"""In a real browser, from the public check to money seen as paid; one click for an offer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.live.walkers import SCHEME
from tests.running import Live, environment
from tests.service import AS_OF

NUMBER = re.compile(r"\d{4}-\d{6}-\d{6}")
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def walkers(live_service: Live) -> dict[str, Any]:
    """Somebody whom the district pays, and officers of their town."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.live.walkers"],
        env=environment(live_service.home, live_service.database),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def take(page: Any, number: str, step: str, state: str) -> None:
    """Open a case and take a step by its button; the case is then in ``state``."""
    page.goto(f"/cases/case/{number}/")
    page.get_by_role("button", name=step, exact=True).click()
    assert state in page.locator(".case-now").inner_text(), page.locator("main").inner_text()[:800]


def by_keyboard(page: Any, selector: str, presses: int = 400) -> None:
    """Reach something with Tab alone, and press Enter."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("sought => document.activeElement.matches(sought)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{page.url}: Tab never reaches {selector}")


def test_the_public_check_answers_without_a_login(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="我能享受什么").click()
    page.get_by_role("button", name="个人").click()
    page.locator("label.choice").first.click()
    page.get_by_role("button", name="开始").click()
    for _ in range(3):
        skip = page.get_by_role("button", name="不知道，跳过")
        if not skip.count():
            break
        skip.click()
    assert page.get_by_role("region", name="结果").is_visible()
    assert not [each for each in page.context.cookies() if each["name"] == "sessionid"]


def test_an_offer_is_confirmed_in_one_click_and_withdrawn(
    visit: Visit, walkers: dict[str, Any]
) -> None:
    page = visit("walk_citizen")
    page.goto("/offers/mine/")
    page.locator(f'a[href="/offers/{walkers["offer"]}/"]').first.click()
    page.get_by_role("button", name="确认", exact=True).click()
    text = page.locator("main").inner_text()
    number = NUMBER.search(text)
    assert number is not None, text[:800]
    page.goto(f"/cases/case/{number[0]}/")
    assert "已提交" in page.locator(".case-now").inner_text()
    page.locator("summary", has_text="撤回").click()
    page.locator('details[open] textarea[name="reason"]').fill("想自己再填一次")
    page.get_by_role("button", name="撤回", exact=True).click()
    assert "撤回" in page.locator(".case-now").inner_text()


def test_from_an_application_to_money_seen_as_paid(
    visit: Visit, walkers: dict[str, Any], tmp_path: Path
) -> None:
    from wenye.services.money.bank_simulator import answer

    citizen = visit("walk_citizen")
    citizen.goto(f"/cases/open/application/?scheme={SCHEME}")
    citizen.get_by_role("button", name="开始办理").first.click()
    number = NUMBER.search(citizen.url)
    assert number is not None, citizen.locator("main").inner_text()[:800]
    case = number[0]
    citizen.get_by_role("button", name="提交", exact=True).click()
    assert "已提交" in citizen.locator(".case-now").inner_text()

    town = visit("walk_town")
    town.goto("/cases/")
    assert case in town.locator("main").inner_text()
    # Whoever takes it in may not check it: the reviewer checks it at once.
    take(town, case, "初审通过", "区级终审")
    bureau = visit("bureau_reviewer")
    take(bureau, case, "终审批准", "已批准")

    finance = visit("finance_officer")
    finance.goto("/money/payable/")
    finance.get_by_role("button", name="列入新批准的办件").click()
    finance.goto(f"/money/payable/?case={case}")
    finance.locator('tbody input[name="pick"]').first.check()
    finance.get_by_role("button", name="编制批次：勾选的").click()
    finance.get_by_role("button", name="确认编制").click()
    batch = re.search(r"/money/batches/\d+/", finance.url)
    assert batch is not None, finance.locator("main").inner_text()[:800]
    # Whoever made it cannot approve it.
    finance.goto(batch[0])
    assert finance.get_by_role("button", name="复核通过").count() == 0

    head = visit("bureau_head")
    head.goto(batch[0])
    head.get_by_role("button", name="复核通过").click()
    finance.goto(batch[0])
    with finance.expect_download() as downloading:
        finance.get_by_role("button", name="下载银行文件并标记为已送").click()
    sent = Path(downloading.value.path()).read_bytes()

    finance.goto("/money/returns/")
    told = answer(sent, AS_OF)
    finance.get_by_label("回单文件").set_input_files(
        {"name": "return.csv", "mimeType": "text/csv", "buffer": told}
    )
    finance.get_by_role("button", name="登记回单").click()
    assert "1" in finance.locator("main").inner_text()

    citizen.goto(f"/cases/case/{case}/")
    assert "已拨付" in citizen.locator(".case-now").inner_text()
    citizen.goto("/cases/mine/")
    assert case in citizen.locator("main").inner_text()


def test_the_same_offer_page_by_keyboard_alone(visit: Visit, walkers: dict[str, Any]) -> None:
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")  # the first thing is the way past the menu
    assert page.evaluate("document.activeElement.className") == "skip"
    page.goto("/accounts/login/")
    page.locator("#id_username").focus()
    page.keyboard.type("walk_town")
    page.keyboard.press("Tab")
    page.keyboard.type("wenye-demo-2026")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="退出").wait_for()
    by_keyboard(page, 'nav.menu a[href="/cases/"]')
    page.wait_for_url("**/cases/")
    page.locator("main").focus()
    if page.locator("table[data-rows] tbody tr[data-href]").count():
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.matches('tr[data-href]')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cases/case/**")
        assert page.locator("h1").count() == 1
