"""Words of the page that a document was copied from: labels of its data, and its foot."""

from __future__ import annotations

import re

_DATA = (
    "发?文字号|文号|发文号|文件编号|索引号?|标题|名称|信息名称|公文名称|发布机构|发文机关|主题分类|成文日期|成文时间|发布日期"
    "|发布时间|有效性|时效|体裁|关键词|主题词|来源|信息来源|责任编辑|浏览次数|字号|字体|生成日期|公开日期|公开范围|公开方式"
)
#: A label of the data that pages print above a document, in a plain, tight text. A word of these
#: that begins a sentence is none.
LABEL = re.compile(rf"(?:{_DATA})(?::|$|{_DATA}|\d|[\u4e00-\u9fff]{{1,10}}[\[(](?:19|20)\d\d)")

#: How lines begin that stand below a document and can begin nothing of it.
_SURELY = re.compile(
    r"抄[送报]:|主送:|\(注:1|分享到|分享:|用微信|微信扫|扫一扫|版权所有|.{0,6}ICP备|网站标识码|网站地图|政策性文件留言|打印本页"
    r"|关闭窗口|返回顶部"
)
#: Words that a line of a page's foot begins with, and a line of a text may begin with too.
_PERHAPS = re.compile(
    r"抄[送报]|主送|主题词|公开属性|信息公开选项|【?打印|\[?关闭|附件下载|相关(?:稿件|附件|文件|链接|解读|信息|阅读|新闻|文章)"
    r"|上一[篇条]|下一[篇条]|主办|承办|责任编辑|浏览次数|联系我们|纠错|收藏|解读|政策解读|政策问答|图解|技术支持|政府网站"
)


def is_foot(form: str) -> bool:
    """Whether a plain, tight line belongs to the foot of the page, and to no text."""
    if _SURELY.match(form):
        return True
    # A line of a sentence goes on, or ends in a stop; a line of a page's foot is a few words.
    return _PERHAPS.match(form) is not None and len(form) <= 24 and not re.search("[。,;、]", form)
