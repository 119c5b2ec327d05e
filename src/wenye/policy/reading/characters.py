"""One form of every character that the reader looks for, at the place where it is printed.

A text is read through its *plain* form: full-width letters, digits and signs in half width, the
kinds of brackets in two, and the traditional characters of the genre's set words in simplified
form. One character stands for one character, so that a place found in the plain form is the same
place in the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = {
    **dict.fromkeys("（﹙⁽", "("),
    **dict.fromkeys("）﹚⁾", ")"),
    **dict.fromkeys("〔［【[﹝〖{｛", "["),
    **dict.fromkeys("〕］】]﹞〗}｝", "]"),
    **dict.fromkeys("〈﹤<＜", "〈"),
    **dict.fromkeys("〉﹥>＞", "〉"),
    **dict.fromkeys("　\u00a0\u2002\u2003\u2009\u202f\t", " "),
    **dict.fromkeys("﹕：∶", ":"),
    **dict.fromkeys("﹔；", ";"),
    **dict.fromkeys("，﹐", ","),
    **dict.fromkeys("．﹒", "."),
    **dict.fromkeys("％﹪", "%"),
    **dict.fromkeys("—–―−‐‑－", "-"),
    **dict.fromkeys("○〇◯", "〇"),
    **dict.fromkeys("“”＂「」『』", '"'),
}
#: Of the set words and names that the reader looks for; not a dictionary of the language.
_TRADITIONAL = (
    "條条項项則则號号關关於于發发規规辦办區区縣县鎮镇鄉乡廳厅務务職职責责負负牽牵頭头單单參参與与"
    "協协組组織织實实執执廢废印印東东會会機机構构團团業业監监財财稅税經经濟济書书處处隊队醫医衛卫"
    "國国鐵铁農农產产資资環环築筑設设動动勞劳場场銀银員员學学術术導导總总點点個个兩两萬万億亿歲岁"
    "數数時时間间週周節节編编從从為为內内後后應应當当貫贯徹彻據据結结際际現现將将給给請请遵遵認认"
    "眞真進进補补貼贴標标準准戶户聯联婦妇殘残僑侨紀纪檢检審审計计統统調调查查測测評评價价險险領领"
    "綱纲畫画劃划綜综養养輔辅採采礦矿產产權权許许證证圍围複复覆复備备無无適适見见決决議议辦办試试"
    "啟启開开門门關关鑒鉴類类獎奖勵励轉转轄辖閘闸島岛灣湾臺台廣广陽阳陰阴龍龙長长貴贵遼辽寧宁"
    "蘇苏贛赣魯鲁漢汉興兴豐丰壽寿齊齐輝辉濱滨滬沪對对報报條条這这來来過过運运還还達达選选違违"
    "連连進进遠远邊边隨随離离難难電电頒颁題题額额願愿養养餘余馬马驗验體体鬥斗鄧邓鄰邻釋释裡里"
    "師师帶带幣币幫帮廠厂歷历歸归殺杀滿满漸渐潔洁熱热營营獨独環环異异療疗盡尽稱称積积穩稳筆笔"
    "簡简簽签糧粮約约級级純纯納纳紙纸細细終终給给絕绝維维緊紧緩缓縮缩繼继續续罰罚罷罢習习聞闻"
    "聲声腦脑臨临舉举舊旧藝艺藥药處处號号蟲虫補补裝装製制複复視视覺觉觀观觸触訂订訊讯訓训記记訪访"
    "專专爲为從从屬属圖图眾众"
    "設设詢询詳详誠诚誤误說说課课談谈諮咨講讲謝谢識识譯译護护讀读變变讓让豬猪貧贫貨货販贩責责"
    "貸贷費费賀贺資资賠赔質质賬账購购賽赛贈赠贊赞趕赶跡迹踐践車车軍军軟软較较載载輕轻輪轮輸输"
    "農农遞递遷迁郵邮醫医鎖锁錄录錢钱錯错鍵键鎮镇鏈链鑑鉴閉闭閱阅隊队陸陆險险雙双雜杂雲云"
    "霧雾靈灵靜静頁页順顺預预頻频顧顾顯显風风飛飞飯饭館馆駐驻騙骗魚鱼鮮鲜鳥鸟麗丽黃黄黨党齡龄"
)
_PLAIN = str.maketrans(
    {
        **{chr(code): chr(plain) for code, plain in _WIDE.items()},
        **_SIGNS,
        **dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)),
    }
)
_CONTROLS = [*range(9), *range(0x0E, 0x20), 0x7F]
_WITHOUT_WIDTH = [0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, 0xFEFF, 0xFFFC]
_UNSEEN = dict.fromkeys([*_CONTROLS, *_WITHOUT_WIDTH], None)


def seen(text: str) -> str:
    """The text without characters that nobody sees, and with composed ones."""
    composed = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    # Some mirrors print the sound of a character behind it.
    return _SOUND.sub("", composed) if len(_SOUND.findall(composed)) > 4 else composed


_SOUND = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]")


def plain(text: str) -> str:
    """The plain form, character by character."""
    return _plain(text) if len(text) < _REMEMBERED else text.translate(_PLAIN)


#: Shorter texts are asked for again: a line by its paragraph, an article by each of its readers.
_REMEMBERED = 2000


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return text.translate(_PLAIN)


def width(text: str) -> int:
    """Columns: a Chinese character takes two, as it takes two bytes in GBK."""
    return len(text.encode("gbk", "replace"))


def tight(text: str) -> str:
    """The text without blanks, but for those that part Latin words."""
    out: list[str] = []
    for word in text.split():
        if out and parted(out[-1][-1], word[0]):
            out.append(" ")
        out.append(word)
    return "".join(out)


def parted(before: str, after: str) -> bool:
    """Whether a blank between two signs parts words: between Latin ones, and behind a stop."""
    latin = after.isascii() and after.isalpha()
    return latin and before.isascii() and (before.isalpha() or before in ",.;:!?)")


_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
    "廿": 20,
}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
NUMERAL = "零〇一二三四五六七八九十百千两"


def number(text: str) -> int | None:
    """A whole number in digits or Chinese numerals (plain form) below 10,000; None otherwise."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    if all(sign in _DIGITS and _DIGITS[sign] < 10 for sign in text):  # 二〇二〇
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, ones = 0, 0
    for sign in text:
        if sign in _DIGITS:
            ones = _DIGITS[sign]
        elif sign in _TENS:
            total += (ones or 1) * _TENS[sign]
            ones = 0
        else:
            return None
    return total + ones
