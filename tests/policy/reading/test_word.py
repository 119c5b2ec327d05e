import docx
import pytest
from tests.policy.reading.word_files import Lists, W, archive, membership, paragraph, saved, word

from wenye.policy.errors import PolicyError
from wenye.policy.reading.files import text_of_bytes

OFFICIAL = [
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
]


def text(raw: bytes) -> str:
    return text_of_bytes(raw, "通知.docx")


def lines(lists: Lists) -> list[str]:
    return text(lists.saved()).split("\n")


def test_paragraphs_and_tables_come_in_printed_order() -> None:
    document = docx.Document()
    document.add_paragraph("关于补贴标准的通知")
    table = document.add_table(2, 2)
    for at, cell in enumerate(["项目", "标准", "社保补贴", "百分之五十\n至多三年"]):
        table.cell(at // 2, at % 2).text = cell
    document.add_paragraph("特此通知。")
    assert text(saved(document)).split("\n") == [
        "关于补贴标准的通知",
        "项目\t标准",
        "社保补贴\t百分之五十 至多三年",
        "特此通知。",
    ]


def test_a_document_inside_one_cell_keeps_its_paragraphs() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "一、支持企业\n二、支持个人"
    assert text(saved(document)) == "一、支持企业\n二、支持个人"


def test_soft_breaks_tabs_and_page_breaks() -> None:
    document = docx.Document()
    document.add_paragraph("附件\t一\n续行")
    document.add_page_break()
    document.add_paragraph("第二页")
    assert text(saved(document)) == "附件\t一\n续行\n\f\n第二页"


def test_levels_number_themselves_and_begin_anew() -> None:
    lists = Lists()
    lists.define(7, OFFICIAL)
    lists.add("前言")
    for words, level in [
        ("支持企业", 0),
        ("减轻负担", 1),
        ("5万元以下", 2),
        ("甲", 3),
        ("乙", 3),
        ("扩大岗位", 1),
        ("支持个人", 0),
        ("提供培训", 1),
    ]:
        lists.add(words, 7, level)
    assert lines(lists) == [
        "前言",
        "一、支持企业",
        "（一）减轻负担",
        "1. 5万元以下",  # and not 1.5万元
        "①甲",
        "②乙",
        "（二）扩大岗位",
        "二、支持个人",
        "（一）提供培训",
    ]


def test_articles_are_set_off_from_their_text() -> None:
    lists = Lists()
    lists.define(7, [("chineseCountingThousand", "第%1条")])
    for _ in range(21):
        lists.add("为了就业", 7)
    found = lines(lists)
    assert [found[0], found[9], found[10], found[19], found[20]] == [
        "第一条 为了就业",
        "第十条 为了就业",
        "第十一条 为了就业",
        "第二十条 为了就业",
        "第二十一条 为了就业",
    ]


@pytest.mark.parametrize(
    ("form", "start", "printed"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("japaneseCounting", 20, "二十"),
        ("taiwaneseCountingThousand", 35, "三十五"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 3, "寅"),
        ("ideographEnclosedCircle", 3, "㊂"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 4, "iv"),
        ("none", 4, ""),
        ("unheardOf", 4, "4"),
        ("upperRoman", 99_999_999, "99999999"),
        ("lowerLetter", 99_999_999, "99999999"),
    ],
)
def test_number_formats(form: str, start: int, printed: str) -> None:
    lists = Lists()
    lists.define(7, [(form, "%1、")])
    begins = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    lists.list(8, 7, begins)
    lists.add("条", 8)
    assert lines(lists) == [f"{printed}、条"]


def test_lists_over_one_numbering_are_counted_on_unless_told_to_begin_anew() -> None:
    lists = Lists()
    lists.define(7, [("decimal", "%1、")])
    lists.list(8, 7)
    lists.list(9, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for name in (7, 8, 9, 9, 8):
        lists.add("条", name)
    assert lines(lists) == ["1、条", "2、条", "1、条", "2、条", "3、条"]


def test_a_number_of_several_levels() -> None:
    lists = Lists()
    levels = [("upperRoman", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]
    lists.define(7, levels, {2: "<w:isLgl/>"})
    for level in (0, 1, 2, 2, 1, 2):
        lists.add("条", 7, level)
    assert lines(lists) == ["I.条", "I.1 条", "1.1.1 条", "1.1.2 条", "I.2 条", "1.2.1 条"]


def test_a_level_that_runs_through() -> None:
    lists = Lists()
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")]
    lists.define(7, levels, {1: '<w:lvlRestart w:val="0"/>'})
    for level in (0, 1, 1, 0, 1):
        lists.add("条", 7, level)
    assert lines(lists) == ["一、条", "（一）条", "（二）条", "二、条", "（三）条"]


def test_styles_number_their_paragraphs() -> None:
    lists = Lists()
    chapter, part = lists.style("章", 7), lists.style("节", 7)
    linked = {0: f'<w:pStyle w:val="{chapter}"/>', 1: f'<w:pStyle w:val="{part}"/>'}
    lists.define(7, [("chineseCounting", "第%1章"), ("chineseCounting", "第%2节")], linked)
    for style in ("章", "节", "节", "章", "节"):
        lists.document.add_paragraph("就业", style=style)
    assert lines(lists) == [
        "第一章 就业",
        "第一节 就业",
        "第二节 就业",
        "第二章 就业",
        "第一节 就业",
    ]


def test_a_paragraph_may_leave_its_styles_list() -> None:
    lists = Lists()
    lists.define(7, [("decimal", "%1、")])
    lists.style("条", 7, 0)
    lists.document.add_paragraph("编号", style="条")
    outside = lists.document.add_paragraph("不编号", style="条")
    outside._p.get_or_add_pPr().append(membership(0, 0))
    lists.document.add_paragraph("编号", style="条")
    assert lines(lists) == ["1、编号", "不编号", "2、编号"]


def test_bullets_are_no_numbers() -> None:
    lists = Lists()
    lists.define(7, [("bullet", "\uf0b7")])
    lists.add("要点", 7)
    assert lines(lists) == ["要点"]


def test_tracked_changes_are_read_as_accepted() -> None:
    raw = word(
        '<w:p><w:r><w:t xml:space="preserve">补贴</w:t></w:r>'
        "<w:del><w:r><w:delText>一千</w:delText><w:t>一千</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>二千</w:t></w:r></w:ins><w:r><w:t>元</w:t></w:r></w:p>"
        + paragraph("不再", "<w:rPr><w:del/></w:rPr>")
        + paragraph("分段")
    )
    assert text(raw) == "补贴二千元\n不再分段"


def test_notes_field_codes_and_hidden_text_are_left_out() -> None:
    raw = word(
        "<w:p><w:r><w:t>正文</w:t><w:footnoteReference/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r></w:p>'
    )
    assert text(raw) == "正文显示"


def test_links_and_content_controls_are_text() -> None:
    raw = word(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('标题')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>见</w:t></w:r></w:hyperlink>"
        "<w:smartTag><w:r><w:t>附件</w:t></w:r></w:smartTag></w:p>"
    )
    assert text(raw) == "标题\n见附件"


def test_a_text_box_is_read_once_though_it_is_stored_twice() -> None:
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('文号')}</w:txbxContent>"
    raw = word(
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>",
        f'{W} xmlns:mc="{markup}"',
    )
    assert text(raw) == "前后\n文号"


def test_a_section_begins_a_page_unless_it_is_continuous() -> None:
    raw = word(
        paragraph("一", "<w:sectPr/>")
        + paragraph("二", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>')
        + paragraph("三", "<w:pageBreakBefore/>")
    )
    assert text(raw) == "一\n\f\n二\n\f三"


def test_the_strict_form_is_read_too() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert text(word(paragraph("正文"), strict)) == "正文"


def test_a_part_that_declares_entities_is_refused() -> None:
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    for entity in ('"文"', 'SYSTEM "file:///etc/hostname"', 'SYSTEM "http://localhost/x"'):
        declared = f"<!DOCTYPE w:document [<!ENTITY x {entity}>]>{body}"
        with pytest.raises(PolicyError, match="已损坏"):
            text(archive(word__document_xml=declared))


def test_more_than_a_document_holds_is_refused() -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    for content in (
        word(f"<w:p><w:r><w:t>{'0' * 60_000_000}</w:t></w:r></w:p>"),
        word("<w:p/>" * 2_000_100),
        word(deep),
    ):
        assert len(content) < 1_000_000
        with pytest.raises(PolicyError, match="解压后过大"):
            text(content)


def test_numbers_that_swell_a_small_file_are_refused() -> None:
    lists = Lists()
    lists.define(7, [("decimal", "号" * 5000)])
    lists.add("条", 7)
    assert len(text(lists.saved())) < 100


def test_pictures_alone_are_no_text() -> None:
    with pytest.raises(PolicyError, match="只有图片") as refusal:
        text(word("<w:p><w:r><w:drawing/></w:r></w:p>"))
    assert "OCR" in refusal.value.mend


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("xl__workbook_xml", "工作簿"),
        ("ppt__presentation_xml", "演示文稿"),
        ("OFD_xml", "OFD"),
        ("content_xml", "OpenDocument"),
        ("readme_txt", "压缩包"),
    ],
)
def test_another_archive_is_told_for_what_it_is(entry: str, kind: str) -> None:
    with pytest.raises(PolicyError, match=kind) as refusal:
        text(archive(**{entry: "<x/>"}))
    assert refusal.value.where == "通知.docx"
    assert refusal.value.mend


def test_a_damaged_list_of_numbers_is_not_passed_over() -> None:
    body = f"<w:document {W}><w:body>{paragraph('正文')}</w:body></w:document>"
    with pytest.raises(PolicyError, match="已损坏"):
        text(archive(word__document_xml=body, word__numbering_xml="<w:numbering"))
