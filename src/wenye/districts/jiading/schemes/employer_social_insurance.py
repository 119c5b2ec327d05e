"""沪人社规〔2022〕8号 第二部分: 用人单位吸纳就业困难人员的社会保险补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    claw_back,
    condition,
    has,
    holds,
    law,
    monthly,
    to_fen,
)

P = parameters("employer_social_insurance")
