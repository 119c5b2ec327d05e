"""Words of the page that a document was copied from: labels of its data, and its foot."""

from __future__ import annotations

import re

#: A label of the data that pages print above a document, in a plain, tight text.
LABEL = re.compile(
    r"(?:发?文字号|文号|发文号|文件编号|索引号?|标题|名称|信息名称|公文名称|发布机构|发文机关|主题分类|成文日期|成文时间"
    r"|发布日期|发布时间|有效性|时效|体裁|关键词|主题词|来源|信息来源|责任编辑|浏览次数|字号|字体|生成日期|公开日期|公开范围"
    r"|公开方式|文号)\s*:?"
)
#: How the lines begin that follow a document on its page.
FOOT = re.compile(
    r"(?:抄送|抄报|主送|主题词|公开属性|公开方式|信息公开选项|分享到|分享:|打印|【?打印|关闭窗口|\[?关闭|扫一扫|用微信|微信扫|附件下载"
    r"|相关(?:稿件|附件|文件|链接|解读|信息|阅读|新闻|文章)|上一[篇条]|下一[篇条]|版权所有|主办单位?|承办|政策性文件留言|责任编辑|浏览次数|网站地图"
    r"|ICP|.{0,6}ICP备|联系我们|返回顶部|纠错|收藏本页|解读[:》]|政策解读|政策问答|图解|\(注:|技术支持|网站标识码|政府网站)"
)
