"""嘉府规〔2020〕6号 第（四）条: 指导拟进行经济性裁员的企业制定和实施职工安置方案."""

from wenye.policy import cite, parameters, scheme
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import LayoffPlan
from wenye.rules import ON, Scheme, condition, holds, law

ARTICLE = cite("jiading-2020-6", 4, "指导其依法依规制定和实施职工安置方案")
LAYOFF = cite("jiading-2020-6", 4, "对拟进行经济性裁员的企业")
REQUIRED = scheme("layoff_report_required")
EMPLOYERS = parameters("employers")


class LayoffGuidance(Scheme):
    """Whether an enterprise that plans a layoff is still to be guided to a settlement plan.

    The document tells the bureau to guide; it does not make the plan a condition of dismissing,
    which a district could not add to the law. So it stands by itself, beside
    ``layoff_procedure_met``.
    """

    title, title_en = (
        "经济性裁员职工安置方案指导（符合即应予指导）",
        "guidance on a settlement plan (entitled: guidance is due)",
    )
    operated_by, our_part = "district", "inform"
    subject = LayoffPlan
    concerns = LayoffPlan.employer
    dated_by = ON

    enterprise = condition(
        "企业",
        is_enterprise(LayoffPlan.employer.kind, EMPLOYERS.cooperatives_are_enterprises),
        en="enterprise",
        cites=LAYOFF,
    )
    # 拟进行: until the day on which the first contract ends.
    ahead = condition(
        "裁减尚未开始（首日当日仍算）",
        ON <= LayoffPlan.first_dismissal_on,
        en="not later than the first day of the dismissals",
        cites=LAYOFF,
    )
    # 制定和实施: how far a plan is carried out is held nowhere, and one that is drawn up needs no
    # drafting.
    without_plan = condition(
        "尚未制定职工安置方案",
        ~LayoffPlan.settlement_plan,
        en="no settlement plan drawn up yet",
        cites=ARTICLE,
    )

    # 经济性裁员 is read as a layoff of 《劳动合同法》 article 41, with its two thresholds.
    law_2020 = law(ARTICLE, eligible=enterprise & ahead & holds(REQUIRED) & without_plan)
