"""《劳动合同法》第四十二条, beside 嘉府规〔2020〕6号 第（四）条: 不得裁减或者非过失性解除的人员."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Termination
from wenye.rules import ON, Scheme, condition, law, least, quantity, reached, years

P = parameters("layoff")
RETIREMENT = parameters("retirement")
STATUTE = cite("labour-contract-law", 42)

worker = Termination.worker
ended_on = Termination.ended_on
# How far off retirement is, is told by the ages in force when the contract ends.
retires_on = quantity(
    "法定退休日",
    retirement_day(worker.birth_date, worker.retirement_class, RETIREMENT, ended_on),
    en="day of statutory retirement",
)


class LayoffProtected(Scheme):
    """Whether someone must not be dismissed under articles 40 and 41.

    The registers do not tell article 40 from a dismissal for fault (article 39), which article 42
    does not forbid: a yes says only by which articles the contract cannot be ended.
    """

    title, title_en = (
        "不得依照第四十条、第四十一条解除的人员（符合即不得解除）",
        "protected from dismissal under articles 40 and 41 (entitled: must not be dismissed)",
    )
    operated_by, our_part = "district", "inform"
    subject = Termination
    concerns = worker
    # A dismissal still to come is judged by the law of the day on which it is asked about.
    dated_by = least(ended_on, ON)

    contract_ended = condition(
        "裁减或者其他解除（不是退回劳务派遣）",
        Termination.form.among("layoff", "dismissal"),
        en="laid off or dismissed, not a dispatched worker sent back",
        cites=STATUTE,
    )
    disease_watch = condition(
        "未做离岗前职业健康检查，或者疑似职业病诊断、观察期间",
        Termination.occupational_disease_watch,
        en="not examined for occupational disease, or under watch for it",
        cites=STATUTE,
    )
    injured_at_work = condition(
        "患职业病或者因工负伤并确认丧失或者部分丧失劳动能力",
        Termination.injured_at_work,
        en="unable to work in part or in full by an occupational cause",
        cites=STATUTE,
    )
    medical_period = condition(
        "患病或者非因工负伤在规定的医疗期内",
        Termination.medical_period,
        en="ill or injured, within the medical period",
        cites=STATUTE,
    )
    maternity = condition(
        "女职工在孕期、产期、哺乳期",
        Termination.maternity,
        en="pregnant, on maternity leave or nursing",
        cites=STATUTE,
    )
    long_service = condition(
        "在本单位连续工作满{n}",
        reached(Termination.employed_since, years(P.protected_service_years), ended_on),
        en="in this employer's service for {n} without a break",
        cites=STATUTE,
        n=P.protected_service_years,
    )
    # 不足 does not include the boundary, and whoever is of age has nothing left to retirement.
    near_retirement = condition(
        "未到法定退休年龄且距其不足{n}",
        (ended_on < retires_on) & ~reached(ended_on, years(P.protected_below_years), retires_on),
        en="not of age, and less than {n} to statutory retirement",
        cites=STATUTE,
        n=P.protected_below_years,
    )
    otherwise_protected = condition(
        "法律、行政法规规定的其他情形",
        Termination.otherwise_protected,
        en="protected by another law",
        cites=STATUTE,
    )

    law_2008 = law(
        STATUTE,
        eligible=contract_ended
        & (
            disease_watch
            | injured_at_work
            | medical_period
            | maternity
            | (long_service & near_retirement)
            | otherwise_protected
        ),
        label="不限制协商一致和过失性解除；原文未存，数值据转载，待确认",
        en="no bar to endings by agreement or for fault; text not"
        " held, values from a copy, to be confirmed",
    )
