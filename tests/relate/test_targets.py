"""Targets of plans as properties, addresses of forms, additions to a group."""

from pipeline.relate.examples import marked
from pipeline.relate.targets import plan_targets
from tests.relate.helpers import found


def targets(text: str) -> list[str]:
    """Return the targets that a marked text gives its plans."""
    reading, aligned, _ = marked(text)
    return [value for _, _, value, _ in plan_targets(reading, aligned, "0" * 16)]


def test_amount_of_an_english_target() -> None:
    text = "The [plan: AIDP] calls for a core AI industry worth 1 trillion yuan by 2030."
    assert targets(text) == [
        "2030: 1000000000000 CNY: The AIDP calls for a core AI industry worth 1 trillion yuan by 2030"
    ]


def test_chinese_targets_are_the_documents_own_plans() -> None:
    text = "# [plan: 行动计划]\n(2023年)\n到2025年，产业规模超过4000亿元，企业达到1000家；到2030年，建成创新中心。"
    assert targets(text) == [
        "2025: 400000000000 CNY: 产业规模超过4000亿元", "2025: 1000 家: 企业达到1000家", "2030: 到2030年,建成创新中心",
    ]  # fmt: skip


def test_figure_with_dates_as_columns() -> None:
    text = "The [plan: AIDP] is shown.\nBy 2020\nBy 2030\nAI worth more than 150 billion yuan\nAI valued at 1 trillion yuan\nFiscal\nSource: x\n"
    assert targets(text) == [
        "2020: 150000000000 CNY: AI worth more than 150 billion yuan",
        "2030: 1000000000000 CNY: AI valued at 1 trillion yuan",
    ]


def test_a_date_without_a_goal_is_no_target() -> None:
    assert not targets("The [plan: AIDP] was printed by 2030 people.")


def test_address_lines_of_a_form() -> None:
    text = "采购人信息\n名 称：[institution: 浙江大学]\n地 址：[place: 杭州市西湖区]余杭塘路866号\n"
    assert found(text) == {("located_in", "浙江大学", "杭州市西湖区")}


def test_additions_join_the_group_named_before() -> None:
    text = "MOST named 13 cities as [place: Pilot Zones]. The most recent additions, [place: Guangzhou] and [place: Wuhan], were announced."
    assert {("located_in", "Pilot Zones", "Guangzhou"), ("located_in", "Pilot Zones", "Wuhan")} <= found(text)
