"""嘉府规〔2020〕6号 第（八）条: 创业担保贷款的吸纳就业比例."""

from wenye.policy import cite, parameters
from wenye.registers.model import Employer
from wenye.rules import ON, Scheme, condition, count, has, law, share_at_least, where

P = parameters("guaranteed_loan")
ARTICLE = cite("jiading-2020-6", 8, "吸纳本市户籍劳动者就业的比例不低于15%")
LOAN_RULES = cite("shanghai-loan-2024-4")

jobs = Employer.employment
in_force = (jobs.started_on <= ON) & (~has(jobs.ended_on) | (jobs.ended_on >= ON))
staff = count(jobs, in_force, unit="person")
residents = count(jobs, in_force & jobs.worker.hukou.among("district", "city"), unit="person")
# 本市劳动者: whoever is household-registered in the city surely counts, and whether the rest do is
# open. The open number makes each of the rest a perhaps, so the count is an interval from those to
# the whole staff: a share that they reach is a yes, and one that they miss is undetermined and no
# refusal.
local_workers = count(
    jobs,
    in_force & (jobs.worker.hukou.among("district", "city") | P.others_count_as_local),
    unit="person",
)
# 超过100人 does not include a staff of exactly 100; 不低于 includes the share itself.
large = staff > P.large_above_staff


class GuaranteedLoanRatio(Scheme):
    """Whether enough of a borrowing employer's staff are household-registered in the city."""

    title, title_en = "创业担保贷款吸纳就业比例", "hiring ratio for a guaranteed start-up loan"
    operated_by, our_part = "bank", "pre-check and hand over"
    subject = Employer
    dated_by = ON

    residents_share = condition(
        "本市户籍劳动者占职工不低于{share}（职工超过{many}的不低于{less}）",
        share_at_least(residents, staff, where(large, P.hire_share_large, P.hire_share)),
        en="at least {share} of the staff are household-registered in the city"
        " ({less} where over {many})",
        cites=ARTICLE,
        share=P.hire_share,
        many=P.large_above_staff,
        less=P.hire_share_large,
    )
    local_workers_share = condition(
        "本市劳动者占职工不低于{share}（职工超过{many}的不低于{less}）",
        share_at_least(local_workers, staff, where(large, P.hire_share_large, P.hire_share)),
        en="at least {share} of the staff are workers of the city ({less} where over {many})",
        cites=LOAN_RULES,
        share=P.hire_share,
        many=P.large_above_staff,
        less=P.hire_share_large,
    )
    key_groups_share = condition(
        "新招用重点群体占职工不低于{share}（职工超过{many}的不低于{less}）",
        share_at_least(
            Employer.key_group_hires,
            staff,
            where(large, P.key_group_share_large, P.key_group_share),
        ),
        en="new hires from key groups are at least {share} of the staff ({less} where over {many})",
        cites=LOAN_RULES,
        share=P.key_group_share,
        many=P.large_above_staff,
        less=P.key_group_share_large,
    )

    law_2020 = law(ARTICLE, eligible=residents_share)
    # 沪财发〔2024〕4号 keeps the share, of 本市劳动者 and no longer of 本市户籍, and adds
    # that of the key groups as another way. Its text is not at hand: every number of it is sourced
    # only, so that whatever comes out waits to be confirmed.
    law_2024 = law(
        LOAN_RULES,
        eligible=local_workers_share | key_groups_share,
        label="原文未查到，比例和人数只见转述，待确认",
        en="text not found; shares and head counts known at second hand, to be confirmed",
    )
