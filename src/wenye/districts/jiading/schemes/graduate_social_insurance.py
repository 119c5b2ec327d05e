"""嘉府规〔2020〕6号 第（十）条: 招用离校2年内首次就业的高校毕业生社会保险补贴."""

from wenye.policy import cite, parameters
from wenye.policy.graduates import graduated_within, graduates_later_that_year
from wenye.policy.open_terms import contract_long_enough
from wenye.registers.model import Employment
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    key_of,
    law,
    month_of,
    monthly,
    months_drawn,
    quantity,
    to_fen,
    years,
)

P = parameters("graduate_social_insurance")
ARTICLE = cite("jiading-2020-6", 10, "按照规定给予社会保险补贴")
GROUP = cite("jiading-2020-6", 10, "招用本市户籍、离校2年内首次就业的高校毕业生")

employer = Employment.employer
worker = Employment.worker
hired_on = Employment.started_on
month = month_of(ON)
graduations = worker.graduations
jobs = worker.employment
flexible_work = worker.flexible_work
contribution = worker.contributions.as_at(month)
drawn = quantity(
    "此前已享受月数",
    months_drawn(worker, "graduate_social_insurance", before=month),
    en="months drawn before",
)


# The city's rule that 按照规定 points to was not found. Of a later notice, 沪人社规〔2023〕22号,
# only the title and its part on job-search subsidies were; neither its first day nor what it says
# of this subsidy is known, so that it is no version here: the document's own words decide who is in
# the group, and everything that the city sets is open.
class GraduateSocialInsurance(Scheme):
    """Paid each month to an employer for a graduate's first job within two years of school."""

    title = "招用离校2年内首次就业高校毕业生社会保险补贴"
    title_en = "social-insurance subsidy for graduates in their first job"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Employment
    payee = employer
    concerns = worker
    dated_by = ON

    resident = condition(
        "本市户籍",
        worker.hukou.among("district", "city"),
        en="registered in the city",
        cites=GROUP,
    )
    # The day of graduation is what is held, and stands for the day of leaving school; 2年内 takes
    # in the day on which two years are full.
    left_school_lately = condition(
        "招用时离校{n}内的高校毕业生",
        graduated_within(graduations, years(P.window), hired_on),
        en="left university at most {n} before the hiring",
        cites=GROUP,
        n=P.window,
    )
    # Someone hired earlier in the year of graduating may have been let go by the school before the
    # day on the certificate: whether they count is open. In an earlier year they had not left.
    about_to_graduate = condition(
        "毕业当年、毕业日期以前招用，本市定为也算离校后",
        graduates_later_that_year(graduations, hired_on) & P.hired_before_graduation_counts,
        en="hired earlier in the year of graduating, which the city lets count",
        cites=GROUP,
    )
    # 首次就业: no employment anywhere on the register began earlier, however short, whoever the
    # employer. Two that began on one day are both the first.
    first_job = condition(
        "首次就业（此前没有就业登记）",
        ~any_of(jobs, jobs.started_on < hired_on),
        en="first employment: none on the register began earlier",
        cites=GROUP,
    )
    # Whether registered flexible work (灵活就业) was a first 就业 already is open.
    no_flexible_work = condition(
        "此前没有灵活就业登记，或者灵活就业不影响首次就业",
        ~any_of(flexible_work, flexible_work.started_on < hired_on) | P.flexible_work_leaves_first,
        en="no flexible work registered earlier, or it leaves the first job the first",
        cites=GROUP,
    )
    # 用人单位 says nothing of size. The city may have narrowed it: the addressees of the notice of
    # 2023 include those in charge of small and medium enterprises. A small or micro employer counts
    # wherever the line was drawn.
    employer_counts = condition(
        "小微企业，或者其他用人单位按本市规定也适用",
        employer.size.among("micro", "small") | P.larger_employers_count,
        en="small or micro employer, or others count too by the city's rule",
        cites=GROUP,
    )
    contract = contract_long_enough(P, Employment.contract_months, ARTICLE)
    in_post = condition(
        "仍在该单位就业",
        (hired_on <= ON) & (~has(Employment.ended_on) | (Employment.ended_on >= ON)),
        en="still employed there",
        cites=ARTICLE,
    )
    # A subsidy of contributions supposes that they were paid, by this employer and for this month.
    insured = condition(
        "该单位当月按时足额缴纳社会保险费",
        has(contribution)
        & has(contribution.employer)
        & (key_of(contribution.employer) == key_of(employer))
        & contribution.in_full,
        en="social insurance of the month paid in full by this employer",
        cites=ARTICLE,
    )
    within_term = condition(
        "累计享受未满{n}",
        drawn < P.max_months,
        en="drawn for less than {n}",
        cites=ARTICLE,
        n=P.max_months,
    )

    law_2020 = law(
        GROUP,
        eligible=resident
        & (left_school_lately | about_to_graduate)
        & first_job
        & no_flexible_work
        & employer_counts
        & contract
        & in_post
        & insured
        & within_term,
        pays=monthly(
            to_fen(P.base * P.counted_rates * P.share),
            first=month,
            last=month - 1 + (P.max_months - drawn),
        ),
        label="文件定对象，比例、基数、险种、月数、合同和单位范围按本市规定（未查到）",
        en="the document names the group; share, base, insurances, months,"
        " contract and employers follow city rules (not found)",
    )
