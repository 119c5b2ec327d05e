"""嘉府规〔2020〕6号 第（十七）条: 企业新型学徒制培训的补贴."""

from wenye.policy import cite, parameters
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import Training
from wenye.rules import (
    ON,
    Scheme,
    condition,
    drawing,
    has,
    law,
    least,
    month_of,
    monthly,
    where,
)

P = parameters("apprenticeship_subsidy")
EMPLOYERS = parameters("employers")
ARTICLE = cite("jiading-2020-6", 17, "企业新型学徒制培训、以工代训")

person = Training.person
employer = Training.employer
began_in = month_of(Training.started_on)
month = month_of(ON)
term_ends = began_in + P.term_months - 1


# The document promotes apprenticeships without a word of money: whether they are subsidised, for
# how long and with how much is open. 企业 says whose they are: the enterprise is the one paid. It
# is read as so much a month while the apprentice trains; a rule by the year changes this file.
class ApprenticeshipSubsidy(Scheme):
    """Paid each month to an enterprise that trains an apprentice, for a limited time."""

    title, title_en = "企业新型学徒制培训补贴", "apprenticeship subsidy"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = employer
    concerns = person
    dated_by = Training.started_on

    apprenticeship = condition(
        "企业新型学徒制培训",
        Training.kind == "apprenticeship",
        en="apprenticeship",
        cites=ARTICLE,
    )
    enterprise = condition(
        "由企业组织",
        has(employer) & is_enterprise(employer.kind, EMPLOYERS.cooperatives_are_enterprises),
        en="organised by an enterprise",
        cites=ARTICLE,
    )
    subsidised = condition(
        "规定对学徒制培训给予补贴",
        P.subsidised,
        en="the rule subsidises apprenticeships",
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
        "开班以来未满{n}",
        month <= term_ends,
        en="less than {n} since it began",
        cites=ARTICLE,
        n=P.term_months,
    )
    not_paid = condition(
        "当月未享受过本项补贴",
        ~drawing(person, "apprenticeship_subsidy", month=month),
        en="not paid for the month before",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=apprenticeship & enterprise & subsidised & in_training & within_term & not_paid,
        pays=monthly(
            P.amount,
            first=month,
            last=where(
                has(Training.completed_on),
                least(month_of(Training.completed_on), term_ends),
                term_ends,
            ),
        ),
        label="有无补贴、期限和金额都未查到",
        en="whether there is a subsidy, its term and amount were not found",
    )
