"""Who answers for an article: the bracket at its end, taken apart.

A bracket is believed where its words say that somebody is responsible and what they name
reads like bodies. 牵头 and 列第一位者为牵头单位 make a lead, 参加 and 配合 cooperation;
nothing else does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wenye.policy.reading.characters import plain
from wenye.policy.reading.names import BODY_END, split_outside
from wenye.policy.reading.reading import Responsibility

_ROLE = (
    r"(?:共同|联合|分别|各自|等)?(?:按照?|依据|依照|根据)(?:各自|有关|相关|部门)*(?:的)?(?:职责|职能|职权)?(?:范围|任务)?(?:内)?(?:分工)?(?:各自|分别|共同|抓好)?(?:牵头负责|牵头|负责落实|负责实施|负责|落实|组织实施|做好)"
    r"|按照?(?:各自)?职责(?:分工)?"
    r"|(?:共同|联合|分别|具体|组织)?(?:牵头负责落实|牵头负责|牵头落实|牵头组织实施|牵头|负责落实|负责实施|负责组织实施|负责|组织实施|抓好落实"
    r"|(?:予以|给予|积极|密切|做好)(?:配合|协助|支持)|参加|参与|配合落实|配合实施|配合做好|积极配合|配合|协同配合|协同|协助配合|协助|落实|承担|承办)"
)
_CLAUSE = re.compile(rf"(?P<names>.*?)(?P<role>{_ROLE})")
_LABEL = re.compile(
    r"(?P<label>(?:主要|第一|共同|具体)?(?:牵头|责任|负责|落实|配合|协同|协助|协作|参与|参加|协办|主办|承办|实施|主责)(?:责任|落实)?"
    r"(?:单位|部门|机构|领导|主体)(?:和(?:责任|配合)(?:单位|部门))?):"
)
_FIRST_LEADS = re.compile(
    r"(?:列|排|排列|排名|排序)(?:在|名)?(?:首位|第一位?|第1位?|最前)的?(?:者|部门|单位|名)*(?:为|是|系)?牵头"
)
_AND_SO_ON = re.compile(
    r"等(?:\d+个?|[一二三四五六七八九十]+个?)?"
    r"(?:相关|有关|各|市|区|县|级)*(?:部门|单位|部门和单位|部门单位|单位和部门|成员单位)*$"
)
_COOPERATE = re.compile("参加|参与|配合|协同|协助|协作|协办")


@dataclass(slots=True)
class Leading:
    """Whether the first named leads, from the bracket that said so with 下同 onwards."""

    first_leads: bool = False
    doubts: list[str] = field(default_factory=list)


#: What may follow a bracket at an article's end.
_BEHIND = "。；;．.，, \n"


def bracket_at_end(text: str) -> tuple[int, int] | None:
    """Where the last bracket of the text begins and ends, if nothing but 。 follows it."""
    last = len(text.rstrip(_BEHIND))
    if not last or plain(text[last - 1]) not in ")]":
        return None
    form, depth = plain(text), 0
    for at in range(last - 1, -1, -1):
        if form[at] in ")]":
            depth += 1
        elif form[at] in "([":
            depth -= 1
            if depth == 0:
                return at, last
    return None


def is_labelled(paragraph: str) -> bool:
    """Whether a paragraph is a line of its own that names bodies: 责任单位：A、B."""
    return _LABEL.match(plain(paragraph[:24])) is not None


def responsibility(text: str, leading: Leading) -> Responsibility | None:
    """The responsibility that the end of an article's text states; None where it states none."""
    place = bracket_at_end(text)
    if place is not None:
        inner = text[place[0] + 1 : place[1] - 1]
        alone = plain(text[: place[0]]).rstrip().endswith(("。", ";", "."))
        found = _inner(inner, leading, alone=alone)
        if found is not None:
            return found
        if re.search("负责|牵头", plain(inner)) and len(inner) < 80 and "的" not in inner:
            leading.doubts.append(
                f"括号“（{inner}）”提到负责，但没有读出单位 / no bodies read in this bracket"
            )
    paragraphs = text.split("\n")
    labelled = len(paragraphs)
    while labelled > 0 and is_labelled(paragraphs[labelled - 1]):
        labelled -= 1
    if labelled < len(paragraphs):
        return _inner("；".join(line.rstrip("。;；.") for line in paragraphs[labelled:]), leading)
    paragraph = paragraphs[-1]
    unclosed = _unclosed(plain(paragraph)) if place is None else -1
    if unclosed > 0:
        found = _inner(paragraph[unclosed + 1 :].rstrip("。"), leading)
        if found is not None or _bodies(paragraph[unclosed + 1 :]):
            leading.doubts.append(
                "括号没有收尾，责任单位可能不全"
                f" / the bracket is not closed: {paragraph[unclosed:]}"
            )
        return found
    return None


def together(text: str, leading: Leading) -> Responsibility | None:
    """What several brackets of one article say, each at the end of its own sentence.

    None where there is at most one; a doubt says that they were put together.
    """
    form = plain(text)
    found: list[Responsibility] = []
    open_at: list[int] = []
    aside = Leading(leading.first_leads)
    for sign in re.finditer(r"[()]", form):
        if sign[0] == "(":
            open_at.append(sign.start())
        elif open_at:
            first = open_at.pop()
            ends = form[sign.end() : sign.end() + 1] in ("", "。", ";", "\n")
            if not open_at and ends and sign.start() - first < 300:
                told = _inner(text[first + 1 : sign.start()], aside)
                found += [told] if told is not None else []
    if len(found) < 2:
        return None
    leading.first_leads = aside.first_leads
    leading.doubts.append(
        f"一条里有{len(found)}个责任括号，已合在一起 / several brackets put together:"
        f" {'；'.join('、'.join(each.departments) for each in found)}"
    )
    return _made(
        "，".join(dict.fromkeys(each.wording for each in found if each.wording)),
        [name for each in found for name in each.lead],
        [name for each in found for name in each.departments],
        [name for each in found for name in each.cooperating],
    )


def _unclosed(form: str) -> int:
    """Where the outermost bracket without an end begins; -1 where there is none."""
    open_at: list[int] = []
    for found in re.finditer(r"[()\[\]]", form):
        if found[0] in "([":
            open_at.append(found.start())
        elif open_at:
            open_at.pop()
    return open_at[0] if open_at else -1


def _inner(text: str, leading: Leading, *, alone: bool = False) -> Responsibility | None:
    inner = "".join(text.split())
    form = plain(inner)
    if len(form) > 600:
        return None
    first_leads = leading.first_leads
    if _FIRST_LEADS.search(form):
        first_leads = True
        if "下同" in form or "以下同" in form:
            leading.first_leads = True
    found = _labelled(inner, form) if _LABEL.search(form) else _told(inner, leading, alone=alone)
    if found is None:
        return None
    if _more(inner):
        leading.doubts.append(f"“{inner}”没有列全单位 / not all bodies are named")
    if first_leads and not found.lead and len(found.departments) > 1 and not found.cooperating:
        found = Responsibility(
            found.wording, found.departments[:1], found.departments, found.cooperating
        )
    return found


def _labelled(inner: str, form: str) -> Responsibility | None:
    """责任单位：A、B；配合单位：C."""
    labels = list(_LABEL.finditer(form))
    if labels[0].start() > 0 and form[: labels[0].start()].strip(",;。"):
        return None
    wording, lead, everyone, cooperating = [], [], [], []
    for label, after in zip(labels, [*labels[1:], None], strict=False):
        value = inner[label.end() : after.start() if after else len(inner)].strip("，,；;。. ")
        value = value[: _other_label(plain(value))].rstrip("，,；;。. ")
        clauses = split_outside(value, ";")
        value = "；".join(clauses[:1] + [part for part in clauses[1:] if _bodies(part)])
        said = re.fullmatch(_CLAUSE, plain(value))
        names = _bodies(value[: said.end("names")] if said and said["names"] else value)
        if names is None:
            return None
        wording.append(inner[slice(*label.span("label"))])
        everyone += names
        if "牵头" in label["label"]:
            lead += names
        elif _COOPERATE.search(label["label"]):
            cooperating += names
    return _made("，".join(wording), lead, everyone, cooperating)


_WHEN = r"\d|[年月季]底|长期|持续|完成|坚持|推进|适时|即时|常态"


def _other_label(form: str) -> int:
    """Where a label of something else begins (完成时限：), or the end."""
    found = re.search(r"[,;。]?[^,;。、:]{2,10}:|。", form)
    return found.start() if found else len(form)


def _told(inner: str, leading: Leading, *, alone: bool) -> Responsibility | None:
    """A、B牵头，C、D参加."""
    wording: list[str] = []
    lead: list[str] = []
    everyone: list[str] = []
    cooperating: list[str] = []
    held: list[str] = []
    # 牵头、 within a list parts those who lead from those who follow.
    inner = re.sub("(牵头|牽頭|负责|負責|配合|参加|參加|协助|協助)、", r"\1，", inner)
    for clause in split_outside(inner, ",;。"):
        form = plain(clause)
        if re.match("以下各|下列各|其他各|其余", form):
            leading.doubts.append(f"“{clause}”说的是别的条款 / speaks of other articles")
            continue
        if form.startswith("以上"):
            leading.doubts.append(f"“{clause}”也说到前面的条款 / speaks of earlier articles too")
        if not form or _FIRST_LEADS.search(form) or re.fullmatch("(?:以)?下同|下均同", form):
            continue
        found = _CLAUSE.fullmatch(form)
        if found is None:
            names = _bodies(clause)
            if names is None and ((wording and not held) or re.search(_WHEN, form)):
                if not re.search(_WHEN, form):
                    leading.doubts.append(
                        f"责任括号里的“{clause}”没有归到单位 / not taken as a body"
                    )
                continue
            if names is None:
                return None
            held += names
            continue
        role = found["role"]
        names = _bodies(clause[: found.end("names")]) if found["names"] else []
        if names is None:
            return None
        names, held = held + names, []
        if not names and not everyone:
            return None
        wording.append(clause[found.start("role") :].removeprefix("等"))
        everyone += names
        if "牵头" in role:
            lead += names
        elif _COOPERATE.search(role):
            cooperating += names
    if not wording:
        # Behind the end of a sentence a list of bodies can only be the bodies that answer.
        if not alone or not all(_is_body(plain(name)) for name in held):
            return None
        leading.doubts.append(
            f"括号“（{inner}）”只列了单位，没有说怎样负责 / only names, and not who does what"
        )
    everyone += held
    return _made("，".join(wording), lead, everyone, cooperating)


def _made(
    wording: str, lead: list[str], everyone: list[str], cooperating: list[str]
) -> Responsibility | None:
    if not everyone:
        return None
    return Responsibility(
        wording,
        tuple(dict.fromkeys(lead)),
        tuple(dict.fromkeys(everyone)),
        tuple(dict.fromkeys(cooperating)),
    )


def _bodies(text: str) -> list[str] | None:
    """The bodies in a list of names; None where it is none."""
    found: list[str] = []
    for name in split_outside(text, "、,;/ "):
        if found and _EVERY.fullmatch(plain(found[-1])) and _KIND.fullmatch(plain(name)):
            found[-1] += text[text.index(found[-1]) + len(found[-1])] + name  # 各县、区人民政府
        else:
            found += _parted(name)
    names = [name for at, printed in enumerate(found) if (name := _named(printed, at == 0))]
    bodies = sum(_is_body(plain(name)) for name in names)
    return names if names and bodies >= max(1, 0.5 * len(names)) else None


_AND = re.compile(
    r"(?<=[局委办部会院厅镇道司府队心联团署行社处所])(?:和|与|及|以及|会同)(?=[区市县省州镇乡各国中人团有相])"
)


_BY = re.compile(
    "(?:并|共同)?(?:会同|联合)|(?:以上|上述|本条|此项|该项|各项|措施|工作|任务|内容|均|都)*由"
)


def _named(printed: str, first: bool) -> str:
    """A name without 由 before and 等部门 behind it; empty where nothing is left."""
    by = _BY.match(plain(printed)) if first else None
    name = printed[by.end() :] if by else printed
    rest = _AND_SO_ON.search(plain(name))
    return name[: rest.start()] if rest else name


def _more(text: str) -> bool:
    """Whether it says how many others there are without naming them: 等10部门."""
    return re.search(r"等(?:\d+|[一二三四五六七八九十]+)个?(?:部门|单位)", plain(text)) is not None


_EVERY = re.compile(r"各(?:县|市|区|州|旗|镇|乡|街道)(?:[(\[].*[)\]])?(?:、.*)?")
_KIND = re.compile(
    r"(?:县|市|区|州|旗|镇|乡|街道|特区|园区|开发区)(?:[(\[].*[)\]])?(?:人民政府|政府|办事处|管委会)?"
)


def _parted(name: str) -> list[str]:
    form = plain(name)
    if "(" in form:
        return [name]
    cuts = list(_AND.finditer(form))
    edges = [0, *(at for cut in cuts for at in cut.span()), len(name)]
    return [name[a:b] for a, b in zip(edges[::2], edges[1::2], strict=False)]


_BODY = re.compile(
    rf"(?!由|经|按|应|对|在|可|如|已|未|不|为|包括|其|见)[^。:《》]{{1,40}}?(?:{BODY_END})(?:[(\[][^()\[\]]*[)\]])*"
    r"|[市区县省]?(?:编办|法制办|国资办|网信办|外办|台办|侨办|金融办|科委|经委|经信委|商务委|发改委|建管委|水务局|气象局|供电公司|税务|公安|人行|团委|军分区)"
)


def _is_body(form: str) -> bool:
    return _BODY.fullmatch(form) is not None
