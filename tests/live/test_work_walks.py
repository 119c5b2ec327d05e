"""In a real browser: an employer files twenty hires from a workbook; a month of follow-up."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from tests.live.test_paid_walk import NUMBER

Visit = Callable[..., Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(rows: list[tuple[str, str, str, str]]) -> bytes:
    """A list of hires as an employer fills it in."""
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("用工备案")
        heads = ("证件号码（必填）", "姓名（必填）", "开始日期（必填）", "劳动合同月数")
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write_string(line, place, value)
    return content.getvalue()


def people(live_service: Any, most: int) -> list[tuple[str, str]]:
    """Numbers and names of people of the register, as their employer knows them."""
    import json
    import subprocess
    import sys

    from tests.running import environment

    code = (
        "import django, json; django.setup()\n"
        "from wenye.services.people.models import Person\n"
        f"rows = Person.objects.filter(closed=False).order_by('-key')[:{most}]\n"
        "print(json.dumps([(row.number, row.name) for row in rows]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(live_service.home, live_service.database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [(number, name) for number, name in json.loads(done.stdout.splitlines()[-1])]


def test_an_employer_files_twenty_hires_from_a_workbook(visit: Visit, live_service: Any) -> None:
    page = visit("employer_clerk")
    page.goto("/cases/open/hire_filing/")
    page.get_by_role("button", name="开始办理").click()
    number = NUMBER.search(page.url)
    assert number is not None, page.locator("main").inner_text()[:800]
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载模板").click()
    assert downloading.value.suggested_filename.endswith(".xlsx")
    rows = [(who, name, "2026-10-08", "24") for who, name in people(live_service, 20)]
    # One number came out of a spreadsheet as 3.1E+17; one name is a formula.
    broken = [*rows[:18], ("3.10114E+17", rows[18][1], "2026-10-08", "24")]
    broken.append((rows[19][0], "=1+1", "2026-10-08", "24"))

    def upload(content: bytes) -> None:
        page.get_by_label("填好的名单").set_input_files(
            {"name": "hires.xlsx", "mimeType": XLSX, "buffer": content}
        )
        page.get_by_role("button", name="读入名单").click()

    upload(workbook(broken))
    assert "有2行" in page.locator("main").inner_text().replace(" ", "")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载错误清单").click()
    assert downloading.value.suggested_filename.endswith(".xlsx")
    upload(workbook(rows))
    assert "已读入20人" in page.locator("main").inner_text().replace(" ", "")
    page.get_by_role("button", name="提交", exact=True).click()
    assert "草稿" not in page.locator(".case-now").inner_text()


def test_a_month_of_follow_up(visit: Visit) -> None:
    page = visit("case_worker")
    page.goto("/followup/worklist/?which=all")
    links = page.locator("table[data-rows] tbody a[href^='/followup/people/']")
    paths = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert paths, page.locator("main").inner_text()[:500]
    path = paths[0]
    page.goto(f"{path}visit/")
    form = page.locator("form.contact").first
    form.locator('input[name="method"]').first.check()
    form.locator('input[name="outcome"][value="talked"]').check()
    for name in ("situation", "accepts"):
        form.locator(f'input[name="{name}"]').first.check()
    form.locator("button.primary").click()
    page.wait_for_load_state()
    assert not page.locator("[role=alert]").count(), page.locator("main").inner_text()[:600]
    page.goto(path)
    assert re.search("谈过本人情况|电话", page.locator("main").inner_text())
    page.goto("/followup/round/")
    assert page.locator("h1").count() == 1


def test_a_visit_on_a_phone_can_be_laid_aside(visit: Visit) -> None:
    page = visit("case_worker", viewport={"width": 390, "height": 844})
    page.goto("/followup/worklist/?which=all")
    path = page.locator("table[data-rows] tbody a[href^='/followup/people/']").last.get_attribute(
        "href"
    )
    page.goto(f"{path}visit/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    page.locator('textarea[name="note"]').fill("门口没有人")
    page.get_by_role("button", name="先暂存").click()
    page.goto(f"{path}visit/")
    assert page.locator('textarea[name="note"]').input_value() == "门口没有人"
