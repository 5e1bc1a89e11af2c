"""Plans named by their kind alone."""

import msgspec

from pipeline.relate.examples import marked
from pipeline.relate.shortforms import short_forms


def _meant(text: str) -> dict[str, str]:
    reading, aligned, _ = marked(text)
    by_rule = [
        msgspec.structs.replace(n, candidate=msgspec.structs.replace(n.candidate, method="rule"))
        for n in aligned.mentions
    ]
    names = [reading.normal.text[n.candidate.start : n.candidate.end] for n in by_rule]
    return {names[i]: names[j] for i, j in short_forms(reading.normal.text, by_rule).items()}


def test_the_last_plan_of_the_kind() -> None:
    text = "《[plan: 机器人产业发展规划]》和《[plan: 数据管理办法]》已印发。《[plan: 规划]》由[government: 工信部]组织实施。"
    assert _meant(text) == {"规划": "机器人产业发展规划"}


def test_without_a_plan_of_the_kind() -> None:
    assert not _meant("《[plan: 数据管理办法]》已印发。《[plan: 规划]》由[government: 工信部]组织实施。")
