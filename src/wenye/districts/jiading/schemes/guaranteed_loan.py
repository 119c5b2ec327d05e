"""嘉府规〔2020〕6号 第（八）（九）条, 沪财发〔2024〕4号: 创业担保贷款."""

from wenye.policy import cite, parameters, scheme
from wenye.registers.model import Loan
from wenye.rules import Scheme, condition, has, holds, law, months_in, reached, years

P = parameters("guaranteed_loan")
GuaranteedLoanRatio = scheme("guaranteed_loan_ratio")
ARTICLE = cite("jiading-2020-6", 8, "落实降低创业担保贷款申请条件政策")
PLATFORMS = cite("jiading-2020-6", 9, "按照规定给予创业担保贷款及贴息扶持")
LOAN_RULES = cite("shanghai-loan-2024-4")
# The document lowers a condition and leaves the rest to the city's rules: what those said of
# limits, terms and rates before 2024-05-31 was not found, and such cases are undetermined.
TERMS = {"law_2024": LOAN_RULES, "law_2025": LOAN_RULES}

applied_on = Loan.applied_on
person = Loan.person
flexible_work = person.flexible_work.as_at(applied_on)


class GuaranteedLoan(Scheme):
    """Whether an application for a guaranteed loan meets what can be decided beforehand."""

    title, title_en = (
        "创业担保贷款申请符合可核对的条件",
        "guaranteed start-up loan: the application meets what can be checked",
    )
    operated_by, our_part = "bank", "pre-check and hand over"
    subject = Loan
    dated_by = applied_on

    # ---- organisations: they must have hired, and nobody else must
    organisation = condition(
        "由创业组织借款",
        Loan.borrower == "organisation",
        en="borrowed by an organisation",
        cites=TERMS,
    )
    # 本市注册经营的小微企业、民办非企业单位和农民合作社, and nobody else is named: only of an
    # enterprise is the size asked.
    organisation_small = condition(
        "创业组织是本市小微企业、民办非企业单位或者农民合作社",
        has(Loan.employer)
        & Loan.employer.in_city
        & (
            Loan.employer.kind.among("private_non_enterprise", "cooperative")
            | ((Loan.employer.kind == "enterprise") & Loan.employer.size.among("micro", "small"))
        ),
        en="the organisation is a micro or small enterprise, a private non-enterprise or a"
        " farmers' cooperative, of the city",
        cites=LOAN_RULES,
    )
    hired_enough = condition(
        "申请日吸纳就业比例符合要求",
        has(Loan.employer) & holds(GuaranteedLoanRatio, of=Loan.employer, on=applied_on),
        en="the hiring ratio was met on the day of applying",
        cites={"law_2020": cite("jiading-2020-6", 8, "劳动者就业的比例不低于15%"), **TERMS},
    )
    organisation_limit = condition(
        "创业组织的贷款不超过{limit}",
        Loan.amount <= P.organisation_limit,
        en="an organisation borrows at most {limit}",
        cites=ARTICLE,
        limit=P.organisation_limit,
    )
    organisation_limit_2024 = condition(
        "创业组织的贷款不超过{limit}（先导、重点产业{more}）",
        (Loan.amount <= P.organisation_limit)
        | (Loan.priority_industry & (Loan.amount <= P.organisation_limit_priority)),
        en="an organisation borrows at most {limit} ({more} in a priority industry)",
        cites=LOAN_RULES,
        limit=P.organisation_limit,
        more=P.organisation_limit_priority,
    )
    organisation_term = condition(
        "创业组织的贷款期限不超过{n}",
        Loan.term_months <= months_in(P.organisation_term),
        en="an organisation borrows for at most {n}",
        cites=TERMS,
        n=P.organisation_term,
    )

    # ---- people who borrow for themselves, alone or together
    individual = condition(
        "由个人借款",
        (Loan.borrower == "individual") & has(person),
        en="borrowed by an individual",
        cites={"law_2020": PLATFORMS, **TERMS},
    )
    partners = condition(
        "由合伙创业的个人借款",
        (Loan.borrower == "partners") & has(person),
        en="borrowed by partners",
        cites=TERMS,
    )
    # 依托平台就业 is read as being registered so on the day of applying: the only proof that a
    # register holds.
    platform_worker = condition(
        "申请日依托平台就业",
        has(person) & has(flexible_work) & flexible_work.platform,
        en="working through a platform on the day of applying",
        cites=PLATFORMS,
    )
    key_group = condition(
        "属于重点群体",
        Loan.key_group,
        en="of a key group",
        cites=LOAN_RULES,
    )
    # Who else may borrow for themselves is written in the city's rules alone, which are not at
    # hand: everybody else waits for the open number, and nobody is refused.
    other_person = condition(
        "其他个人，且已确认也可借款",
        P.other_persons_may_borrow,
        en="anybody else, where it is confirmed that they may borrow too",
        cites=TERMS,
    )
    individual_limit = condition(
        "个人贷款不超过{limit}",
        Loan.amount <= P.individual_limit,
        en="an individual borrows at most {limit}",
        cites=TERMS,
        limit=P.individual_limit,
    )
    individual_term = condition(
        "个人贷款期限不超过{n}",
        Loan.term_months <= months_in(P.individual_term),
        en="an individual borrows for at most {n}",
        cites=TERMS,
        n=P.individual_term,
    )
    partners_limit = condition(
        "合伙贷款不超过各人额度合计的{share}，也不超过创业组织的{limit}",
        has(Loan.partners_caps)
        & (Loan.amount <= Loan.partners_caps * P.partners_share)
        & (Loan.amount <= P.organisation_limit),
        en="partners borrow at most {share} of their own limits together, and no more than an"
        " organisation: {limit}",
        cites=TERMS,
        share=P.partners_share,
        limit=P.organisation_limit,
    )
    partners_term = condition(
        "合伙贷款期限不超过{n}",
        Loan.term_months <= months_in(P.partners_term),
        en="partners borrow for at most {n}",
        cites=TERMS,
        n=P.partners_term,
    )

    # ---- people who have not started yet
    before_start = condition(
        "由创业前的个人借款",
        Loan.borrower == "pre_start",
        en="borrowed by someone who has not started yet",
        cites=TERMS,
    )
    # 35岁及以下 goes to the day before the next birthday.
    young_enough = condition(
        "申请时不超过{age}",
        has(person) & ~reached(person.birth_date, years(P.pre_start_age + 1), applied_on),
        en="no older than {age} when applying",
        cites=TERMS,
        age=P.pre_start_age,
    )
    pre_start_limit = condition(
        "创业前贷款不超过{limit}",
        Loan.amount <= P.pre_start_limit,
        en="someone who has not started yet borrows at most {limit}",
        cites=TERMS,
        limit=P.pre_start_limit,
    )
    pre_start_term = condition(
        "创业前贷款期限不超过{n}",
        Loan.term_months <= months_in(P.pre_start_term),
        en="someone who has not started yet borrows for at most {n}",
        cites=TERMS,
        n=P.pre_start_term,
    )

    # 不超过 includes the cap. The prime rate is that of the day of applying: the register does not
    # hold the day of the contract.
    rate_capped = condition(
        "年利率不超过一年期贷款市场报价利率（万分之{prime}）加{spread}个基点",
        Loan.annual_rate <= P.prime_rate_1y + P.rate_spread,
        en="the annual rate is at most the one-year prime rate ({prime} basis points) and"
        " {spread} basis points",
        cites=TERMS,
        prime=P.prime_rate_1y,
        spread=P.rate_spread,
    )

    by_individual = individual & individual_limit & individual_term
    by_partners = partners & partners_limit & partners_term
    by_starter = before_start & young_enough & pre_start_limit & pre_start_term
    law_2020 = law(
        ARTICLE,
        eligible=rate_capped
        & (
            (organisation & hired_enough & organisation_limit & organisation_term)
            | ((by_individual | by_partners) & (platform_worker | other_person))
            | by_starter
        ),
        label="额度、期限、利率按市里规定，2024年5月31日以前的未查到",
        en="limits, terms and rates follow city rules; those before 2024-05-31 were not found",
    )
    # The rules of 2024 exempt key groups that apply for themselves from the ratio, and so let them
    # apply; platform workers rest on the document, which goes on beside them.
    by_organisation = (
        organisation
        & organisation_small
        & hired_enough
        & organisation_limit_2024
        & organisation_term
    )
    law_2024 = law(
        LOAN_RULES,
        eligible=rate_capped
        & (
            by_organisation
            | ((by_individual | by_partners) & (platform_worker | key_group | other_person))
            | by_starter
        ),
        label="原文未查到，额度、期限、利率只见转述，待确认",
        en="text not found; limits, terms and rates known at second hand, to be confirmed",
    )
    # From here on it is in doubt whether the document, which alone names platform workers, still
    # holds: they wait as others do.
    law_2025 = law(
        LOAN_RULES,
        since="2025-08-03",
        eligible=rate_capped
        & (
            by_organisation
            | ((by_individual | by_partners) & (key_group | other_person))
            | by_starter
        ),
        label="区文件2025年8月起是否有效存疑，平台就业者是否可借款待定",
        en="the district's document is in doubt from August 2025;"
        " whether platform workers may borrow is open",
    )
