"""《劳动合同法》第四十一条第三款, beside 嘉府规〔2020〕6号 第（四）条: 重新招用的优先权."""

from wenye.policy import cite, parameters
from wenye.registers.model import Termination
from wenye.rules import ON, Scheme, condition, law, months, within

P = parameters("layoff")
STATUTE = cite("labour-contract-law", 41)


class RehirePriority(Scheme):
    """Whether the employer, should it hire again today, has to tell and prefer the person."""

    title, title_en = (
        "裁员后重新招用的优先权（符合即应通知并优先招用）",
        "priority in being hired again (entitled: to be told and preferred)",
    )
    operated_by, our_part = "district", "inform"
    subject = Termination
    concerns = Termination.worker
    dated_by = Termination.ended_on

    laid_off = condition("裁减人员", Termination.form == "layoff", en="laid off", cites=STATUTE)
    # 六个月内 is counted from the end of the person's own contract, and includes the last day.
    in_time = condition(
        "解除后{n}内",
        within(Termination.ended_on, months(P.rehire_months), ON),
        en="within {n} of the dismissal",
        cites=STATUTE,
        n=P.rehire_months,
    )

    law_2008 = law(
        STATUTE,
        eligible=laid_off & in_time,
        label="原文未存，数值据转载，待确认",
        en="text not held; values from a copy, to be confirmed",
    )
