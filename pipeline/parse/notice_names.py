"""Names of issuing bodies as official documents print them: told from other lines, and split."""

import re

_SUFFIX = (
    r"(?:人民政府|政府|国务院|中共中央|党中央|中央军委|委员会|常委会|代表大会|办公厅|办公室|[^全本内]部|委|总?局|厅|署|院|[^大机社]会|银行|"
    r"社|中心|公司|集团|大学|学院|学校|党组|党委|市委|省委|区委|县委|管委会|指挥部|领导小组|联盟|研究所|总队|支队|司令部|协会|学会|联合会|办|行政区|馆)"
)
_BODY = re.compile(rf"[一-鿿（）()·“”\"0-9]{{1,60}}?{_SUFFIX}(?:[（(][^（）()]{{1,16}}[)）])?")
_NO_BODY = re.compile(r"的|关于|应当|按照|根据|附件|责任|如下|以下|抄送|联系|单位|^各|等$|会议$|大会$")
_OTHERS = re.compile(r"等\s*[一二三四五六七八九十\d]*\s*(?:个)?(?:部门|单位|委|部|局|机关|家)?(?:联合)?$")


def whole_body(text: str) -> bool:
    """Say whether a line is nothing but names of bodies."""
    parts = re.split(r"[\s　、，,]+", text.strip())
    return 2 <= len(text) <= 120 and all(_BODY.fullmatch(p) and not _NO_BODY.search(p) for p in parts if p)


def split_issuers(text: str) -> list[str]:
    """Return the bodies that a line, a label's value or a red head names, each once, as printed.

    Args:
        text: such as 国家发展改革委 科技部, or 工业和信息化部等八部门.
    """
    found: list[str] = []
    for part in re.split(r"[\s　、，,;；]+", _OTHERS.sub("", text.strip())):
        name = re.sub(r"[（(]?(?:章|印章|盖章|代章|公章)[)）]?$", "", _OTHERS.sub("", part)).strip("《》 ")
        if name and _BODY.fullmatch(name) and not _NO_BODY.search(name) and name not in found:
            found.append(name)
    return found


def title_issuers(title: str) -> list[str]:
    """Return the bodies that a title begins with: 国务院办公厅关于…的通知, 深圳市人民政府办公厅印发…."""
    match = re.match(r"(?P<who>[^《》。]{2,80}?)(?:关于|印发|转发|令|公告|通告)", title)
    return split_issuers(match["who"]) if match else []
