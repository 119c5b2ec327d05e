"""沪人社规〔2022〕8号 第五部分: 就业困难人员职业技能培训费补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Training
from wenye.rules import (
    ON,
    Scheme,
    any_of,
    condition,
    has,
    law,
    month_of,
    once,
    only_if,
    to_fen,
)

P = parameters("hardship_training")
NOTICE = cite("shanghai-2022-8", 5, "可按补贴标准享受100%培训费补贴")
COURSE = cite("shanghai-2022-8", 5, "参加规定项目职业技能培训")

person = Training.person
awards = person.awards


class HardshipTrainingFee(Scheme):
    """Paid once per course: the whole subsidy standard, for someone certified hard to employ."""

    title, title_en = "就业困难人员培训费补贴", "training-fee subsidy for people hard to employ"
    # The section does not say from which fund it is paid.
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = person
    concerns = person
    dated_by = Training.started_on

    # Whoever takes part while certified is meant, so the first day of the course decides.
    certified = condition(
        "开班时已认定为就业困难人员",
        has(person.certifications.as_at(Training.started_on)),
        en="certified hard to employ on the first day",
        cites=COURSE,
    )
    # Apprenticeships and training on the job are subsidised by rules of their own.
    skills_course = condition(
        "职业技能培训",
        Training.kind.among("course", "off_farm"),
        en="a course of vocational skills",
        cites=COURSE,
    )
    listed = condition(
        "列入补贴培训目录，并定有补贴标准",
        Training.listed & has(Training.standard),
        en="on the list of subsidised training, with a subsidy standard",
        cites=COURSE,
    )
    # 参加 may be less than finishing; no certificate is asked for here: that has a subsidy of its
    # own. Whoever has finished qualifies under either reading.
    completed = condition(
        "已结业",
        has(Training.completed_on) & (Training.completed_on <= ON),
        en="completed",
        cites=COURSE,
    )
    uncompleted_counts = condition(
        "未结业的也可享受", P.uncompleted_counts, en="counts without completion", cites=NOTICE
    )
    no_voucher = condition(
        "未用培训券支付", ~Training.paid_by_voucher, en="not paid for with a voucher", cites=NOTICE
    )
    voucher_counts = condition(
        "已用培训券支付的也可享受",
        P.paid_by_voucher_counts,
        en="counts where a voucher paid for it as well",
        cites=NOTICE,
    )
    # An award is for this course where it begins in the month of its first day.
    not_paid_yet = condition(
        "本次培训此前未享受过本项补贴",
        ~any_of(
            awards,
            awards.scheme.among("hardship_training_fee")
            & ~awards.recovered
            & (awards.first_month == month_of(Training.started_on)),
        ),
        en="not paid this subsidy for the course before",
        cites=NOTICE,
    )

    law_2022 = law(
        NOTICE,
        eligible=certified
        & skills_course
        & listed
        & (completed | uncompleted_counts)
        & (no_voucher | voucher_counts)
        & not_paid_yet,
        pays=once(to_fen(only_if(has(Training.standard), Training.standard) * P.share)),
    )
