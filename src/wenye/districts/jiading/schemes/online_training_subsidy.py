"""嘉府规〔2020〕6号 第（一）条: 受疫情影响企业职工线上职业培训补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Training
from wenye.rules import ON, Scheme, condition, count, has, law, least, once, quantity, to_fen

P = parameters("online_training_subsidy")
ARTICLE = cite("jiading-2020-6", 1, "受疫情影响企业职工线上职业培训补贴")
CITY = cite("shanghai-2020-49")
BOTH = {"law_notice": CITY, "law_2020": ARTICLE}

employer = Training.employer
awards = Training.person.awards
# The city bounds how often one trainee is paid for, and pays the employer.
times = quantity(
    "此前已享受次数",
    count(awards, awards.scheme.among("online_training_subsidy") & ~awards.recovered),
    en="times paid before",
)


class OnlineTrainingSubsidy(Scheme):
    """Paid to an employer hit by the epidemic: a share of what its staff's online training cost."""

    title, title_en = "受疫情影响企业职工线上培训补贴", "online-training subsidy"
    # From the districts' own fund (地方教育附加专项资金), applied for at the district's bureau.
    operated_by, our_part = "district", "pay"
    subject = Training
    payee = employer
    concerns = Training.person
    dated_by = Training.started_on

    # The notice of 2021 names social organisations too, and 等用人单位: whom it takes in, and
    # whether dispatch companies are still left out, is open from then on.
    enterprise = condition(
        "由本市企业组织，或者由已确认同样适用的本市其他用人单位组织",
        has(employer) & employer.in_city & ((employer.kind == "enterprise") | P.other_units_count),
        en="organised by an enterprise of the city, or by another employer of the city where they"
        " are confirmed to count",
        cites=BOTH,
    )
    affected = condition(
        "受疫情影响企业",
        has(employer) & employer.epidemic_hit,
        en="enterprise hit by the epidemic",
        cites=BOTH,
    )
    no_dispatch = condition(
        "不是专营劳务派遣的企业（不再排除的除外）",
        has(employer) & (~employer.labour_dispatch | ~P.dispatch_left_out),
        en="no labour-dispatch company (unless they are no longer left out)",
        cites=CITY,
    )
    # A course that is online in part only is not 线上.
    online = condition("线上培训", Training.mode == "online", en="online training", cites=BOTH)
    # Whether work had to be stopped after the notice of 2021 is open; whoever trained while it was
    # stopped is in under both.
    stopped = condition(
        "停工期间（停工要求不再适用的除外）",
        Training.during_stoppage | ~P.stoppage_needed,
        en="while work was stopped (unless that is no longer asked)",
        cites=CITY,
    )
    # Asked in both notices of the city, as far as that of 2021 was read: to bear on the employer's
    # main business, and filed before the training.
    related_and_filed = condition(
        "与主营业务相关并已备案",
        Training.related_and_filed,
        en="related to the employer's business, and filed beforehand",
        cites=CITY,
    )
    completed = condition(
        "已完成培训",
        has(Training.completed_on) & (Training.completed_on <= ON),
        en="training completed",
        cites=CITY,
    )
    within_times = condition(
        "此前享受少于{n}次",
        times < P.max_times,
        en="paid for fewer than {n} times before",
        cites=CITY,
        n=P.max_times,
    )

    eligible = (
        enterprise
        & affected
        & no_dispatch
        & online
        & stopped
        & related_and_filed
        & completed
        & within_times
    )
    pays = once(to_fen(least(Training.cost * P.share, P.cap_per_course)))
    # The city's notice is half a year older than the document that orders it carried out.
    law_notice = law(CITY, eligible=eligible, pays=pays)
    law_2020 = law(ARTICLE, eligible=eligible, pays=pays)
