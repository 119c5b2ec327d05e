"""嘉府规〔2020〕6号 第（八）条: 返乡人员首次创业一次性创业补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Business
from wenye.rules import ON, Scheme, condition, has, law, once, reached, years

P = parameters("returnee_startup_subsidy")
ARTICLE = cite("jiading-2020-6", 8, "对返乡人员首次创业、正常经营1年以上的，给予一次性创业补贴")


class ReturneeStartupSubsidy(Scheme):
    """Paid once to someone back in the countryside whose first business has lasted a year."""

    title, title_en = "返乡人员一次性创业补贴", "one-off start-up subsidy for returnees"
    operated_by, our_part = "district", "pay"
    subject = Business
    payee = Business.founder
    once_per = Business.founder
    dated_by = ON

    # The document does not say who a returnee is: it is taken as the department in charge of
    # farming records it.
    returnee = condition(
        "返乡人员创办", Business.returnee, en="founded by a returnee", cites=ARTICLE
    )
    first_time = condition(
        "首次创业", Business.first_business, en="the founder's first business", cites=ARTICLE
    )
    # 以上 includes the day on which the year is full. The year is reckoned from registration, the
    # only day on record.
    lasted = condition(
        "自注册之日起满{n}",
        reached(Business.registered_on, years(P.operating_years), ON),
        en="{n} or more since registration",
        cites=ARTICLE,
        n=P.operating_years,
    )
    # Whoever has closed operates no longer, however long it lasted: the text pays a business that
    # goes on.
    operating = condition("正常经营", Business.operating, en="operating normally", cites=ARTICLE)
    still_open = condition(
        "未注销",
        ~has(Business.closed_on) | (Business.closed_on > ON),
        en="not closed",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=returnee & first_time & lasted & operating & still_open,
        pays=once(P.amount),
    )
