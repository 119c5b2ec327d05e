"""《劳动合同法》第四十一条, beside 嘉府规〔2020〕6号 第（四）条: 须按程序办理的裁员."""

from wenye.policy import cite, parameters
from wenye.registers.model import LayoffPlan
from wenye.rules import ON, Scheme, condition, law, least, share_at_least

P = parameters("layoff")
STATUTE = cite("labour-contract-law", 41)


class LayoffReportRequired(Scheme):
    """Whether planned dismissals are many enough to be explained, heard and reported first."""

    title, title_en = (
        "裁员须说明情况并报告（符合即须按程序办理）",
        "layoff to be explained and reported first (entitled: the procedure applies)",
    )
    operated_by, our_part = "district", "inform"
    subject = LayoffPlan
    concerns = LayoffPlan.employer
    # Dismissals still to come are judged by the law of the day on which they are asked about.
    dated_by = least(LayoffPlan.first_dismissal_on, ON)

    # 以上 includes the number itself.
    many = condition(
        "裁减{n}以上",
        LayoffPlan.dismissed >= P.dismissed,
        en="{n} or more to be dismissed",
        cites=STATUTE,
        n=P.dismissed,
    )
    large_share = condition(
        "裁减人数占职工总数{share}以上",
        share_at_least(LayoffPlan.dismissed, LayoffPlan.staff, P.share),
        en="at least {share} of the staff to be dismissed",
        cites=STATUTE,
        share=P.share,
    )

    law_2008 = law(
        STATUTE,
        eligible=many | large_share,
        label="原文未存，数值据转载，待确认",
        en="text not held; values from a copy, to be confirmed",
    )
