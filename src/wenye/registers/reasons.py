"""Why a row is rejected, and what its sender is to do: one entry for every fault and warning."""

from __future__ import annotations

from typing import Final

#: fault → (reason, what to do), in Chinese first: both are printed in the rejected workbook.
REASONS: Final[dict[str, tuple[str, str]]] = {
    "not_a_day": ("不是日期", "写成 2020-08-03 这样的日期"),
    "impossible_day": ("没有这一天", "核对年、月、日；该年该月没有这一天"),
    "day_missing": ("只有年月，缺少日", "补全到日，写成 2020-08-03"),
    "not_a_month": ("不是月份", "写成 2020-08 这样的月份"),
    "impossible_month": ("没有这个月份", "月份只能是 01 至 12"),
    "ambiguous_month": ("分不清是1月还是10月", "写成 2020-01 或 2020-10（把该列设为文本格式）"),
    "not_a_truth": ("不是“是”或“否”", "填“是”或“否”；不知道就留空"),
    "unknown_choice": ("不在可选项之中", "按数据字典填写可选项的名称；不知道就留空"),
    "not_a_number": ("不是整数", "填整数，不带文字和小数"),
    "negative": ("不能小于0", "核对后填0或更大的数"),
    "too_large": ("数值过大", "核对位数和单位"),
    "not_an_amount": ("不是金额", "以元为单位填数字，例如 1234.50"),
    "too_fine": ("金额的小数超过两位", "精确到分，最多两位小数"),
    "cannot_be_absent": ("此项不能填“无”", "填写实际情况；不知道就留空"),
    "required": ("缺少必填内容", "补填后重新报送"),
    "required_when": ("必填：起止日期", "补填日期或月份后重新报送；不知道起止的行不能读入"),
    "lost_digits": (
        "长号码已变成科学计数法或丢失末几位",
        "把该列设为文本格式后重新导出，不要手工补数字",
    ),
    "formula": ("单元格是公式，其显示值不可信", "复制后“选择性粘贴—数值”，再重新报送"),
    "error_value": ("单元格是错误值（#N/A 等）", "改成实际内容；不知道就留空"),
    "cells_too_many": ("该行的列数多于表头", "检查分隔符和引号，文字中的分隔符要加引号"),
    "cells_too_few": ("该行的列数少于表头", "文件可能被截断：重新导出"),
    "bad_number": ("证件号码的位数或校验码不对", "按证件核对18位号码，末位可能是X"),
    "bad_credit_code": ("统一社会信用代码的位数或校验码不对", "按营业执照核对18位代码"),
    "bad_birth_in_number": ("证件号码里的出生日期不存在", "按证件核对号码"),
    "unknown_person": ("人员登记册中没有此人", "先在人员登记册中报送此人，或核对证件号码"),
    "unknown_employer": (
        "用人单位登记册中没有此单位",
        "先在用人单位登记册中报送此单位，或核对统一社会信用代码",
    ),
    "rejected_person": ("此人在人员登记册中的行已退回", "先改正人员登记册中的那一行，再一并报送"),
    "rejected_employer": (
        "此单位在用人单位登记册中的行已退回",
        "先改正用人单位登记册中的那一行，再一并报送",
    ),
    "register_missing": ("所引用的登记册没有报送", "把该登记册放进同一文件夹一并报送"),
    "nobody": ("人员和用人单位都没有填", "至少填一个"),
    "too_early": ("早于1900年", "核对年份"),
    "too_late": ("晚于允许的最晚日期", "核对年份；开始类日期不得晚于完整日期后一年，结束类十年"),
    "ends_before_start": ("结束早于开始", "核对开始和结束的先后"),
    "duplicate": ("与前面一行完全相同", "保留第一行即可，本行不必再报"),
    "superseded": (
        "同一号码有内容不同的多行，以最后一行为准",
        "确认最后一行是对的；不对则改那一行",
    ),
    "overlap": ("与同一人（或同一单位）更早开始的一段时间重叠", "核对两段的起止，改正后重新报送"),
}

#: warning → text; counted, never a reason to reject.
WARNINGS: Final[dict[str, str]] = {
    "old_number": "15位旧证件号码，已按规定换算成18位",
    "other_document": "非居民身份证件（护照、永久居留证等），没有可核对的校验码",
    "old_code": "9位旧组织机构代码",
    "place_unassigned": "证件号码前两位不是现行省级代码",
    "birth_conflict": "出生日期与证件号码不一致，以所报为准",
    "sex_conflict": "性别与证件号码不一致，以所报为准",
    "bare_ordinal": "可选项只写了序号，按数据字典的次序读入",
    "unknown_code": "代码不在本区名录中，照原样读入",
    "unknown_column": "不认识的列，未读入",
    "missing_column": "没有这一列，全部记为未知",
    "unread_sheet": "不认识的工作表，未读入",
    "unread_file": "不是登记册文件，未读入",
    "unread_folder": "文件夹里的文件不读入，请移到上一层",
    "notes_skipped": "表格下方的说明行，未作为数据读入",
    "no_complete_date": "没有完整日期：没有行只表示未知，不表示没有",
    "complete_date_unused": "有完整日期，但没有报送登记册",
    "shared_day": "一段的最后一天就是下一段的第一天，照收",
}
