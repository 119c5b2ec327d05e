"""嘉府规〔2020〕6号 第（十）条: 促进本区户籍高校毕业生就业的补贴（区里待定）."""

from wenye.policy import cite, parameters
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    amount_paid,
    any_of,
    condition,
    greatest,
    has,
    key_of,
    law,
    least,
    month_of,
    months,
    once,
    quantity,
    same_year,
    total,
    within,
)

P = parameters("district_graduates")
ARTICLE = cite("jiading-2020-6", 10, "制定实施促进本区户籍高校毕业生就业的补贴政策")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
graduations = worker.graduations
awards = worker.awards
contributions = worker.contributions
paid_by_employer = (
    has(contributions.employer)
    & (key_of(contributions.employer) == key_of(employer))
    & contributions.in_full
    & (contributions.last_month >= month_of(hired_on))
    & (~has(Employment.ended_on) | (contributions.first_month <= month_of(Employment.ended_on)))
)
months_insured = quantity(
    "招用以来由该单位按时足额缴费的月数",
    total(
        contributions,
        contributions.last_month + 1 - greatest(contributions.first_month, month_of(hired_on)),
        paid_by_employer,
    ),
    en="months paid in full by this employer since the hiring",
)
already_paid = quantity(
    "区里三项促进就业补贴已付金额",
    amount_paid(worker, "district_long_unemployed", "district_graduates", "district_hardship"),
    en="paid by the district's three subsidies so far",
)


# The document orders this subsidy to be drawn up and says for whom. Everything else is for the
# district to set; no policy of it was found, so whoever is in the group is undetermined until then.
# Who is paid, and whether once or monthly, cannot be a parameter: here it is once, to the worker,
# and two open switches keep it from being paid before the district has said so. A district that
# pays the employer, or by the month, changes this file (payee, pays) and takes the switch away.
class DistrictGraduates(Scheme):
    """Paid by the district for a university graduate of the district who finds work."""

    title, title_en = "区促进高校毕业生就业补贴", "district subsidy for graduates"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = worker
    once_per = worker
    dated_by = hired_on

    resident = condition(
        "本区户籍", worker.hukou == "district", en="registered in the district", cites=ARTICLE
    )
    # The text sets no time since graduation, so the window is the district's to set: without one,
    # any graduate may count.
    graduate = condition(
        "招用时毕业未超过{n}的高校毕业生",
        any_of(
            graduations,
            graduations.higher_education
            & (graduations.graduated_on <= hired_on)
            & within(graduations.graduated_on, months(P.window_months), hired_on),
        ),
        en="university graduate of at most {n} when hired",
        cites=ARTICLE,
        n=P.window_months,
    )
    # 高校毕业生 has graduated. Whether someone hired earlier in the year of graduating (毕业年度,
    # the widest that article 7 knows) counts too is open; in an earlier year nobody is one yet.
    about_to_graduate = condition(
        "毕业当年、毕业以前招用的高校学生，区里定为也算",
        any_of(
            graduations,
            graduations.higher_education
            & (graduations.graduated_on > hired_on)
            & same_year(graduations.graduated_on, hired_on),
        )
        & (P.hired_before_graduation_counts >= 1),
        en="hired earlier in the year of graduating, which the district lets count",
        cites=ARTICLE,
    )
    to_worker = condition(
        "区里定为付给劳动者本人",
        P.paid_to_worker >= 1,
        en="the district has set the worker as payee",
        cites=ARTICLE,
    )
    in_one_sum = condition(
        "区里定为一次性支付",
        P.paid_once >= 1,
        en="the district has set one payment and no monthly ones",
        cites=ARTICLE,
    )
    # Whether a contract is asked for at all is open too: where none is, the months are nought.
    contract = condition(
        "劳动合同期限不短于{n}，或者不要求劳动合同",
        (P.contract_months < 1)
        | (has(Employment.contract_months) & (Employment.contract_months >= P.contract_months)),
        en="contract of {n} or more, or none is asked for",
        cites=ARTICLE,
        n=P.contract_months,
    )
    # Added up over the months of this employment: a gap does not begin the count again.
    insured = condition(
        "招用以来由该单位按时足额缴纳社会保险费满{n}",
        months_insured >= P.insured_months,
        en="social insurance paid in full by this employer for {n} since the hiring",
        cites=ARTICLE,
        n=P.insured_months,
    )
    # No register holds the day of a claim: the day of determination stands for it.
    in_time = condition(
        "招用后{n}内办理",
        within(hired_on, months(P.claim_months), ON),
        en="claimed within {n} of the hiring",
        cites=ARTICLE,
        n=P.claim_months,
    )
    # Someone for whom nothing of the city was paid since the hiring is free of the question.
    may_stack = condition(
        "招用以来未享受本市同类补贴，或者区里定为可以同享",
        ~any_of(
            awards,
            awards.scheme.among(
                "hiring_subsidy",
                "post_subsidy",
                "employer_social_insurance",
                "flexible_social_insurance",
                "graduate_social_insurance",
            )
            & ~awards.recovered
            & (awards.last_month >= month_of(hired_on)),
        )
        | (P.stacks_with_city >= 1),
        en="no like subsidy of the city since the hiring, or the district lets both be drawn",
        cites=ARTICLE,
    )
    below_cap = condition(
        "区里三项补贴累计未达{n}",
        already_paid < P.cap,
        en="the district's three subsidies come to less than {n} so far",
        cites=ARTICLE,
        n=P.cap,
    )

    law_2020 = law(
        ARTICLE,
        eligible=resident
        & (graduate | about_to_graduate)
        & to_worker
        & in_one_sum
        & contract
        & insured
        & in_time
        & may_stack
        & below_cap,
        pays=once(least(P.amount, P.cap - already_paid)),
        label="文件只定对象，付给谁、合同、参保、申请期限、封顶和金额由区里定",
        en="the document names the group; payee, contract, insurance, time to"
        " claim, cap and amount are the district's to set",
    )
