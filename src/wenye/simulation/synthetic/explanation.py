"""The note that travels with the files: that all of it is invented, and what was put in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wenye.registers.model import MODEL
from wenye.simulation.synthetic.files import COMPLETE_TO, EXPLANATION, SYNTHETIC
from wenye.simulation.synthetic.mess import SLIPS, Expected

if TYPE_CHECKING:
    from wenye.simulation.synthetic.district import SyntheticDistrict

_OUTCOMES = {
    Expected.ACCEPTED: "应予接收",
    Expected.REJECTED: "应予退回",
    Expected.ONE_OF_TWO: "两行留一行",
    Expected.IGNORED: "不是数据",
}


def write_explanation(folder: Path, district: SyntheticDistrict) -> None:
    """Write ``说明.txt``; the same district gives the same text."""
    lines = [
        SYNTHETIC,
        "Synthetic data: no real person or employer is in these files.",
        "",
        "证件号码与统一社会信用代码以 990114 为地区码，该地区不存在，故不可能是真实号码。",
        "姓名、单位名称、日期和金额均为虚构；金额不是任何政策标准。",
        "",
        f"人数 {district.people}　种子 {district.seed}　数据日期 {district.as_of.isoformat()}　"
        f"错误比例 {district.errors}",
        f"{COMPLETE_TO} 写明每个登记册完整到哪一天。",
        "",
        "登记册　文件　行数",
    ]
    for entity in MODEL:
        name = entity.register.name
        lines.append(f"{entity.register.label}　{district.files[name]}　{district.rows[name]}")
    lines += _mess(district)
    text = "\r\n".join(lines) + "\r\n"
    (folder / EXPLANATION).write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))


def _mess(district: SyntheticDistrict) -> list[str]:
    if not district.mess.rows:
        return []
    lines = ["", "有意放入的错误（登记册　错误　行数　应有结果）"]
    for entity in MODEL:
        name = entity.register.name
        for kind, rows in district.mess.rows.get(name, {}).items():
            slip = SLIPS[kind]
            lines.append(
                f"{entity.register.label}　{slip.label}　{rows}　{_OUTCOMES[slip.expected]}"
            )
        following = district.mess.consequences.get(name, 0)
        if following:
            lines.append(f"{entity.register.label}　所引用的行被退回　{following}　应予退回")
    return lines
