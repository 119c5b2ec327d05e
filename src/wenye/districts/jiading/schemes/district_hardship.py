"""嘉府规〔2020〕6号 第（十一）条: 促进本区户籍就业困难人员就业的补贴（区里待定）."""

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
from wenye.rules import Scheme, amount_paid, condition, has, law, once, quantity

P = parameters("district_hardship")
ARTICLE = cite("jiading-2020-6", 11, "制定实施促进本区户籍就业困难人员就业的补贴政策")

# What is like this subsidy: those of a public-welfare post are the district's own money, for the
# same job.
LIKE = (
    "hiring_subsidy",
    "post_subsidy",
    "employer_social_insurance",
    "flexible_social_insurance",
    "graduate_social_insurance",
    "public_post_subsidy",
    "public_post_insurance",
)

worker = Employment.worker
hired_on = Employment.started_on
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
class DistrictHardship(Scheme):
    """Paid by the district for someone of the district, hard to employ, who finds work."""

    title, title_en = "区促进就业困难人员就业补贴", "district subsidy for people hard to employ"
    operated_by, our_part = "district", "pay"
    subject = Employment
    payee = worker
    once_per = worker
    dated_by = hired_on

    resident = condition(
        "本区户籍", worker.hukou == "district", en="registered in the district", cites=ARTICLE
    )
    # As for the city's post subsidy: what counts is the certification on the day of the hiring.
    certified = condition(
        "招用时已认定为就业困难人员",
        has(worker.certifications.as_at(hired_on)),
        en="certified hard to employ when hired",
        cites=ARTICLE,
    )
    to_worker = paid_to_worker(P, ARTICLE)
    in_one_sum = paid_once(P, ARTICLE)
    contract = contract_long_enough(P, Employment.contract_months, ARTICLE)
    insured = insured_long_enough(P, months_insured, ARTICLE)
    in_time = claimed_in_time(P, hired_on, ARTICLE)
    may_stack = may_stack_with(
        P,
        worker.awards,
        LIKE,
        hired_on,
        ARTICLE,
        like=(
            "本市同类补贴、公益性岗位补贴",
            "like subsidy of the city or of a public-welfare post",
        ),
    )
    below_cap = cap_not_reached(
        P, already_paid, ARTICLE, supports=("区里三项补贴", "the district's three subsidies")
    )

    law_2020 = law(
        ARTICLE,
        eligible=resident
        & certified
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
