"""Small mistakes put into scheme files, documents' days and parameters fail some row of a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from verify.rule_equivalents import EQUIVALENT
from verify.rule_mutants import ENOUGH, Content, Mutant, every

from wenye.policy.district import available_districts


@pytest.mark.parametrize("name", available_districts())
def test_a_file_written_out_again_decides_the_same(name: str, tmp_path: Path) -> None:
    """So that what notices a mutant notices the mistake, and not how its file is written."""
    content = Content(name, tmp_path)
    for scheme in content.district.scheme_ids:
        copied = Mutant("", "", (scheme,), lambda: content.district)
        assert content.same(copied, content.rewritten(scheme))


def test_the_tables_notice_mistakes_in_rule_files() -> None:
    whole = every(available_districts(), [])
    assert whole.unmet == []
    assert whole.share >= ENOUGH
    # What is excused is still a change that is made.
    assert len(whole.equivalent) == len(EQUIVALENT)
