"""The units over which a synthetic district is spread."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenye.policy.errors import PolicyError
from wenye.simulation.synthetic.units import unit_codes


def test_jiading_has_twelve_units() -> None:
    codes = unit_codes("jiading")
    assert len(codes) == 12
    assert all(code.startswith("310114") for code in codes)


def test_a_district_may_be_given_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text(
        'units:\n  - {code: "990114001", name: 甲街道, kind: street}\ndepartments: []\n', "utf-8"
    )
    assert unit_codes(tmp_path) == ("990114001",)


def test_an_unknown_district_is_refused() -> None:
    with pytest.raises(PolicyError):
        unit_codes("nowhere")
