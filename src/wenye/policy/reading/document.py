"""A document from its text: the parts of the reader, put together."""

from __future__ import annotations

from dataclasses import replace

from wenye.policy.reading.body import body
from wenye.policy.reading.characters import plain, tight
from wenye.policy.reading.force import force
from wenye.policy.reading.frame import frame
from wenye.policy.reading.lines import printed_lines
from wenye.policy.reading.quantities import quantities
from wenye.policy.reading.reading import Quantity, Reading, Section
from wenye.policy.reading.references import references
from wenye.policy.reading.responsibility import Leading
from wenye.policy.reading.stream import Stream


def document(text: str) -> Reading:
    """The document whose text this is."""
    lines = printed_lines(text)
    found = frame(lines)
    scheme = found.parts[-1].title if found.parts else None
    if scheme and found.title and found.title.endswith("令") and "关于" not in found.title:
        found.title = scheme  # a decree is called by what it puts into force
    leading = Leading()
    doubts: list[str] = []
    opening: list[str] = []
    closing: list[str] = []
    sections: list[Section] = []
    covering = len(found.parts) > 1
    for part in found.parts:
        made = body(part.lines, leading)
        if covering and part.title is None and not made.numbered:
            # The few sentences of a notice that issues a scheme are no article of it.
            opening.append(made.sections[0].articles[0].text if made.sections else "")
            continue
        if part.title is not None and made.opening and made.sections:
            made.sections[0] = replace(made.sections[0], text=made.opening)
            made.opening = ""
        if part.title is not None and sections and made.sections and not made.sections[0].number:
            made.sections[0] = replace(made.sections[0], title=part.title)
        opening += [made.opening] if made.opening else []
        closing += [made.closing] if made.closing else []
        sections += made.sections
        doubts += made.doubts
    if found.fragment:
        doubts.append(
            "没有读到标题，文件开头可能残缺 / no title found: the beginning may be missing"
        )
    doubts += found.doubts
    if found.annex:
        doubts.append(
            f"落款之后还有{len(found.annex)}行附件，没有读成条款"
            f" / an annex is not read into articles: {found.annex[0].text[:30]}"
        )
    doubts += leading.doubts
    own = {plain(tight(name)) for name in (found.title, found.number, found.issued) if name}
    if found.title and "《" in found.title:
        own.add(plain(tight(found.title)).replace("《", "〈").replace("》", "〉"))
    own |= {plain(tight(part.title)) for part in found.parts if part.title}
    texts = ["\n".join(opening)]
    amounts: list[Quantity] = list(quantities(texts[0], None))
    for section in sections:
        texts.append(section.text)
        amounts += quantities(section.text, None)
        for article in section.articles:
            whole = f"{article.title or ''}。{article.text}"
            texts.append(whole)
            amounts += quantities(whole, article.ordinal)
    texts.append("\n".join(closing))
    amounts += quantities(texts[-1], None)
    texts.append(Stream.of(found.behind).text)
    days = force(found, sections, "\n".join(opening), "\n".join(closing))
    return Reading(
        title=found.title,
        document_number=found.number,
        issuers=tuple(dict.fromkeys(found.issuers)),
        addressees=tuple(found.addressees),
        opening="\n".join(opening),
        sections=tuple(sections),
        closing="\n".join(closing),
        annex="\n".join(line.text for line in found.annex),
        references=references("\n".join(texts), own),
        signed_on=days.signed_on,
        effective_from=days.first,
        effective_to=days.last,
        quantities=tuple(amounts),
        doubts=tuple(dict.fromkeys([*doubts, *days.doubts])),
    )
