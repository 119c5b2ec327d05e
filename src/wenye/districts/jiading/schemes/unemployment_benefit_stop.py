"""停止领取失业保险金: 社会保险法第五十一条, 失业保险条例第十五条, 沪人社规〔2026〕18号 第十条."""

from wenye.policy import cite, parameters
from wenye.registers.model import Benefit
from wenye.rules import ON, Scheme, any_of, condition, first_day, has, law, month_of

P = parameters("unemployment_benefit")
STATUTE = cite("social-insurance-law", 51)
REGULATION = cite("unemployment-regulation-1999", 15)
CITY = cite("shanghai-2026-18", 10, "停止领取失业保险金")


def _cites(phrase: str) -> dict[str, object]:
    return {"law_2011": STATUTE, "law_2026": cite("shanghai-2026-18", 10, phrase)}


jobs = Benefit.person.employment
flexible_work = Benefit.person.flexible_work


class UnemploymentBenefitStop(Scheme):
    """A benefit that is being paid has to stop; entitled means: payment is to be stopped."""

    title, title_en = "失业保险金应当停领", "unemployment benefit to be stopped"
    operated_by, our_part = "fund", "pre-check and hand over"
    subject = Benefit
    payee = Benefit.person
    dated_by = ON

    running = condition(
        "正在核定的领取期限内",
        (Benefit.first_month <= month_of(ON)) & (Benefit.last_month >= month_of(ON)),
        en="within the months granted",
        cites={"law_2011": STATUTE, "law_2026": CITY},
    )
    not_yet_stopped = condition(
        "尚未停领",
        ~Benefit.stopped,
        en="not stopped yet",
        cites={"law_2011": STATUTE, "law_2026": CITY},
    )
    # A job between the claim and the first month paid is a new one too, so any job within the
    # benefit's months counts, and one that was lost again as well.
    employed_again = condition(
        "重新就业",
        any_of(
            jobs,
            (jobs.started_on <= ON)
            & (~has(jobs.ended_on) | (jobs.ended_on >= first_day(Benefit.first_month))),
        ),
        en="employed again",
        cites=_cites("重新就业的"),
    )
    # Whether registered flexible work is 重新就业 is in neither text: whoever has some waits.
    flexible_work_again = condition(
        "办理了灵活就业登记，且算重新就业",
        any_of(
            flexible_work,
            (flexible_work.started_on <= ON)
            & (
                ~has(flexible_work.ended_on)
                | (flexible_work.ended_on >= first_day(Benefit.first_month))
            ),
        )
        & P.flexible_work_stops,
        en="registered for flexible work, which counts as being employed again",
        cites=_cites("重新就业的"),
    )
    enlisted = condition(
        "应征服兵役",
        Benefit.enlisted,
        en="called up for military service",
        cites=_cites("应征服兵役的"),
    )
    moved_abroad = condition(
        "移居境外", Benefit.moved_abroad, en="moved abroad", cites=_cites("移居境外的")
    )
    pension_drawn = condition(
        "享受基本养老保险待遇",
        Benefit.pension_drawn,
        en="draws a basic pension",
        cites=_cites("享受基本养老保险待遇的"),
    )
    # The statute gives no number and speaks of refusing at all; who never refused is surely not
    # reached by it. A regulation of the city, repealed in 2023, let the benefit be stopped after
    # three refusals of work and was silent on training: how often counted before 2026 stays open.
    refused = condition(
        "无正当理由累计{n}次拒不接受介绍的工作或者培训",
        (Benefit.refusals >= 1) & (Benefit.refusals >= P.stop_refusals),
        en="refused suitable work or training {n} times in all without good reason",
        cites=_cites("累计3次拒不接受人民政府指定部门或者机构介绍的适当工作或者提供培训的"),
        n=P.stop_refusals,
    )
    # The statute's list is closed; the regulation beside it adds prison and other laws.
    other_law = condition(
        "法律、行政法规规定的其他情形",
        Benefit.other_stop,
        en="stopped by another law",
        cites={
            "law_2011": REGULATION,
            "law_2026": cite("shanghai-2026-18", 10, "有法律、行政法规规定的其他情形的"),
        },
    )

    to_be_stopped = (
        running
        & not_yet_stopped
        & (
            employed_again
            | flexible_work_again
            | enlisted
            | moved_abroad
            | pension_drawn
            | refused
            | other_law
        )
    )
    law_2011 = law(
        STATUTE,
        eligible=to_be_stopped,
        label="拒绝几次停领，法律未写",
        en="how many refusals end it is not in the law",
    )
    law_2026 = law(
        CITY, eligible=to_be_stopped, label="累计3次拒绝停领", en="3 refusals in all end it"
    )
