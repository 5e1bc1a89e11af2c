"""Alignment of a text and its translation."""

from pipeline.names.parallel import Sentence, align_sentences


def test_sentences_answer_each_other() -> None:
    zh = [
        Sentence(text="会议在嘉兴举行。"),
        Sentence(text="2017年，砺森大学与昊宇科技共建了一个研究所，研究机器人的标准。"),
        Sentence(text="谢谢。"),
    ]
    en = [
        Sentence(text="The meeting took place in Jiaxing."),
        Sentence(text="In 2017, Lisen University founded an institute together with Haoyu Technology."),
        Sentence(text="It studies standards for robots."),
        Sentence(text="Thanks."),
    ]
    assert [(b.zh, b.en) for b in align_sentences(zh, en)] == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]


def test_names_of_aligned_sentences_are_paired() -> None:
    zh = [
        Sentence(text="砺森大学与昊宇科技合作。", names=(("砺森大学", None), ("昊宇科技", "company/haoyu")))
    ]
    en = [
        Sentence(
            text="Lisen University works with Wonder Arms.",
            names=(("Lisen University", None), ("Wonder Arms", "company/haoyu")),
        )
    ]
    (bead,) = align_sentences(zh, en)
    assert [(a, b) for a, b, _ in bead.names] == [
        ("昊宇科技", "Wonder Arms"),
        ("砺森大学", "Lisen University"),
    ]


def test_one_side_alone() -> None:
    assert [(b.zh, b.en) for b in align_sentences([], [Sentence(text="A.")])] == [((), (0,))]
    assert align_sentences([], []) == []
