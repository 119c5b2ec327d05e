"""The coverage page: a document's text, sentence by sentence, with what carries each.

One file without scripts, for a screen of any width, dark or light, and for paper. The text is read
from the district's own file when the page is written; the page is the district's, as the text is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import PurePath

from wenye.policy.citing.bare_text import Bared
from wenye.policy.citing.citations import Citing
from wenye.policy.coverage.covered import Coverage, Covered, DocumentCoverage, State
from wenye.policy.coverage.marks import MEANING, SYMBOLS, Part, bar, mark, told
from wenye.policy.coverage.rules import anchor, carrier_link, progress_of, rules
from wenye.policy.coverage.sentence_words import FRAMEWORK_WORDS
from wenye.policy.documents import Standing
from wenye.policy.measures import CARRIER_KINDS
from wenye.policy.reading.reading import Article, Item, Responsibility, Section
from wenye.policy.standings import Stands

_LOGO = (
    '<svg viewBox="0 0 48 48" role="img" aria-label="稳业"><g fill="currentColor">'
    '<rect x="6" y="34" width="36" height="2.5"/><rect x="6" y="38.5" width="36" height="2.5"/>'
    '<rect x="6" y="43" width="36" height="2.5"/></g>'
    '<text x="24" y="25" text-anchor="middle" font-size="17" fill="currentColor">稳业</text></svg>'
)
_KIND_WORDS = {
    **{kind: words for kind, (words, _) in CARRIER_KINDS.items()},
    "delegated": "转交别的文件",
    "discretionary": "鼓励、探索一类",
    "programme": "专项计划",
}
#: What the page says of a document's force.
_FORCE = {
    Standing.NOT_YET: "文件尚未施行",
    Standing.IN_FORCE: "文件施行中",
    Standing.DOUBTFUL: "文件效力存疑",
    Standing.ENDED: "文件已失效",
}
_MISTAKEN = (
    '<p class="note"><b>登记册有错误</b>，列在正文后面：连到不存在的东西，'
    "或引文没有落在任何句子里；连空和错引的措施不算已承载。</p>"
)


def page(found: Coverage, on: dt.date) -> str:
    """The whole page as HTML; rule cards and the documents' force are those of the day ``on``."""
    district = found.district
    style = files("wenye.policy.coverage").joinpath("page.css").read_text(encoding="utf-8")
    titles = "、".join(item.register.document.title for item in found.documents)
    text = [
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>文件落实图 {escape(titles)}</title><style>{style}</style></head><body>",
        SYMBOLS,
        *_header(found, on),
        "<main>",
        *(
            line
            for number, item in enumerate(found.documents)
            for line in _document(number, item, found)
        ),
        *_unquoted(found),
        *rules(found, on),
        "</main>",
        f"<footer><p>{escape(district.label)} · 卡片按 <time>{on}</time> 适用的规定。"
        "正文取自辖区自己的文件，本页不替代原文。</p></footer></body></html>",
    ]
    return "\n".join(text)


def _header(found: Coverage, on: dt.date) -> Iterator[str]:
    measures, sentences = found.measures, found.sentences
    yield f'<header><div class="logo">{_LOGO}<span>文件落实图</span></div>'
    for item in found.documents:
        document = item.register.document
        yield f"<h1>{escape(document.title)}</h1>"
        english = f"　{escape(document.title_en)}" if document.title_en else ""
        yield f'<p class="en">{escape(document.number)}{english}</p>'
        stands = Stands(document, on)
        force = f"<b>{_FORCE[stands.standing]}</b>（{on}）"
        if stands.standing is Standing.IN_FORCE:
            yield f'<p class="soft">{force}</p>'
        else:
            yield f'<p class="note">{force}：{escape(stands.words)}</p>'
    begun = f"，其中 {measures['partly']} 条已有一部分" if measures["partly"] else ""
    yield (
        f'<p class="lead">文件提出 <b>{measures["total"]}</b> 条措施：'
        f"<b>{measures['carried']}</b> 条已承载，<b>{measures['not_yet']}</b> 条尚未承载{begun}，"
        f"<b>{measures['not_computable']}</b> 条无法计算。</p>"
        '<p class="en">Measures: carried, not yet (of these, some in part), not computable.</p>'
    )
    yield bar(
        [
            Part(State.CARRIED, measures["carried"]),
            Part(State.PARTLY, measures["partly"]),
            Part(State.NOT_YET, measures["not_yet"] - measures["partly"]),
            Part(State.NOT_COMPUTABLE, measures["not_computable"]),
        ],
        "措施的落实情况",
    )
    unplaced = sentences["total"] - sentences["placed"]
    rest = (
        f"还有 <b>{unplaced}</b> 句没有归位，正文里逐句标出。" if unplaced else "没有遗漏的句子。"
    )
    quoted = found.quoted
    without = quoted.of_clauses - quoted.clauses
    share = round(100 * quoted.characters / (quoted.of_characters or 1))
    listed = '，<a href="#unquoted">列在正文后面</a>' if without else ""
    yield (
        f'<p class="lead">正文共 <b>{sentences["total"]}</b> 句，'
        f"<b>{sentences['placed']}</b> 句已归位。{rest}</p>"
        "<p>“归位”只是说：句中至少有一处短语被措施、责任、参数或项目引用，或者整句是框架文字；"
        f"并不是说句中每个字都有着落。框架文字以外共 {quoted.of_clauses} 个分句，"
        f"{quoted.clauses} 个有引文，{without} 个没有{listed}；引文占字数的 {share}%，"
        "正文里画线的就是。</p>"
        + _annex_note(sentences["annex"])
        + ("" if found.sound else _MISTAKEN)
        + '<p class="en">Placed: at least one phrase of the sentence is quoted by what rests on '
        "it, or it is framework. Clauses that nobody quotes are listed below the text.</p>"
    )
    yield bar(
        [
            Part(State.CARRIED, sentences["carried"]),
            Part(State.PARTLY, sentences["partly"]),
            Part(State.NOT_YET, sentences["not_yet"] - sentences["partly"]),
            Part(State.NOT_COMPUTABLE, sentences["not_computable"]),
            Part(State.STATEMENT, sentences["statement"]),
            Part(State.UNPLACED, unplaced),
        ],
        "句子的归位情况",
    )
    meanings = "".join(f"<dt>{told(state)}</dt><dd>{MEANING[state]}</dd>" for state in State)
    meanings += "<dt>分句 2/3</dt><dd>句中三个分句，两个里有被引用的短语</dd>"
    yield (
        '<details class="legend"><summary>记号的含义 / what the marks mean</summary>'
        f"<dl>{meanings}</dl></details>"
        # What is closed on the screen cannot be opened on paper.
        '<div class="legend in-print"><p>记号的含义 / what the marks mean</p>'
        f"<dl>{meanings}</dl></div>"
    )
    links = [
        ("text", "正文"),
        ("gaps", "尚未承载"),
        ("measures", "其余措施"),
        ("duties", "责任"),
        ("values", "参数"),
        ("cards", "政策卡片"),
    ]
    yield "<nav>" + "".join(f'<a href="#{place}">{word}</a>' for place, word in links) + "</nav>"
    yield "</header>"


def _document(number: int, item: DocumentCoverage, found: Coverage) -> Iterator[str]:
    yield '<h2 id="text">正文，逐句<span class="en">The text, sentence by sentence</span></h2>'
    if len(found.documents) > 1:
        yield f"<p>{escape(item.register.document.name)}</p>"
    sections = {section.number: section for section in item.held.reading.sections}
    shown: set[int] = set()
    places = {id(covered): place for place, covered in enumerate(item.sentences)}
    for name, of_section in groupby(item.sentences, lambda covered: covered.sentence.section):
        section = sections.get(name)
        if section is not None and section.number is not None and section.title:
            yield f"<h3>{escape(section.number)}、{escape(section.title)}</h3>"
        for _, of_article in groupby(of_section, lambda covered: id(covered.sentence.article)):
            sentences = list(of_article)
            article = sentences[0].sentence.article
            if article is not None and id(article) not in shown:
                shown.add(id(article))
                yield _article_head(article, section, item)
            yield '<div class="lines">'
            for covered in sentences:
                place = places[id(covered)]
                yield _line(anchor(number, place), place + 1, covered, item, found)
            yield "</div>"
    yield from _annex(item)
    yield from _lost(item)
    yield from _adrift(item)


def _annex_note(sentences: int) -> str:
    if not sentences:
        return ""
    return (
        f"<p>附件另有 <b>{sentences}</b> 句，没有读成条款，不在上面的句数里，均未归位，"
        "列在正文后面。</p>"
    )


def _annex(item: DocumentCoverage) -> Iterator[str]:
    """What stands behind the signature: nobody has said what carries it."""
    if not item.annex:
        return
    yield '<h3>附件<span class="en">　The annex, behind the signature</span></h3>'
    yield '<div class="lines">'
    for text in item.annex:
        yield (
            f'<div class="line unplaced"><div class="margin">{told(State.UNPLACED)}'
            f'<small>附件</small></div><p class="say">{escape(text)}</p>'
            '<div class="by"></div></div>'
        )
    yield "</div>"


def _lost(item: DocumentCoverage) -> Iterator[str]:
    if not item.lost:
        return
    yield '<h4 class="art">连到不存在的东西的措施</h4><ul>'
    for one in item.lost:
        yield (
            f'<li><a href="#m-{escape(one.measure.id)}">{escape(one.measure.id)}</a>　'
            f"{escape(str(one.carrier))} 不存在（{escape(_file_line(one.where))}）</li>"
        )
    yield "</ul>"


def _file_line(where: str) -> str:
    """Without the folders, which are the machine's and not the district's."""
    return PurePath(where).name


def _unquoted(found: Coverage) -> Iterator[str]:
    """The clauses that nobody quotes, each with a link to its sentence."""
    rows = [
        f'<li><a href="#{anchor(number, place)}">第{place + 1}句</a>　'
        + escape("；".join(clause.text for clause in covered.unquoted))
        + "</li>"
        for number, item in enumerate(found.documents)
        for place, covered in enumerate(item.sentences)
        if covered.unquoted
    ]
    if rows:
        yield (
            '<section class="unquoted" id="unquoted"><h4>没有引文的分句</h4>'
            '<p class="en">Clauses that nobody quotes</p>'
            "<p>所在的句子可能已因别的短语归位；这些话由什么承载，没有人说过。</p>"
            f"<ul>{''.join(rows)}</ul></section>"
        )


def _article_head(article: Article, section: Section | None, item: DocumentCoverage) -> str:
    number = escape(article.number or "")
    title = f"{number}{escape(article.title or '')}"
    bodies = "".join(_bodies(one) for one in _brackets(article.items, article.responsibility))
    entry = next(
        (
            entry
            for name, entry in item.register.articles.items()
            for place in item.held.places.named(name, item.register.document.article_form)
            if place.depth == 1 and place.articles[0] is article
        ),
        None,
    )
    if entry is not None and entry.assigned_lead:
        bodies += (
            f'<p class="who">牵头（本区确定）：{escape(entry.assigned_lead)}'
            f"　{escape(entry.decision)}</p>"
        )
    return f'<h4 class="art">{title}</h4>{bodies}' if title or bodies else ""


def _brackets(items: tuple[Item, ...], own: Responsibility | None) -> Iterator[Responsibility]:
    for item in items:
        yield from _brackets(item.items, item.responsibility)
    if own is not None:
        yield own


def _bodies(one: Responsibility) -> str:
    names = [
        f"<b>{escape(name)}</b>（牵头）" if name in one.lead else escape(name)
        for name in one.departments
    ]
    return f'<p class="who">{"、".join(names)}　<span>{escape(one.wording)}</span></p>'


def _line(name: str, number: int, covered: Covered, item: DocumentCoverage, found: Coverage) -> str:
    carriers = "".join(f"<li>{text}</li>" for text in _carriers(covered, item, found))
    return (
        f'<div class="line {covered.state}" id="{name}">'
        f'<div class="margin">{told(covered.state)}{_below(covered)}</div>'
        f'<p class="say"><small class="no">{number}</small>{_underlined(covered)}</p>'
        + (f'<ul class="by">{carriers}</ul>' if carriers else '<div class="by"></div>')
        + "</div>"
    )


def _below(covered: Covered) -> str:
    """What stands below a sentence's state: its kind, and how many of its clauses are quoted.

    A kind that holds of some of its measures only is told at those.
    """
    words = []
    if covered.state is State.STATEMENT:
        words.append(FRAMEWORK_WORDS[covered.why][0])
    elif len(covered.kinds) == 1:
        words.append(_KIND_WORDS.get(covered.kinds[0], ""))
    if covered.links:
        quoted = covered.quoted
        words.append(f"分句 {quoted.clauses}/{quoted.of_clauses}")
    return "".join(f"<small>{word}</small>" for word in words if word)


def _underlined(covered: Covered) -> str:
    """The sentence, with the words that something rests on underlined."""
    text = Bared(covered.sentence.text)
    on = [False] * len(text.text)
    for link in covered.links:
        first, last = text.stretch(link.start, link.end)
        on[first:last] = [True] * (last - first)
    parts = []
    for underlined, pairs in groupby(zip(on, text.text, strict=True), lambda pair: pair[0]):
        words = escape("".join(character for _, character in pairs))
        parts.append(f"<u>{words}</u>" if underlined else words)
    return "".join(parts)


def _carriers(covered: Covered, item: DocumentCoverage, found: Coverage) -> Iterator[str]:
    """The measures of a sentence with what carries them, then what rests on its words directly."""
    ids = dict.fromkeys(link.id for link in covered.links if link.by is Citing.MEASURE)
    measures = [item.register.measures[name] for name in ids]
    through: set[tuple[str, str]] = set()
    for measure in measures:
        links = [carrier_link(found, carrier.kind, carrier.id) for carrier in measure.carried_by]
        through |= {(carrier.kind, carrier.id) for carrier in measure.carried_by}
        if not links and len(covered.kinds) > 1:
            links = list(_kinds(measure.id, covered))
        below = f"<small>{'、'.join(links)}</small>" if links else ""
        name, label = escape(measure.id), escape(measure.label)
        yield f'{mark(progress_of(measure))}<a href="#m-{name}">{label}</a>{below}'
    for by, name in dict.fromkeys((link.by.value, link.id) for link in covered.links):
        if by != Citing.MEASURE and (by, name) not in through:
            yield carrier_link(found, by, name)


def _kinds(name: str, covered: Covered) -> Iterator[str]:
    """What the clauses say of a measure; of one phrase only, with that phrase."""
    links = [link for link in covered.links if link.by is Citing.MEASURE and link.id == name]
    alike = len({link.kind for link in links}) == 1
    for link in links[:1] if alike else links:
        if link.kind in _KIND_WORDS:
            phrase = "" if alike else f"：“{escape(link.phrase)}”"
            yield f"{_KIND_WORDS[link.kind]}{phrase}"


def _adrift(item: DocumentCoverage) -> Iterator[str]:
    if not item.adrift:
        return
    yield '<h4 class="art">没有落在任何句子里的引文</h4><ul>'
    for looked in item.adrift:
        where = f"在 {looked.stands_in}" if looked.stands_in else "文件里没有"
        yield (
            f"<li>{escape(looked.cited.id)}：“{escape(looked.cited.phrase)}”"
            f"（{escape(looked.cited.article)}）{escape(where)}"
            f"（{escape(_file_line(looked.cited.where))}）</li>"
        )
    yield "</ul>"
