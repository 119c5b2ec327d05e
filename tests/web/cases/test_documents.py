"""What is uploaded: taken, refused or given back; the workbook of hires; the export."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.services.cases.made import brought, opened, someone
from tests.web.cases.test_pages import client_of

pytestmark = pytest.mark.usefixtures("db")

PDF = b"%PDF-1.7\n%test\n"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_document_is_kept_sealed_and_given_back_as_a_file() -> None:
    from django.conf import settings

    case, actors = opened()
    owner = client_of(actors.owner)
    url = reverse("cases:attach", args=[case.number])
    name = "合同 <script>\u202efdp.pdf"
    answer = owner.post(url, {"kind": "contract", "file": upload(name, PDF)})
    assert answer.status_code == 302
    row = case.attachments.get()
    raw = (settings.MEDIA_ROOT / row.path).read_bytes()
    assert PDF[:5] not in raw
    page = owner.get(reverse("cases:case", args=[case.number])).content.decode()
    assert "<script>\u202e" not in page
    file = owner.get(reverse("cases:attachment", args=[case.number, row.pk]))
    assert file.content == PDF
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    stranger = client_of(someone("citizen", person_key=1))
    assert stranger.get(reverse("cases:attachment", args=[case.number, row.pk])).status_code == 404
    other, _others = opened(at=1)
    wrong = reverse("cases:attachment", args=[other.number, row.pk])
    assert client_of(actors.bureau_reviewer).get(wrong).status_code == 404
    owner.post(url, {"remove": row.pk})
    assert owner.get(reverse("cases:attachment", args=[case.number, row.pk])).status_code == 404
    brought(case, actors, "submitted")
    late = owner.post(url, {"kind": "contract", "file": upload("a.pdf", PDF)})
    assert late.status_code == 403


BOMB = packed({"word/document.xml": b"0" * 250_000_000})
REFUSED = {
    "empty": ("a.pdf", b"", "空的"),
    "a program": ("a.pdf", b"MZ\x90\x00" + b"0" * 50, "不收这种文件"),
    "a page": ("a.html", b"<html><script>1</script>", "不收这种文件"),
    "another ending": ("a.exe", PDF, "后缀"),
    "a picture by name": ("a.png", PDF, "后缀"),
    "a bomb": ("a.docx", BOMB, "压缩内容异常"),
    "an archive": ("a.zip", packed({"a.txt": b"x"}), "压缩包"),
    "macros": (
        "a.xlsx",
        packed({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}),
        "宏",
    ),
    "broken": ("a.docx", b"PK\x03\x04" + b"0" * 100, "破坏"),
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_what_is_not_taken(what: str) -> None:
    name, content, words = REFUSED[what]
    case, actors = opened()
    answer = client_of(actors.owner).post(
        reverse("cases:attach", args=[case.number]),
        {"kind": "contract", "file": upload(name, content)},
    )
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not case.attachments.exists()


def test_too_large_a_file(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    case, actors = opened()
    answer = client_of(actors.owner).post(
        reverse("cases:attach", args=[case.number]),
        {"kind": "contract", "file": upload("a.pdf", PDF)},
    )
    assert answer.status_code == 413


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from wenye.services.cases import attaching

    def full(path: Any, sealed: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(attaching, "_write", full)
    case, actors = opened()
    answer = client_of(actors.owner).post(
        reverse("cases:attach", args=[case.number]),
        {"kind": "contract", "file": upload("a.pdf", PDF)},
    )
    assert answer.status_code == 500
    assert "磁盘" in answer.content.decode()
    assert not case.attachments.exists()


# -- hires ----------------------------------------------------------------------------------------


def workbook(rows: list[list[str]]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    head = ["证件号码（必填）", "姓名（必填）", "就业日期（必填）", "劳动合同期限（月）"]
    for at, line in enumerate([head, *rows]):
        for column, cell in enumerate(line):
            sheet.write_string(at, column, cell)
    book.close()
    return file.getvalue()


def people(count: int) -> list[Any]:
    from wenye.services.people.models import Person

    return [each for each in Person.objects.order_by("key")[: count * 2] if each.number][:count]


@pytest.fixture
def filing() -> tuple[Any, Any]:
    from wenye.services.cases.opening import open_case
    from wenye.services.people.models import Employer

    employer = Employer.objects.exclude(town="").order_by("key").first()
    assert employer is not None
    clerk = someone("employer_clerk", employer_key=employer.pk)
    case = open_case(clerk, "hire_filing", subject_register="employers", subject_key=employer.pk)
    return case, clerk


def test_twenty_hires_from_a_workbook(filing: tuple[Any, Any]) -> None:
    from wenye.registers.model import Employment
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.facts import facts

    case, clerk = filing
    client = client_of(clerk)
    assert client.get(reverse("cases:rows_template")).content.startswith(b"PK")
    hires = people(20)
    rows = [[each.number, each.name, "2026-11-02", "24"] for each in hires]
    rows[3][0] = rows[3][0][:-1] + ("0" if rows[3][0][-1] != "0" else "1")
    rows[5][1] = "别人"
    rows[7][2] = "不知道"
    rows.append(rows[0])
    rows.append(["=1+1", "=cmd|' /C calc'!A0", "2026-11-02", ""])
    url = reverse("cases:rows", args=[case.number])
    answer = client.post(url, {"file": upload("名单.xlsx", workbook(rows))}, follow=True)
    text = answer.content.decode()
    case.refresh_from_db()
    assert len(case.form["rows"]) == 17, case.form["wrong"]
    assert len(case.form["wrong"]) == 5
    assert "读入17人" in text
    back = client.get(reverse("cases:rows_errors", args=[case.number]))
    with zipfile.ZipFile(io.BytesIO(back.content)) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in xml
    assert "不是日期".encode() in xml
    right = [[each.number, each.name, "2026-11-02", "24"] for each in hires]
    client.post(url, {"file": upload("名单.xlsx", workbook(right))})
    case.refresh_from_db()
    assert len(case.form["rows"]) == 20
    assert case.form["wrong"] == []
    step = reverse("cases:step", args=[case.number])
    client.post(step, {"version": case.version, "filled": "1", "do": "submit", "phone": ""})
    case.refresh_from_db()
    assert case.state == "submitted"
    perform(case, "register", someone("town_reviewer", case.town))
    assert case.state == "registered"
    held = facts().rows_by(Employment, "employer", [case.employer_key])
    assert set(held["worker"].to_list()) >= {each.pk for each in hires}
    again = client.post(url, {"file": upload("名单.xlsx", workbook(right))})
    assert again.status_code == 409


def test_a_list_that_cannot_be_read(filing: tuple[Any, Any]) -> None:
    case, clerk = filing
    url = reverse("cases:rows", args=[case.number])
    for name, content in (
        ("a.xlsx", PDF),
        ("a.xlsx", BOMB),
        ("a.doc", PDF),
        ("a.csv", b"a,b\n1,2"),
    ):
        answer = client_of(clerk).post(url, {"file": upload(name, content)})
        assert answer.status_code == 400, name
    case.refresh_from_db()
    assert "rows" not in case.form
    step = reverse("cases:step", args=[case.number])
    answer = client_of(clerk).post(step, {"version": case.version, "filled": "1", "do": "submit"})
    assert answer.status_code == 400
    assert "人员名单" in answer.content.decode()


def test_the_export_holds_what_is_seen_and_no_formula() -> None:
    from wenye.services.people.models import Person

    case, actors = opened()
    brought(case, actors, "submitted")
    Person.objects.filter(pk=case.person_key).update(name="=HYPERLINK(1)")
    answer = client_of(actors.bureau_reviewer).get(reverse("cases:export"), {"todo": "0"})
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert case.number in xml
    assert "<f>" not in xml
    assert "HYPERLINK(1" not in xml
