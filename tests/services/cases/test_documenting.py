"""What the docs say of workflows is what the workflows say."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from wenye.services.cases.documenting import pages
from wenye.services.cases.drawing import arcs, picture
from wenye.services.cases.workflows import Workflow, workflows

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "workflows"
WORKFLOWS = workflows()


def test_the_docs_are_as_generated() -> None:
    made = pages()
    assert {each.name for each in FOLDER.iterdir()} == set(made)
    for name, content in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == content, (
            f"{name}: python -m wenye.services.cases.documenting docs/workflows"
        )


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))
def test_a_picture_shows_every_state_and_step(workflow: Workflow) -> None:

    drawn = picture(workflow)
    text = "".join(ET.fromstring(drawn).itertext())
    for state in workflow.states.values():
        assert state.label in text
    for move in workflow.transitions:
        if set(move.ends) != set(move.sources):
            assert move.label in text, move.id
    lines = arcs(workflow)
    for at, one in enumerate(lines):
        for other in lines[at + 1 :]:
            apart = one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
            assert apart or one.lane != other.lane or one.onwards != other.onwards
