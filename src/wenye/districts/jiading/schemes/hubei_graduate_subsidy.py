"""嘉府规〔2020〕6号 第（十）条: 湖北籍2020届本市高校毕业生一次性求职创业补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Graduation
from wenye.rules import ON, Scheme, condition, law, once, where, year_of

P = parameters("hubei_graduate_subsidy")
ARTICLE = cite("jiading-2020-6", 10, "给予一次性求职创业补贴")
GROUP = cite("jiading-2020-6", 10, "湖北籍2020届本市高校毕业生")
HUBEI = ("湖北", "湖北省")


class HubeiGraduateSubsidy(Scheme):
    """Paid once to a graduate of the city's universities, of the class of 2020 and from Hubei."""

    title = "湖北籍2020届本市高校毕业生一次性求职创业补贴"
    title_en = "one-off job-search subsidy for graduates of 2020 from Hubei"
    # Through which office it is paid is open; what is paid is the city's.
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Graduation
    payee = Graduation.person
    once_per = Graduation.person
    # The class had mostly graduated when the document came into force: the law is that of the day
    # on which the claim is judged, and not of the day of graduation.
    dated_by = ON

    graduated = condition("已毕业", Graduation.graduated_on <= ON, en="graduated", cites=GROUP)
    # 2020届 is read as the calendar year of graduation. The school year that ended in 2020 would
    # be the other reading: it would take in a graduation in the autumn of 2019.
    class_of_the_year = condition(
        "{n}届（按毕业日期所在的公历年）",
        year_of(Graduation.graduated_on) == P.class_year,
        en="class of {n}, by the calendar year of graduation",
        cites=GROUP,
        n=P.class_year,
    )
    city_university = condition(
        "本市高校毕业",
        Graduation.city_school & Graduation.higher_education,
        en="graduated from a university of the city",
        cites=GROUP,
    )
    # 湖北籍 may mean where the student came from (生源地), which is where the household was
    # registered before enrolment, or the family's native place (籍贯). These are the readings for
    # which there is a fact; which one counts is open. Whoever is of Hubei by both is in, by neither
    # is out, and the others wait.
    from_hubei = condition(
        "湖北籍（按生源地或者籍贯）",
        where(
            P.origin_decides,
            Graduation.origin.among(*HUBEI),
            Graduation.native_place.among(*HUBEI),
        ),
        en="from Hubei, by where the student came from or by native place",
        cites=GROUP,
    )
    in_time = condition(
        "截止日期{n}以前（含当日）办理",
        ON <= P.claim_until,
        en="claimed no later than {n}",
        cites=ARTICLE,
        n=P.claim_until,
    )

    law_2020 = law(
        GROUP,
        eligible=graduated & class_of_the_year & city_university & from_hubei & in_time,
        pays=once(P.amount),
        label="文件定对象，标准、截止日期和湖北籍的口径按本市规定（未查到）",
        en="the document names the group; amount, closing day and who"
        " is of Hubei follow city rules (not found)",
    )
