"""嘉府规〔2020〕6号 第（八）条: 推荐机制，创业担保贷款免抵押、质押反担保."""

from wenye.policy import cite, parameters
from wenye.policy.enterprises import is_enterprise
from wenye.registers.model import Loan
from wenye.rules import Scheme, condition, has, law

P = parameters("counter_guarantee_waiver")
EMPLOYERS = parameters("employers")
ARTICLE = cite("jiading-2020-6", 8, "可免于提供抵押、质押方式的反担保")
RECOMMENDED = cite("jiading-2020-6", 8, "建立信用乡村、信用园区、创业孵化示范载体推荐机制")
APPLICANTS = cite("jiading-2020-6", 8, "创业担保贷款申请企业")


class CounterGuaranteeWaiver(Scheme):
    """Whether a recommended applicant is spared mortgage and pledge as a counter-guarantee."""

    title, title_en = (
        "经推荐的创业担保贷款免于提供抵押、质押反担保",
        "recommended guaranteed loan: no mortgage or pledge as a counter-guarantee",
    )
    operated_by, our_part = "bank", "pre-check and hand over"
    subject = Loan
    dated_by = Loan.applied_on

    # 申请企业: an enterprise surely is one. Whether the other organisations that may borrow are
    # meant too is open; someone who borrows without an organisation is none of them.
    enterprise = condition(
        "由企业申请，或者由已确认同样适用的其他创业组织申请",
        (Loan.borrower == "organisation")
        & has(Loan.employer)
        & (
            is_enterprise(Loan.employer.kind, EMPLOYERS.cooperatives_are_enterprises)
            | P.other_organisations
        ),
        en="applied for by an enterprise, or by another organisation where they are confirmed to be"
        " spared it too",
        cites=APPLICANTS,
    )
    recommended = condition(
        "由信用乡村、信用园区或创业孵化示范载体推荐",
        Loan.recommended_by.among("credit_village", "credit_park", "incubator"),
        en="recommended by a credit village, a credit park or a model incubator",
        cites=RECOMMENDED,
    )
    in_force = condition(
        "推荐在有效期内",
        Loan.recommendation_valid,
        en="the recommendation is in force",
        cites=RECOMMENDED,
    )

    # It spares mortgage and pledge only; the guarantee itself, and any other form of
    # counter-guarantee, are not spoken of.
    law_2020 = law(ARTICLE, eligible=enterprise & recommended & in_force)
