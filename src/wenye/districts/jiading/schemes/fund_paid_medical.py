"""社会保险法第四十八条, 沪人社规〔2026〕18号 第八条: 领取失业保险金期间由基金缴纳职工医疗保险费."""

from wenye.policy import cite
from wenye.registers.model import Benefit
from wenye.rules import ON, Scheme, condition, law, month_of

STATUTE = cite("social-insurance-law", 48)
CITY = cite("shanghai-2026-18", 8, "其应当缴纳的基本医疗保险（含生育保险）费从失业保险基金中列支")
DRAWING = cite("shanghai-2026-18", 8, "失业人员在领取失业保险金期间")
STOP = cite("shanghai-2026-18", 10, "同时停止享受其他失业保险待遇")
STOP_BY_STATUTE = cite("social-insurance-law", 51)

month = month_of(ON)


# A benefit that goes on to retirement is read as the benefit that the statute speaks of; the city's
# measures of 2026 say in their article 11 that the contributions are then paid as well.
class FundPaidMedical(Scheme):
    """Whether the fund pays a recipient's medical insurance in the month of the day asked."""

    title, title_en = (
        "领取失业保险金期间由基金缴纳职工医疗保险费（符合即当月由基金缴纳，个人不缴）",
        "medical contributions paid by the fund (entitled: it pays them for the month)",
    )
    operated_by, our_part = "fund", "inform"
    subject = Benefit
    payee = Benefit.person
    dated_by = ON

    drawing = condition(
        "当月在核定的领取期限内（包括延长领取）",
        (Benefit.first_month <= month) & (Benefit.last_month >= month),
        en="within the months granted, an extension included",
        cites={"law_2011": STATUTE, "law_2026": DRAWING},
    )
    not_stopped = condition(
        "未停领",
        ~Benefit.stopped,
        en="not stopped",
        cites={"law_2011": STOP_BY_STATUTE, "law_2026": STOP},
    )

    law_2011 = law(
        STATUTE,
        eligible=drawing & not_stopped,
        label="基本医疗保险费；缴费基数未列",
        en="medical insurance; the base is not given",
    )
    law_2026 = law(
        CITY,
        eligible=drawing & not_stopped,
        label="基本医疗保险（含生育保险）费；缴费基数未列",
        en="medical insurance, maternity included; the base is not given",
    )
