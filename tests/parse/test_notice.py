"""Official documents: what they say of themselves, in any format."""

import pytest

from pipeline.parse import ParseSettings, parse
from pipeline.parse.dates import iso_date
from pipeline.parse.notice_number import find_number
from pipeline.parse.numbering import caption_number, is_caption, numbered
from pipeline.records import Parsed

NOTICE = """某某市人民政府文件

某政规〔2026〕4 号

市人民政府关于印发
支持机器人产业若干措施的通知

各区人民政府，市人民政府各部门：

    经研究，现将《支持机器人产业若干措施》印发给你们，请认真贯彻落实。

某 某 市 人 民 政 府
2026 年 2 月 13 日

支持机器人产业若干措施

一、强化支撑。加大供给。

某某市人民政府办公厅 2026年2月14日印发
"""


def parsed(text: str, name: str = "a.txt") -> Parsed:
    return parse(text.encode(), name, ParseSettings())


def test_a_notice_tells_its_title_number_issuer_and_date() -> None:
    found = parsed(NOTICE)
    assert found.document.title == "市人民政府关于印发支持机器人产业若干措施的通知"
    assert found.document.date == "2026-02-13"
    assert (found.document.number, found.document.issuers) == ("某政规〔2026〕4号", ["某某市人民政府"])


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("国发〔2017〕35号", "国发〔2017〕35号"), ("国发［2017］35 号", "国发〔2017〕35号"), ("国发[2017]35号", "国发〔2017〕35号"),
        ("国发【2017】35号", "国发〔2017〕35号"), ("国发（2017）35号", "国发〔2017〕35号"), ("国发﹝2017﹞35号", "国发〔2017〕35号"),
        ("国发〔2017〕第35号", "国发〔2017〕35号"), ("发文字号：国办发〔2023〕4号", "国办发〔2023〕4号"), ("（工信部联科〔2021〕9号）", "工信部联科〔2021〕9号"),
        ("中华人民共和国国务院令第731号", "中华人民共和国国务院令第731号"), ("鲁政办字〔2020〕12号 签发人：王某", "鲁政办字〔2020〕12号"),
        ("根据国发〔2017〕35号文件精神，制定本方案。", None), ("共 35 号", None), ("第35号", None),
    ],
)  # fmt: skip
def test_numbers_in_all_their_brackets(line: str, number: str | None) -> None:
    assert find_number([line])[0] == number


@pytest.mark.parametrize(
    ("history", "date", "issuers"),
    [
        ("（2021年11月25日某某省第十三届人民代表大会常务委员会第三十次会议通过）", "2021-11-25", ["某某省人民代表大会常务委员会"]),
        ("2021年3月1日 国家互联网信息办公室2021年第20次室务会议审议通过\n\n2022年3月1日 施行", "2021-03-01", ["国家互联网信息办公室"]),
        ("1999年5月23日中华人民共和国国务院令第265号发布 2020年10月7日中华人民共和国国务院令第731号第三次修订", "2020-10-07", ["中华人民共和国国务院"]),
        ("2014年8月2日 某市第一届人民代表大会常务委员会第五次会议通过\n\n2014年9月26日 某省第十二届人民代表大会常务委员会第十次会议批准", "2014-09-26", ["某市人民代表大会常务委员会"]),
    ],
)  # fmt: skip
def test_the_history_of_a_law(history: str, date: str, issuers: list[str]) -> None:
    found = parsed(f"# 某某条例\n\n{history}\n\n## 第一章 总则\n\n第一条 为了发展，制定本条例。\n", "a.md")
    assert (found.document.title, found.document.date, found.document.issuers) == ("某某条例", date, issuers)


def test_joint_issuers_sign_below_each_other() -> None:
    text = "关于做好评选工作的通知\n\n各有关单位：\n\n现将有关事项通知如下，请遵照执行。\n\n科学技术部\n\n教育部\n\n2020年1月2日\n"
    assert parsed(text).document.issuers == ["科学技术部", "教育部"]


def test_a_news_item_or_an_english_text_has_none_of_it() -> None:
    found = parsed("Robots in Wuhan\n\nThe city supports robots, as it said on 2 May 2020 in a notice.\n")
    assert (found.document.number, found.document.issuers, found.document.date) == (None, [], None)
    found = parsed(
        "机器人大会开幕\n\n2020年5月2日，大会在武汉开幕，科学技术部负责人出席。\n\n大会由协会主办。\n"
    )
    assert (found.document.number, found.document.issuers) == (None, [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017年7月20日", "2017-07-20"), ("二〇一七年七月二十日", "2017-07-20"), ("二○一七年十二月", "2017-12"), ("2017-7-8T08:00", "2017-07-08"),
        ("20170720", "2017-07-20"), ("July 28, 2016", "2016-07-28"), ("28 July 2016", "2016-07-28"), ("2017年13月1日", None), ("no date", None),
    ],
)  # fmt: skip
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第一章 总则", ("heading", 1)), ("第二节　支持措施", ("heading", 2)), ("第三条 为了发展。", ("list_item", None)), ("一、总体要求", ("heading", 1)),
        ("一、强化支撑。加大供给。", ("list_item", None)), ("（二）重点任务", ("heading", 2)), ("1.加快建设。", ("list_item", None)), ("2.1 范围", ("heading", 2)),
        ("目　录", ("heading", 1)), ("附件2", ("heading", 1)), ("第一财经报道了此事", None), ("2021年增长3.5", None), ("一般来说", None),
    ],
)  # fmt: skip
def test_numbering(text: str, kind: tuple[str, int | None] | None) -> None:
    assert numbered(text) == kind


def test_captions() -> None:
    assert [is_caption(t) for t in ("表1 名单", "表3-2：名单", "Table 15. Firms", "表示感谢", "表1列出了名单", "Table 5 shows the firms")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert (caption_number("表3-2：名单"), caption_number("Table 15. Firms"), caption_number("名单")) == (
        "3-2",
        "15",
        None,
    )


def test_a_heading_of_a_part_is_no_title() -> None:
    assert parsed("# 目 录 Contents\n\n正文。\n", "a.md").document.title is None
    assert parsed("# 第三章 职责\n\n正文。\n", "a.md").document.title is None
    assert parsed("# 第三届大会公报\n\n正文。\n", "a.md").document.title == "第三届大会公报"


def test_the_day_may_stand_behind_a_sidebar() -> None:
    sidebar = "\n\n".join(["2021-07", "2021-11", *(f"指标{n}" for n in range(20))])
    assert (
        parsed(f"# 点评报告\n\n{sidebar}\n\n2022年07月19日\n\n正文。\n", "a.md").document.date == "2022-07-19"
    )
    assert parsed("# 双边关系\n\n（最近更新时间：2025年8月）\n\n正文。\n", "a.md").document.date == "2025-08"


def test_an_exchange_is_addressed() -> None:
    text = "关于某公司年度报告的说明\n\n某函〔2016〕306号\n\n上海证券交易所：\n\n由该公司转来的问询函奉悉。\n"
    assert parsed(text).document.addressees == ["上海证券交易所"]
