"""沪人社规〔2022〕8号 第一至三部分: 取消就业困难人员身份."""

from wenye.policy import cite, parameters
from wenye.policy.retirement import retirement_day
from wenye.registers.model import Certification
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    greatest,
    has,
    last_day,
    law,
    month_of,
    months,
    months_drawn,
    quantity,
    reached,
    where,
)

RULES = parameters("hardship")
POST = parameters("post_subsidy")
FLEXIBLE = parameters("flexible_social_insurance")
ARTICLE = cite("jiading-2020-6", 11, "实名制动态管理")
NOTICE = cite("shanghai-2022-8", 1, "应取消“就业困难人员”身份")
WORKING_AGE = cite("shanghai-2022-8", 1, "“就业困难人员”是指法定劳动年龄内")
EMPLOYERS = cite("shanghai-2022-8", 2, "“就业困难人员”享受补贴期满的，取消“就业困难人员”身份")
FLEXIBLE_TERM = cite("shanghai-2022-8", 3, "享受灵活就业社会保险补贴期满的")

person = Certification.person
awards = person.awards
month = month_of(ON)
retires_on = quantity(
    "法定退休日",
    retirement_day(person.birth_date, person.retirement_class, parameters("retirement")),
    en="day of statutory retirement",
)
# The terms are reckoned as the subsidies reckon them: both of the employers' side by side, with
# the one-off subsidy of the years before; the flexible one by itself.
by_employers = quantity(
    "单位吸纳补贴已享受月数",
    greatest(
        months_drawn(person, "post_subsidy", before=month),
        months_drawn(person, "employer_social_insurance", before=month),
    )
    + months_drawn(person, "hardship_one_off", before=month),
    en="months drawn by employers",
)
as_flexible = quantity(
    "灵活就业社会保险补贴已享受月数",
    months_drawn(person, "flexible_social_insurance", before=month),
    en="months drawn as a flexible worker",
)


class HardshipStatusLost(Scheme):
    """The status of someone certified hard to employ is to be cancelled."""

    title = "取消就业困难人员身份（预审：应予取消）"
    title_en = "loss of the status of being hard to employ (pre-check: to be cancelled)"
    operated_by, our_part = "district", "pre-check and hand over"
    subject = Certification
    payee = person
    dated_by = ON

    in_force = condition(
        "认定仍有效",
        (Certification.started_on <= ON)
        & (~has(Certification.ended_on) | (Certification.ended_on >= ON)),
        en="the certification is in force",
        cites=NOTICE,
    )
    officer = condition(
        "担任企业法定代表人、董事、监事、经理等管理人员",
        person.company_officer,
        en="legal representative, director, supervisor or manager of a company",
        cites=NOTICE,
    )
    # The term is over with its last month; whoever was then less than the extension's months from
    # retirement may go on to it, and keeps the status. 不足 does not include the boundary.
    employers_term_over = condition(
        "岗位补贴、社会保险补贴享受期满（满{n}，且不能延长至退休）",
        (by_employers >= POST.max_months)
        & ~any_of(
            awards,
            awards.scheme.among("post_subsidy", "employer_social_insurance", "hardship_one_off")
            & ~awards.recovered
            & ~reached(
                last_day(awards.last_month), months(POST.extension_below_months), retires_on
            ),
        ),
        en="the employers' subsidies are at their end ({n}, with no extension to retirement)",
        cites=EMPLOYERS,
        n=POST.max_months,
    )
    # Whoever has the document's one year on approval keeps the status so long: under no reading is
    # it more.
    flexible_term_over = condition(
        "灵活就业社会保险补贴享受期满（满{n}及经批准的延长，且距退休不是不足{m}）",
        (as_flexible >= FLEXIBLE.max_months)
        & (
            ~Certification.extension_approved
            | (as_flexible >= FLEXIBLE.max_months + FLEXIBLE.one_year_extension_at_most_months)
            | (as_flexible >= FLEXIBLE.max_months + FLEXIBLE.one_year_extension_months)
        )
        & reached(ON, months(FLEXIBLE.extension_below_months), retires_on),
        en="the flexible workers' subsidy is at its end ({n}, an extension approved, {m} to"
        " retirement)",
        cites=FLEXIBLE_TERM,
        n=FLEXIBLE.max_months,
        m=FLEXIBLE.extension_below_months,
    )
    # Past working age nobody is hard to employ by definition. The subsidies are paid to the end of
    # the month of retirement, so the status is not taken before it is over.
    retired = condition(
        "已过法定退休年龄当月",
        month > month_of(retires_on),
        en="past the month of statutory retirement",
        cites=WORKING_AGE,
    )
    # Never no: rules that differ would have to be written first, and the parameter refuses a no.
    rules_alike = condition(
        "2022年以前的取消规定与2022年起相同",
        RULES.earlier_rules_as_later,
        en="the rules before 2022 were as they are since",
        cites=ARTICLE,
    )

    to_be_cancelled = in_force & (officer | employers_term_over | flexible_term_over | retired)
    law_2020 = law(
        ARTICLE,
        eligible=where(rules_alike, to_be_cancelled, rules_alike),
        label="2022年以前的规定未查到，待定",
        en="the rules before 2022 were not found: open",
    )
    law_2022 = law(NOTICE, eligible=to_be_cancelled)
