"""A bank for tests and the demonstration: it reads a payment file and answers with scripted faults.

``faults`` maps the place of a payment in the file (from 1) to what happens to it: a result code
(``"A1"``), or one of the ways in which files go wrong: ``unknown`` (another reference), ``amount``
(paid, but another amount), ``twice`` (two rows), ``silent`` (no row), ``garbled`` (unreadable).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from wenye.services.money.bank_file import FORM as PAYMENTS
from wenye.services.money.bank_file import sm3
from wenye.services.money.return_file import FORM, LATE, PAID


class SimulatorError(Exception):
    """A payment file that a bank would refuse."""


def references(content: bytes) -> list[tuple[str, str]]:
    """(reference, amount) of every payment; SimulatorError where the file is not whole."""
    lines = content.decode().split("\r\n")[:-1]
    head, foot = lines[0].split(","), lines[-1].split(",")
    if head[:2] != ["H", PAYMENTS] or foot[0] != "T":
        raise SimulatorError("not a payment file")
    body = content[: content.rstrip(b"\r\n").rfind(b"\n") + 1]
    if foot[3] != sm3(body):
        raise SimulatorError("the digest does not agree")
    rows = [line.split(",") for line in lines[1:-1]]
    total = sum(int(row[4].replace(".", "")) for row in rows)
    wanted = (str(len(rows)), f"{total // 100}.{total % 100:02d}")
    hashed = str(sum(int(row[2][-8:]) for row in rows))
    if (head[4], head[5], head[6]) != (*wanted, hashed) or (foot[1], foot[2]) != wanted:
        raise SimulatorError("the control totals do not agree")
    return [(row[1], row[4]) for row in rows]


def answer(content: bytes, day: dt.date, faults: Mapping[int, str] | None = None) -> bytes:
    """The bank's answer to a payment file: paid, but for the faults asked for."""
    number = content.decode().split(",", 3)[2]
    rows: list[str] = []
    for place, (reference, amount) in enumerate(references(content), start=1):
        fault = (faults or {}).get(place, PAID)
        serial = f"S{reference}"
        good = f"D,{reference},{amount},{PAID},{serial}"
        rows += {
            "silent": [],
            "twice": [good, good],
            "unknown": [f"D,9{reference},{amount},{PAID},{serial}"],
            "amount": [f"D,{reference},{int(amount[:-3]) + 1}.{amount[-2:]},{PAID},{serial}"],
            "garbled": [f"D,{reference},,{amount}"],
        }.get(fault, [f"D,{reference},{amount},{fault},{serial}"])
    return _file(number, day, rows)


def late_returns(payments: Iterable[tuple[str, str]], day: dt.date) -> bytes:
    """Payments that were made and came back afterwards."""
    return _file("*", day, [f"D,{ref},{amount},{LATE},L{ref}" for ref, amount in payments])


def _file(number: str, day: dt.date, rows: list[str]) -> bytes:
    head = f"H,{FORM},{number},{day:%Y%m%d}"
    body = "".join(f"{row}\r\n" for row in [head, *rows]).encode("ascii")
    return body + f"T,{len(rows)},{sm3(body)}\r\n".encode("ascii")
