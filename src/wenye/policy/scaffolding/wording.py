"""What a sentence's words do: grant something, ask for something, hand a value to another text.

Coarse on purpose. Whatever is drafted from it is marked as to be decided, so a sentence that is
taken for a grant costs a look, and no decision.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from wenye.policy.citing.bare_text import bare
from wenye.policy.coverage.sentence_words import hints
from wenye.policy.reading.characters import plain

#: Longest phrase that is quoted; a clause beyond is cut around what it is quoted for.
_LONGEST = 40
#: Longest sentence that is quoted whole, and how far a clause without an end is looked at.
_WHOLE, _NEAR = 300, 80

_MONEY = (
    "补贴|补助|奖励|奖补|补偿|津贴|贴息|贷款|资助|救助金|生活费|失业保险金|扶持资金|见习费|奖金"
)
_GRANT = re.compile(
    rf"(?:给予|予以|发给|发放|享受|拨付|兑现|支付|提供|可以?申请|申请|领取|核发|支给)[^,。;]{{0,40}}?(?:{_MONEY})"
    r"(?!的?(?:期间|期限|期满|条件|手续|对象|人员|政策期))"
    rf"|(?:{_MONEY})[^。;]{{0,24}}?[0-9]+(?:\.[0-9]+)?(?:万|千)?元"
    rf"|[0-9]+(?:\.[0-9]+)?(?:万|千)?元[^,。;]{{0,12}}?(?:{_MONEY})"
    r"|(?:减免|免征|减征|减半征收|免除|返还|免收|减收)[^,。;]{0,30}?(?:税|费|租金|保险|利息)"
    r"|(?:税|费|租金)[^,。;]{0,12}?(?:予以|给予)?(?:减免|免征|减征|减半|免收|返还)"
)
_REFUSED = re.compile(
    r"不(?:再|得|能|可)?(?:重复)?(?:享受|申请|领取|给予|予以|发放|支付|提供)|停止(?:延长)?(?:享受|发放|支付|领取|申领)|不符合|多享受|多领|停发"
    r"|退回|退还|追回|追缴|骗取|冒领|套取|虚报|挪用|取消"
)
_DEFINES = re.compile(
    r"所称[^;。]*?[,是]|是指|系指|[包不]?[括含]本(?:数|级)|适用于|^(?:责任|牵头|配合|主办|承办)(?:单位|部门):"
)
#: The title of another document, and what stands in it.
_TITLE = re.compile("《[^》]*》")
_SAID_OF = re.compile("(?:的|期间|情形)$")
_HANDED_OVER = re.compile(
    r"按照?(?!下列|以下|上述|前款|本)[^,。;]{0,16}?(?:规定|办法|政策|标准|有关要求)|另行(?:规定|制定|公布|通知|确定)|从其规定"
)
_VALUE = re.compile(
    r"标准|金额|数额|额度|比例|补贴|补助|奖励|津贴|补偿|贷款|贴息|资助|减免|生活费|保险金"
)
_MONTHLY = re.compile(r"每[人户名]?每?月|按月|逐月|月(?:补贴|补助|标准)")
_ENDS = ",;:"
#: What numbers an item, where a sentence begins with it.
_MARK = re.compile(
    r"\s*(?:\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、](?![0-9])|[①-⑳]|--?)\s*"
)

#: Kinds of measure, as the register writes them.
KINDS = {
    "grant": ("给付", "support"),
    "handed_over": ("另有规定", "handed to another text"),
    "optional": ("鼓励、可以", "encouraged or allowed"),
    "order": ("要求", "requirement"),
}


def granted_at(text: str) -> int | None:
    """Where a sentence grants something; None where it does not, or the clause takes it away.

    A clause that ends in 的, with others behind it, says to whom: 申请补贴的，应当….
    """
    if defines(text):
        return None
    for found in _GRANT.finditer(without_titles(text)):
        # Where an amount is named it is the amount's clause that grants.
        at = found.end() - 1 if found[0].endswith("元") else found.start()
        clause = plain(clause_at(text, at))
        said_of = _SAID_OF.search(clause) is not None and not _ends(text, at)
        if not said_of and _REFUSED.search(clause) is None:
            return at
    return None


def defines(text: str) -> bool:
    """Whether a sentence says what a word means or whom it is about, or lists who answers."""
    return _DEFINES.search(plain(text)) is not None


def marked(text: str) -> int:
    """How much of the beginning of a sentence is the number of an item; 0 where it has none."""
    found = _MARK.match(plain(text))
    return 0 if found is None else found.end()


def without_titles(text: str) -> str:
    """The plain form, place by place, with nothing in the titles of other documents."""
    return _TITLE.sub(lambda title: "《" * (len(title[0]) - 1) + "》", plain(text))


def kind_of(text: str) -> str:
    """One of ``KINDS``."""
    if granted_at(text) is not None:
        return "grant"
    if _HANDED_OVER.search(plain(text)):
        return "handed_over"
    return "optional" if "discretionary" in hints(text) else "order"


def hands_over_at(text: str) -> int | None:
    """Where a sentence leaves a value (an amount, a rate, a standard) to another text."""
    form = plain(text)
    found = _HANDED_OVER.search(form)
    return found.start() if found is not None and _VALUE.search(form) else None


def is_monthly(clause: str) -> bool:
    """Whether a clause speaks of an amount for each month."""
    return _MONTHLY.search(plain(clause)) is not None


@lru_cache(maxsize=64)
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Where the clauses of a sentence stand: parted by ， ； ： outside brackets and quotes."""
    form = plain(text)
    found: list[tuple[int, int]] = []
    first = depth = 0
    for at, sign in enumerate(form):
        depth += (sign in "([《〈") - (sign in ")]》〉")
        # A comma within a number parts nothing, nor does the colon of 6:4.
        inside = sign in ",:" and form[at - 1 : at].isdigit() and form[at + 1 : at + 2].isdigit()
        if sign in _ENDS and depth <= 0 and not inside:
            found.append((first, at))
            first, depth = at + 1, 0
    found.append((first, len(form.rstrip("。;!?. "))))
    return tuple((first, last) for first, last in found if bare(text[first:last]))


def _clause(text: str, at: int) -> tuple[int, int]:
    found = clauses(text)
    place = bisect_right(found, at, key=lambda span: span[1])
    return found[place] if place < len(found) else (0, len(text))


def _ends(text: str, at: int) -> bool:
    """Whether the place lies in the last clause."""
    return _clause(text, at)[1] >= clauses(text)[-1][1]


def clause_at(text: str, at: int) -> str:
    """The clause in which the place lies; of an endless one what stands near."""
    first, last = _clause(text, at)
    return text[max(first, at - _NEAR) : min(last, at + _NEAR)].strip() or text[:_NEAR].strip()


def phrase_at(text: str, at: int, length: int, article: str) -> str:
    """A short phrase of the sentence around ``text[at:at + length]``, to be quoted.

    ``article`` is the bare text of the article. A phrase that the article says twice is widened to
    the whole sentence, unless that is endless. The number of an item is no part of it.
    """
    first, last = _clause(text, at)
    mark = marked(text) if first == 0 else 0
    first = mark if 0 < mark <= at else first
    start, end = first, max(last, min(at + length, len(text)))
    if end - start > _LONGEST and (bracket := plain(text).find("(", at + length, end)) > 0:
        end = bracket
    if end - start > _LONGEST:
        start = max(first, min(at - 12, end - _LONGEST))
        end = max(min(end, start + _LONGEST), at + length)
    phrase = text[start:end].strip()
    said = bare(phrase)
    once = article.find(said, article.find(said) + 1) < 0
    return phrase if once or len(text) > _WHOLE else text.strip()


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
