"""What was written, in a few lines for people and as plain data for programs."""

from __future__ import annotations

from typing import Any

from wenye.registers.model import MODEL
from wenye.simulation.synthetic.district import SyntheticDistrict
from wenye.simulation.synthetic.mess import Expected


def as_text(district: SyntheticDistrict) -> str:
    """A short summary in Chinese."""
    lines = [
        f"合成辖区已写入 {district.folder}",
        f"  {district.people:,} 人，种子 {district.seed}，数据日期 {district.as_of.isoformat()}；"
        "均为虚构",
    ]
    for entity in MODEL:
        name = entity.register.name
        line = f"  {district.files[name]}　{district.rows[name]:,} 行"
        if district.mess.rows:
            accepted = district.mess.expected(name, Expected.ACCEPTED)
            line += f"，其中应退回 {district.mess.rejected(name):,}，写法特别但应接收 {accepted:,}"
        lines.append(line)
    return "\n".join(lines)


def as_data(district: SyntheticDistrict) -> dict[str, Any]:
    """The same as data: registers by name, with the mess put into each."""
    registers = {
        name: {
            "file": district.files[name],
            "rows": district.rows[name],
            "mess": dict(district.mess.rows.get(name, {})),
            "consequences": district.mess.consequences.get(name, 0),
            "to_be_rejected": district.mess.rejected(name),
        }
        for name in district.files
    }
    return {
        "folder": str(district.folder),
        "people": district.people,
        "seed": district.seed,
        "as_of": district.as_of,
        "format": district.form.value,
        "errors": district.errors,
        "synthetic": True,
        "registers": registers,
    }
