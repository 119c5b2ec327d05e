"""The statutory day of retirement, before and after the ages rise.

By the old rule a person retires on reaching the old age of their class. Where that month lies ``d``
months (nought or more) after the month in which the rise begins, retirement is ``d // step + 1``
months later, and never more than the greatest delay; and only once the rise is in force. Every
number is a dated parameter of the district: for each class ``<class>_old_age``,
``<class>_step_months`` and ``<class>_max_delay_months``, and for all ``delay_starts_in``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenye.rules.expressions import LAW, Choice, Day
from wenye.rules.functions import least, months_in, where
from wenye.rules.periods import add_months, month_of

if TYPE_CHECKING:
    from wenye.policy.authoring import Parameters


def retirement_day(
    birth_date: Day, retirement_class: Choice, rules: Parameters, as_at: Day = LAW
) -> Day:
    """The day on which someone reaches statutory retirement age, by the law in force on ``as_at``.

    ``rules`` are the parameters described above. The day has the day-number of birth, or is the
    month's last day where there is none. It is unknown where the birth date or (unless the classes
    agree) the class is.
    """
    dated = rules.at(as_at)
    names = [name for name, _ in retirement_class.kind.options]
    day = _of_class(birth_date, names[-1], dated, as_at)
    for name in reversed(names[:-1]):
        day = where(retirement_class == name, _of_class(birth_date, name, dated, as_at), day)
    return day


def _of_class(birth_date: Day, name: str, rules: Parameters, as_at: Day) -> Day:
    old_age = months_in(getattr(rules, f"{name}_old_age"))
    by_the_old_rule = add_months(birth_date, old_age)
    late = month_of(by_the_old_rule) - rules.delay_starts_in
    step = getattr(rules, f"{name}_step_months")
    delay = least(late // step + 1, getattr(rules, f"{name}_max_delay_months"))
    unchanged = (month_of(as_at) < rules.delay_starts_in) | (late < 0)
    return where(unchanged, by_the_old_rule, add_months(birth_date, old_age + delay))
