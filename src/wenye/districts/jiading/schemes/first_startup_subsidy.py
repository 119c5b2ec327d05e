"""沪人社规〔2023〕1号: 首次创业一次性补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Business
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    law,
    least,
    month_of,
    months,
    once,
    quantity,
    reached,
    where,
    within,
    years,
)

P = parameters("first_startup_subsidy")
ARTICLE = cite("jiading-2020-6", 8, "进一步贯彻落实鼓励创业带动就业专项行动计划")
NOTICE = cite("shanghai-startup-2023-1")

employer = Business.employer
founder = Business.founder
registered_on = Business.registered_on
graduations = founder.graduations
contributions = employer.contributions
# Whoever has not applied yet is judged as if applying on the day of determination.
asked_on = quantity(
    "申请日（尚未申请的为判定日）",
    where(has(Business.applied_on), Business.applied_on, ON),
    en="day of applying (of determination where nobody has applied yet)",
)
in_business_to = quantity(
    "经营至（未注销的为判定日）",
    where(has(Business.closed_on), least(Business.closed_on, ON), ON),
    en="in business to (the day of determination where not closed)",
)
insured_months = least(contributions.last_month, month_of(ON)) - contributions.first_month + 1


class FirstStartupSubsidy(Scheme):
    """Paid once to a graduate or someone hard to employ whose first business has lasted."""

    title, title_en = "首次创业一次性补贴", "one-off subsidy for a first start-up"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Business
    payee = founder
    once_per = founder
    dated_by = ON

    first_time = condition(
        "首次创业",
        Business.first_business,
        en="the founder's first business",
        cites={"law_2020": ARTICLE, "law_2024": NOTICE},
    )
    # The action plan that the document carries on is not at hand.
    earlier_terms = condition(
        "已确认2024年以前有此项补贴，且首次创业即可享受",
        P.earlier_first_startup,
        en="confirmed: before 2024 there was the support, and a first start-up was enough",
        cites=ARTICLE,
    )
    # The founder on record is the legal representative at registration, whose circumstances of that
    # day count.
    city_hukou = condition(
        "法定代表人为本市户籍",
        founder.hukou.among("district", "city"),
        en="the legal representative is household-registered in the city",
        cites=NOTICE,
    )
    # 毕业两年之内 is read from the day of graduation, the second anniversary included; whoever has
    # not graduated yet is no graduate.
    recent_graduate = condition(
        "注册时高校毕业{n}以内",
        any_of(
            graduations,
            graduations.higher_education
            & (graduations.graduated_on <= registered_on)
            & within(graduations.graduated_on, years(P.graduate_years), registered_on),
        ),
        en="graduated from university at most {n} before registration",
        cites=NOTICE,
        n=P.graduate_years,
    )
    hard_to_employ = condition(
        "注册时已认定为就业困难人员",
        has(founder.certifications.as_at(registered_on)),
        en="certified hard to employ at registration",
        cites=NOTICE,
    )
    # Only of an enterprise is the size asked.
    small_and_local = condition(
        "本市小微企业、个体工商户、农民合作社或民办非企业单位",
        employer.in_city
        & (
            employer.kind.among("self_employed", "cooperative", "private_non_enterprise")
            | ((employer.kind == "enterprise") & employer.size.among("micro", "small"))
        ),
        en="micro or small enterprise, self-employed household, farmers' cooperative or private"
        " non-enterprise, of the city",
        cites=NOTICE,
    )
    lasted = condition(
        "自注册之日起经营满{n}",
        reached(registered_on, years(P.operating_years), in_business_to),
        en="in business for {n} since registration",
        cites=NOTICE,
        n=P.operating_years,
    )
    # Consecutive months of one person on one record: months of several people do not add up.
    insured = condition(
        "至少为一人缴纳职工社会保险费满{n}",
        any_of(
            contributions,
            (contributions.kind == "employee")
            & contributions.in_full
            & (insured_months >= P.insured_months),
        ),
        en="paid social insurance for at least one employee for {n}",
        cites=NOTICE,
        n=P.insured_months,
    )
    in_time = condition(
        "自注册之日起{n}内申请",
        within(registered_on, months(P.claim_months), asked_on),
        en="applied for within {n} of registration",
        cites=NOTICE,
        n=P.claim_months,
    )

    pays = once(P.amount)
    law_2020 = law(
        ARTICLE,
        eligible=first_time & earlier_terms,
        pays=pays,
        label="2024年以前的条件未查到",
        en="the conditions before 2024 were not found",
    )
    # The notice is of 2023, and on which day of that year it began was not found: it is taken as in
    # force from the year after, and the whole year before it is undetermined.
    law_2024 = law(
        NOTICE,
        since="2024-01-01",
        eligible=first_time
        & city_hukou
        & (recent_graduate | hard_to_employ)
        & small_and_local
        & lasted
        & insured
        & in_time,
        pays=pays,
        label="原文和起始日未查到，数额、年限只见转述，未定",
        en="text and first day not found; amount and times known at second hand, open",
    )
