"""Which clause of a sentence asks for something: its command, not its condition or its purpose.

A clause that ends in 的 or 时 says when or to whom, one that begins with 为了 says why, and a
sentence with 是指 says what a word means: none of them asks for anything. Among the other clauses
an order or a prohibition comes before a plain verb, and that before a limit. The words are those of
the genre; a sentence that asks in others is passed over, and ``wenye coverage`` lists it.
"""

from __future__ import annotations

import re

from wenye.policy.reading.characters import plain
from wenye.policy.scaffolding.wording import clauses, defines, granted_at, marked, without_titles

#: Orders, prohibitions, and what follows a breach.
_ORDER = re.compile(
    r"应当|应该|(?<![供适反响相对效])应(?![届用急对聘付收有征邀缴])|(?<![无])必?须(?![知])"
    r"|(?<![主需重必只摘纪首概提])要(?![求素点件闻是约])"
    r"|不得(?!超过|低于|高于|少于|多于|大于|小于)|不能|不准|不予|不再|严?禁止?(?=[^毒])|只(?:能|可)?(?:计算|享受|申请|领取|发放|给予|补贴)"
    r"|责令|处以?(?=[^,;]{0,24}(?:罚款|拘留|徒刑))|没收|吊销|撤销|追究|追回|追缴|退回|退还|取消|停发|停止|暂停|通报"
    r"|从其规定|另行(?:规定|制定|公布|通知|确定|告示)|不(?=享受)"
)
#: Plain verbs of the genre, where they are no part of a name.
_VERB = re.compile(
    r"给予|予以|发放|发给|支付|拨付|兑现|享受|提供|支持(?!力度|政策)|鼓励|引导|推动|推进|促进|加强|加大|加快"
    r"|落实|建立|完善(?!的)|健全(?!的)|规范(?!的|化)|实行|确保|推行|强化|深化|拓宽|拓展|开展|(?<!社会)(?<!创业)(?<!经济)(?<!党)组织(?!部|者)|实施(?!意见|办法|细则|方案|期限|阶段\()"
    r"|做好|做到|负责(?!人)|协助|配合(?!单位)|安排|确定(?!的)|公布|公开|公示|报送|备案|审核|受理(?!机构|单位|部门)|核定"
    r"|办理|办结|答复|督促|检查|考核|统筹|(?<!社会)保障(?!局|部|卡|金|法|对象|制度|待遇|水平)|扩大|提高|降低|减免|免征|免收|返还"
    r"|延续|继续|延长|缩短|设立|建设|建成|开发|开设|开办|举办|培育|培养|优先|纳入|列入|列为|执行|清理|宣传|指导|跟踪|监测"
    r"|推荐|选派|选树|聘用|配备|接收|更新|回访|开放|开通|完成|收取|兑付|缴纳|签订|提交|出具|保存|搭建|打造|对接"
    r"|免费|补足|分担|可以|可(?=[按给予通过免延申根据在由向])"
)
#: Limits and measures, and nouns of support with a number behind them.
_LIMIT = re.compile(
    r"不(?:得|能)?(?:超过|少于|低于|高于|大于|小于|多于)|达到|按月|按年|每月|每季度|每年|每[人户名]"
    r"|(?:按照?|依照|根据)[^,;]{1,40}?(?:执行|计算|办理|处理|处罚)|依照|根据|(?:期限|标准|比例)(?=为)"
    r"|(?:补贴|补助|奖励|培训|资助|贴息)(?=[^,;]{0,12}[0-9一二三四五六七八九十百])|申请(?!表|书|人|材料|条件|单位|者|对象|报告|程序|后)"
)
_TIERS = (_ORDER, _VERB, _LIMIT)
_WHY = re.compile(
    r"^(?:为了|为(?:进一步|切实|深入|全面|更好|认真|有效|加快|加强|促进|推动|推进|贯彻|落实|规范|做好|鼓励|支持|完善"
    r"|保障|保护|维护|提高|充分|应对|帮助|解决)|围绕|随着|鉴于)"
)
#: A clause that says when, to whom or by what, where the sentence goes on behind it.
_WHEN = re.compile(
    r"(?:的|(?<![小课学工及临按准同随定计])时|情形|情况|期间|之日起|之前|以后|之后)$"
)
#: What stands in brackets within a sentence.
_ASIDE = re.compile(r"(?<=[^(])\([^()]*\)")
_OF_WHOM = re.compile(
    r"^(?:对|对于|凡|凡是|如|如果|若|因|除|经|符合|属于|已|未|具有|具备|根据|依据|按照?|依照)"
)
_NOUN = re.compile(r"的[^的,;]{0,12}$")


def command_at(text: str) -> int | None:
    """Where a sentence grants, orders or allows something; None where it only states."""
    granted = granted_at(text)
    if granted is not None:
        return granted
    if defines(text):
        return None
    form = _ASIDE.sub(lambda aside: "(" * len(aside[0]), without_titles(text))
    best: tuple[int, int] | None = None
    spans = clauses(text)
    conditions = [place for place, span in enumerate(spans[:-1]) if _WHEN.search(_said(form, span))]
    for place, span in enumerate(spans):
        if place in conditions or _WHY.match(_said(form, span)):
            continue
        found = _operative(form, span)
        if found is None:
            continue
        tier, at = found
        # 某单位办理某事，情节严重的，…: what comes before a condition is part of it.
        weak = bool(conditions) and place < conditions[-1] and tier > 0
        here = (tier + len(_TIERS) * weak, at)
        if best is None or here[0] < best[0]:
            best = here
    return None if best is None else best[1]


def task_at(text: str) -> int:
    """Where a sentence that somebody answers for says what is to be done, in whatever words."""
    at = command_at(text)
    if at is not None:
        return at
    form = plain(text)
    spans = clauses(text)
    kept = [
        span
        for span in spans
        if not (_WHY.match(_said(form, span)) or _WHEN.search(_said(form, span)))
    ]
    first = (kept or list(spans) or [(0, 0)])[0][0]
    return first or marked(text)


def _said(form: str, span: tuple[int, int]) -> str:
    return form[slice(*span)].strip()


def _operative(form: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The tier of the strongest word that asks for something in a clause, and where it stands."""
    whom = _OF_WHOM.match(_said(form, span)) is not None
    for tier, pattern in enumerate(_TIERS):
        for found in pattern.finditer(form, *span):
            # 对申请补贴的单位: a verb within the words that say of whom.
            if not (whom and tier and _NOUN.search(form[found.end() : span[1]])):
                return tier, found.start()
    return None
