"""A small district with a register: one sentence of every kind."""

from __future__ import annotations

from typing import Any

from wenye.policy.district import District

TEXT = """试验区促进就业意见
试〔2024〕1号
为促进就业，制定本意见。
一、就业
（一）支持灵活就业。对灵活就业人员，每月给予补贴300元。鼓励平台企业放宽条件。由街道每月至少走访1次。
落实市里的培训政策，开展技能大赛。（区人力资源社会保障局牵头负责）
（二）加强宣传。营造良好氛围。加强舆论引导，选树典型。<b>新加的一句</b>没有人管。（区融媒体中心负责）
本意见自2024年1月1日起施行。
"""
MEASURES = """
kinds:
  subsidy: {label: 补贴, label_en: subsidy}
  other: {label: 其他, label_en: other}
registers:
  - document: trial-1
    articles:
      一:
        title: 支持灵活就业
        departments: [区人力资源社会保障局]
        wording: 牵头负责
        lead: 区人力资源社会保障局
        measures:
          - id: T1-01.1
            label: 每月发补贴
            label_en: a monthly support
            kind: subsidy
            phrases: [每月给予补贴]
            progress: carried
            carried_by: {scheme: [support]}
          - id: T1-01.2
            label: 请平台放宽条件
            label_en: ask platforms to open up
            kind: other
            phrases: [平台企业放宽条件]
            progress: not_yet
            reason: 待设<清单>
            reason_en: a list is to come
          - id: T1-01.3
            label: 每月走访
            label_en: monthly visits
            kind: other
            phrases: [每月至少走访1次]
            progress: not_yet
            carried_by: {duty: [visits]}
            reason: 责任已列，走访记录待建
            reason_en: the duty is there, its record is not
          - id: T1-01.4
            label: 落实培训政策
            label_en: carry out the training policies
            kind: other
            phrases: [市里的培训政策]
            progress: not_yet
            reason: 待查市里的文件
            reason_en: the city's document is to be found
      二:
        title: 加强宣传
        departments: [区融媒体中心]
        wording: 负责
        sole: true
        measures:
          - id: T1-02.1
            label: 营造氛围
            label_en: a good climate
            kind: other
            phrases: [营造良好氛围]
            progress: not_computable
            reason: 没有可以记录的行为
            reason_en: there is no act to record
          - id: T1-02.2
            label: 选树典型
            label_en: examples
            kind: other
            phrases: [加强宣传, 选树典型]
            progress: not_yet
            reason: 待设清单
            reason_en: a list is to come
"""
DUTIES = """
duties:
  - id: visits
    label: 每月走访灵活就业人员
    label_en: visit flexible workers every month
    document: trial-1
    article: 一
    quotes: [每月至少走访1次]
    owner: [街道]
    owed_to: 灵活就业人员
    owed_to_en: flexible workers
    clock: {every: {calendar_month: 1, of: 登记, of_en: registration}}
    fulfilled_by: 一次走访记录
    fulfilled_by_en: a visit on record
"""


def registered(folder: Any, text: str = TEXT, *, own: bool = True) -> District:
    """The trial district with a register, duties and, in its own folder, the text."""
    folder.write("notice.md", text)
    folder.write("measures.yaml", MEASURES)
    folder.write("duties.yaml", DUTIES)
    folder.write(
        "organisation.yaml",
        'units: [{code: "990101001", name: 甲街道, kind: street}]\n'
        "departments: [{name: 区人力资源社会保障局}, {name: 区融媒体中心}]\n",
    )
    folder.change("district.yaml", "last_article: 9", 'last_article: 9\n    article_form: "（{}）"')
    folder.change("parameters/support.yaml", "article: 三", "article: 一")
    folder.change("schemes/support.py", 'cite("trial-1", 3)', 'cite("trial-1", 1)')
    if not own:
        folder.change("district.yaml", "    text: notice.md\n", "")
    district: District = folder.load()
    return district
