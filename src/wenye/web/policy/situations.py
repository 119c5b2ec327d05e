"""What somebody may be in, in their own words: each situation is a row that schemes judge."""

from __future__ import annotations

from dataclasses import dataclass

from wenye.rules.case_input import entity_name
from wenye.services.decisions.telling import row_place, subject_entities

#: By who asks and kind of row: the situation, the same in English, and one row of it.
_WORDS: dict[tuple[str, str], tuple[str, str, str, str]] = {
    ("person", "employment"): (
        "在单位上班，或者上过班",
        "I work or worked for an employer",
        "这段就业",
        "this job",
    ),
    ("person", "unemployment"): (
        "办过失业登记",
        "I was registered as unemployed",
        "这次失业登记",
        "this registration",
    ),
    ("person", "benefit"): (
        "在领或领过失业保险金",
        "I draw or drew unemployment benefit",
        "这次失业保险金",
        "this benefit",
    ),
    ("person", "certification"): (
        "被认定为就业困难人员",
        "I am certified hard to employ",
        "这次认定",
        "this certification",
    ),
    ("person", "graduation"): (
        "学校毕业（填最近一次）",
        "I graduated",
        "这次毕业",
        "this graduation",
    ),
    ("person", "business"): (
        "自己创办了企业或个体户",
        "I founded a business",
        "我的创业组织",
        "my business",
    ),
    ("person", "loan"): (
        "想贷或贷过创业担保贷款",
        "I want or have a start-up loan",
        "这笔贷款",
        "this loan",
    ),
    ("person", "training"): (
        "参加职业培训",
        "I take part in training",
        "这次培训",
        "this training",
    ),
    ("person", "voucher"): (
        "领了电子培训券",
        "I have a training voucher",
        "这张培训券",
        "this voucher",
    ),
    ("person", "internship"): (
        "在见习，或见习过",
        "I am or was an intern",
        "这次见习",
        "this internship",
    ),
    ("person", "public_post"): (
        "在公益性岗位上",
        "I have a public-welfare post",
        "这个岗位",
        "this post",
    ),
    ("person", "referral"): (
        "公共就业服务机构委托中介帮我找工作",
        "an intermediary was entrusted with finding me work",
        "这次委托",
        "this referral",
    ),
    ("person", "termination"): (
        "单位要解除合同，或者已经解除",
        "my contract is being or was ended",
        "这次解除",
        "this termination",
    ),
    ("person", "assistance"): (
        "在享受低保等社会救助",
        "I draw social assistance",
        "这项救助",
        "this assistance",
    ),
    ("person", "household"): (
        "家庭生活困难",
        "my household is in difficulty",
        "家庭情况",
        "my household",
    ),
    ("employer", "employment"): (
        "新招用了人员",
        "we hired somebody",
        "招用的这个人",
        "the person hired",
    ),
    ("employer", "contribution_bill"): (
        "缴纳单位社会保险费",
        "we pay social insurance",
        "这笔社会保险费",
        "this bill",
    ),
    ("employer", "staffing_year"): (
        "给职工缴了失业保险",
        "we paid unemployment insurance",
        "这一年",
        "this year",
    ),
    ("employer", "vat_return"): ("申报增值税", "we file VAT", "这次申报", "this return"),
    ("employer", "layoff_plan"): ("打算裁员", "we plan dismissals", "裁员方案", "the plan"),
    ("employer", "termination"): (
        "打算与某个职工解除合同",
        "we mean to end a contract",
        "这名职工",
        "this worker",
    ),
    ("employer", "training"): (
        "组织职工培训",
        "we train our staff",
        "参加培训的这个人",
        "the trainee",
    ),
    ("employer", "internship"): ("招收见习人员", "we take interns", "这名见习人员", "the intern"),
    ("employer", "public_post"): (
        "提供公益性岗位",
        "we provide a public-welfare post",
        "这个岗位",
        "this post",
    ),
    ("employer", "referral"): (
        "是人力资源中介，受委托介绍就业",
        "we are an intermediary",
        "这次委托",
        "this referral",
    ),
    ("employer", "business"): (
        "新创办的企业或个体户",
        "we are newly founded",
        "本创业组织",
        "this business",
    ),
    ("employer", "loan"): (
        "想贷或贷过创业担保贷款",
        "we want or have a start-up loan",
        "这笔贷款",
        "this loan",
    ),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation to be chosen."""

    name: str
    label: str
    label_en: str
    row: str
    row_en: str


def situations(who: str) -> list[Situation]:
    """What may be chosen by a person or an employer, in the order of everyday life."""
    found = {}
    for entity in subject_entities(who):
        name = entity_name(entity)
        register = entity.register
        plain = (register.label, register.label_en, register.label, register.label_en)
        found[name] = Situation(name, *_WORDS.get((who, name), plain))
    order = [name for kind, name in _WORDS if kind == who]
    return sorted(
        found.values(), key=lambda each: order.index(each.name) if each.name in order else 99
    )


def begun(who: str, chosen: list[str]) -> dict[str, object]:
    """The case of somebody in the situations chosen: a row of each, and none of the others."""
    case: dict[str, dict[str, object]] = {"self": {}, "rows": {}}
    for entity in subject_entities(who):
        name = entity_name(entity)
        home, own = row_place(who, entity)
        if name in chosen:
            case[str(home)][str(own)] = [{}]
        elif home == "self":
            case["self"][str(own)] = []
    return dict(case)
