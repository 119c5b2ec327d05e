"""嘉府规〔2020〕6号 第（五）条: 小规模纳税人增值税征收率由3%降至1%."""

from wenye.policy import cite, parameters
from wenye.registers.model import VatReturn
from wenye.rules import Scheme, condition, last_day, law, once, quantity, to_fen

P = parameters("vat_relief")
ARTICLE = cite("jiading-2020-6", 5, "小规模纳税人增值税征收率由3%降至1%")
NATIONAL = cite("cn-vat-2023-19")

sales = VatReturn.sales_at_levy_rate
# Sales that are exempt altogether are not among those at the levy rate, and save nothing here.
before = quantity("按原征收率的税额", to_fen(sales * P.full_rate), en="tax at the full levy rate")
after = quantity(
    "按降低后征收率的税额", to_fen(sales * P.reduced_rate), en="tax at the reduced levy rate"
)


class VatRelief(Scheme):
    """What a small-scale taxpayer saves where the levy rate is 1 % and no longer 3 %."""

    title, title_en = "小规模纳税人增值税减征", "VAT relief of small-scale taxpayers"
    operated_by, our_part = "tax", "inform"
    subject = VatReturn
    payee = VatReturn.employer
    # A return of several months is judged by its last day, as tax is declared after it.
    dated_by = last_day(VatReturn.last_month)

    small_scale = condition(
        "小规模纳税人",
        VatReturn.small_scale,
        en="small-scale taxpayer",
        cites={"law_2020": ARTICLE, "law_2023": NATIONAL},
    )
    # The document orders the lower rate and does not say for which months: where no source says
    # so either, nobody can be told that the month was one of them.
    rate_lowered = condition(
        "所属期在降低征收率的期间内",
        P.rate_lowered,
        en="in a period of the lower rate",
        cites={"law_2020": ARTICLE, "law_2023": NATIONAL},
    )

    eligible = small_scale & rate_lowered
    pays = once(before - after)
    law_2020 = law(ARTICLE, eligible=eligible, pays=pays)
    law_2023 = law(
        NATIONAL,
        eligible=eligible,
        pays=pays,
        label="2023年起依据财政部、税务总局公告",
        en="from 2023 by the announcement of the finance ministry and the tax administration",
    )
