"""嘉府规〔2020〕6号 第（十七）条: 以工代训的补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Training
from wenye.rules import (
    ON,
    Scheme,
    condition,
    drawing,
    has,
    law,
    month_of,
    monthly,
    months_drawn,
    quantity,
)

P = parameters("work_for_training_subsidy")
ARTICLE = cite("jiading-2020-6", 17, "企业新型学徒制培训、以工代训")

person = Training.person
employer = Training.employer
month = month_of(ON)
drawn = quantity(
    "此前已享受月数",
    months_drawn(person, "work_for_training_subsidy", before=month),
    en="months drawn before",
)


# The document promotes training through work without a word of money: whether it is subsidised, for
# whose training, for how long and with how much is open. The employer trains, and is read as the
# one paid; whether only new hires or only some trades count is one switch, since no text at hand
# says what else could be asked.
class WorkForTrainingSubsidy(Scheme):
    """Paid each month to an employer that trains someone through work, for a limited time."""

    title, title_en = "以工代训补贴", "subsidy for training through work"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = employer
    concerns = person
    dated_by = Training.started_on

    on_the_job = condition(
        "以工代训", Training.kind == "on_the_job", en="training through work", cites=ARTICLE
    )
    organised = condition(
        "由用人单位组织", has(employer), en="organised by an employer", cites=ARTICLE
    )
    subsidised = condition(
        "规定对以工代训给予补贴，且不限对象",
        P.subsidised,
        en="the rule subsidises training through work, whoever is trained",
        cites=ARTICLE,
    )
    # The month in which the training ends is still one of training.
    in_training = condition(
        "当月仍在培训",
        ~has(Training.completed_on) | (month <= month_of(Training.completed_on)),
        en="in training in the month",
        cites=ARTICLE,
    )
    within_term = condition(
        "累计享受未满{n}",
        drawn < P.max_months,
        en="drawn for less than {n}",
        cites=ARTICLE,
        n=P.max_months,
    )
    not_paid = condition(
        "当月未享受过本项补贴",
        ~drawing(person, "work_for_training_subsidy", month=month),
        en="not paid for the month before",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=on_the_job & organised & subsidised & in_training & within_term & not_paid,
        pays=monthly(P.amount, first=month, last=month),
        label="有无补贴、对象、期限和金额都未查到",
        en="whether there is a subsidy, for whom, its term and amount were not found",
    )
