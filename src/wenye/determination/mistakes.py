"""A mistake in a district's content, in words: what is wrong, where, and the mend."""

from __future__ import annotations

from dataclasses import dataclass

from wenye.policy.citing.citations import Citing, Finding, Looked

_BY = {
    Citing.PARAMETER: "参数",
    Citing.SCHEME: "项目",
    Citing.MEASURE: "措施",
    Citing.DUTY: "责任",
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
