"""The pages of ``docs/workflows``: each workflow's picture, and who does what in which state.

``python -m wenye.services.cases.documenting docs/workflows`` writes them; a test finds them stale.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wenye.services.accounts.roles import LABELS, Role
from wenye.services.cases.drawing import picture
from wenye.services.cases.types import CaseType, case_types
from wenye.services.cases.workflows import Deadline, Transition, Workflow, workflows

_KINDS = {"open": "待办", "waiting": "等待", "done": "已决定", "final": "终结"}


def pages() -> dict[str, str]:
    """File name to content."""
    found = {"README.md": _index()}
    for each in workflows().values():
        found[f"{each.id}.svg"] = picture(each)
        found[f"{each.id}.md"] = _page(each)
    return found


def _index() -> str:
    lines = [
        "# Workflows and case types",
        "",
        "Made from `districts/*/workflows` and `districts/*/case_types` by",
        "`python -m wenye.services.cases.documenting docs/workflows`; a test finds it stale.",
        "",
        "| 事项 | case type | 流程 | 谁可以办 | 关于 | 登记到 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_type_line(each) for each in case_types().values()]
    lines += ["", "| 流程 | workflow | 状态 | 步骤 |", "| --- | --- | --- | --- |"]
    lines += [
        f"| [{each.label}]({each.id}.md) | {each.label_en} | {len(each.states)} | "
        f"{len({move.id for move in each.transitions})} |"
        for each in workflows().values()
    ]
    return "\n".join(lines) + "\n"


def _type_line(kind: CaseType) -> str:
    who = "、".join(LABELS[role][0] for role in Role if role in kind.open_by)
    if kind.by_service:
        who += "、系统"
    about = {"scheme": "项目的对象", "people": "人员", "employers": "单位"}.get(
        kind.about, "人员或单位"
    )
    registers = kind.registers.register if kind.registers else "—"
    return (
        f"| {kind.label} | `{kind.id}` | [{kind.workflow.label}]({kind.workflow_id}.md) | "
        f"{who} | {about} | {registers} |"
    )


def _page(workflow: Workflow) -> str:
    lines = [
        f"# {workflow.label} · {workflow.label_en}",
        "",
        f"![{workflow.label}]({workflow.id}.svg)",
        "",
        "## 谁在哪个状态看得见、能办什么",
        "",
        "○ 看得见；写出的是能办的步骤；空白看不见。 (○ sees it; steps named may be taken.)",
        "",
    ]
    roles = [role for role in Role if any(role in s.seen_by for s in workflow.states.values())]
    lines.append("| 状态 | 类别 | 期限 | " + " | ".join(LABELS[r][0] for r in roles) + " |")
    lines.append("| --- | --- | --- |" + " --- |" * len(roles))
    for state in workflow.states.values():
        cells = []
        for role in roles:
            able = [m.label for m in workflow.leaving(state.id) if role in m.roles]
            seen = "○" if role in state.seen_by else ""
            cells.append("、".join(dict.fromkeys(able)) or seen)
        lines.append(
            f"| {state.label} `{state.id}` | {_KINDS[state.kind]} | {_deadline(state.deadline)} | "
            + " | ".join(cells)
            + " |"
        )
    lines += ["", "## 步骤", ""]
    lines += ["| 步骤 | 从 | 到 | 谁 | 理由 | 条件 | 同时 | 文书 |", "| --- " * 8 + "|"]
    lines += [_step(workflow, move) for move in workflow.transitions]
    if workflow.duties:
        lines += ["", "## 一件上不得由同一人兼任的职责", ""]
        lines += [
            f"- {duty}：{'、'.join(f'`{each}`' for each in ids)}"
            for duty, ids in workflow.duties.items()
        ]
    return "\n".join(lines) + "\n"


def _deadline(deadline: Deadline) -> str:
    if deadline.days is not None:
        return (
            f"{deadline.days}个工作日（{deadline.note}）"
            if deadline.note
            else (f"{deadline.days}个工作日")
        )
    if deadline.table:
        rows = "；".join(f"{name} {days}个工作日" for name, days in deadline.table.items())
        return f"{rows}（{deadline.note}）"
    return f"待定：{deadline.note}" if deadline.note else "—"


def _step(workflow: Workflow, move: Transition) -> str:
    def state(name: str) -> str:
        return workflow.states[name].label

    ends = "；".join([*(f"{state(end)}（{test}）" for end, test in move.branches), state(move.to)])
    who = [LABELS[role][0] for role in Role if role in move.roles]
    who += ["系统"] if move.by_service else []
    return (
        f"| {move.label} `{move.id}` | {'、'.join(map(state, move.sources))} | {ends} | "
        f"{'、'.join(who)} | {'要' if move.reason else ''} | {'、'.join(move.guards)} | "
        f"{'、'.join(move.effects)} | {move.letter} |"
    )


def write(folder: Path) -> None:
    """Write the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pages().items():
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenye.web.settings")
    django.setup()
    write(Path(sys.argv[1]))
