"""嘉府规〔2020〕6号 第（九）条, 沪财发〔2024〕5号: 创业担保贷款贴息."""

from wenye.policy import cite, parameters
from wenye.registers.model import Loan
from wenye.rules import (
    Scheme,
    any_of,
    condition,
    count,
    has,
    law,
    months,
    once,
    to_fen,
    where,
    within,
)

P = parameters("loan_interest_subsidy")
ARTICLE = cite("jiading-2020-6", 9, "按照规定给予创业担保贷款及贴息扶持")
NOTICE = cite("shanghai-loan-interest-2024-5")

person = Loan.person
employer = Loan.employer
by_organisation = Loan.borrower == "organisation"
businesses = person.businesses


class LoanInterestSubsidy(Scheme):
    """A share of the interest that was paid on a guaranteed loan, paid back to its borrower."""

    title, title_en = "创业担保贷款贴息", "interest subsidy on a guaranteed start-up loan"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Loan
    # The borrower is a person or an organisation, so that neither reference is the payee of every
    # loan: it is paid for the loan, through the bank, to whoever borrowed.
    concerns = person
    dated_by = Loan.applied_on

    borrower_named = condition(
        "借款人是登记的个人或者创业组织",
        where(by_organisation, has(employer), has(person)),
        en="the borrower is on record as a person or an organisation",
        cites={"law_2020": ARTICLE, "law_2024": NOTICE},
    )
    # The register has no entry before any interest was paid.
    interest_was_paid = condition(
        "已付利息",
        has(Loan.interest_paid),
        en="interest was paid",
        cites={"law_2020": ARTICLE, "law_2024": NOTICE},
    )
    # 累计不超过3次: what is on record counts, and this one is the next. What was recovered counts
    # no more; who borrowed without being on record is refused by the condition above.
    within_times = condition(
        "同一借款人此前贴息不满{n}次",
        where(
            by_organisation,
            ~has(employer)
            | (
                count(
                    employer.awards,
                    employer.awards.scheme.among("loan_interest_subsidy")
                    & ~employer.awards.recovered,
                )
                < P.most_times
            ),
            ~has(person)
            | (
                count(
                    person.awards,
                    person.awards.scheme.among("loan_interest_subsidy") & ~person.awards.recovered,
                )
                < P.most_times
            ),
        ),
        en="the borrower drew it less than {n} times before",
        cites={"law_2020": ARTICLE, "law_2024": NOTICE},
        n=P.most_times,
    )
    not_prolonged = condition(
        "不是展期或者借新还旧",
        ~Loan.renewal.among("extended", "refinanced"),
        en="neither extended nor a new loan to repay an old one",
        cites=NOTICE,
    )
    not_overdue = condition("没有逾期", ~Loan.overdue, en="not overdue", cites=NOTICE)
    # 按期归还本息 is asked of every loan as reported, and once more of 无还本续贷.
    on_schedule = condition(
        "按期归还本息（无还本续贷同）",
        Loan.paid_on_schedule,
        en="paid on schedule (a loan renewed without repayment too)",
        cites=NOTICE,
    )
    # 在获得贷款期限内: the register has the day of applying and not the day of the loan, so the
    # term is reckoned from the former.
    started = condition(
        "创业前的贷款：贷款期限内已在本市创办",
        (Loan.borrower != "pre_start")
        | (
            has(person)
            & any_of(
                businesses,
                businesses.employer.in_city
                & (businesses.registered_on >= Loan.applied_on)
                & within(Loan.applied_on, months(Loan.term_months), businesses.registered_on),
            )
        ),
        en="lent before starting: started in the city within the term of the loan",
        cites=NOTICE,
    )

    pays = once(to_fen(Loan.interest_paid * P.share))
    paid_interest = borrower_named & interest_was_paid & within_times
    # What the city prescribed before 2024-05-31 was not found: no exclusion is read back into it,
    # and the share and the number of times are open.
    law_2020 = law(
        ARTICLE,
        eligible=paid_interest,
        pays=pays,
        label="2024年5月31日以前的规定未查到",
        en="the rules before 2024-05-31 were not found",
    )
    law_2024 = law(
        NOTICE,
        eligible=paid_interest & not_prolonged & not_overdue & on_schedule & started,
        pays=pays,
        label="原文未查到，比例、次数和除外情形只见转述，待确认",
        en="text not found; share, times and exclusions known at second hand, to be confirmed",
    )
