"""Names that documents print: bodies, and the numbers of documents."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

#: What the name of a body ends with.
BODY_END = (
    "人民政府|政府|委员会|管委会|管理委|改革委|常委会|组织部|宣传部|统战部|政法委|人武部|领导小组|工作组|专班|指挥部|联席会议"
    "|办公厅|办公室|服务站|工作站|调查队|支队|大队|总队|中心|分中心|分局|总局|管理局|服务局|人社局|财政局|总工会|工会|团委|团市委|妇联|残联|工商联|科协|侨联"
    "|文联|社联|联合会|联合社|合作社|协会|学会|商会|银行|支行|分行|营管部|公司|集团|基金会|研究院|学院|大学|医院|法院|检察院|人民银行"
    "|街道办事处|办事处|街道办|街道|街镇|乡镇|镇街|各镇|各街|园区|新区|开发区|高新区|工业区|示范区|新城|度假区|自贸区|保税区|社区|村委会|居委会"
    "|海关|分社|总部|机关|部门|单位|机构|院校|学校|高校|企业|厅|局|委|办|部|署|院|会|所|站|队|社|处|科|室|区|县|市|州|旗|镇|乡|村"
)
#: What kinds of documents call themselves.
KINDS = (
    "实施意见|指导意见|意见|通知|决定|决议|暂行办法|实施办法|办法|规定|实施细则|细则|实施方案|行动方案|工作方案"
    "|方案|预案|公告|通告|公报|批复|复函|函|报告|请示|若干措施|措施|条例|行动计划|计划|计画|规划|纲要|要点|指引|指南|规则"
    "|命令|令|标准|制度|章程|目录|清单|政策|十条|会议纪要|纪要|意见书|倡议书|通报|说明|公约|守则|须知"
)
#: What may stand below a title: (试行), (2021—2025年).
ADDENDUM = re.compile(r"[(\[][^()\[\]]{1,20}(?:稿|行|年|版|本|案)[)\]]")
#: The end of a title, in a plain, tight text.
TITLE = re.compile(rf"(?:{KINDS})[\"》〉]?(?:\([^()]{{1,20}}\)|\[[^\[\]]{{1,20}}\])?$")
#: How a document speaks of itself.
SELF = rf"本(?:{KINDS}|文件)"
_YEAR = r"(?:19|20)\d{2}"
_BEFORE = r"[\u4e00-\u9fff]"
#: A document number in a plain, tight text: 嘉府规[2020]6号, 市政府令第12号, 公告2021年第5号.
NUMBER = (
    rf"{_BEFORE}{{1,14}}(?:\[{_YEAR}\]|\({_YEAR}\)|〈{_YEAR}〉)第?\d{{1,5}}号"
    rf"|{_BEFORE}{{2,20}}(?:令|公告)(?:{_YEAR}年)?(?:\[{_YEAR}\]|\({_YEAR}\))?第\d{{1,5}}号"
    rf"|{_BEFORE}{{2,12}}第\d{{1,5}}号令"
)


def normal_number(text: str) -> str:
    """The number with the brackets of the standard and without blanks: 嘉府规〔2020〕6号."""
    from wenye.policy.reading.characters import plain

    bare = "".join(text.split())
    found = re.search(rf"[\[(〈]({_YEAR})[\])〉]", plain(bare))
    if found is not None:
        bare = f"{bare[: found.start()]}〔{found[1]}〕{bare[found.end() :]}"
    return re.sub(r"[０-９]", lambda digit: plain(digit[0]), bare)


def split_outside(text: str, signs: str) -> list[str]:
    """The text split at the signs (plain form) that stand in no bracket and no quotation."""
    from wenye.policy.reading.characters import plain

    form = plain(text)
    cuts = [at for at in _outside(form) if form[at] in signs]
    edges = [-1, *cuts, len(text)]
    return [text[a + 1 : b].strip() for a, b in itertools.pairwise(edges)]


def _outside(form: str) -> Iterator[int]:
    depth = 0
    for at, sign in enumerate(form):
        if sign in "([〈《":
            depth += 1
        elif sign in ")]〉》":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield at


def apart(names: str) -> list[str]:
    """Names of bodies printed without a blank: each begins with the name of the place."""
    place = names[:2]
    cuts = [
        found.start()
        for found in re.finditer(re.escape(place), names)
        if re.search(rf"(?:{BODY_END})$", names[: found.start()])
    ]
    return [names[a:b] for a, b in zip([0, *cuts], [*cuts, len(names)], strict=False)]


def names_bodies(form: str) -> bool:
    """Whether a plain line holds nothing but names of bodies."""
    names = form.split()
    return bool(names) and all(
        2 < len(name) <= 40
        and not re.search("关于|印发|转发", name)
        and re.fullmatch(rf"[^\d。;:,、《》|>]*(?:{BODY_END})", name)
        for name in names
    )


def whole_names(names: list[str]) -> list[str]:
    """The names with a line break undone: 望江县 and 财政局 are one."""
    made: list[str] = []
    for name in names:
        place = made and re.fullmatch(".{1,4}[省市区县州]", made[-1])
        if place and not name.startswith(made[-1]):
            made[-1] += name
        else:
            made.append(name)
    return made
