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
        *(
            pytest.param(
                text,
                [("浙江省人民政府办公厅", "government")],
                marks=pytest.mark.xfail(
                    strict=True, reason="M7: the name shrinks to where jieba lets a word begin"
                ),
            )
            for text in ("浙江省人民政府办公厅印发", "由浙江省人民政府办公厅印发")
        ),
    ],
)
def test_names(text: str, want: list[tuple[str, str]]) -> None:
    assert _names(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "各省人民政府", "有关公司和企业", "该有限公司", "人工智能浪潮", "本市人民政府", "《》", "子公司与分公司",
        "一家股份有限公司", "成立有限公司", "市县人民政府",
    ],
)  # fmt: skip
def test_look_alikes(text: str) -> None:
    assert _names(text) == []


def test_a_name_after_a_list_mark_begins_after_it() -> None:
    assert _names("甲方、宁波秋鸣传感有限公司和万兴夹爪有限公司") == [
        ("宁波秋鸣传感有限公司", "company"), ("万兴夹爪有限公司", "company"),
    ]  # fmt: skip
