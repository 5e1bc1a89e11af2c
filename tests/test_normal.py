"""Normalised text and the map back to where each character stood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normal import has_han, is_han, key, normalise, simplify

_TEXT = st.text(
    st.one_of(
        st.sampled_from(
            list(
                "aZ9-.·\u00ad\u200b\u3000 \t\n\r\f\u2028ｅ１“’（《科技臺灣后乾ﬁⅣ½㈱İß\U00020000\U0001f600\u0301"
            )
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@given(_TEXT, st.sets(st.integers(0, 40)))
def test_every_normalised_character_maps_into_the_text(text: str, soft: set[int]) -> None:
    soft = {i for i in soft if i < len(text) and text[i] == "\n"}
    normal = normalise(text, soft)
    assert len(normal.text) == len(normal.lower) == len(normal.starts) == len(normal.ends)
    last = 0
    for start, end in zip(normal.starts, normal.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert start >= last  # the map never goes back
        last = start


@given(_TEXT)
def test_a_span_maps_back_to_text_that_normalises_to_it(text: str) -> None:
    normal = normalise(text)
    for i in range(len(normal.text)):
        start, end = normal.original(i, i + 1)
        assert normal.text[i] in normalise(text[start:end]).text + " \n"


@given(_TEXT)
def test_no_white_space_but_single_blanks_and_line_feeds(text: str) -> None:
    normal = normalise(text)
    assert "  " not in normal.text
    assert not any(c.isspace() and c not in " \n" for c in normal.text)
    assert " \n" not in normal.text


@given(_TEXT)
def test_simplifying_keeps_the_length(text: str) -> None:
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("ＭＩＩＴ", "MIIT"),
        ("ﬁrm", "firm"),
        ("臺灣 科 技 部", "台湾科技部"),
        ("李　萌", "李萌"),
        ("AI 技术", "AI 技术"),
        ("“MOST”", '"MOST"'),
        ("Alibaba’s", "Alibaba's"),
        ("（MOST）", "(MOST)"),
        ("〔2023〕17号", "[2023]17号"),
        ("欧盟‑中国", "欧盟-中国"),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
        ("a\tb", "a\nb"),
    ],
)
def test_normal_form(text: str, want: str) -> None:
    assert normalise(text).text == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("阿波\n龙", "阿波龙"),
        ("Ministry of\nScience", "Ministry of Science"),
        ("manu-\nfacturing", "manufacturing"),
        ("Medium-\nand Long-Term", "Medium- and Long-Term"),
        ("human-\nmachine", "human-machine"),
        ("Sino-\nGerman", "Sino-German"),
        ("U.S.-\nChina", "U.S.-China"),
    ],
)
def test_soft_line_ends(text: str, want: str) -> None:
    assert normalise(text, {text.index("\n")}).text == want


def test_a_hard_line_end_stays() -> None:
    assert normalise("科技\n部").text == "科技\n部"


def test_characters_folded_to_several_share_one_span() -> None:
    normal = normalise("a㈱b")
    assert normal.text == "a(株)b"
    assert [normal.original(i, i + 1) for i in range(1, 4)] == [(1, 2)] * 3


def test_lower_keeps_its_length_where_lowering_would_not() -> None:
    normal = normalise("İstanbul")
    assert len(normal.lower) == len(normal.text)


@pytest.mark.parametrize("char", ["一", "㐀", "𠀀", "〇", "々", "豈"])
def test_han(char: str) -> None:
    assert is_han(char)


@pytest.mark.parametrize("char", ["あ", "ア", "한", "。", "《", "Ａ", "1", " "])
def test_not_han(char: str) -> None:
    assert not has_han(char)


def test_key_folds_what_does_not_tell_names_apart() -> None:
    assert key(" “ 臺 灣 大 學 ” ") == key("台湾大学") == "台湾大学"
    assert key("Ministry  of\nScience") == "Ministry of Science"
    assert unicodedata.is_normalized("NFKC", key("Ｈｕａｗｅｉ"))
