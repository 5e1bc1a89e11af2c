"""Readings of characters and how alike words sound."""

import pytest

from pipeline.names.phonetic import alike, han_sound, is_pinyin, latin_sounds
from pipeline.names.readings import readings, second_form, spelt, wade_giles


@pytest.mark.parametrize(
    ("pinyin", "wanted"),
    [
        ("zhang", "chang"), ("xie", "hsieh"), ("qian", "chien"), ("zhi", "chih"), ("si", "szu"), ("jiang", "chiang"), ("gao", "kao"),
        ("ke", "ko"), ("zhong", "chung"), ("ren", "jen"), ("deng", "teng"), ("pang", "pang"), ("yan", "yen"), ("xue", "hsueh"),
    ],
)  # fmt: skip
def test_wade_giles(pinyin: str, wanted: str) -> None:
    assert wade_giles(pinyin) == wanted


def test_surnames_have_their_own_readings() -> None:
    assert "shan" in readings("单") and "xie" in readings("解") and "zeng" in readings("曾")


def test_umlauts_are_written_v_u_and_yu() -> None:
    assert {"lv", "lu", "lyu"} <= {word for word, _ in spelt("吕")}


def test_hong_kong_spellings() -> None:
    assert ("chan", "cantonese") in set(spelt("陈", ("cantonese",)))


def test_sounds() -> None:
    assert han_sound("斯穆特") == "SNT"
    assert "SNT" in latin_sounds("smoot")
    assert alike("佩洛西", "pelosi") > 0.75 > alike("佩洛西", "miller")
    assert is_pinyin("nanjing") and not is_pinyin("pelosi")


@pytest.mark.parametrize(
    ("pinyin", "wanted"),
    [("zhao", "jau"), ("xie", "shie"), ("zhong", "jung"), ("qiu", "chiou"), ("zi", "tz"), ("xu", "shiu"), ("yao", "yau"), ("hui", "huei")],
)  # fmt: skip
def test_the_other_spelling_of_taiwan(pinyin: str, wanted: str) -> None:
    assert second_form(pinyin) == wanted


def test_transcriptions_keep_old_sounds() -> None:
    assert han_sound("希") == "H" and han_sound("加") == "K"
    assert alike("霍利", "hawley") > 0.7 and alike("布朗", "brown") > 0.7
