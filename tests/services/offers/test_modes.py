"""The district's word on what is offered, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenye.policy.errors import PolicyError
from wenye.services.decisions.district import district
from wenye.services.offers import modes
from wenye.services.offers.modes import offer_rules

HEAD = "labour_dispatch: apply\nschemes:\n"


def test_every_scheme_of_the_district_is_decided_on() -> None:
    assert offer_rules().schemes.keys() == set(district().scheme_ids)
    assert offer_rules().dispatch_applies


def test_what_harms_somebody_is_never_told_by_itself() -> None:
    for scheme in ("hardship_status_lost", "unemployment_benefit_stop"):
        assert offer_rules().of(scheme).mode == "none"
    assert offer_rules().of("no such scheme").mode == "none"


@pytest.mark.parametrize(
    "line",
    [
        "  nothing_like_it: {mode: apply}",
        "  post_subsidy: {mode: gladly}",
        "  hiring_subsidy: {mode: confirm}",
        "  vat_relief: {mode: apply}",
        "  post_subsidy: {mode: notice}",
        "  post_subsidy: {mode: none}",
        "  post_subsidy: {mode: apply, often: yes}",
    ],
)
def test_mistakes_are_refused_with_their_line(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "offers.yaml").write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        modes._read(tmp_path, district())
    assert "offers.yaml:3" in str(refusal.value.where)


def test_a_district_without_the_file_offers_nothing(tmp_path: Path) -> None:
    assert modes._read(tmp_path, district()).told() == []
