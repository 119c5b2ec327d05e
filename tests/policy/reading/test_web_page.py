import pytest

from wenye.policy.reading.files import text_of_bytes
from wenye.policy.reading.web_page import is_web_page

PAGE = """<!DOCTYPE html>
<html><head><meta charset="gb2312"><title>标题栏</title>
<style>p { color: red }</style></head>
<body onload="if (1 > 0) go()">
<script>document.write("<p>脚本</p>")</script><!-- 注释 <p>无</p> -->
<div class='nav'><a href="/">首页</a> &gt; 政策</div>
<h1>关于补贴的
    通知</h1>
<p>　　一、每人&nbsp;2000&#20803;，<b>一次性</b>。<br>二、限期&lt;一年&gt;。</p>
<table><tr><th>项目</th><th>标准</th></tr>
<tr><td><p>社保补贴</p></td><td><p>50%</p></td></tr></table>
<ul><li>甲<li>乙</ul>
</body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_is_read_block_by_block(encoding: str) -> None:
    assert text_of_bytes(PAGE.encode(encoding), "通知.txt").split("\n") == [
        "首页 > 政策",
        "关于补贴的通知",
        "　　一、每人 2000元，一次性。",
        "二、限期<一年>。",
        "项目\t标准",
        "社保补贴\t50%",
        "甲",
        "乙",
    ]


def test_what_is_set_as_it_stands_keeps_its_lines() -> None:
    assert text_of_bytes("<html><pre>一、\n二、</pre>".encode(), "x") == "一、\n二、"


def test_a_page_laid_out_in_a_table_keeps_its_title_apart() -> None:
    page = "<table><tr><td>导航</td><td><h1>通知</h1><div>正文</div></td></tr></table>"
    assert text_of_bytes(page.encode(), "x") == "导航\n通知\n正文"


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<select>", "<head>"])
def test_what_never_ends_hides_nothing(opening: str) -> None:
    assert text_of_bytes(f"<html><body>{opening}正文".encode(), "x") == "正文"


@pytest.mark.parametrize("text", ["一、<b>加粗</b>", "a < b", "<通知>", "关于<p>", "<pre"])
def test_text_that_mentions_tags_is_no_page(text: str) -> None:
    assert not is_web_page(text)
    assert text_of_bytes(text.encode(), "x") == text
