"""Records of hardship: who has one, and what stands in it."""

from __future__ import annotations

from typing import Final

RECORDED_BEFORE: Final = 25  # days before a certification, at most
ALSO_RECORDED: Final = 0.28  # of registered spells of uncertified residents
RECORDED_AFTER: Final = (20, 420)  # days after the beginning of such a spell
RECORDED_OF_OTHERS: Final = 0.004  # of people, whatever they do
SINCE_BEFORE_REGISTERING: Final = 0.3  # unemployed for longer than the registration says
ABLE_AND_WILLING: Final = 0.94
#: Each ground of hardship, of those whose ground is another.
BY_THE_WAY: Final = 0.03
NO_GROUND: Final = 0.4  # of the uncertified
DISABILITY: Final = (0.95, 0.03, 0.02)  # of those not certified for it: none, mild, worse
CERTIFIED_DISABILITY: Final = (0.1, 0.05, 0.85)
ALLOWANCE_ENDED: Final = 0.7  # of those whose land was requisitioned
SERVED: Final = 0.3
SERVED_BEFORE: Final = (60, 420)
RECOMMENDED_TO: Final = 6
EPIDEMIC_HIT: Final = 0.06
REAL_DIFFICULTY: Final = 0.25
APPROVED: Final = 0.5  # of those in real difficulty
