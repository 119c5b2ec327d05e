"""Deliveries: what is refused at the door, what is read, and the way back."""

from __future__ import annotations

import datetime as dt
import io
import stat
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.service import AS_OF, PEOPLE

from wenye.policy.district import load_district
from wenye.services.audit.models import Entry
from wenye.services.decisions.facts import facts
from wenye.services.people.adopting import AdoptionRefused
from wenye.services.people.importing import receiving, working
from wenye.services.people.importing.receiving import UploadRefused
from wenye.services.people.models import Import, Person, Snapshot
from wenye.simulation.synthetic.district import generate


def _zip(entries: dict[str, bytes], name: str = "报送.zip") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return SimpleUploadedFile(name, buffer.getvalue())


@pytest.fixture(scope="module")
def delivery_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small synthetic district, with some mistakes in them."""
    folder = tmp_path_factory.mktemp("delivery")
    units = load_district("jiading").organisation.units
    codes = [unit.code for unit in units]
    generate(folder, people=120, seed=11, units=codes, errors=0.05, as_of=AS_OF)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _read(acting, files: dict[str, bytes]) -> Import:
    made = working.upload(acting, [_zip(files)], AS_OF)
    working.begin(made, "read", acting)
    made.refresh_from_db()
    return made


def test_a_delivery_is_read_looked_at_put_in_force_and_undone(
    db: None, acting, delivery_files: dict[str, bytes]
) -> None:
    administrator = acting("administrator")
    before, people = facts().snapshot_id, Person.objects.filter(closed=False).count()
    made = _read(administrator, delivery_files)
    assert made.state == Import.READY, made.problems
    assert made.report["in"] == made.report["accepted"] + made.report["rejected"]
    assert made.report["rejected"] > 0
    assert facts().snapshot_id == before  # nothing has changed yet
    assert working.rejected_workbook(made) is not None
    working.begin(made, "adopt", administrator)
    made.refresh_from_db()
    assert made.state == Import.ADOPTED and made.snapshot is not None
    assert facts().snapshot_id == made.snapshot_id
    assert not (made.folder / "files").exists() and not made.staging.exists()
    workbook = working.rejected_workbook(made)
    assert workbook is not None and stat.S_IMODE(workbook.stat().st_mode) == 0o600
    # Everybody of the district before has left it, and their keys went to nobody else.
    # (Two districts that are made up may share a number or two.)
    assert PEOPLE - 10 < Person.objects.filter(closed=True).count() <= people == PEOPLE
    assert Person.objects.filter(closed=False).count() > 100
    working.undo(made.pk, administrator, "报送单位发错了月份")
    made.refresh_from_db()
    assert made.state == Import.UNDONE
    assert facts().snapshot_id == before
    assert Person.objects.filter(closed=False).count() == people == Person.objects.count()
    again = _read(administrator, delivery_files)
    assert again.base_id == made.snapshot_id
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"import.upload", "import.read", "registers.adopt", "registers.undo"} <= verbs


def test_what_was_read_before_another_delivery_is_read_again(
    db: None, acting, delivery_files: dict[str, bytes]
) -> None:
    administrator = acting("administrator")
    first, second = (_read(administrator, delivery_files) for _ in range(2))
    working.begin(second, "adopt", administrator)
    working.begin(first, "adopt", administrator)
    first.refresh_from_db()
    assert first.state == Import.READY
    assert "另一批" in first.problems[0]["what"]
    working.begin(first, "read", administrator)
    working.begin(first, "adopt", administrator)
    first.refresh_from_db()
    assert first.state == Import.ADOPTED
    assert Snapshot.objects.filter(state=Snapshot.IN_FORCE).count() == 1


def test_a_step_is_taken_by_one(db: None, acting, delivery_files: dict[str, bytes]) -> None:
    made = _read(acting("administrator"), delivery_files)
    Import.objects.filter(pk=made.pk).update(state=Import.ADOPTING)
    for step in (working.adopt, working.read, working.discard):
        with pytest.raises(AdoptionRefused):
            step(made.pk, acting("administrator"))
    long_ago = made.touched_at - dt.timedelta(minutes=3)
    Import.objects.filter(pk=made.pk).update(touched_at=long_ago)
    assert working.adopt(made.pk, acting("administrator")).state == Import.ADOPTED


def test_one_that_was_cut_off_after_it_was_put_in_force_is_finished(
    db: None, acting, delivery_files: dict[str, bytes], monkeypatch
) -> None:
    class Cut(Exception):
        pass

    def cut(*args: object, **more: object) -> None:
        raise Cut

    made = _read(acting("administrator"), delivery_files)
    with monkeypatch.context() as patched:
        patched.setattr(working, "_adopted", cut)
        with pytest.raises(Cut):
            working.adopt(made.pk, acting("administrator"))
    made.refresh_from_db()
    assert made.state == Import.ADOPTING
    Import.objects.update(touched_at=made.touched_at - dt.timedelta(minutes=3))
    assert working.adopt(made.pk, acting("administrator")).state == Import.ADOPTED
    assert Snapshot.objects.count() == 2


def test_a_delivery_is_thrown_away_with_its_files(
    db: None, acting, delivery_files: dict[str, bytes]
) -> None:
    made = _read(acting("administrator"), delivery_files)
    working.discard(made.pk, acting("administrator"))
    assert not made.folder.exists() and not made.staging.exists()


def test_what_no_register_fits_is_told(db: None, acting) -> None:
    made = _read(acting("administrator"), {"其他.csv": "甲,乙\n1,2\n".encode()})
    assert made.state == Import.REFUSED
    assert made.problems and made.problems[0]["mend"]
    assert str(settings.HOME) not in str(made.problems)


def test_registers_that_are_missing_are_named(
    db: None, acting, delivery_files: dict[str, bytes]
) -> None:
    few = {name: text for name, text in delivery_files.items() if "失业" not in name}
    assert len(few) < len(delivery_files)
    made = _read(acting("administrator"), few)
    assert made.state == Import.READY, made.problems
    assert "失业登记" in made.report["lost"]


# -- at the door --------------------------------------------------------------------------------


def _refused(tmp_path: Path, *uploads: SimpleUploadedFile) -> str:
    with pytest.raises(UploadRefused) as told:
        receiving.receive(uploads, tmp_path)
    assert told.value.what and told.value.mend
    return told.value.what


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "/etc/人员.csv", "C:\\人员.csv", "a/../../人员.csv"]
)
def test_names_that_point_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert "以外" in _refused(tmp_path, _zip({name: b"a,b\n"}))
    assert list(tmp_path.parent.glob("*.csv")) == []


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path, monkeypatch) -> None:
    assert "压缩率" in _refused(tmp_path, _zip({"人员.csv": b"0" * (40 << 20)}))
    written = sum(path.stat().st_size for path in tmp_path.iterdir() if path.suffix == ".csv")
    assert written <= 17 << 20


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    upload = _zip({"人员.csv": b"name\n" * 1000})
    content = bytearray(upload.read())
    real = (5000).to_bytes(4, "little")
    while (at := content.find(real)) >= 0:
        content[at : at + 4] = (50).to_bytes(4, "little")
    assert "损坏" in _refused(tmp_path, SimpleUploadedFile("报送.zip", bytes(content)))


def test_too_much_and_too_many_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(receiving, "UNPACKED_LIMIT", 100)
    assert "太大" in _refused(tmp_path, SimpleUploadedFile("人员.csv", b"x" * 101))
    (tmp_path / "more").mkdir()
    monkeypatch.setattr(receiving, "FILES_LIMIT", 2)
    many = _zip({f"{at}.csv": b"x\n" for at in range(3)})
    assert "太多" in _refused(tmp_path / "more", many)


@pytest.mark.parametrize(
    ("upload", "what"),
    [
        (SimpleUploadedFile("人员.xls", b"x"), "不能读"),
        (SimpleUploadedFile("人员.xlsm", b"x"), "不能读"),
        (SimpleUploadedFile("人员.exe", b"x"), "不能读"),
        (SimpleUploadedFile("人员.xlsx", b"not a zip"), "打不开"),
        (SimpleUploadedFile("人员.csv", b""), "是空的"),
        (SimpleUploadedFile("报送.zip", b"PK\x03\x04broken"), "打不开"),
        (_zip({"里面.zip": b"PK"}), "还有压缩包"),
        (_zip({"xl/vbaProject.bin": b"x", "[Content_Types].xml": b"x"}, "人员.xlsx"), "宏"),
        (_zip({"a.txt": b"x"}, "人员.xlsx"), "不是"),
        (_zip({"__MACOSX/._人员.csv": b"x"}), "没有可读"),
    ],
)
def test_what_is_no_bureau_file_is_refused(
    tmp_path: Path, upload: SimpleUploadedFile, what: str
) -> None:
    upload.seek(0)
    assert what in _refused(tmp_path, upload)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("人员.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert "链接" in _refused(tmp_path, SimpleUploadedFile("报送.zip", buffer.getvalue()))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "同名" in _refused(tmp_path, _zip({"甲/人员.csv": b"a\n", "乙/人员.csv": b"a\n"}))


def test_names_of_old_windows_archives_are_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("人员.csv".encode("gbk").decode("cp437"))
        archive.writestr(entry, "a\n")
    content = bytearray(buffer.getvalue())
    found = receiving.receive([SimpleUploadedFile("报送.zip", bytes(content))], tmp_path)
    assert len(found) == 1


def test_a_full_disk_is_told_and_nothing_is_kept(db: None, acting, monkeypatch) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(working, "receive", full)
    before = set(Path(settings.HOME, "imports").glob("*"))
    with pytest.raises(OSError, match="space"):
        working.upload(acting("administrator"), [SimpleUploadedFile("a.csv", b"x")], AS_OF)
    assert not Import.objects.exists()
    assert set(Path(settings.HOME, "imports").glob("*")) <= before
