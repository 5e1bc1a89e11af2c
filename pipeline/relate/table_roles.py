"""What the columns of tables hold, by their headers in both languages."""

import re

from pipeline.normal import key
from pipeline.records import RelationType, Table

_HEADERS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "website": r"web ?site|\burl\b|home ?page|网址|官网|网站|主页",
        "post": r"position|\bpost\b|\btitle\b|\brole\b|职务|职位|职称|岗位|任职",
        "date": r"^year$|\bdate\b|日期|时间|年份",
        "lead": r"responsible|lead(?:ing)? (?:agency|unit|ministry|body)|implement|undertak|developer|牵头|责任单位|责任部门|承担单位|实施单位|建设单位|申报单位|依托单位|主办单位|承建|project company|sponsor",
        "issuer": r"issu(?:er|ed by|ing)|publish(?:er|ed by)|发布单位|发文|印发单位|制定机关|颁布",
        "parent": r"parent|\bowner\b|控股股东|母公司|实际控制人",
        "place": r"location|\bcity\b|province|headquarter|\bregion\b|\bplace\b|地区|所在地|城市|省份|地点|总部|注册地|位置",
        "plan": r"\bplans?\b|polic|\bproject\b|program|strateg|项目|规划|计划|政策|文件|法规",
        "product": r"\bproducts?\b|\bplatforms?\b|产品|平台名称",
        "technology": r"technolog|\bfields?\b|\bfocus\b|specialt|领域|技术|方向|主营",
        "member": r"\bmembers?\b|成员|会员",
        "group": r"\bgroup\b|committee|organi[sz]ation|affiliation|alliance|employer|所属单位|工作单位|机构|联盟",
        "name": r"\bnames?\b|compan|\bfirms?\b|universit|ministr|agenc|institution|\bschools?\b|person|名称|姓名|单位|企业|公司|机构|高校|院校|部门|人员",
    }.items()
}  # fmt: skip
CAPTIONS: tuple[tuple[RelationType, re.Pattern[str]], ...] = (
    ("member_of", re.compile(r"\b(?:members?|membership|composition|roster) (?:of|in)\b|成员(?:名单|单位)|组成人员|会员(?:名单|单位)", re.IGNORECASE)),
    ("subordinate_to", re.compile(r"\b(?:subordinate to|under|administered by|affiliated (?:with|to)|overseen by|reporting to|directly under)\b|直属|下属|所属|部属", re.IGNORECASE)),
    ("owns", re.compile(r"\b(?:subsidiaries of|owned by|acquired by|acquisitions (?:of|by)|portfolio of)\b|子公司|旗下|控股企业", re.IGNORECASE)),
    ("partner_of", re.compile(r"\b(?:partners of|partnering with|cooperating with)\b|合作(?:伙伴|单位|企业)", re.IGNORECASE)),
    ("implements", re.compile(r"\b(?:contributing to|participating in|selected for|involved in|responsible for|implementing)\b|承担单位|参与单位|入选|试点单位", re.IGNORECASE)),
)  # fmt: skip
"""What a caption says of every row."""


def column_roles(table: Table) -> dict[int, str]:
    """Return what each column holds, by its header: ``{0: "name", 1: "website"}``."""
    roles: dict[int, str] = {}
    for column, header in enumerate(table.header):
        for name, pattern in _HEADERS.items():
            if header.strip() and pattern.search(key(header)):
                roles[column] = name
                break
    return roles
