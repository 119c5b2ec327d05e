"""What a sentence's words alone say of it: framework, or a duty that is handed on or left open.

Framework is recognised by the set phrases of the genre, and nothing else counts as it. What words
suggest of other sentences is a hint: it places nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wenye.policy.citing.bare_text import bare

if TYPE_CHECKING:
    from wenye.policy.reading.reading import Reading, Sentence

#: Framework, by its set phrases (in bare form): what it is, and the pattern.
_FRAMEWORK = (
    (
        "purpose",
        re.compile(r"(制定|制订|提出)(如下|以下|本).{0,14}[:。]?$|现(就|将|对).*(如下|通知)"),
    ),
    (
        "commencement",
        re.compile(
            r"(本.{1,8}|^)自.{2,30}起(正式)?(施行|执行|实施|生效)|自(发布|公布|印发)之日起.{0,4}(施行|执行|实施|生效)"
        ),
    ),
    ("term", re.compile(r"(^|本.{1,10}|(施行|执行|实施),)有效期")),
    ("repeal", re.compile(r"(同时|即行|相应)(废止|停止执行)|不再(施行|执行)")),
    ("interpretation", re.compile(r"(由|本).{0,30}负责解释")),
    ("closing", re.compile(r"特此(通知|公告|函告|批复)|请(认真)?(遵照|贯彻)执行")),
)
FRAMEWORK_WORDS = {
    "purpose": ("制定目的和依据", "why the document is made"),
    "commencement": ("施行日期", "when it begins"),
    "term": ("有效期", "how long it lasts"),
    "repeal": ("废止原文件", "what it repeals"),
    "interpretation": ("由谁解释", "who interprets it"),
    "closing": ("结语", "closing words"),
}

_DELEGATED = re.compile(
    r"(按照?|依照?|根据)[^,。;]{0,12}(规定|办法|政策|标准|要求|部署)|"
    r"另行(规定|制定|公布|通知)|从其规定|依法依规|"
    r"(贯彻|落实)[^,。;]{0,30}(意见|办法|方案|计划|条例|政策|措施|规定)"
)
_DISCRETIONARY = re.compile(
    r"鼓励|探索|酌情|视情|可以|可(按|给予|通过|免|延长|申请|根据|在|由|向)|有条件的|"
    r"(^|[,;:])(引导|支持|提倡)"  # elsewhere a noun: 舆论引导, 金融支持
)
_PROGRAMME = re.compile(r"(专项)?(行动|工程)(计划|方案)?|试点|专项计划|攻坚|大赛|活动")


def framework(sentence: Sentence, reading: Reading) -> str:
    """Which part of the framework a sentence is; nothing where it is none.

    A purpose is looked for before the first article only; beginnings and ends anywhere.
    """
    text = bare(sentence.text)
    first = reading.articles[0] if reading.articles else None
    early = sentence.article is None or sentence.article is first
    for name, pattern in _FRAMEWORK:
        if name == "purpose" and not early:
            continue
        if pattern.search(text):
            return name
    return ""


def hints(text: str) -> tuple[str, ...]:
    """delegated, discretionary, programme: what the words suggest, in this order."""
    plain = bare(text)
    found = (
        ("delegated", _DELEGATED),
        ("discretionary", _DISCRETIONARY),
        ("programme", _PROGRAMME),
    )
    return tuple(name for name, pattern in found if pattern.search(plain))
