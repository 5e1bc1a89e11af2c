"""Initials of English names against Chinese ones: only in the orders in which English puts the parts."""

from pipeline.names import rank


def _first(query: str, *candidates: str) -> str:
    return rank(query, candidates)[0].name


def test_an_acronym_in_english_order() -> None:
    assert _first("量子云未来", "Future Data", "QCF") == "QCF"
    assert _first("中国科学院自动化研究所", "CASIA", "AISAC") == "CASIA"


def test_letters_in_no_order_are_no_initials() -> None:
    scores = {r.name: r.score for r in rank("上海市汽车工程学会", ("AISIP", "SAE-S"))}
    assert scores.get("SAE-S", 0) > scores.get("AISIP", 0)


def test_a_name_that_leaves_the_brand_out_loses() -> None:
    (one,) = rank("创泽智能机器人", ("AI Robotics",))
    (two,) = rank("智能机器人", ("AI Robotics",))
    assert one.score < two.score * 0.8
