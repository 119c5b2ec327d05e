"""The clause that asks for something: not the condition, the purpose or the subject before it."""

import pytest

from wenye.policy.citing.bare_text import bare
from wenye.policy.scaffolding.commands import command_at, task_at
from wenye.policy.scaffolding.wording import granted_at, phrase_at


def phrase(text: str) -> str | None:
    at = command_at(text)
    return None if at is None else phrase_at(text, at, 1, bare(text))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("发放后查明不符合条件的，已发放的补贴应当退回。", "已发放的补贴应当退回"),
        (
            "虚报、冒领补贴的，责令退回，处一万元以上五万元以下罚款。",
            "责令退回",
        ),
        ("情节严重的，处一万元以上五万元以下罚款。", "处一万元以上五万元以下罚款"),
        ("申请补贴的，应当提交下列材料：", "应当提交下列材料"),
        ("骗取补贴的，追回资金，三年内不再受理其申请。", "追回资金"),
        ("对工作不力的，予以通报。", "予以通报"),
        ("2026年12月31日以后的补贴标准，由示例区另行公布。", "由示例区另行公布"),
        ("单位招用失业人员，并签订合同的，每招用一人，给予补贴800元。", "给予补贴800元"),
        ("各乡镇要在3月31日前完成登记，登记率不低于95%。", "各乡镇要在3月31日前完成登记"),
        ("按照第八条规定的程序拨付，应当在10日内完成。", "应当在10日内完成"),
        ("每期培训不少于56个课时，分上下午进行。", "每期培训不少于56个课时"),
        ("对每名失业人员建立一人一档，更新间隔不超过30日。", "对每名失业人员建立一人一档"),
        ("为了鼓励创业，各街镇应当每年举办大赛。", "各街镇应当每年举办大赛"),
        ("情节严重的，依照《就业法》第六条的规定处理。", "依照《就业法》第六条的规定处理"),
        ("1.落实降费政策，预计减负3亿元。", "落实降费政策"),
        ("市、区两级财政按6:4的比例分担。", "市、区两级财政按6:4的比例分担"),
        ("劳务派遣公司不享受本条补贴。", "劳务派遣公司不享受本条补贴"),
    ],
)
def test_the_clause_with_the_command(text: str, command: str) -> None:
    assert phrase(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "为了演示怎样把一份文件变成可以计算的规则，示例区编写本办法。",
        "本办法所称“满”“以上”包括本数，“不超过”包括本数。",
        "按月计算期间的，到期月份没有对应日期的，以该月最后一日为届满日。",
        "本办法所称贷款，是指由银行发放、财政给予贴息的贷款。",
        "本办法适用于由财政资金补贴的岗位。",
        "责任单位：市人力资源社会保障局",
        "《关于做好职业培训补贴工作的通知》（某人社发〔2019〕12号）",
        "（一）补贴申请表；",
        "登记失业的时间算到就业之日。",
    ],
)
def test_purposes_definitions_and_counting_ask_for_nothing(text: str) -> None:
    assert phrase(text) is None
    assert granted_at(text) is None


def test_a_task_is_what_is_left_without_its_purpose_and_condition() -> None:
    text = "围绕搭建平台，对困难毕业生的，一人一策。"
    assert text[task_at(text) :] == "一人一策。"


def test_a_long_clause_is_cut_before_its_bracket_and_at_its_end() -> None:
    text = "政策性岗位招录规模不低于2023年（市委组织部、市人力资源社会保障局、市国资委负责）；"
    assert phrase(text) == "政策性岗位招录规模不低于2023年"
