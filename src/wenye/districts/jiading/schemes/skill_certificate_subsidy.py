"""沪人社规〔2022〕8号 第五部分: 就业困难人员职业技能提升补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Training
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    law,
    least,
    month_of,
    once,
    quantity,
    where,
)

P = parameters("skill_certificate")
NOTICE = cite("shanghai-2022-8", 5, "取得职业技能等级证书的，按规定给予职业技能提升补贴")
ASSESSED = cite("shanghai-2022-8", 5, "参加职业技能等级认定取得职业技能等级证书")

person = Training.person
certifications = person.certifications
awards = person.awards
# The day of the certificate is in no register; training has ended by then, and where its end is not
# recorded the certificate is there on the day of determination at the latest.
ended_on = quantity(
    "结业日（没有结业日的为判定日）",
    where(has(Training.completed_on), least(Training.completed_on, ON), ON),
    en="last day of training (of determination where none is on record)",
)
certified_before = has(certifications.as_at(Training.started_on))
certified_after = has(certifications.as_at(ended_on))


# Whatever kind of training led to the assessment: the sentence asks for the certificate alone.
class SkillCertificateSubsidy(Scheme):
    """Paid once to someone hard to employ who obtained a certificate of vocational skill."""

    title, title_en = (
        "就业困难人员职业技能提升补贴",
        "skills-upgrading subsidy for people hard to employ",
    )
    # The section does not say from which fund it is paid.
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = person
    concerns = person
    dated_by = ended_on

    certified_throughout = condition(
        "开班和结业时都已认定为就业困难人员",
        certified_before & certified_after,
        en="certified hard to employ on the first and on the last day of training",
        cites=ASSESSED,
    )
    certified_on_one_day = condition(
        "开班或者结业时已认定为就业困难人员，且规定一日即可",
        (certified_before | certified_after) & P.either_day_counts,
        en="certified hard to employ on one of the two days, where one is enough",
        cites=ASSESSED,
    )
    certificate = condition(
        "取得证书",
        Training.certified,
        en="certificate obtained",
        cites=ASSESSED,
    )
    of_skill_level = condition(
        "证书是职业技能等级证书",
        P.recorded_certificates_are_skill_level,
        en="the certificate is one of a vocational skill level",
        cites=ASSESSED,
    )
    # An award names no training: its first month is read as the month in which training began.
    not_paid_yet = condition(
        "本次培训的证书此前未享受过本项补贴",
        ~any_of(
            awards,
            awards.scheme.among("skill_certificate_subsidy")
            & ~awards.recovered
            & (awards.first_month == month_of(Training.started_on)),
        ),
        en="not paid this subsidy for the training's certificate before",
        cites=NOTICE,
    )

    law_2022 = law(
        NOTICE,
        eligible=(certified_throughout | certified_on_one_day)
        & certificate
        & of_skill_level
        & not_paid_yet,
        pays=once(P.amount),
        label="标准按规定，规定未查到",
        en="the amount follows rules that were not found",
    )
