"""A scheme's rule card: who, what, how much, until when, and where it is written.

Plain text that is Markdown too, in Chinese or English. Nothing stands on it that the tree, the
labels, the parameters and the citations do not hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from wenye.rules.readable.card_content import card_json
from wenye.rules.readable.card_phrases import OPERATED_BY, OUR_PART, told
from wenye.rules.readable.card_reads import Data, schemes_named
from wenye.rules.readable.naming import Titles
from wenye.rules.readable.printed import Lang, day_words
from wenye.rules.scheme import Scheme

__all__ = ["card", "card_json", "schemes_named"]


def card(
    scheme: type[Scheme], *, lang: Lang = "zh", on: dt.date, titles: Titles | None = None
) -> str:
    """The card of ``scheme`` as it stands on the day ``on``; the same for the same inputs."""
    return _Card(card_json(scheme, on, titles=titles), lang).text()


class _Card:
    """Puts a card's content on the page in one language."""

    def __init__(self, content: Data, lang: Lang) -> None:
        self.content = content
        self.lang: Lang = lang
        self._sources: list[str] = []

    def text(self) -> str:
        """The whole card, ending with a line end."""
        sections = (
            self._head(),
            self._who(),
            self._conditions(),
            self._pays(),
            self._terms(),
            self._parameters(),
            self._versions(),
            self._excludes(),
            self._claws_back(),
            self._parts(),
            self._facts(),
            self._open(),
        )
        return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines) + "\n"

    # ---- words

    def _say(self, name: str, *parts: str) -> str:
        return told(name, self.lang, *parts)

    def _of(self, data: Data, key: str) -> Any:
        return data[f"{key}_en" if self.lang == "en" else key]

    def _day(self, iso: str) -> str:
        return day_words(dt.date.fromisoformat(iso), self.lang)

    def _span(self, since: str | None, until: str | None) -> str:
        if since is None:
            return self._say("before first")
        if until is None:
            return self._say("since", self._day(since))
        return self._say("from to", self._day(since), self._day(until))

    def _list(self, parts: list[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(parts)

    # ---- sections

    def _head(self) -> Iterator[str]:
        content = self.content
        yield f"# {self._of(content, 'title')}"
        yield ""
        yield f"`{content['id']}` · {self._say('as on', self._day(content['on']))}"
        version = content["version"]
        if version is None:
            yield ""
            yield f"> {self._say('no version')}"
        elif version["in_doubt"]:
            yield ""
            since = self._day(version["doubtful_from"])
            yield f"> {self._say('in doubt', since, version['doubt'])}"

    def _who(self) -> Iterator[str]:
        content = self.content
        yield f"## {self._say('who')}"
        yield ""
        yield f"- {self._say('judged', self._of(content['subject'], 'label'))}"
        for key in ("payee", "dated_by", "once_per"):
            if content[key] is not None:
                yield f"- {self._say(key, self._of(content[key], 'label'))}"

    def _conditions(self) -> Iterator[str]:
        version = self.content["version"]
        if version is None:
            return
        yield f"## {self._say('conditions')}"
        yield ""
        span = self._span(version["since"], version["until"])
        label = f" · {said}" if (said := self._of(version, "label")) else ""
        yield self._say("resting on", self._of(version, "basis"), span) + label
        yield ""
        tree = self.content["formula"]
        if "all" in tree or "any" in tree:
            how = "all" if "all" in tree else "any"
            yield self._say(how)
            yield ""
            for number, part in enumerate(tree[how], 1):
                yield from self._item(part, f"{number}. ", "")
        else:
            yield from self._item(tree, "1. ", "")
        yield ""
        yield self._say("sources")
        yield ""
        for place, source in enumerate(self._sources, 1):
            yield f"- [{place}] {source}"

    def _marks(self, sources: list[str]) -> str:
        """Marks like [1], which the list under the conditions explains."""
        for source in sources:
            if source not in self._sources:
                self._sources.append(source)
        return "".join(f" [{self._sources.index(source) + 1}]" for source in sources)

    def _item(self, tree: Data, bullet: str, indent: str, forbidden: bool = False) -> Iterator[str]:
        """One numbered condition, and under it what it consists of."""
        deeper = indent + " " * len(bullet)
        if "not" in tree:
            yield from self._item(tree["not"], bullet, indent, not forbidden)
            return
        lead = self._say("not") if forbidden else ""
        for how in ("all", "any"):
            if how in tree:
                yield f"{indent}{bullet}{self._say(f'not {how}' if forbidden else how)}"
                for number, part in enumerate(tree[how], 1):
                    yield from self._item(part, f"{number}. ", deeper)
                return
        marks = self._marks(self._of(tree, "citations"))
        yield f"{indent}{bullet}{lead}{self._of(tree, 'label')}{marks}"
        if "test" in tree and self._of(tree, "test") != self._of(tree, "label"):
            yield f"{deeper}- {self._say('test', self._of(tree, 'test'))}"
        if "test" not in tree:
            yield from self._opened(tree, deeper)

    def _opened(self, tree: Data, indent: str) -> Iterator[str]:
        rests = tree.get("rests_on")
        if rests is not None:
            text = self._say("rests on", self._of(rests, "title"), rests["id"])
            if self._of(rests, "of"):
                text += self._say("rests of", self._of(rests, "of"))
            if self._of(rests, "judged_on"):
                text += self._say("rests when", self._of(rests, "judged_on"))
            yield f"{indent}- {text}"
        inner = tree["inner"]
        if inner is None:
            yield f"{indent}- {self._say('other has no version')}"
            return
        how = next((how for how in ("all", "any") if how in inner), "")
        parts = inner[how] if how else [inner]
        yield f"{indent}- {self._say(f'consists {how}'.strip())}"
        for number, part in enumerate(parts, 1):
            yield from self._item(part, f"{number}. ", f"{indent}  ")

    def _pays(self) -> Iterator[str]:
        if self.content["version"] is None:
            return
        yield f"## {self._say('pays')}"
        yield ""
        pays = self.content["pays"]
        if pays is None:
            yield f"- {self._say('nothing')}"
            return
        yield f"- {self._say(pays['flow'], self._of(pays, 'amount'))}"
        if pays["flow"] == "monthly":
            yield f"- {self._say('first month', self._of(pays, 'first'))}"
            yield f"- {self._say('last month', self._of(pays, 'last'))}"
        rounding = [self._say(f"rounding {how}") for how in pays["rounding"]]
        yield f"- {self._say('rounding', self._list(rounding) or self._say('rounding none'))}"

    def _terms(self) -> Iterator[str]:
        if not self.content["terms"]:
            return
        yield f"## {self._say('terms')}"
        yield ""
        colon = "：" if self.lang == "zh" else ": "
        for term in self.content["terms"]:
            yield f"- {self._of(term, 'name')}{colon}{self._of(term, 'text')}"

    def _parameters(self) -> Iterator[str]:
        if not self.content["parameters"]:
            return
        yield f"## {self._say('parameters')}"
        yield ""
        for each in self.content["parameters"]:
            value = self._of(each, "value")
            marked = value if each["status"] == "open" else f"{value} · {self._of(each, 'mark')}"
            yield f"- {self._of(each, 'label')} (`{each['name']}`)"
            span = self._span(each["since"], each["until"])
            yield f"  - {self._say('value', marked, span)}"
            if each["source"]:
                yield f"  - {self._say('source', each['source'])}"
            looked_up = self._of(each, "looked_up_on")
            if looked_up:
                yield f"  - {self._say('looked up', self._list(looked_up))}"
            if len(each["steps"]) > 1:
                steps = [
                    f"{step['since']} {self._of(step, 'value')}"
                    + ("" if step["status"] == "open" else f" {self._of(step, 'mark')}")
                    for step in each["steps"]
                ]
                semicolon = "；" if self.lang == "zh" else "; "
                yield f"  - {self._say('through time', semicolon.join(steps))}"

    def _versions(self) -> Iterator[str]:
        yield f"## {self._say('versions')}"
        yield ""
        for version in self.content["versions"]:
            span = self._span(version["since"], version["until"])
            now = self._say("this one") if version["in_force"] else ""
            label = f" · {said}" if (said := self._of(version, "label")) else ""
            yield f"- {span} · {self._of(version, 'basis')}{label}{now}"
            for each in version["differs"]:
                yield f"  - {self._differs(each)}"
            if self._of(version, "keeps"):
                yield f"  - {self._say('keeps', self._of(version, 'keeps'))}"
            if version["doubtful_from"] is not None:
                since = self._day(version["doubtful_from"])
                yield f"  - {self._say('doubtful', since, version['doubt'])}"

    def _differs(self, each: Data) -> str:
        if each.get("long"):
            return self._say(f"differs {each['what']} long")
        text = self._of(each, "text") or self._say("no longer")
        if each.get("must_not"):
            text = self._say("not") + text
        return self._say(f"differs {each['what']}", text)

    def _excludes(self) -> Iterator[str]:
        content = self.content
        if not content["excludes"]:
            return
        yield f"## {self._say('excludes')}"
        yield ""
        whom = content["concerns"] or content["subject"]
        yield f"- {self._say('same month', self._of(whom, 'label'))}"
        for other in content["excludes"]:
            title = self._of(other, "title")
            yield f"  - {title} (`{other['id']}`)" if title != other["id"] else f"  - `{title}`"
        yield f"- {self._say('priority', str(content['priority']))}"

    def _claws_back(self) -> Iterator[str]:
        back = self.content["claws_back"]
        if back is None:
            return
        yield f"## {self._say('claws back')}"
        yield ""
        yield f"- {self._of(back, 'label')}"
        yield f"  - {self._say('test', self._of(back, 'when'))}"
        yield f"  - {self._say('returned', self._of(back, 'amount'))}"
        if self._of(back, "citations"):
            yield f"  - {self._say('cited', self._list(self._of(back, 'citations')))}"

    def _parts(self) -> Iterator[str]:
        operator = OPERATED_BY[self.content["operated_by"]][self.lang == "en"]
        part = OUR_PART[self.content["our_part"]][self.lang == "en"]
        yield f"## {self._say('parts')}"
        yield ""
        yield f"- {self._say('operated by', operator)}"
        pays = any(version["pays"] for version in self.content["versions"])
        if pays or self.content["our_part"] != "pay":
            yield f"- {self._say('our part', part)}"

    def _facts(self) -> Iterator[str]:
        if not self.content["facts"]:
            return
        yield f"## {self._say('facts')}"
        yield ""
        for register in self.content["facts"]:
            by: dict[str, list[str]] = {}
            for fact in register["facts"]:
                by.setdefault(fact["supplied_by"], []).append(self._of(fact, "label"))
            for supplier, labels in by.items():
                told_by = self._say("supplied by", supplier) if supplier else ""
                colon = "：" if self.lang == "zh" else ": "
                yield f"- {self._of(register, 'label')}{told_by}{colon}{self._list(labels)}"

    def _open(self) -> Iterator[str]:
        yield f"## {self._say('open')}"
        yield ""
        if not self.content["open"]:
            yield f"- {self._say('nothing open')}"
        for each in self.content["open"]:
            text = self._say(f"open {each['what']}", self._of(each, "label"))
            reason = self._say("reason", each["reason"]) if each["reason"] else ""
            yield f"- {text}{reason}"
