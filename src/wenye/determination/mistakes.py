"""A mistake in a district's content, in words: what is wrong, where, and the mend."""

from __future__ import annotations

from dataclasses import dataclass

from wenye.policy.citing.as_printed import Aspect, Unlike
from wenye.policy.citing.citations import Citing, Finding, Looked

_BY = {
    Citing.PARAMETER: "参数",
    Citing.SCHEME: "项目",
    Citing.MEASURE: "措施",
    Citing.DUTY: "责任",
}
_ASPECT = {
    Aspect.ARTICLE: ("条款", "article"),
    Aspect.TITLE: ("标题", "title"),
    Aspect.DEPARTMENTS: ("责任单位", "departments"),
    Aspect.WORDING: ("怎样负责", "wording"),
    Aspect.LEAD: ("牵头单位", "lead"),
    Aspect.SOLE: ("是否一家负责", "sole"),
    Aspect.OWNER: ("责任单位", "owner"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where, and the mend."""

    what: str
    where: str = ""
    mend: str = ""


def citation_mistake(looked: Looked) -> Mistake | None:
    """What is wrong with a citation; None where its phrase stands in its article, or no text is
    at hand to say."""
    cited = looked.cited
    who = f"{_BY[cited.by]} {cited.id}"
    no_article = "" if looked.article_known else "（文件没有这一条 / no such article）"
    if looked.finding is Finding.ELSEWHERE:
        return Mistake(
            f"{who}：引文不在{cited.place}{no_article}，而在{looked.stands_in}"
            f" / the phrase stands in {looked.stands_in}: {cited.phrase}",
            cited.where,
            f"条款改为 {looked.stands_in}，或改引 {cited.article} 的话"
            " / name that article, or quote the one that is named",
        )
    if looked.finding is Finding.MISSING:
        mend = "照原文改正引文 / quote the document word for word"
        if looked.nearest:
            place = f"（{looked.nearest_in}）" if looked.nearest_in else ""
            mend = f"最接近的原文{place}：{looked.nearest} / the nearest words"
        return Mistake(
            f"{who}：引文不在文件 {cited.document.id}{no_article} 里"
            f" / the phrase is not in the document: {cited.phrase}",
            cited.where,
            mend,
        )
    return None


def printed_mistake(unlike: Unlike) -> Mistake:
    """What is entered otherwise than the document prints it, and what the document has."""
    zh, en = _ASPECT[unlike.aspect]
    who = "措施登记册" if unlike.by is Citing.MEASURE else f"责任 {unlike.id}"
    return Mistake(
        f"{who} {unlike.place}：{zh}与文件不同，登记为“{unlike.entered}”，文件为“{unlike.printed}”"
        f" / the {en} is not as printed",
        unlike.where,
        "照文件改正；文件确实改了的，先用 wenye diff 看影响 / as the document prints it",
    )
