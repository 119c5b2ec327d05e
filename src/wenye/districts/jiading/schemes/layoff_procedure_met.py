"""《劳动合同法》第四十一条, beside 嘉府规〔2020〕6号 第（四）条: 经济性裁员的事由和程序."""

from wenye.policy import cite, parameters, scheme
from wenye.registers.model import LayoffPlan
from wenye.rules import ON, Scheme, condition, days, has, holds, law, least, reached

P = parameters("layoff")
STATUTE = cite("labour-contract-law", 41)
REQUIRED = scheme("layoff_report_required")

explained_on = LayoffPlan.explained_on
reported_on = LayoffPlan.reported_on
first_dismissal_on = LayoffPlan.first_dismissal_on


class LayoffProcedureMet(Scheme):
    """Whether planned dismissals may be carried out as a layoff: ground and steps are there.

    A plan below both thresholds is no layoff of article 41, and is not entitled: whoever is to be
    dismissed can only be dismissed one by one, on a ground of their own. Nor does a yes say
    anything of who is chosen: ``layoff_protected`` and ``layoff_kept_first`` do.
    """

    title, title_en = (
        "经济性裁员程序（符合即可以裁减）",
        "layoff procedure (entitled: the dismissals may be carried out)",
    )
    operated_by, our_part = "district", "inform"
    subject = LayoffPlan
    concerns = LayoffPlan.employer
    dated_by = least(first_dismissal_on, ON)

    ground = condition(
        "有法定事由（重整、严重困难或者客观经济情况重大变化）",
        LayoffPlan.ground.among("reorganisation", "serious_difficulty", "changed_circumstances"),
        en="a ground of the law: reorganisation, serious difficulty or changed circumstances",
        cites=STATUTE,
    )
    business_changed = condition(
        "转产、重大技术革新或者经营方式调整，且已先变更劳动合同",
        (LayoffPlan.ground == "change_of_business") & LayoffPlan.contracts_changed_first,
        en="the business changes, and contracts were changed first",
        cites=STATUTE,
    )
    # 提前三十日: day 1 is the day after the explanation, so that the thirtieth day is thirty days
    # on, and the first dismissal may fall on it. The thirty days run to the dismissals
    # (可以裁减人员), not to the report. A step that is still to come has not been taken.
    explained = condition(
        "已提前{n}向工会或者全体职工说明情况",
        has(explained_on)
        & (explained_on <= ON)
        & reached(explained_on, days(P.notice_days), first_dismissal_on),
        en="explained to the union or all staff {n} ahead",
        cites=STATUTE,
        n=P.notice_days,
    )
    heard = condition(
        "已听取工会或者职工意见",
        LayoffPlan.opinions_heard,
        en="opinions of the union or the staff were heard",
        cites=STATUTE,
    )
    # No number of days is printed for the report: it is made by the first dismissal at the latest.
    reported = condition(
        "裁减人员方案已在裁减前向劳动行政部门报告",
        has(reported_on) & (reported_on <= ON) & (reported_on <= first_dismissal_on),
        en="the plan was reported to the labour authority before the dismissals",
        cites=STATUTE,
    )
    # 听取意见后，方案经报告: what is reported is the plan that was explained and heard. The day of
    # the hearing is not held, so the day of the explanation stands for it.
    reported_after = condition(
        "报告不早于说明情况",
        has(explained_on) & has(reported_on) & (reported_on >= explained_on),
        en="reported no earlier than it was explained",
        cites=STATUTE,
    )

    law_2008 = law(
        STATUTE,
        eligible=holds(REQUIRED)
        & (ground | business_changed)
        & explained
        & heard
        & reported
        & reported_after,
        label="原文未存，数值据转载，待确认",
        en="text not held; values from a copy, to be confirmed",
    )
