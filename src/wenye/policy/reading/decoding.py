"""Which encoding a text came in, told by what it says when decoded."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from wenye.policy.errors import PolicyError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The likelier first: of two that are as plausible the first is taken.
_CANDIDATES = ("gb18030", "utf-8", "big5hkscs", "utf-16-le", "utf-16-be")
_NAMED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8", "big5": "big5hkscs"}

_JUDGED = 2_000_000  # bytes: enough to tell an encoding by
_ODD_AT_MOST = 0.03  # of the characters: what a cut or a few damaged bytes leave
_FAMILIAR_AT_LEAST = 0.08  # of the Chinese characters; in real text of any kind a third is
_TOO_FEW_TO_JUDGE = 20  # Chinese characters

# Characters that any Chinese text is full of, and official text above all; then the traditional
# forms of those that have one.
_FAMILIAR = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当"
    "使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反"
    "你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
    "果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论"
    "运农指几九区强放决西被干做必战先回则任取据处府理给色光门即保治北造百规热领七海口东导器压志世金增"
    "争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走"
    "积示议声报完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织"
    "补贴就业创企失险登困难扶持费市县镇街障社保障贷款担失业申请材料审核拨付通知意见办局委印施细则单位"
    "岗培训技能技创毕援稳促灵招聘录从劳动合薪津助老残零低收困培育园孵贫贯彻落属抄送附符合条标准期限"
    "這個為國時來們對會說產種後學經進著電裡現實從應開還關無問題義間樣與內數氣變條沒結見軍員總設長頭資邊"
    "級圖統較將組計別論運農幾區強決戰則據處給門規熱領東導壓爭濟階術極聯認權證採轉單風場車務萬達積議聲報"
    "類離華確張馬節話況傳許廣記織補貼業創險難費縣鎮鄉擔貸請審撥屬職崗訓畢穩靈勞動錄殘細準標負責"
)
_PUNCTUATION = frozenset(
    "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·「」『』\u3000０１２３４５６７８９％"
)


def decoded(raw: bytes, name: str) -> str:
    """The text in these bytes: UTF-8, UTF-16, GB18030 or Big5; a damaged byte gives ``\\ufffd``.

    ``PolicyError`` where none of them makes text of it.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(encoding, "replace")
            if text.count("\ufffd") <= max(2, _ODD_AT_MOST * len(text)):
                return text
            raw = raw[len(mark) :]
    raw = raw.rstrip(b"\0") if raw[-2:] == b"\0\0" else raw
    if b"\0" not in raw:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    likeliest = _likeliest(raw)
    if likeliest is None:
        raw = raw[1:]  # a text in pairs of bytes may have been cut between the two
        likeliest = _likeliest(raw)
    if likeliest is None:
        raise PolicyError(
            "认不出文字编码，或内容不是文字 / the encoding is not recognised, or it is no text",
            where=name,
            mend="用记事本或 WPS 打开核对后，另存为 UTF-8 文本"
            " / open it in an editor, check it and save it as UTF-8",
        )
    return _without_half_a_character(raw, likeliest).decode(likeliest, "replace")


def _likeliest(raw: bytes) -> str | None:
    sample = raw[:_JUDGED]
    named = _NAMED.search(sample[:4096])
    stated = named[1].decode("ascii").lower() if named else ""
    stated = _SAME.get(stated, stated)
    best, best_score = None, 0.0
    for encoding in _CANDIDATES:
        score = _plausibility(sample.decode(encoding, "replace"))
        if score and encoding == stated:
            score += 0.05
        if score > best_score:
            best, best_score = encoding, score
    return best


def _plausibility(text: str) -> float:
    """How much of the text is what Chinese text consists of, 0 to 1; 0 where it is no text."""
    counts = Counter(text)
    visible = chinese = familiar = usual = odd = 0
    for character, count in counts.items():
        if character.isspace():
            continue
        visible += count
        if "\u3400" <= character <= "\u9fff":
            chinese += count
            familiar += count if character in _FAMILIAR else 0
        elif " " < character < "\x7f" or character in _PUNCTUATION:
            usual += count
        elif character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
            odd += count
    if not visible:
        return 0.001
    if odd > max(2, _ODD_AT_MOST * visible) or chinese + usual < 0.5 * visible:
        return 0.0
    if chinese >= _TOO_FEW_TO_JUDGE and familiar < _FAMILIAR_AT_LEAST * chinese:
        return 0.0
    # Unfamiliar Chinese characters count for little: any wrong decoding yields plenty of them.
    return max(0.001, (familiar + usual + 0.1 * (chinese - familiar) - odd) / visible)


def _without_half_a_character(raw: bytes, encoding: str) -> bytes:
    """The bytes without the first, where the text was cut within its first character.

    Pairs of bytes read from the wrong half give other characters up to the end of the line.
    """
    if encoding not in ("gb18030", "big5hkscs") or raw[:1] < b"\x30":
        return raw
    line = raw.split(b"\n", 1)[0]
    whole = _plausibility(line.decode(encoding, "replace"))
    return raw[1:] if _plausibility(line[1:].decode(encoding, "replace")) > whole + 0.2 else raw
