"""Samples have the probabilities that they say, and intervals cover what they estimate."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from tests.service import AS_OF
from tests.services.money.made import Office

from wenye.services.money.errors import MoneyError, SecondPersonNeeded, TooLate
from wenye.services.money.estimating import Looked, beta_cdf, clopper_pearson, estimate
from wenye.services.money.sampling import allocated, draw, estimates, find, frame_of, take_sample


def _frame(seed: int, size: int = 600) -> dict[str, list[tuple[int, int]]]:
    chance = random.Random(seed)
    frame: dict[str, list[tuple[int, int]]] = {"a": [], "b": [], "c": []}
    for pk in range(size):
        stratum = "aab"[pk % 3] if pk % 10 else "c"
        frame[stratum].append((pk, int(chance.lognormvariate(11, 0.6))))
    return frame


def test_each_payment_is_drawn_with_its_probability() -> None:
    frame = _frame(1, 60)
    hits: Counter[int] = Counter()
    probability: dict[int, float] = {}
    rounds = 4000
    for seed in range(rounds):
        for each in draw(frame, 20, seed):
            hits[each.id] += 1
            probability[each.id] = each.share / each.whole
    for pk, expected in probability.items():
        spread = (expected * (1 - expected) / rounds) ** 0.5
        assert abs(hits[pk] / rounds - expected) <= 5 * spread + 1e-9


def test_the_same_seed_draws_the_same() -> None:
    frame = _frame(2)
    assert draw(frame, 50, 7) == draw(frame, 50, 7)
    assert draw(frame, 50, 7) != draw(frame, 50, 8)
    drawn = draw(frame, 50, 7)
    assert len({each.id for each in drawn}) == len(drawn)
    assert len(drawn) == sum(allocated(frame, 50).values())


def test_a_payment_larger_than_a_step_is_drawn_for_certain() -> None:
    frame = {"a": [(1, 1_000_000), *((pk, 100) for pk in range(2, 40))]}
    drawn = {each.id: each for each in draw(frame, 5, 3)}
    assert drawn[1].share == drawn[1].whole
    assert len(drawn) == 5


def test_clopper_pearson_as_printed() -> None:
    # Values of the exact interval for 0 of 10, 1 of 10 and 5 of 10 at 95 %.
    assert clopper_pearson(0, 10) == pytest.approx((0.0, 0.30849710781876), abs=1e-10)
    assert clopper_pearson(1, 10) == pytest.approx((0.00252857854446, 0.44501611702898), abs=1e-10)
    assert clopper_pearson(5, 10) == pytest.approx((0.18708602844739, 0.81291397155261), abs=1e-10)
    assert beta_cdf(0.5, 2, 2) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(("rate", "partial"), [(0.03, False), (0.10, True), (0.30, True)])
def test_intervals_cover_the_truth(rate: float, partial: bool) -> None:
    frame = _frame(4, 1500)
    chance = random.Random(int(rate * 100))
    errors = {
        pk: (fen if not partial else int(fen * chance.uniform(0.2, 1)))
        for rows in frame.values()
        for pk, fen in rows
        if chance.random() < rate
    }
    count = sum(len(rows) for rows in frame.values())
    money = sum(fen for rows in frame.values() for _, fen in rows)
    truth = (len(errors) / count, sum(errors.values()) / money)
    fen_of = {pk: fen for rows in frame.values() for pk, fen in rows}
    covered = [0, 0]
    means = [0.0, 0.0]
    rounds = 400
    for seed in range(rounds):
        looked = [
            Looked(each.stratum, each.share / each.whole, fen_of[each.id], errors.get(each.id, 0))
            for each in draw(frame, 120, seed)
        ]
        found = estimate(
            looked,
            {name: len(rows) for name, rows in frame.items()},
            {name: sum(fen for _, fen in rows) for name, rows in frame.items()},
        )
        assert found is not None
        for at, each in enumerate((found.by_number, found.by_money)):
            covered[at] += each.low <= truth[at] <= each.high
            means[at] += each.share / rounds
    # 400 rounds at 95 %: five standard errors below is 0.895; the exact interval lies above.
    assert all(hits / rounds >= 0.93 for hits in covered), covered
    # The estimators are unbiased: their mean is the truth within five of its standard errors.
    assert means == pytest.approx(truth, rel=0.15)


def test_no_error_found_still_leaves_doubt() -> None:
    looked = [Looked("a", 0.1, 100, 0) for _ in range(59)]
    found = estimate(looked, {"a": 590}, {"a": 59000})
    assert found is not None
    assert found.by_number.low == 0
    assert 0.04 < found.by_number.high < 0.07
    assert estimate([], {}, {}) is None


def test_a_sample_of_what_was_paid(office: Office) -> None:
    from wenye.services.money.bank_simulator import answer
    from wenye.services.money.returns import take

    with pytest.raises(MoneyError, match="没有支付成功"):
        take_sample(office.auditor, AS_OF, AS_OF, 2)
    _, content = office.sent(4)
    take(office.maker, "r.csv", answer(content, AS_OF))
    sample = take_sample(office.auditor, AS_OF, AS_OF, 3, seed=11)
    again = draw(frame_of(AS_OF, AS_OF), 3, sample.seed)
    assert {row.instalment_id for row in sample.payments.all()} == {each.id for each in again}
    rows = list(sample.payments.order_by("pk"))
    assert estimates(sample) == (None, 3)
    with pytest.raises(SecondPersonNeeded):
        find(office.maker, rows[0].pk, 0, "")
    with pytest.raises(MoneyError, match="写明"):
        find(office.auditor, rows[0].pk, 100, " ")
    find(office.auditor, rows[0].pk, 11_319, "多发一成")
    with pytest.raises(TooLate):
        find(office.auditor, rows[0].pk, 0, "")
    for row in rows[1:]:
        find(office.auditor, row.pk, 0, "")
    found, left = estimates(sample)
    assert left == 0
    assert found is not None
    assert found.by_number.share == pytest.approx(1 / 3)
    assert found.by_money.share == pytest.approx(1 / 30)
    assert found.by_money.low < 1 / 30 < found.by_money.high
