"""嘉府规〔2020〕6号 第（十七）条: 职业技能电子培训券."""

from wenye.policy import cite, parameters
from wenye.registers.model import Voucher
from wenye.rules import ON, Scheme, condition, has, law, least, months, once, within

P = parameters("training_voucher")
ARTICLE = cite("jiading-2020-6", 17, "职业技能电子培训券试点")


# "Entitled" says that the voucher may be used on the day for the course its holder wants. Who is
# given a voucher is decided when it is issued, by rules that were not found; from then on it is the
# holder's alone. What is not paid by the voucher the holder pays; a training so paid for is not
# subsidised a second time (training_subsidy, off_farm_training_subsidy).
class TrainingVoucher(Scheme):
    """Whether an electronic training voucher may be used now, and what it pays of the fee."""

    title, title_en = "电子培训券（可否使用）", "training voucher (may be used now)"
    operated_by, our_part = "city", "pre-check and hand over"
    subject = Voucher
    payee = Voucher.person
    concerns = Voucher.person
    dated_by = Voucher.issued_on

    in_force = condition("未作废", ~Voucher.withdrawn, en="not withdrawn", cites=ARTICLE)
    course_listed = condition(
        "拟用课程列入培训券目录",
        Voucher.course_listed,
        en="the course wanted is on the voucher list",
        cites=ARTICLE,
    )
    # A voucher used on the day itself is used: it pays for one course.
    not_used = condition(
        "尚未使用",
        ~has(Voucher.used_on) | (Voucher.used_on > ON),
        en="not used yet",
        cites=ARTICLE,
    )
    # The last day of the period is still in it.
    in_time = condition(
        "自发放之日起{n}以内",
        within(Voucher.issued_on, months(P.validity_months), ON),
        en="within {n} of being issued",
        cites=ARTICLE,
        n=P.validity_months,
    )

    law_2020 = law(
        ARTICLE,
        eligible=in_force & course_listed & not_used & in_time,
        pays=once(least(Voucher.course_fee, P.face_value)),
        label="面值和有效期未查到",
        en="face value and validity were not found",
    )
