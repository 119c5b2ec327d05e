"""Documents read as they were written, however worn; and no text that reading does not survive."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from tests.policy.reading.genre import document
from tests.policy.reading.genre_wear import worn
from tests.policy.reading.matching import differences
from verify.seeds import Found, over_seeds, wanted

from wenye.policy.reading import read_text
from wenye.policy.reading.files import text_of

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "policy" / "reading" / "documents"
BRACKETS = "（）()〔〕[]【】《》〈〉“”"


def _clean(seed: int) -> Found:
    text, expected = document(seed)
    return Found(1, [*differences(expected, read_text(text).as_json())])


def _worn(seed: int) -> Found:
    text, expected = document(seed)
    return Found(1, [*differences(expected, read_text(worn(text, Random(seed))).as_json())])


def _hostile(seed: int) -> Found:
    """Fifty distortions of one document; what is wrong is that reading failed."""
    rng = Random(seed)
    paths = sorted(DOCUMENTS.glob("*.txt"))
    text = text_of(rng.choice(paths)) if seed % 2 else document(seed)[0]
    faults = []
    for _ in range(50):
        distorted = _distorted(text, rng)
        try:
            found = read_text(distorted)
            json.dumps(found.as_json(), ensure_ascii=False)
            list(found.sentences())
        except Exception as error:  # any at all is the finding
            faults.append(f"{error!r} in {distorted[:80]!r}")
    return Found(50, faults)


def _distorted(text: str, rng: Random) -> str:
    first, last = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    form = rng.randrange(5)
    if form == 0:
        return text[first:last]
    if form == 1:
        return "".join(rng.choice(BRACKETS) if sign in BRACKETS else sign for sign in text)
    if form == 2:
        lines = text.splitlines()
        rng.shuffle(lines)
        return "\n".join(lines)
    signs = list(text)
    for _ in range(len(signs) // 8):
        signs.insert(rng.randrange(len(signs)), rng.choice("\n\f \u3000第条一1.。" + BRACKETS))
    return "".join(signs)


def test_clean_documents_are_read_whole() -> None:
    done = over_seeds(_clean, wanted(20_000), 10_000, "documents")
    print(f"{done.compared:,} clean documents, {len(done.faults)} read otherwise")
    assert not done.faults


def test_worn_documents_are_read_as_the_clean_ones() -> None:
    """Where a wrap falls so that nothing tells two paragraphs apart, a reader may go wrong."""
    done = over_seeds(_worn, wanted(20_000), 10_000, "documents")
    print(f"{done.compared:,} worn documents, {len(done.faults)} read otherwise")
    assert len(done.faults) <= 0.01 * done.compared


def test_reading_survives_distortions() -> None:
    done = over_seeds(_hostile, wanted(200_000), 1, "texts")
    print(f"{done.compared:,} distorted texts, {len(done.faults)} failed")
    assert not done.faults
