"""嘉府规〔2020〕6号 第（七）条: 促进本区户籍登记失业半年以上人员就业的补贴（区里待定）."""

from wenye.policy import cite, parameters
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    add_days,
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
    reached,
    total,
    within,
)

P = parameters("district_long_unemployed")
ARTICLE = cite("jiading-2020-6", 7, "制定实施促进本区户籍登记失业半年以上人员就业的补贴政策")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
# Registration ends with the hiring, so the register is read as at the day before.
unemployment = worker.unemployment.as_at(add_days(hired_on, -1))
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
class DistrictLongUnemployed(Scheme):
    """Paid by the district for someone of the district, long unemployed, who finds work."""

    title, title_en = "区促进登记失业人员就业补贴", "district subsidy for the long unemployed"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = worker
    once_per = worker
    dated_by = hired_on

    resident = condition(
        "本区户籍", worker.hukou == "district", en="registered in the district", cites=ARTICLE
    )
    # 半年以上 includes the day on which the months are full, as for the city's hiring subsidy.
    long_unemployed = condition(
        "招用时登记失业满{n}",
        has(unemployment) & reached(unemployment.started_on, months(P.unemployed_months), hired_on),
        en="registered unemployed for {n} when hired",
        cites=ARTICLE,
        n=P.unemployed_months,
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
        & long_unemployed
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
