"""《劳动合同法》第四十一条第二款, beside 嘉府规〔2020〕6号 第（四）条: 裁减人员时优先留用."""

from wenye.policy import cite, parameters
from wenye.registers.model import Termination
from wenye.rules import ON, Scheme, condition, has, law, least, reached, years

P = parameters("layoff")
STATUTE = cite("labour-contract-law", 41)
NO_CONTRACT = cite("labour-contract-law", 14)

contract_months = Termination.contract_months


class LayoffKeptFirst(Scheme):
    """Whether someone on the list of a layoff should have been kept before others."""

    title, title_en = (
        "裁减人员时优先留用的人员（符合即应优先留用）",
        "to be kept first in a layoff (entitled: to be kept before others)",
    )
    operated_by, our_part = "district", "inform"
    subject = Termination
    concerns = Termination.worker
    dated_by = least(Termination.ended_on, ON)

    laid_off = condition("裁减人员", Termination.form == "layoff", en="laid off", cites=STATUTE)
    # 较长期限 says longer than what: read as longer than is usual for the post.
    longer_term = condition(
        "固定期限长于同岗位通常合同期限",
        has(contract_months)
        & (contract_months < P.open_ended_code)
        & (contract_months > Termination.usual_contract_months),
        en="a fixed term longer than is usual for the post",
        cites=STATUTE,
    )
    open_ended = condition(
        "无固定期限劳动合同",
        has(contract_months) & (contract_months >= P.open_ended_code),
        en="contract without a fixed term",
        cites=STATUTE,
    )
    # Whoever has worked a year without a written contract has one without a fixed term by law.
    deemed_open_ended = condition(
        "用工满{n}未订立书面合同，视为无固定期限",
        ~has(contract_months)
        & reached(
            Termination.employed_since, years(P.deemed_open_ended_years), Termination.ended_on
        ),
        en="no written contract for {n}: counts as one without a fixed term",
        cites=NO_CONTRACT,
        n=P.deemed_open_ended_years,
    )
    sole_earner = condition(
        "家庭无其他就业人员，有需要扶养的老人或者未成年人",
        Termination.sole_earner,
        en="sole earner of a family with dependants",
        cites=STATUTE,
    )

    law_2008 = law(
        STATUTE,
        eligible=laid_off & (longer_term | open_ended | deemed_open_ended | sole_earner),
        label="原文未存，待确认",
        en="text not held, to be confirmed",
    )
