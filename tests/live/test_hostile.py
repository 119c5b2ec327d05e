"""What hostile visitors send: refused or handled, said clearly, and nobody else notices."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
import requests
from tests.running import Live


def tidy(answer: requests.Response) -> None:
    """Whatever was sent: no failure, and nothing of the inside told."""
    assert answer.status_code < 500, answer.text[:1500]
    assert "Traceback" not in answer.text and "/site-packages/" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ff%fe",
        "/people/999999999999999999999999/",
        "/cases/case/..%2f..%2fetc%2fpasswd/",
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/people/?q=%00",
        "/people/?q=%25%25%25__%5C",
        "/cases/?page=-1&state='%20or%201=1--",
        "/api/schemes/%00",
        "/?" + "a=1&" * 2000,
    ],
)
def test_odd_addresses(live_service: Live, path: str) -> None:
    visitor = live_service.session("bureau_reviewer")
    request = requests.Request("GET", live_service.url).prepare()
    request.url = live_service.url + path  # as it is: not put right on the way
    request.headers["Cookie"] = "; ".join(f"{c.name}={c.value}" for c in visitor.cookies)
    tidy(visitor.send(request, timeout=60))


def test_search_takes_wildcards_as_letters(live_service: Live) -> None:
    visitor = live_service.session("bureau_reviewer")
    for text in ("%", "_", "\\", "'", '"; drop table people_person; --', "张%"):
        answer = visitor.open("/people/search/", params={"q": text})
        tidy(answer)
        assert answer.text.count("data-href") < 3, f"{text!r} found everybody"


def test_a_name_that_is_a_script_is_printed_as_text(live_service: Live) -> None:
    visitor = live_service.session("administrator")
    name = "<script>alert(1)</script>\u202eدعم\u2066" + "长" * 40
    sent = {"name": name, "role": "citizen", "scopes": ["schemes"], "per_minute": "5"}
    answer = visitor.send_form("/api/clients/", sent)
    tidy(answer)
    listed = visitor.open("/api/clients/").text
    assert "<script>alert" not in listed and "&lt;script&gt;" in listed


def test_a_huge_form_is_refused_in_words(live_service: Live) -> None:
    visitor = live_service.session("administrator")
    sent = {"name": "x" * 6_000_000, "role": "citizen"}
    answer = visitor.send_form("/api/clients/", sent)
    assert answer.status_code in (400, 413), answer.status_code
    assert "没有保存" in answer.text
    many = {f"field{n}": "1" for n in range(3000)}
    answer = visitor.send_form("/api/clients/", many)
    assert answer.status_code in (400, 413)


def test_bytes_that_are_no_text(live_service: Live) -> None:
    visitor = live_service.session("administrator")
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x/y"):
        answer = visitor.post(
            live_service.url + "/accounts/login/",
            data=b"\xff\xfe\x00username=\x80",
            headers={"Content-Type": kind},
            timeout=60,
        )
        tidy(answer)


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to hundreds of megabytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b"0" * 1_000_000)
    return held.getvalue()


def test_upload_bombs_are_refused(live_service: Live) -> None:
    visitor = live_service.session("administrator")
    page = visitor.open("/people/imports/")
    tidy(page)
    for name, content in (
        ("people.xlsx", bomb()),
        ("people.csv.gz", gzip.compress(b"0" * 50_000_000)),
        ("people.xlsx", b"PK\x03\x04 no zip at all"),
        ("../../../etc/passwd", b"x"),
        ("people.csv", b"\xff" * 1000),
    ):
        answer = visitor.send_form(
            "/people/imports/new/",
            {},
            at="/people/imports/",
            files={"files": (name, content)},
        )
        tidy(answer)
    assert visitor.open("/health/").status_code == 200


def test_a_slow_or_broken_request_does_not_hold_the_others(live_service: Live) -> None:
    import socket

    host, port = live_service.url.removeprefix("http://").split(":")
    held = []
    for _ in range(20):
        line = socket.create_connection((host, int(port)), timeout=10)
        line.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n")
        held.append(line)
    assert live_service.session().open("/").status_code == 200
    for line in held:
        line.close()
    assert live_service.session().open("/").status_code == 200


def test_another_hosts_name_is_refused(live_service: Live) -> None:
    answer = requests.get(f"{live_service.url}/", headers={"Host": "elsewhere.example"}, timeout=30)
    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.text
