"""嘉府规〔2020〕6号 第（七）条: 促进本区户籍登记失业半年以上人员就业的补贴（区里待定）."""

from wenye.policy import cite, parameters
from wenye.policy.insured_months import months_paid_in_full
from wenye.policy.open_terms import (
    cap_not_reached,
    claimed_in_time,
    contract_long_enough,
    insured_long_enough,
    may_stack_with,
    paid_once,
    paid_to_worker,
    up_to_cap,
)
from wenye.registers.model import Employment
from wenye.rules import (
    Scheme,
    add_days,
    amount_paid,
    condition,
    has,
    law,
    months,
    once,
    quantity,
    reached,
)

P = parameters("district_long_unemployed")
ARTICLE = cite("jiading-2020-6", 7, "制定实施促进本区户籍登记失业半年以上人员就业的补贴政策")

# What of the city is like this subsidy.
LIKE = (
    "hiring_subsidy",
    "post_subsidy",
    "employer_social_insurance",
    "flexible_social_insurance",
    "graduate_social_insurance",
)

worker = Employment.worker
hired_on = Employment.started_on
# Registration ends with the hiring, so the register is read as at the day before.
unemployment = worker.unemployment.as_at(add_days(hired_on, -1))
months_insured = quantity(
    "招用以来由该单位按时足额缴费的月数",
    months_paid_in_full(
        worker.contributions, Employment.employer, hired_on, ended_on=Employment.ended_on
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
# and two open parameters keep it from being paid before the district has said so. A district that
# pays the employer, or by the month, changes this file (payee, pays) and takes the condition away.
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
    to_worker = paid_to_worker(P, ARTICLE)
    in_one_sum = paid_once(P, ARTICLE)
    contract = contract_long_enough(P, Employment.contract_months, ARTICLE)
    insured = insured_long_enough(P, months_insured, ARTICLE)
    in_time = claimed_in_time(P, hired_on, ARTICLE)
    may_stack = may_stack_with(
        P, worker.awards, LIKE, hired_on, ARTICLE, like=("本市同类补贴", "like subsidy of the city")
    )
    below_cap = cap_not_reached(
        P, already_paid, ARTICLE, supports=("区里三项补贴", "the district's three subsidies")
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
        pays=once(up_to_cap(P, already_paid)),
        label="文件只定对象，付给谁、合同、参保、申请期限、封顶和金额由区里定",
        en="the document names the group; payee, contract, insurance, time to"
        " claim, cap and amount are the district's to set",
    )
