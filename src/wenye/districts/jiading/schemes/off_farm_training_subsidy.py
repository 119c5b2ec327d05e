"""嘉府规〔2020〕6号 第（十七）条: 农民非农岗位培训和技能提升培训的补贴."""

from wenye.policy import cite, parameters, scheme
from wenye.registers.model import Training
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    holds,
    law,
    least,
    month_of,
    once,
    only_if,
    to_fen,
)

P = parameters("off_farm_training_subsidy")
HARD_TO_EMPLOY = scheme("hardship_training_fee")
ARTICLE = cite("jiading-2020-6", 17, "全面推进农民非农岗位培训和技能提升培训")
VOUCHERS = cite("jiading-2020-6", 17, "职业技能电子培训券试点")

person = Training.person
awards = person.awards


# The document promotes this training without a word of money: whether it is subsidised is open, as
# are the share, the cap and what is asked of the trainee. That the trainee is a farmer is what the
# kind of training records.
class OffFarmTrainingSubsidy(Scheme):
    """Paid once for a farmer's training for work off the farm: a share of the course's standard."""

    title, title_en = "农民非农岗位和技能提升培训补贴", "off-farm training subsidy"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = person
    concerns = person
    dated_by = Training.started_on

    off_farm = condition(
        "农民非农岗位和技能提升培训",
        Training.kind == "off_farm",
        en="off-farm and skills training of farmers",
        cites=ARTICLE,
    )
    subsidised = condition(
        "规定对这类培训给予补贴",
        P.subsidised,
        en="the rule subsidises this training",
        cites=ARTICLE,
    )
    listed = condition(
        "列入补贴培训目录，且定有补贴标准",
        Training.listed & has(Training.standard),
        en="on the list of subsidised training, with a standard",
        cites=ARTICLE,
    )
    # Nothing is said of completion: whoever has finished qualifies under every reading.
    completed = condition(
        "已结业",
        has(Training.completed_on) & (Training.completed_on <= ON),
        en="completed",
        cites=ARTICLE,
    )
    uncompleted_counts = condition(
        "规定未结业的也给",
        P.uncompleted_counts,
        en="the rule pays without completion too",
        cites=ARTICLE,
    )
    certified = condition(
        "取得证书（规定不要求证书的除外）",
        Training.certified | ~P.certificate_needed,
        en="certificate obtained (unless none is asked)",
        cites=ARTICLE,
    )
    no_voucher = condition(
        "未用培训券支付",
        ~Training.paid_by_voucher,
        en="not paid for with a voucher",
        cites=VOUCHERS,
    )
    not_elsewhere = condition(
        "本次培训不按就业困难人员的规定补贴",
        ~holds(HARD_TO_EMPLOY),
        en="not subsidised as training of someone hard to employ",
        cites=ARTICLE,
    )
    # As for the training subsidy: an award's first month is the month in which training began.
    not_paid = condition(
        "本次培训未享受过补贴",
        ~any_of(
            awards,
            awards.scheme.among(
                "off_farm_training_subsidy", "training_subsidy", "hardship_training_fee"
            )
            & ~awards.recovered
            & (awards.first_month == month_of(Training.started_on)),
        ),
        en="this training not subsidised before",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=off_farm
        & subsidised
        & listed
        & (completed | uncompleted_counts)
        & certified
        & no_voucher
        & not_elsewhere
        & not_paid,
        pays=once(
            only_if(has(Training.standard), to_fen(least(Training.standard * P.share, P.cap)))
        ),
        label="有无补贴、比例、上限、结业和证书要求都未查到",
        en="whether there is a subsidy, its share, cap and terms were not found",
    )
