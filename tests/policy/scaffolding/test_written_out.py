"""Document text in YAML and in Python: read back, it is what was put in."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenye.policy.exact_yaml import read_yaml
from wenye.policy.scaffolding.schemes import quoted
from wenye.policy.scaffolding.yaml_text import tidy, yaml_text


@given(st.text())
def test_a_literal_reads_back(text: str) -> None:
    literal = quoted(text)
    assert ast.literal_eval(literal) == text
    assert len(f"{literal} ".splitlines()) == 1


LIKE_OTHERS = ["~", "null", "true", "no", "010", "1:30", "2020-08-03", "0x1F", "- a", "a: b", "#"]
VALUES = st.one_of(
    st.text(),
    st.sampled_from(LIKE_OTHERS),
    st.integers(-(10**9), 10**9),
    st.decimals(0, 10**6, places=2),
    st.dates(),
    st.booleans(),
)


@given(st.dictionaries(st.one_of(st.text(), st.sampled_from(LIKE_OTHERS)), VALUES))
def test_yaml_reads_back(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("yaml") / "data.yaml"
    path.write_text(yaml_text(data, "head"), encoding="utf-8")
    wanted = {
        tidy(key): tidy(value) if isinstance(value, str) else value for key, value in data.items()
    }
    found = read_yaml(path)
    assert dict(found) == wanted
    for key, value in wanted.items():
        assert isinstance(found[key], str) is isinstance(value, str)
        assert isinstance(found[key], bool) is isinstance(value, bool)
