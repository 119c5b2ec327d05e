"""嘉府规〔2020〕6号 第（十七）条: 职业培训补贴（含线上培训的培训费补贴）."""

from wenye.policy import cite, parameters, scheme
from wenye.registers.model import Training
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    holds,
    law,
    least,
    month_of,
    once,
    only_if,
    to_fen,
    where,
)

P = parameters("training_subsidy")
AFFECTED_STAFF = scheme("online_training_subsidy")
HARD_TO_EMPLOY = scheme("hardship_training_fee")
ARTICLE = cite("jiading-2020-6", 17, "按照规定给予职业培训补贴和生活费补贴")
VOUCHERS = cite("jiading-2020-6", 17, "职业技能电子培训券试点")

person = Training.person
awards = person.awards
share = where(
    Training.mode == "online",
    P.online_share,
    where(Training.mode == "blended", P.blended_share, P.share),
)


# The document says that training is subsidised 按照规定 and gives none of the rules: the share, the
# cap and whether completion or a certificate is asked are open. 面向各类群体 leaves nobody out, so
# nobody is asked who they are. The trainee is read as the one paid; where it is to be the provider
# or the employer, the payee here is changed. Off-farm training, apprenticeships and training
# through work have schemes of their own, and so has online training of the staff of enterprises hit
# by the epidemic (article 1).
class TrainingSubsidy(Scheme):
    """Paid once for a listed vocational course, online or not: a share of its fee."""

    title, title_en = "职业培训补贴", "training subsidy"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = person
    concerns = person
    dated_by = Training.started_on

    course = condition(
        "职业技能培训", Training.kind == "course", en="vocational course", cites=ARTICLE
    )
    # That the city lists the trades it subsidises and sets a standard for them stood in its
    # regulation on employment of 2006 (art. 10, repealed in 2023).
    listed = condition(
        "列入补贴培训目录，且定有补贴标准",
        Training.listed & has(Training.standard),
        en="on the list of subsidised training, with a standard",
        cites=ARTICLE,
    )
    # Nothing is said of completion: whoever has finished qualifies under every reading.
    completed = condition(
        "已结业",
        has(Training.completed_on) & (Training.completed_on <= ON),
        en="completed",
        cites=ARTICLE,
    )
    uncompleted_counts = condition(
        "规定未结业的也给",
        P.uncompleted_counts,
        en="the rule pays without completion too",
        cites=ARTICLE,
    )
    # Whether a certificate is asked is open; whoever has one is in under both readings.
    certified = condition(
        "取得证书（规定不要求证书的除外）",
        Training.certified | ~P.certificate_needed,
        en="certificate obtained (unless none is asked)",
        cites=ARTICLE,
    )
    no_voucher = condition(
        "未用培训券支付",
        ~Training.paid_by_voucher,
        en="not paid for with a voucher",
        cites=VOUCHERS,
    )
    # Both go by the same course's cost or standard, and the same course is paid for once.
    not_elsewhere = condition(
        "本次培训不按线上培训（第一条）或者就业困难人员的规定补贴",
        ~holds(AFFECTED_STAFF) & ~holds(HARD_TO_EMPLOY),
        en="not subsidised as online training of article 1, or as that of someone hard to employ",
        cites=ARTICLE,
    )
    # An award names no training: its first month is read as the month in which training began.
    not_paid = condition(
        "本次培训未享受过补贴",
        ~any_of(
            awards,
            awards.scheme.among(
                "training_subsidy", "online_training_subsidy", "hardship_training_fee"
            )
            & ~awards.recovered
            & (awards.first_month == month_of(Training.started_on)),
        ),
        en="this training not subsidised before",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=course
        & listed
        & (completed | uncompleted_counts)
        & certified
        & no_voucher
        & not_elsewhere
        & not_paid,
        pays=once(only_if(has(Training.standard), to_fen(least(Training.standard * share, P.cap)))),
        label="比例、上限、结业和证书要求按规定，规定未查到",
        en="share, cap, completion and certificate follow rules that were not found",
    )
