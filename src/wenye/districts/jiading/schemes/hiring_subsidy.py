"""嘉府规〔2020〕6号 第（七）条: 一次性吸纳就业补贴."""

from wenye.policy import cite, parameters
from wenye.policy.insured_months import months_paid_in_full
from wenye.policy.open_terms import claimed_in_time, contract_long_enough, insured_long_enough
from wenye.registers.model import Employment
from wenye.rules import (
    Scheme,
    add_days,
    any_of,
    condition,
    has,
    key_of,
    law,
    month_of,
    months,
    once,
    quantity,
    reached,
    same_year,
    within,
    years,
)

P = parameters("hiring_subsidy")
ARTICLE = cite("jiading-2020-6", 7, "按照规定给予一次性吸纳就业补贴")
PLAN = cite("shanghai-2023-action", "", "一次性吸纳就业补贴")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
# Registration ends with the hiring, so both registers are read as at the day before.
day_before = add_days(hired_on, -1)
unemployment = worker.unemployment.as_at(day_before)
graduation = worker.graduations.latest(hired_on)
months_insured = quantity(
    "招用以来由该单位按时足额缴费的月数",
    months_paid_in_full(worker.contributions, employer, hired_on, ended_on=Employment.ended_on),
    en="months paid in full by this employer since the hiring",
)


# The document names the group and leaves the terms to the city (按照规定). Where the city's rules
# were not found, whoever is in the group waits for the terms by name.
class HiringSubsidy(Scheme):
    """Paid once to a city employer for hiring someone long unemployed, or a new graduate."""

    title, title_en = "一次性吸纳就业补贴", "one-off hiring subsidy"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Employment
    payee = employer
    once_per = worker
    dated_by = hired_on

    city_employer = condition(
        "本市用人单位", employer.in_city, en="employer of the city", cites=ARTICLE
    )
    # 半年以上 and 3个月及以上 include the day on which the months are full.
    long_unemployed = condition(
        "招用时登记失业满{n}",
        has(unemployment) & reached(unemployment.started_on, months(P.unemployed_months), hired_on),
        en="registered unemployed for {n} when hired",
        cites=ARTICLE,
        n=P.unemployed_months,
    )
    # 毕业年度 is the calendar year of graduation, before the day of graduation as well as after it.
    # 本市高校 is read as where the school is, not as the graduate's household registration.
    graduate_of_the_year = condition(
        "毕业年度本市高校毕业生",
        any_of(
            worker.graduations,
            worker.graduations.city_school
            & worker.graduations.higher_education
            & same_year(worker.graduations.graduated_on, hired_on),
        ),
        en="hired in the calendar year of graduating from a university of the city",
        cites=ARTICLE,
    )

    # In 2022 and since 2024 the months that the city asked for are open between two bounds.
    surely_long_unemployed = condition(
        "招用时登记失业满{n}（无论如何算）",
        has(unemployment)
        & reached(unemployment.started_on, months(P.unemployed_surely_months), hired_on),
        en="registered unemployed for {n} when hired: long enough under every reading",
        cites=ARTICLE,
        n=P.unemployed_surely_months,
    )
    perhaps_long_unemployed = condition(
        "招用时登记失业满{n}（是否算未定）",
        has(unemployment)
        & reached(unemployment.started_on, months(P.unemployed_at_least_months), hired_on),
        en="registered unemployed for {n} when hired: long enough under the widest reading",
        cites=ARTICLE,
        n=P.unemployed_at_least_months,
    )
    # The city's words for 2022 are known second-hand (2022届): which schools they take in is open.
    other_graduate_of_the_year = condition(
        "毕业年度的其他毕业生（须确认同样适用）",
        any_of(worker.graduations, same_year(worker.graduations.graduated_on, hired_on))
        & P.other_graduates_count,
        en="any other graduate in the calendar year of graduation, once confirmed to count",
        cites=ARTICLE,
    )
    plan_goes_on = condition(
        "2023年市级方案的对象其后仍适用",
        P.plan_groups_go_on,
        en="the groups of the city's plan of 2023 count afterwards too",
        cites=ARTICLE,
    )
    contract_as_set = contract_long_enough(P, Employment.contract_months, ARTICLE)
    insured_as_set = insured_long_enough(P, months_insured, ARTICLE)
    claimed_as_set = claimed_in_time(P, hired_on, ARTICLE)

    kind_of_employer = condition(
        "企业、社会组织或个体工商户",
        employer.kind.among("enterprise", "association", "private_non_enterprise", "self_employed"),
        en="enterprise, social organisation or self-employed household",
        cites=PLAN,
    )
    # Graduates of a school of the city count wherever they are registered.
    recent_graduate = condition(
        "离校{n}内的高校毕业生（本市户籍或本市高校）",
        has(graduation)
        & graduation.higher_education
        & (graduation.city_school | worker.hukou.among("district", "city"))
        & within(graduation.graduated_on, months(P.graduate_window_months), hired_on),
        en="left university at most {n} ago (city school, or household-registered in the city)",
        cites=PLAN,
        n=P.graduate_window_months,
    )
    without_work = condition(
        "招用前未就业",
        ~has(worker.employment.as_at(day_before)),
        en="not employed on the day before hiring",
        cites=PLAN,
    )
    unemployed_youth = condition(
        "登记失业的{youngest}至{oldest}青年",
        has(unemployment)
        & reached(worker.birth_date, years(P.youth_from_age), hired_on)
        & ~reached(worker.birth_date, years(P.youth_to_age + 1), hired_on),
        en="registered unemployed, aged {youngest} to {oldest}",
        cites=PLAN,
        youngest=P.youth_from_age,
        oldest=P.youth_to_age,
    )
    contract = condition(
        "签订{n}以上劳动合同",
        has(Employment.contract_months) & (Employment.contract_months >= P.contract_months),
        en="contract of {n} or more",
        cites=PLAN,
        n=P.contract_months,
    )
    insured = condition(
        "由该单位按时足额缴纳社会保险费",
        any_of(
            worker.contributions,
            has(worker.contributions.employer)
            & (key_of(worker.contributions.employer) == key_of(employer))
            & worker.contributions.in_full
            & (worker.contributions.last_month >= month_of(hired_on)),
        ),
        en="social insurance paid in full by this employer since the hiring",
        cites=PLAN,
    )

    terms = contract_as_set & insured_as_set & claimed_as_set
    long_enough = surely_long_unemployed | (perhaps_long_unemployed & long_unemployed)
    law_2020 = law(
        ARTICLE,
        eligible=city_employer & (long_unemployed | graduate_of_the_year) & terms,
        pays=once(P.amount_per_hire),
        label="登记失业半年以上人员或毕业年度本市高校毕业生；合同、参保、申请期限和金额未查到",
        en="registered unemployed for half a year, or a city graduate in the year of graduation;"
        " contract, insurance, time to claim and amount were not found",
    )
    law_2022 = law(
        ARTICLE,
        since="2022-01-01",
        eligible=city_employer
        & (long_enough | graduate_of_the_year | other_graduate_of_the_year)
        & terms,
        pays=once(P.amount_per_hire),
        label="市里2022年放宽到登记失业3个月和2022届毕业生，自哪一天起未查到，其间的待定",
        en="the city went down to 3 months and to the class of 2022; from which day was not"
        " found, and those in between wait",
    )
    law_2023 = law(
        PLAN,
        eligible=city_employer
        & kind_of_employer
        & (long_unemployed | (recent_graduate & without_work) | unemployed_youth)
        & contract
        & insured,
        pays=once(P.amount_per_hire),
        label="登记失业3个月以上人员、离校2年内未就业毕业生或登记失业青年",
        en="registered unemployed for 3 months, a jobless graduate"
        " within 2 years, or a registered unemployed youth",
    )
    # The city's plan has run out; what the city did next was not found. The document's own words
    # are sure, and whom only the plan took in waits.
    law_2024 = law(
        ARTICLE,
        since="2024-01-01",
        eligible=city_employer
        & (
            long_enough
            | graduate_of_the_year
            | (plan_goes_on & ((recent_graduate & without_work) | unemployed_youth))
        )
        & terms,
        pays=once(P.amount_per_hire),
        label="登记失业半年以上人员或毕业年度本市高校毕业生；只属2023年方案对象的待定",
        en="registered unemployed for half a year, or a city graduate in the year of graduation;"
        " whom only the plan of 2023 took in waits",
    )
