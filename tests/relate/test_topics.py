"""Clauses that leave out what they are about."""

from tests.relate.helpers import found


def test_later_clauses_speak_of_the_topic() -> None:
    text = (
        "[company: 寒武纪]成立于2016年，主攻芯片，总部位于[place: 北京]，是[company: 中科算源]的全资子公司。"
    )
    assert found(text) == {("located_in", "寒武纪", "北京"), ("owns", "中科算源", "寒武纪")}


def test_a_clause_with_a_subject_of_its_own_is_the_new_topic() -> None:
    text = "[company: 紫光]成立较早，[company: 新华三]发展迅速，是[company: 甲公司]的全资子公司。"
    assert found(text) == {("owns", "甲公司", "新华三")}


def test_a_modifier_is_no_topic() -> None:
    text = "[company: 紫光]的邻居成立较早，是[company: 甲公司]的全资子公司。"
    assert not found(text)


def test_a_new_sentence_forgets_the_topic() -> None:
    text = "[company: 紫光]成立较早。专家认为，是[company: 甲公司]的全资子公司。"
    assert not found(text)


def test_a_clause_about_a_second_body_leaves_the_topic_open() -> None:
    text = "2001年，[company: 芬兰航空]成立一家支线公司，总部设于[place: 塔林市]。"
    assert not found(text)
