"""Sentences in both languages."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("Is it? Yes! Good.", 3),
        ("The U.S. Department of Commerce listed it.", 1),
        ("Exports to the U.S. The rules changed.", 2),
        ("Megvii Technology Co., Ltd. sells cameras.", 1),
        ("It was bought by Huawei Technologies Co., Ltd. The price is not known.", 2),
        ("Dr. Li met Mr. Wang.", 1),
        ("J. Smith wrote it.", 1),
        ("Growth was 3.5 percent in 2020.", 1),
        ("Pony.ai and Yi+ came.", 1),
        ("1. Introduction", 1),
        ("甲。乙！丙？", 3),
        ("他说：“好。”然后走了。", 2),
        ("甲；乙。", 2),
        ("heading\nbody", 2),
        ("See the report (2019). It says so.", 2),
        ("发布于U.S. News。", 1),
        ("", 0),
    ],
)
def test_count(text: str, count: int) -> None:
    found = sentences(text)
    assert len(found) == count, [text[s:e] for s, e in found]


def test_closing_quotes_belong_to_the_sentence() -> None:
    text = '"It works." She left.'
    assert [text[s:e] for s, e in sentences(text)] == ['"It works."', "She left."]


@given(st.text(st.sampled_from('aB .。!?\n"U科'), max_size=40))
def test_sentences_are_in_order_and_hold_all_but_white_space(text: str) -> None:
    found = sentences(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    covered = {i for s, e in found for i in range(s, e)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    for start, end in found:
        assert "\n" not in text[start:end]


def test_sentence_at() -> None:
    spans = sentences("One. Two. Three.")
    assert [sentence_at(spans, i) for i in (0, 5, 11)] == [0, 1, 2]
    assert sentence_at([], 3) == 0
