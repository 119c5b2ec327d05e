"""嘉府规〔2020〕6号 第（四）条: 因疫情不能返岗的，不得解除劳动合同或退回劳务派遣用工."""

from wenye.policy import cite, parameters
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import Termination
from wenye.rules import ON, Scheme, condition, law, least

P = parameters("epidemic_termination")
EMPLOYERS = parameters("employers")
ARTICLE = cite("jiading-2020-6", 4, "企业不得解除劳动合同或退回劳务派遣用工")
CAUSE = cite("jiading-2020-6", 4, "因新冠肺炎疫情导致劳动者暂不能返岗提供正常劳动的")

ended_on = Termination.ended_on


class EpidemicTerminationBan(Scheme):
    """Whether an enterprise must not end the contract, nor send the dispatched worker back."""

    title, title_en = (
        "因疫情不能返岗的不得解除或者退回（符合即不得解除、退回）",
        "no termination over the epidemic (entitled: may not be ended or sent back)",
    )
    operated_by, our_part = "district", "inform"
    subject = Termination
    concerns = Termination.worker
    # Every form is forbidden alike. One still to come is judged by the law of the day asked about.
    dated_by = least(ended_on, ON)

    enterprise = condition(
        "企业",
        is_enterprise(Termination.employer.kind, EMPLOYERS.cooperatives_are_enterprises),
        en="enterprise",
        cites=ARTICLE,
    )
    kept_away = condition(
        "因新冠肺炎疫情暂不能返岗",
        Termination.epidemic_absence,
        en="could not come back because of the epidemic",
        cites=CAUSE,
    )
    # Until when is printed nowhere. As long as the strictest measures against the disease lasted,
    # the period had not ended under any reading; what came after is open, and refuses nobody.
    surely_in_time = condition(
        "不晚于{day}（无论如何仍在疫情期间）",
        ended_on <= P.ban_at_least_until,
        en="not after {day} (within the period under every reading)",
        cites=CAUSE,
        day=P.ban_at_least_until,
    )
    in_time = condition(
        "不晚于区里确定的最后一日",
        ended_on <= P.ban_until,
        en="not after the last day that the district sets",
        cites=CAUSE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=enterprise & kept_away & (surely_in_time | in_time),
        label="期间终点未定",
        en="the end of the period is open",
    )
