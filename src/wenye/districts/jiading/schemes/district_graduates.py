"""嘉府规〔2020〕6号 第（十）条: 促进本区户籍高校毕业生就业的补贴（区里待定）."""

from wenye.policy import cite, parameters
from wenye.policy.graduates import graduated_within, graduates_later_that_year
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
from wenye.rules import Scheme, amount_paid, condition, law, months, once, quantity

P = parameters("district_graduates")
ARTICLE = cite("jiading-2020-6", 10, "制定实施促进本区户籍高校毕业生就业的补贴政策")

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
graduations = worker.graduations
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
        graduated_within(graduations, months(P.window_months), hired_on),
        en="university graduate of at most {n} when hired",
        cites=ARTICLE,
        n=P.window_months,
    )
    # 高校毕业生 has graduated. Whether someone hired earlier in the year of graduating (毕业年度,
    # the widest that article 7 knows) counts too is open; in an earlier year nobody is one yet.
    about_to_graduate = condition(
        "毕业当年、毕业以前招用的高校学生，区里定为也算",
        graduates_later_that_year(graduations, hired_on) & P.hired_before_graduation_counts,
        en="hired earlier in the year of graduating, which the district lets count",
        cites=ARTICLE,
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
        & (graduate | about_to_graduate)
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
