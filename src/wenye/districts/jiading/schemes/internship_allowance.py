"""嘉府规〔2020〕6号 第（十）条: 高校毕业生就业见习补贴."""

from wenye.policy import cite, parameters
from wenye.policy.graduates import graduated_within, graduates_later_that_year
from wenye.registers.model import Internship
from wenye.rules import (
    ON,
    Scheme,
    condition,
    has,
    law,
    month_of,
    monthly,
    months,
    months_drawn,
    quantity,
    to_fen,
)

P = parameters("internship_allowance")
WAGE = parameters("minimum_wage")
ARTICLE = cite("jiading-2020-6", 10, "落实高校毕业生就业见习政策")

intern = Internship.person
began_on = Internship.started_on
month = month_of(ON)
graduations = intern.graduations
drawn = quantity(
    "此前已享受月数",
    months_drawn(intern, "internship_allowance", before=month),
    en="months drawn before",
)


# The document carries out the city's internship policy without a word on its terms. Who may intern,
# and for how long, is open. The share of the minimum wage was read in a copy of a notice of 2012;
# nobody has confirmed that it still held, nor that the intern is the one paid, as is read here: the
# city's regulation of 2006 (art. 11, repealed in 2023) names the allowance as a way of winning
# employers over. What else a base is paid for taking interns was not found. Young people without a
# degree, whom the city may admit too, are outside the document's measure.
class InternshipAllowance(Scheme):
    """Paid each month to a university graduate who interns at a recognised base."""

    title, title_en = "高校毕业生就业见习补贴", "internship allowance for graduates"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Internship
    payee = intern
    dated_by = ON

    graduate = condition(
        "见习开始时毕业未超过{n}的高校毕业生",
        graduated_within(graduations, months(P.window_months), began_on),
        en="university graduate of at most {n} when it began",
        cites=ARTICLE,
        n=P.window_months,
    )
    # As for the subsidies of this article: an internship that began earlier in the year of
    # graduating may count or may not, and one that began in an earlier year does not.
    about_to_graduate = condition(
        "毕业当年、毕业以前开始见习，本市定为也算",
        graduates_later_that_year(graduations, began_on) & P.begun_before_graduation_counts,
        en="begun earlier in the year of graduating, which the city lets count",
        cites=ARTICLE,
    )
    # An internship is for those without work, but no text at hand says so.
    without_job = condition(
        "未就业（含灵活就业），或者就业期间也可见习",
        (~has(intern.employment.as_at(ON)) & ~has(intern.flexible_work.as_at(ON)))
        | P.employed_may_intern,
        en="not in work (flexible work included), or those in work may intern too",
        cites=ARTICLE,
    )
    recognised_base = condition(
        "在认定的见习基地", Internship.recognised_base, en="at a recognised base", cites=ARTICLE
    )
    going_on = condition(
        "正在见习",
        (began_on <= ON) & (~has(Internship.ended_on) | (Internship.ended_on >= ON)),
        en="the internship is going on",
        cites=ARTICLE,
    )
    attended = condition(
        "按规定出勤", Internship.attended, en="attended as required", cites=ARTICLE
    )
    within_term = condition(
        "累计享受未满{n}",
        drawn < P.max_months,
        en="drawn for less than {n}",
        cites=ARTICLE,
        n=P.max_months,
    )

    law_2020 = law(
        ARTICLE,
        eligible=(graduate | about_to_graduate)
        & without_job
        & recognised_base
        & going_on
        & attended
        & within_term,
        pays=monthly(
            to_fen(WAGE.monthly * P.minimum_wage_share),
            first=month,
            last=month - 1 + (P.max_months - drawn),
        ),
        label="文件只说落实，对象年限、最长月数按本市规定（未查到），标准待核实",
        en="the document only says to carry it out; window and term follow city"
        " rules (not found), the amount is to be confirmed",
    )
