"""Chinese names by rule, and what must not be taken for one."""

import pytest

from pipeline.match.candidates import settle
from pipeline.match.rules_zh import chinese_names
from pipeline.normal import normalise
from pipeline.segment.words import Segmenter

_PLAIN = Segmenter()


def _names(text: str) -> list[tuple[str, str]]:
    text = normalise(text).text
    return [(text[c.start : c.end], c.type) for c in settle(chinese_names(text, _PLAIN.segment(text)))]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("印发《宁波市智能制造实施意见》的通知", [("宁波市智能制造实施意见", "plan")]),
        ("《杭州市测试场地管理办法（试行）》", [("杭州市测试场地管理办法", "plan")]),
        ("《科技日报》报道", [("科技日报", "publication")]),
        ("与浙江砺森机器人有限公司签约", [("浙江砺森机器人有限公司", "company")]),
        ("由良马传动（宁波）股份有限公司承办", [("良马传动(宁波)股份有限公司", "company")]),
        ("中标人：云澈科技有限公司", [("云澈科技有限公司", "company")]),
        ("经嘉兴市人民政府同意", [("嘉兴市人民政府", "government")]),
        ("由浙江省人民政府办公厅印发", [("浙江省人民政府办公厅", "government")]),
        ("会同绵江市人民政府实施", [("绵江市人民政府", "government")]),
        ("浙江省嘉兴市嘉善县人民法院", [("浙江省嘉兴市嘉善县人民法院", "government")]),
        ("上海市第十届人民代表大会常务委员会通过", [("上海市第十届人民代表大会常务委员会", "government")]),
        ("报国务院财政主管部门", [("国务院", "government")]),
        ("实施“城市大脑跃升工程”", [("城市大脑跃升工程", "plan")]),
        ("落实“东数西算”工程", [('"东数西算"工程', "plan")]),
        ("签订“安全生产”行动计划书", []),
        ("第一名：第二名禾江科技有限公司", [("禾江科技有限公司", "company")]),
        ("审计机构为禾江会计师事务所（特殊普通合伙）", [("禾江会计师事务所(特殊普通合伙)", "company")]),
        ("涪城经济技术开发区、游仙高新技术产业园区", [("涪城经济技术开发区", "place"), ("游仙高新技术产业园区", "place")]),
    ],
)  # fmt: skip
def test_names(text: str, want: list[tuple[str, str]]) -> None:
    assert _names(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "各省人民政府", "有关公司和企业", "该有限公司", "人工智能浪潮", "本市人民政府", "《》", "子公司与分公司",
        "一家股份有限公司", "成立有限公司", "市县人民政府", "县级以上人民政府", "地级以上市人民政府", "享受市人民政府的政策",
        "计划单列市人民政府", "另行规定由省人民政府公布", "市十二届人大常委会", "支持国家级经济技术开发区",
    ],
)  # fmt: skip
def test_look_alikes(text: str) -> None:
    assert _names(text) == []


def test_a_name_after_a_list_mark_begins_after_it() -> None:
    assert _names("甲方、宁波秋鸣传感有限公司和万兴夹爪有限公司") == [
        ("宁波秋鸣传感有限公司", "company"), ("万兴夹爪有限公司", "company"),
    ]  # fmt: skip
