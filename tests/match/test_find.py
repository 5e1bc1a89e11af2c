"""Gazetteer names in running text: what is a name, and what only looks like one."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]

_MOST, _CAST, _AI = "government/most", "association/cast", "technology/ai"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The MOST funds it.", ["MOST=" + _MOST]),
        ("Most of it, and most people.", []),
        ("MOST OF THE MONEY COMES FROM CITIES", []),
        ("The CAST invited them.", ["CAST=" + _CAST]),
        ("The cast, and Cast iron.", []),
        ("MOST's budget", ["MOST=" + _MOST]),
        ("MOST’s budget", ["MOST=" + _MOST]),
        ("“MOST”", ["MOST=" + _MOST]),
        ("(MOST)", ["MOST=" + _MOST]),
        ("Ｍ Ｏ", []),
        ("ＭＯＳＴ的预算", ["ＭＯＳＴ=" + _MOST]),
        ("MOST-led", ["MOST=" + _MOST]),
        ("FOREMOST", []),
        ("AI-driven and AI-related", ["AI=" + _AI, "AI=" + _AI]),
        ("AIrelated work", ["AI=" + _AI]),
        ("AIM and SAID", []),
        ("AI技术", ["AI=" + _AI]),
        ("non-AI", ["AI=" + _AI]),
        ("Terminus of the line", []),
        ("the company Terminus (特斯联)", ["Terminus=company/terminus", "特斯联=company/terminus"]),
        ("Baidu, Terminus and others", ["Baidu=company/baidu", "Terminus=company/terminus"]),
        ("Terminus and Huawei", ["Terminus=company/terminus", "Huawei=company/huawei"]),
        ("MOST and Terminus", ["MOST=" + _MOST]),
    ],
)
def test_case_and_context(find: Find, text: str, want: list[str]) -> None:
    assert find(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("人工智能浪潮带来机遇", ["人工智能=" + _AI]),
        ("技术创新的浪潮", []),
        ("浪潮公司发布服务器", ["浪潮=company/inspur"]),
        ("浪潮集团发布服务器", ["浪潮=company/inspur"]),
        ("会议在北京东路举行", []),
        ("京东方的工厂", ["京东方=company/boe"]),
        ("京东与京东方", ["京东=company/jd", "京东方=company/boe"]),
        ("用户在京东购物", ["京东=company/jd"]),
        ("根据百度百科的词条", []),
        ("百度发布了新系统", ["百度=company/baidu"]),
        ("华为技术有限公司", ["华为技术有限公司=company/huawei"]),
        ("华为的芯片", ["华为=company/huawei"]),
        ("中华为人民", []),
        ("國務院和科學技術部", ["國務院=government/state-council", "科學技術部=" + _MOST]),
        ("臺灣與台灣與台湾", ["臺灣=place/taiwan", "台灣=place/taiwan", "台湾=place/taiwan"]),
        ("刘　鹤出席", ["刘　鹤=person/liu-he"]),
        ("科 技 部", ["科 技 部=" + _MOST]),
        ("中国制造２０２５", ["中国制造２０２５=plan/mic2025"]),
        ("科技部部长", ["科技部=" + _MOST]),
        ("《中国制造2025》", ["中国制造2025=plan/mic2025"]),
    ],
)
def test_chinese(find: Find, text: str, want: list[str]) -> None:
    assert find(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Video++ came.", ["Video++=company/video"]),
        (
            "Video++, Geek+ and Pony.ai.",
            ["Video++=company/video", "Geek+=company/geek", "Pony.ai=company/pony"],
        ),
        ("Pony.ai's cars", ["Pony.ai=company/pony"]),
        ("a geek, a pony and a video", []),
        ("4Paradigm and 14Paradigm", ["4Paradigm=company/fourth-paradigm"]),
        ("visit www.pony.ai/cars or info@pony.ai", []),
        ("Alibaba.com is a site", []),
        ("Huawei Technologies Co. Ltd is large.", ["Huawei Technologies Co. Ltd=company/huawei"]),
        ("Huawei Technologies Co., Ltd. is large.", ["Huawei Technologies Co., Ltd.=company/huawei"]),
        ("Johnson and Johnson Robotics", ["Johnson and Johnson Robotics=company/byd-electronic"]),
        (
            "U.S. exports to the US and the USA",
            ["U.S.=place/united-states", "US=place/united-states", "USA=place/united-states"],
        ),
        ("tell us more", []),
        (
            "the U.S. Department of Commerce",
            ["U.S. Department of Commerce=government/us-department-of-commerce"],
        ),
        ("the US Department of Commerce", ["US Department of Commerce=government/us-department-of-commerce"]),
        (
            "Industrial robots and industrial robot",
            ["Industrial robots=technology/industrial-robot", "industrial robot=technology/industrial-robot"],
        ),
        ("MINISTRY OF SCIENCE AND TECHNOLOGY", ["MINISTRY OF SCIENCE AND TECHNOLOGY=" + _MOST]),
        ("the ministry of science and technology", []),
        ("Ministry of Science & Technology", ["Ministry of Science & Technology=" + _MOST]),
        (
            "The plan was drafted in the spring of the year by the Ministry of Science and\nTechnology, which has its seat in the "
            "old town and was founded\nlong ago.",
            ["Ministry of Science and\nTechnology=" + _MOST],
        ),
        ("US-China trade", ["US=place/united-states"]),
    ],
)
def test_latin(find: Find, text: str, want: list[str]) -> None:
    assert find(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Wuhan106 is", ["Wuhan=place/wuhan"]),
        ("Wuhan1066 is", []),
        ("Wuhan106x is", []),
        ("武汉106。", ["武汉=place/wuhan"]),
    ],
)
def test_note_digits_glued_to_names_in_plain_text(find: Find, text: str, want: list[str]) -> None:
    assert find(text, plain=True) == want


def test_digits_glued_to_a_latin_name_are_no_notes_where_there_is_layout(find: Find) -> None:
    assert find("Wuhan106 is") == []


def test_one_name_for_one_body_whatever_its_form(find: Find) -> None:
    text = "科技部、科学技术部、中华人民共和国科学技术部、Ministry of Science and Technology、MOST"
    assert {m.split("=")[1] for m in find(text)} == {_MOST}


@pytest.mark.parametrize("date", [None, "2015-01-01", "2020"])
def test_a_former_name_is_found_at_any_date(find: Find, date: str | None) -> None:
    found = find("国家卫生和计划生育委员会", date=date)
    assert found == ["国家卫生和计划生育委员会=government/national-health-commission"]
