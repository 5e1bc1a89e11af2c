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


def test_a_latin_name_without_the_brand_is_second() -> None:
    names = ("AI Robotics", "Chuangze Information")
    scores = {r.name: r.score for r in rank("创泽智能机器人", names)}
    assert scores["Chuangze Information"] > scores["AI Robotics"] * 0.8


def test_a_firm_is_no_institute() -> None:
    scores = {r.name: r.score for r in rank("砺森华东研究院", ("砺森华东集团有限公司", "上海砺森研究院"))}
    assert scores["上海砺森研究院"] > scores["砺森华东集团有限公司"] * 0.6
