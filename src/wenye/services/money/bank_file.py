"""The file for the bank: a head with control totals, a line a payment, a foot with its SM3.

The bank's own form is not at hand (待对接): this one is complete, and an adapter to a bank's form
reads the same ``BatchLine`` rows. UTF-8, commas, CRLF; no field may hold a comma, a quote or a line
break, and none may begin with a sign that a spreadsheet would compute::

    H,WENYE-PAY-1,2026-P000001,unemployment_insurance,3,4567.89,123456789,20261031
    D,00000001000001,6200000000000001,张三,1234.56,灵活就业社会保险补贴 2026-10
    T,3,4567.89,<SM3 of every byte before this line>
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cryptography.hazmat.primitives import hashes

from wenye.services.decisions.district import district
from wenye.services.money.models import Batch, BatchLine
from wenye.services.money.posting import yuan_text

FORM = "WENYE-PAY-1"
_ACCOUNT = re.compile(r"[0-9]{8,32}\Z")
#: What a name may not hold: separators, line breaks, direction marks, what a spreadsheet computes.
_UNFIT = re.compile(
    r"[,\"'\x00-\x1f\x7f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\A\s*[=+\-@]"
)
#: What a bank's form usually takes, in characters.
LONGEST_NAME = 60


def sm3(content: bytes) -> str:
    """The SM3 digest of content, in hexadecimal."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def fit_account(account: str) -> bool:
    """Whether it can be an account number."""
    return _ACCOUNT.match(account) is not None


def fit_name(name: str) -> bool:
    """Whether a name can stand in the file."""
    return 0 < len(name) <= LONGEST_NAME and _UNFIT.search(name) is None


def hash_total(accounts: Iterable[str]) -> int:
    """The sum of the last eight digits of every account: a line left out or changed shows."""
    return sum(int(account[-8:]) for account in accounts)


def bank_file(batch: Batch) -> bytes:
    """The batch as the bank gets it; the same bytes whenever it is made."""
    lines = list(
        batch.lines.exclude(state=BatchLine.DROPPED).select_related("instalment").order_by("place")
    )
    here = district()
    titles = {each.instalment.scheme: "" for each in lines}
    titles = {name: here.scheme(name).title for name in titles}
    head = (
        f"H,{FORM},{batch.number},{batch.fund},{batch.count},{yuan_text(batch.total_fen)},"
        f"{batch.hash_total},{batch.day:%Y%m%d}"
    )
    rows = [head]
    for line in lines:
        what = f"{titles[line.instalment.scheme]} {line.instalment.month_text}".strip()
        rows.append(
            f"D,{line.reference},{line.account},{line.name},{yuan_text(line.amount_fen)},"
            f"{what.replace(',', '，')}"
        )
    body = "".join(f"{row}\r\n" for row in rows).encode()
    foot = f"T,{batch.count},{yuan_text(batch.total_fen)},{sm3(body)}\r\n"
    return body + foot.encode()
