"""The duties beside answering: done in one process at a time, and once more at the end."""

from __future__ import annotations

import threading

from wenye.services.operations.background import DUTIES, run


def test_a_duty_is_done_once_more_when_it_is_told_to_stop(db: None) -> None:
    done: list[int] = []
    stop = threading.Event()
    stop.set()
    run("test-last", lambda: done.append(1), stop)
    assert done == [1]


def test_a_duty_that_fails_is_tried_again(db: None) -> None:
    rounds: list[int] = []
    stop = threading.Event()

    def fail() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        raise RuntimeError

    run("test-failing", fail, stop, every=0)
    assert len(rounds) >= 3


def test_of_two_processes_one_does_it(db: None) -> None:
    first, second = threading.Event(), threading.Event()
    begun = threading.Event()
    done: list[str] = []

    def work(who: str) -> None:
        done.append(who)
        begun.set()

    one = threading.Thread(target=run, args=("test-two", lambda: work("one"), first, 0.01))
    one.start()
    begun.wait(10)
    second.set()
    run("test-two", lambda: work("two"), second)
    assert "two" not in done
    first.set()
    one.join(10)


def test_every_duty_can_be_done(db: None) -> None:
    for duty in DUTIES.values():
        duty()
