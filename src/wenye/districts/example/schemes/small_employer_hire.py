"""示例规〔2024〕1号（虚构） 第二条: 稳岗小额补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Employment
from wenye.rules import Scheme, add_days, condition, has, law, months, once, reached

P = parameters("small_employer_hire")
NOTICE = cite("example-2024-1", 2, "每招用一人")

hired_on = Employment.started_on
# Registration ends with the hiring, so it is read as at the day before.
unemployment = Employment.worker.unemployment.as_at(add_days(hired_on, -1))


class SmallEmployerHire(Scheme):
    """Paid once to a small employer for taking someone out of unemployment."""

    title, title_en = "稳岗小额补贴", "small hiring support"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = Employment.employer
    once_per = Employment.worker
    dated_by = hired_on

    small_employer = condition(
        "小型、微型用人单位",
        Employment.employer.size.among("micro", "small"),
        en="micro or small employer",
        cites=NOTICE,
    )
    no_dispatch = condition(
        "不是劳务派遣公司",
        ~Employment.employer.labour_dispatch,
        en="no labour-dispatch company",
        cites=NOTICE,
    )
    unemployed = condition(
        "招用时登记失业满{n}",
        has(unemployment) & reached(unemployment.started_on, months(P.unemployed_months), hired_on),
        en="registered unemployed for {n} when hired",
        cites=NOTICE,
        n=P.unemployed_months,
    )
    contract = condition(
        "签订{n}以上劳动合同",
        has(Employment.contract_months) & (Employment.contract_months >= P.contract_months),
        en="contract of {n} or more",
        cites=NOTICE,
        n=P.contract_months,
    )

    law_2024 = law(
        NOTICE,
        eligible=small_employer & no_dispatch & unemployed & contract,
        pays=once(P.amount),
    )
