"""嘉府规〔2020〕6号 第（十七）条: 培训期间的生活费补贴."""

from wenye.policy import cite, parameters
from wenye.registers.model import Training
from wenye.rules import ON, Scheme, any_of, condition, has, law, month_of, once

P = parameters("training_living_allowance")
ARTICLE = cite("jiading-2020-6", 17, "按照规定给予职业培训补贴和生活费补贴")
GROUPS = cite("jiading-2020-6", 17, "面向各类群体广泛开展职业技能培训")

person = Training.person
began_on = Training.started_on
assistance = person.assistance
awards = person.awards


# Who is given the allowance is not said. The groups that the registers can tell are asked one by
# one, each behind an open switch, and a last switch stands for everybody else: no trainee is
# refused, and none is paid, before the rule is known. Nor is it said whether it goes by the day, by
# the month or by the course; here it is one sum, and a rule by the day changes this file.
class TrainingLivingAllowance(Scheme):
    """Paid once for a vocational course to those who are given a living allowance."""

    title, title_en = "培训生活费补贴", "living allowance during training"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Training
    payee = person
    concerns = person
    dated_by = began_on

    # 面向各类群体: courses for farmers are such training too. Apprentices and those trained through
    # work draw a wage meanwhile.
    course = condition(
        "职业技能培训（含农民非农岗位和技能提升培训）",
        Training.kind.among("course", "off_farm"),
        en="vocational course, off-farm and skills training of farmers included",
        cites=GROUPS,
    )
    listed = condition(
        "列入补贴培训目录", Training.listed, en="on the list of subsidised training", cites=ARTICLE
    )
    # Such an allowance may be due while training goes on, or only after it: nothing is said.
    # Whoever has finished qualifies under both readings.
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
    unemployed = condition(
        "开班时登记失业，且规定包括登记失业人员",
        has(person.unemployment.as_at(began_on)) & P.unemployed_count,
        en="registered unemployed when it began, and the rule takes them in",
        cites=ARTICLE,
    )
    hard_to_employ = condition(
        "开班时已认定为就业困难人员，且规定包括就业困难人员",
        has(person.certifications.as_at(began_on)) & P.hard_to_employ_count,
        en="certified hard to employ when it began, and the rule takes them in",
        cites=ARTICLE,
    )
    poor = condition(
        "开班当月享受最低生活保障或为低收入困难家庭，且规定包括这些人员",
        any_of(
            assistance,
            assistance.kind.among("minimum_living", "low_income")
            & (assistance.first_month <= month_of(began_on))
            & (assistance.last_month >= month_of(began_on)),
        )
        & P.poor_count,
        en="on minimum living or of low income in the month it began, and the rule takes them in",
        cites=ARTICLE,
    )
    anybody = condition(
        "规定包括其他参训人员",
        P.others_count,
        en="the rule takes in every other trainee",
        cites=ARTICLE,
    )
    # As for the training subsidy: an award's first month is the month in which training began.
    not_paid = condition(
        "本次培训未享受过生活费补贴",
        ~any_of(
            awards,
            awards.scheme.among("training_living_allowance")
            & ~awards.recovered
            & (awards.first_month == month_of(began_on)),
        ),
        en="no living allowance for this training before",
        cites=ARTICLE,
    )

    law_2020 = law(
        ARTICLE,
        eligible=course
        & listed
        & (completed | uncompleted_counts)
        & (unemployed | hard_to_employ | poor | anybody)
        & not_paid,
        pays=once(P.amount),
        label="给谁、给多少、是否须结业按规定，规定未查到",
        en="for whom, how much and whether on completion follow rules that were not found",
    )
