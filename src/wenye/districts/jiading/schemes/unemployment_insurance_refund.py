"""嘉府规〔2020〕6号 第（一）条: 失业保险稳岗返还."""

from wenye.policy import cite, parameters
from wenye.policy.dismissal_rate import DismissalRate
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import StaffingYear
from wenye.rules import Scheme, condition, law, once, to_fen, where, year_of

P = parameters("unemployment_insurance_refund")
EMPLOYERS = parameters("employers")
ARTICLE = cite("jiading-2020-6", 1, "失业保险稳岗返还")
ENTERPRISES = cite("jiading-2020-6", 1, "支持企业平稳健康发展")

employer = StaffingYear.employer
# The dismissal rate is staff lost over the monthly mean (as a city of Jiangsu has it) or over the
# start (as Shanghai had it in 2024); which held here is open.
dismissed = DismissalRate(
    at_start=StaffingYear.insured_at_start,
    at_end=StaffingYear.insured_at_end,
    retired_or_died=StaffingYear.retired_or_died,
    over_months=StaffingYear.insured_over_months,
    over_start=P.rate_over_start,
)


class UnemploymentInsuranceRefund(Scheme):
    """A share of last year's unemployment contributions back, for not dismissing staff, or few."""

    title, title_en = "失业保险稳岗返还", "unemployment-insurance refund"
    operated_by, our_part = "fund", "pre-check and hand over"
    subject = StaffingYear
    payee = employer
    dated_by = StaffingYear.settled_on

    # The document speaks of enterprises. The city took social organisations and self-employed
    # households in later; whether it did in 2020 is open. Institutions it never named.
    kind_of_employer = condition(
        "企业，或者已确认参照的社会组织、个体工商户",
        is_enterprise(employer.kind, EMPLOYERS.cooperatives_are_enterprises)
        | (
            employer.kind.among("association", "private_non_enterprise", "self_employed")
            & P.other_units_count
        ),
        en="enterprise, or a social organisation or household where they are confirmed to count",
        cites=ENTERPRISES,
    )
    last_year = condition(
        "数据为核定年度的上一年度",
        StaffingYear.year == year_of(StaffingYear.settled_on) - 1,
        en="figures of the year before the settlement",
        cites=ARTICLE,
    )
    # No fewer insured at the end than at the start is 不裁员 by every formula over head counts.
    not_dismissing = condition(
        "年末参保人数不少于年初",
        StaffingYear.insured_at_end >= StaffingYear.insured_at_start,
        en="no fewer insured at the end of the year than at its start",
        cites=ARTICLE,
    )
    within_ceiling = condition(
        "裁员率不高于{ceiling}（{n}及以下的不高于{ceiling_small}）",
        where(
            dismissed.mean_at_most(P.small_staff),
            dismissed.no_higher(P.ceiling_small),
            dismissed.no_higher(P.ceiling),
        ),
        en="dismissal rate no higher than {ceiling} ({ceiling_small} where no more than {n})",
        cites=ARTICLE,
        ceiling=P.ceiling,
        ceiling_small=P.ceiling_small,
        n=P.small_staff,
    )
    # No text that was read goes higher, for any size: beyond it nobody waits for the open ceiling.
    within_widest = condition(
        "裁员率不高于所见最宽的上限{widest}",
        dismissed.no_higher(P.ceiling_at_most),
        en="dismissal rate no higher than the widest ceiling that was read ({widest})",
        cites=ARTICLE,
        widest=P.ceiling_at_most,
    )

    law_2020 = law(
        ARTICLE,
        eligible=kind_of_employer & last_year & (not_dismissing | (within_widest & within_ceiling)),
        pays=once(
            to_fen(
                StaffingYear.contributions_paid
                * where(employer.size == "large", P.share_large, P.share)
            )
        ),
    )
