"""Imports on their pages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.service import AS_OF

from wenye.policy.district import load_district
from wenye.services.people.importing import working
from wenye.services.people.models import Import, Person
from wenye.simulation.synthetic.district import generate

UPLOAD = "/people/imports/new/"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("delivery")
    codes = [unit.code for unit in load_district("jiading").organisation.units]
    generate(folder, people=100, seed=5, units=codes, errors=0.05, as_of=AS_OF)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(Path(folder).iterdir()):
            archive.write(path, path.name)
    return buffer.getvalue()


def test_from_the_upload_to_the_undo(as_role, packed: bytes) -> None:
    client = as_role("administrator")
    assert client.get(UPLOAD).status_code == 200
    answer = client.post(
        UPLOAD,
        {"files": SimpleUploadedFile("报送.zip", packed), "as_of": AS_OF.isoformat()},
        follow=True,
    )
    page = answer.content.decode()
    row = Import.objects.get()
    assert "待确认" in page and "投入使用" in page and "为什么退回" in page
    book = client.post(reverse("people:import_rejected", args=[row.pk]))
    assert b"".join(book.streaming_content)[:2] == b"PK"
    adopt = reverse("people:import_adopt", args=[row.pk])
    page = client.post(adopt, {"step": "adopt"}, follow=True).content.decode()
    assert "已投入使用" in page and "人员和单位的变化" in page
    assert client.post(adopt, {"step": "adopt"}).status_code == 409
    undo = reverse("people:import_undo", args=[row.pk])
    assert client.post(undo, {"reason": " "}).status_code == 400
    page = client.post(undo, {"reason": "月份不对"}, follow=True).content.decode()
    assert "月份不对" in page
    assert client.post(undo, {"reason": "再一次"}).status_code == 409
    assert Person.objects.filter(closed=True).count() == 0
    assert as_role("auditor").get(reverse("people:import", args=[row.pk])).status_code == 200
    listed = as_role("auditor").get(reverse("people:imports")).content.decode()
    assert "已撤销" in listed and "上传一批" not in listed


@pytest.mark.parametrize(
    ("name", "content", "day", "words"),
    [
        ("人员.xls", b"x", "2026-10-31", "不能读"),
        ("人员.csv", b"", "2026-10-31", "空的"),
        ("人员.csv", b"a\n", "昨天", "数据日期"),
        ("人员.csv", b"a\n", "2999-01-01", "今天之后"),
    ],
)
def test_what_is_refused_is_told(as_role, name: str, content: bytes, day: str, words: str) -> None:
    answer = as_role("administrator").post(
        UPLOAD, {"files": SimpleUploadedFile(name, content), "as_of": day}
    )
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_no_file_at_all_is_told(as_role) -> None:
    answer = as_role("administrator").post(UPLOAD, {"as_of": "2026-10-31"})
    assert "没有可读的文件" in answer.content.decode()


def test_registers_that_are_lost_are_confirmed_first(as_role, db: None) -> None:
    row = Import.objects.create(as_of=AS_OF, state=Import.READY, report={"lost": ["失业登记"]})
    answer = as_role("administrator").post(reverse("people:import_adopt", args=[row.pk]))
    assert answer.status_code == 400
    assert "先确认" in answer.content.decode()


def test_a_long_one_tells_how_far_it_is(as_role, db: None) -> None:
    row = Import.objects.create(as_of=AS_OF, state=Import.ADOPTING, total=10)
    working.write_progress(row, "人员", 3, 9)
    client = as_role("administrator")
    url = reverse("people:import", args=[row.pk])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'value="3" max="9"' in part and "<h1" not in part
    assert "<h1" in client.get(url).content.decode()
    Import.objects.update(state=Import.ADOPTED)
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_long_one_is_given_to_a_process_of_its_own(as_role, acting, monkeypatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(working.subprocess, "Popen", lambda call, **more: started.append(call))
    row = Import.objects.create(as_of=AS_OF, files=[{"name": "人员.csv", "size": 1 << 30}])
    working.begin(row, "read", acting("administrator"))
    assert started[0][-3:] == ["read", str(row.pk), str(acting("administrator").post_id)]
    assert Import.objects.get().state == Import.RECEIVED
