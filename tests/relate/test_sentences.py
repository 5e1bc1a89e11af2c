"""Relations of single sentences in both languages."""

import pytest

from tests.relate.helpers import found, qualifiers


def test_coordination_on_both_sides() -> None:
    text = "[company: A Corp], [company: B Corp] and [company: C Corp] work with [institution: D Lab] and [institution: E Lab]."
    pairs = {(s, o) for k, s, o in found(text) if k == "partner_of"}
    assert pairs == {(f"{c} Corp", f"{x} Lab") for c in "ABC" for x in "DE"}


def test_respectively_pairs_in_order() -> None:
    text = "[company: A Corp] and [company: B Corp] partnered with [institution: C Lab] and [institution: D Lab], respectively."
    assert {(s, o) for k, s, o in found(text) if k == "partner_of"} == {
        ("A Corp", "C Lab"),
        ("B Corp", "D Lab"),
    }


def test_fenbie_pairs_in_order() -> None:
    text = "[company: 甲公司]、[company: 乙公司]分别收购了[company: 丙公司]、[company: 丁公司]。"
    assert {(s, o) for k, s, o in found(text) if k == "owns"} == {("甲公司", "丙公司"), ("乙公司", "丁公司")}


def test_joint_issue_in_chinese() -> None:
    text = "[government: 教育部]会同[government: 科技部]印发《[plan: 行动计划]》。"
    assert found(text) == {
        ("issued", "教育部", "行动计划"), ("issued", "科技部", "行动计划"), ("partner_of", "教育部", "科技部"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[company: A Corp] did not acquire [company: B Corp].",
        "[company: 甲公司]并未收购[company: 乙公司]。",
        "[company: 甲公司]否认收购[company: 乙公司]。",
    ],
)
def test_denied_is_left_out(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("[company: 甲公司]拟收购[company: 乙公司]。", "planned"),
        ("[company: 甲公司]可能收购[company: 乙公司]。", "possible"),
        ("[company: 甲公司]收购[company: 乙公司]。", None),
        ("[company: A Corp] will acquire [company: B Corp].", "planned"),
        ("[company: A Corp] may acquire [company: B Corp].", "possible"),
        ("[company: A Corp] is expected to acquire [company: B Corp].", "possible"),
        ("Reportedly, [company: A Corp] acquired [company: B Corp].", "reported"),
    ],
)
def test_modality(text: str, modality: str | None) -> None:
    assert qualifiers(text, "owns").get("modality") == modality


def test_date_amount_and_title() -> None:
    assert qualifiers("In July 2017, [government: MOST] issued the [plan: AI Plan] (2018-20).", "issued") == {
        "date": "2017-07", "date_text": "July 2017",
    }  # fmt: skip
    owns = qualifiers("2018年4月，[company: 甲公司]以95亿美元收购[company: 乙公司]。", "owns")
    assert owns["date"] == "2018-04"
    assert owns["amount"] == {"value": 9.5e9, "unit": "USD", "text": "95亿美元"}
    assert qualifiers("[government: 外交部]长[person: 王毅]", "holds_position") == {"title": "部长"}


def test_definite_descriptions() -> None:
    assert ("develops", "Baidu", "Apollo") in found(
        "[company: Baidu] is large. The company launched [product: Apollo]."
    )
    assert ("issued", "MOST", "AIDP") in found(
        "[government: MOST] is a ministry. This ministry issued the [plan: AIDP]."
    )
    assert ("owns", "甲公司", "乙公司") in found("[company: 甲公司]位于北京。该公司收购了[company: 乙公司]。")


def test_modifiers_do_not_act() -> None:
    text = "[place: 美国][company: 高通]和[place: 德国][company: 西门子]签署合作协议。"
    assert ("partner_of", "高通", "西门子") in found(text)
    text = "[company: 甲公司]子公司[company: 乙公司]收购[company: 丙公司]。"
    assert {(s, o) for k, s, o in found(text) if k == "owns"} == {("甲公司", "乙公司"), ("乙公司", "丙公司")}


def test_place_inside_place_is_no_list() -> None:
    text = "The [event: AI Expo] was held in [place: Chongqing], [place: China]."
    assert found(text) == {("located_in", "AI Expo", "Chongqing")}
