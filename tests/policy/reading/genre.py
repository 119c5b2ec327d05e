"""Documents of the genre with a known structure, and the wear that scanning and copying leave.

`document(seed)` gives a clean text and what a right reading holds of it: `document_number`,
`title`, `issuers`, `addressees`, `sections` (`number`, `title`, `articles` with `number`,
`ordinal`, `title` and `responsibility`), `signed_on`, `effective_from` and `effective_to`.
`worn(text, rng)` is the same text as a scanner or a web page would give it; titles, numbers of
articles and departments are then the same save for blanks and the forms of brackets and digits.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tests.policy.reading import genre_words as words
from tests.policy.reading.genre_wear import worn

__all__ = ["document", "numeral", "worn"]

Expected = dict[str, Any]

_DIGITS: Final = "零一二三四五六七八九"


def document(seed: int) -> tuple[str, Expected]:
    """Return a clean text and the part of its right reading that is certain."""
    writer = _Writer(Random(seed))
    return writer.text()


def numeral(value: int) -> str:
    """Return 1 to 999 as it is printed in 第…条 and （…）."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    head = _DIGITS[hundreds] + "百" if hundreds else ""
    if hundreds and not tens and ones:
        head += "零"
    middle = ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十" if tens else ""
    return head + middle + (_DIGITS[ones] if ones else "")


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the last day of a term of so many years that begins on a day."""
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    return dt.date(year, day.month, min(day.day, last)) - dt.timedelta(days=1)


@dataclass
class _Writer:
    """One document while it is written: its lines, and what is expected of them."""

    rng: Random
    lines: list[str] = field(default_factory=list)
    expected: Expected = field(default_factory=dict)
    place: str = ""
    level: str = ""
    first_leads: bool = False

    def text(self) -> tuple[str, Expected]:
        rng = self.rng
        self.place, self.level, letter = rng.choice(words.PLACES)
        form = rng.choice(("running", "restarting", "arabic", "law", "chapters", "sentences"))
        lawful = form in ("law", "chapters")
        covering = form != "sentences" and rng.random() < 0.3
        signed = dt.date(rng.randint(2015, 2025), rng.randint(1, 12), rng.randint(1, 28))
        issuers = self._issuers(joint=not lawful or covering)
        self.expected["issuers"] = issuers
        scheme = f"{self.place}{rng.choice(words.SCHEMES)}"
        subject = rng.choice(words.SUBJECTS)
        rule = f"{self.place}{subject}办法"
        if covering:
            title = f"{' '.join(issuers)}关于印发《{scheme}》的通知"
        elif lawful:
            title = rule
        else:
            title = f"{' '.join(issuers)}关于{subject}的{rng.choice(words.KINDS)}"
        self.expected["title"] = title
        self._head(title, letter, signed, split=not lawful and not covering and len(issuers) == 1)
        addressed = covering or not lawful
        self.expected["addressees"] = []
        if addressed:
            self._addressees()
        end = self._signature(issuers, signed)
        if covering:
            self.lines.append(f"现将《{scheme}》印发给你们，请认真执行。")
            self.lines += end
            self.lines.append(scheme)
        if not lawful:
            self._preamble(rule)
        sections = {
            "running": self._opinion,
            "restarting": self._opinion,
            "arabic": self._opinion,
            "law": self._law,
            "chapters": self._law,
            "sentences": self._sentences,
        }[form](form)
        self.expected["sections"] = sections
        self._term(form, sections, signed, "办法" if lawful else "文件")
        if not covering:
            self.lines += end
        if not covering and rng.random() < 0.4:
            printed = signed + dt.timedelta(days=rng.randint(0, 5))
            office = issuers[0].removesuffix("办公室") + "办公室"
            self.lines.append(f"{office} {_printed(printed)}印发")
        return "\n".join(self.lines) + "\n", self.expected

    # --- the head -----------------------------------------------------------------------------

    def _issuers(self, joint: bool) -> list[str]:
        rng = self.rng
        if rng.random() < 0.5:
            return [f"{self.place}人民政府{rng.choice(('', '办公室'))}"]
        names = rng.sample(["财政局", "教育局", "民政局", "商务局"], 2)
        several = rng.randint(0, 2) if joint else 0
        return [f"{self.place}{name}" for name in ["人力资源和社会保障局", *names][: several + 1]]

    def _head(self, title: str, letter: str, signed: dt.date, *, split: bool) -> None:
        rng = self.rng
        number = None
        if rng.random() < 0.8:
            mark = rng.choice(("府规", "府办发", "人社规", "政发"))
            number = f"{letter}{mark}〔{signed.year}〕{rng.randint(1, 180)}号"
        self.expected["document_number"] = number
        head = title.split("关于", 1) if split and rng.random() < 0.5 else [title]
        printed = [head[0], f"关于{head[1]}"] if len(head) == 2 else [title]
        if number is None:
            self.lines += printed
        elif rng.random() < 0.5:
            self.lines += [f"{self.expected['issuers'][0]}文件", number, *printed]
        else:
            self.lines += [*printed, number]

    def _addressees(self) -> None:
        rng = self.rng
        chosen = rng.sample(words.ADDRESSEES, rng.randint(1, 3))
        names = [self.level + name if name.startswith("政府") else name for name in chosen]
        self.expected["addressees"] = names
        self.lines.append("，".join(names) + "：")

    def _preamble(self, other: str) -> None:
        number = f"{self.rng.choice('甲乙丙丁')}府规〔2014〕{self.rng.randint(1, 90)}号"
        self.lines.append(
            self.rng.choice(
                (
                    f"根据《{other}》（{number}）要求，结合实际，提出如下意见：",
                    "为把这项工作做实做细，现就有关事项明确如下：",
                    f"依照{number}文件，经研究，现作如下安排。",
                )
            )
        )

    # --- the body -----------------------------------------------------------------------------

    def _opinion(self, form: str) -> list[Expected]:
        rng = self.rng
        plain = rng.random() < 0.2
        titled = rng.random() < 0.8
        self.first_leads = rng.random() < 0.25 and not plain
        announced = False
        sections: list[Expected] = []
        ordinal = 0
        headings = rng.sample(words.HEADINGS, rng.randint(2, 5))
        for at, heading in enumerate(headings, start=1):
            self.lines.append(f"{numeral(at)}、{heading}")
            articles: list[Expected] = []
            for within in range(1, rng.randint(1, 4) + 1):
                ordinal += 1
                shown = within if form == "restarting" else ordinal
                number = f"{shown}." if form == "arabic" else f"（{numeral(shown)}）"
                title = rng.choice(words.TITLES) if titled else None
                body = self._sentences_of(words.SENTENCES, rng.randint(1, 3))
                if not titled:
                    # a first sentence with a comma is nobody's heading
                    body = self._sentences_of(words.PLAIN_SENTENCES, 1) + body
                bracket, duty = ("", None)
                if not plain and rng.random() < 0.85:
                    bracket, duty = self._responsibility(announced)
                items = self._items() if form != "arabic" and rng.random() < 0.2 else []
                if items and bracket:
                    # a bracket after the last of the items would be that item's or the article's
                    bracket, duty = "", None
                announced = announced or "下同" in bracket
                if bracket.startswith(("（", "〔")) and not body.endswith("）。"):
                    before = rng.random() < 0.15
                    body, bracket = (body[:-1], f"{bracket}。") if before else (body, bracket)
                self.lines += [f"{number}{title + '。' if title else ''}{body}{bracket}", *items]
                articles.append(
                    {"number": number, "ordinal": shown, "title": title, "responsibility": duty}
                )
            sections.append({"number": numeral(at), "title": heading, "articles": articles})
        return sections

    def _law(self, form: str) -> list[Expected]:
        rng = self.rng
        sections: list[Expected] = []
        ordinal = 0
        chapters: tuple[str | None, ...] = words.CHAPTERS if form == "chapters" else (None,)
        titled = rng.random() < 0.4
        for at, chapter in enumerate(chapters, start=1):
            if chapter:
                self.lines.append(f"第{numeral(at)}章 {chapter}")
            articles: list[Expected] = []
            for _ in range(rng.randint(1, 4) if chapter else rng.choice((5, 9, 12, 24, 120))):
                ordinal += 1
                number = f"第{numeral(ordinal)}条"
                title = rng.choice(words.LAWFUL_TITLES) if titled else None
                body = self._sentences_of(words.LAW_SENTENCES, rng.randint(1, 2))
                if ordinal > 2 and rng.random() < 0.15:
                    earlier = numeral(rng.randint(1, ordinal - 1))
                    body += f"依照本办法第{earlier}条规定办理的，从其规定。"
                items: list[str] = []
                if rng.random() < 0.2:
                    body = "申请人应当符合下列条件："
                    items = [
                        f"（{numeral(n)}）{text}；"
                        for n, text in enumerate(rng.sample(words.ITEMS, 3), start=1)
                    ]
                    items[-1] = items[-1][:-1] + "。"
                head = f"【{title}】" if title else " "
                self.lines += [f"{number}{head}{body}", *items]
                articles.append(
                    {"number": number, "ordinal": ordinal, "title": title, "responsibility": None}
                )
            sections.append(
                {
                    "number": f"第{numeral(at)}章" if chapter else None,
                    "title": chapter,
                    "articles": articles,
                }
            )
        return sections

    def _sentences(self, form: str) -> list[Expected]:
        rng = self.rng
        sections: list[Expected] = []
        for at in range(1, rng.randint(2, 4) + 1):
            self.lines.append(
                f"{numeral(at)}、{self._sentences_of(words.LAW_SENTENCES, rng.randint(2, 3))}"
            )
            sections.append(
                {
                    "number": numeral(at),
                    "title": None,
                    "articles": [
                        {"number": None, "ordinal": None, "title": None, "responsibility": None}
                    ],
                }
            )
        return sections

    def _sentences_of(self, pool: tuple[str, ...], count: int) -> str:
        return "".join(
            text.format(n=self.rng.choice((2, 3, 5, 8, 12, 15, 30, 60, 120)))
            for text in self.rng.sample(pool, count)
        )

    def _items(self) -> list[str]:
        rng = self.rng
        form = rng.choice(("{}.", "（{}）", "{}．"))
        chosen = rng.sample(words.ITEMS, rng.randint(2, 3))
        return [f"{form.format(n)}{text}。" for n, text in enumerate(chosen, start=1)]

    def _responsibility(self, announced: bool) -> tuple[str, Expected]:
        rng = self.rng
        names = [self.level + name for name in rng.sample(words.OFFICES, rng.randint(2, 4))]
        others = rng.random() < 0.3
        if others:
            names.append(rng.choice(words.MANY))
        first, rest = names[0], names[1:]
        lead: list[str] = []
        cooperating: list[str] = []
        if self.first_leads:
            lead = [first]
            said = "" if announced else rng.choice("。，") + "列第一位者为牵头单位，下同"
            et_cetera = "" if others else rng.choice(("", "等"))
            inner = f"{'、'.join(names)}{et_cetera}按照职责分工负责{said}"
            return f"（{inner}）", _duty(names, lead, cooperating)
        form = rng.randrange(9)
        if form == 0:
            names, inner = [first], f"{first}负责"
        elif form == 1:
            names, lead, inner = [first], [first], f"{first}牵头负责"
        elif form == 2:
            lead, cooperating = [first], rest
            word = rng.choice(("参加", "配合", "协同", "参与", "协助"))
            inner = f"{first}牵头，{'、'.join(rest)}{word}"
        elif form == 3:
            lead, inner = [first], f"{first}牵头，{'、'.join(rest)}按职责分工负责"
        elif form == 4:
            lead, cooperating = [first], rest
            inner = f"牵头单位：{first}；配合单位：{'、'.join(rest)}"
        elif form == 5:
            inner = f"责任单位：{'、'.join(names)}"
        elif form == 6:
            return f"\n责任单位：{'、'.join(names)}", _duty(names, lead, cooperating)
        else:
            et_cetera = "" if others else rng.choice(("", "等", "等部门"))
            how = rng.choice(("按照职责分工负责", "按职责分工负责", "负责"))
            inner = "、".join(names) + et_cetera + how
        pair = rng.choice(("（）", "（）", "（）", "〔〕")) if form >= 4 else "（）"
        return f"{pair[0]}{inner}{pair[1]}", _duty(names, lead, cooperating)

    # --- the end ------------------------------------------------------------------------------

    def _term(self, form: str, sections: list[Expected], signed: dt.date, what: str) -> None:
        rng = self.rng
        self.expected |= {"effective_from": None, "effective_to": None}
        if rng.random() < 0.25:
            return
        begins = signed + dt.timedelta(days=rng.choice((-40, 0, 19, 30)))
        if begins.month == 2 and begins.day == 29:
            begins += dt.timedelta(days=1)
        years = rng.choice((0, 2, 3, 5))
        verb = "施行" if what == "办法" else "执行"
        sentence = f"本{what}自{_printed(begins)}起{verb}"
        if begins == signed and rng.random() < 0.5:
            sentence = f"本{what}自{rng.choice(('发布', '印发', '公布'))}之日起施行"
        self.expected["effective_from"] = begins.isoformat()
        if years:
            ends = years_later(begins, years)
            self.expected["effective_to"] = ends.isoformat()
            sentence += rng.choice(
                (
                    f"，有效期{years}年",
                    f"，有效期{numeral(years) if years != 2 else '两'}年",
                    f"，有效期至{_printed(ends)}",
                )
            )
        if form in ("law", "chapters"):
            articles = sections[-1]["articles"]
            last = articles[-1]["ordinal"] + 1
            number = f"第{numeral(last)}条"
            titled = articles[-1]["title"] is not None
            self.lines.append(f"{number}{'【施行】' if titled else ' '}{sentence}。")
            articles.append(
                {
                    "number": number,
                    "ordinal": last,
                    "title": "施行" if titled else None,
                    "responsibility": None,
                }
            )
        else:
            self.lines.append(sentence + "。")

    def _signature(self, issuers: list[str], signed: dt.date) -> list[str]:
        self.expected["signed_on"] = signed.isoformat()
        year = "".join(
            self.rng.choice("○〇") if d == "0" else _DIGITS[int(d)] for d in str(signed.year)
        )
        day = self.rng.choice(
            (
                _printed(signed),
                f"{signed.year} 年 {signed.month} 月 {signed.day} 日",
                f"{year}年{numeral(signed.month)}月{numeral(signed.day)}日",
            )
        )
        names = [" ".join(issuers)] if self.rng.random() < 0.5 else list(issuers)
        return [*names, day]


def _printed(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _duty(names: list[str], lead: list[str], cooperating: list[str]) -> Expected:
    return {"departments": names, "lead": lead, "cooperating": cooperating}
