"""Masked sentences: slots, lists, brackets, and the way back to the text."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.relate.examples import marked
from pipeline.relate.mask import Masked
from pipeline.relate.sentences import masked_sentences

_NAMES = [
    "[government: MOST]", "[company: 百度]", "[place: 北京]", "[technology: AI]", "[plan: 规划]", "[institution: A Lab]",
    "[person: 李强]", "[government: 教育部]",
]  # fmt: skip
_GLUE = [
    "、",
    ", ",
    " and ",
    "和",
    "《",
    "》",
    "(",
    ")",
    "的",
    " of the ",
    "与",
    "。",
    "; ",
    "；",
    "12 ",
    " ",
    "收购了",
    '"',
    "'s ",
]


def one(text: str) -> Masked:
    """Return the only masked sentence of a marked text."""
    reading, aligned, _ = marked(text)
    ((masked, _),) = masked_sentences(reading, aligned)
    return masked


def members(text: str) -> list[list[str]]:
    """Return the names of each node of a marked sentence."""
    reading, aligned, _ = marked(text)
    ((masked, _),) = masked_sentences(reading, aligned)
    spans = [m.candidate for m in aligned.mentions]
    return [[reading.normal.text[spans[m].start : spans[m].end] for m in n.members] for n in masked.nodes]


def test_lists_of_both_languages_are_one_node() -> None:
    assert members("[company: A Co], [company: B Co], and [company: C Co] met [person: Li].") == [
        ["A Co", "B Co", "C Co"],
        ["Li"],
    ]
    assert members("[government: 教育部]、[government: 科技部]和[government: 财政部]在[place: 北京]。") == [
        ["教育部", "科技部", "财政部"],
        ["北京"],
    ]


def test_bracket_after_a_name_is_left_out() -> None:
    masked = one("[government: MOST] (科技部) issued [plan: AIDP].")
    assert "(" not in masked.text
    assert masked.nodes[0].end == len("MOST (科技部)")


def test_two_names_with_a_comma_are_no_list() -> None:
    assert members("[institution: A Lab], [institution: B University], opened.") == [
        ["A Lab"],
        ["B University"],
    ]


@given(st.lists(st.sampled_from(_NAMES + _GLUE), min_size=2, max_size=14).map("".join))
def test_every_character_knows_where_it_came_from(text: str) -> None:
    reading, aligned, _ = marked(text)
    for views in masked_sentences(reading, aligned):
        for masked in views:
            if masked is None:
                continue
            assert len(masked.text) == len(masked.origin)
            assert masked.origin == sorted(masked.origin)
            for char, at in zip(masked.text, masked.origin, strict=True):
                assert masked.start <= at < masked.end
                assert "\ue000" <= char <= "\uf8ff" or reading.normal.text[at] == char
            held = [m for n in masked.nodes for m in n.members]
            assert len(held) == len(set(held))
