"""Line ends: hyphens, addresses, Han characters, dashes."""

import pytest

from pipeline.parse.hyphens import Vocabulary, join_lines


def joined(left: str, right: str, *seen: str) -> str:
    words = Vocabulary()
    for line in (left, right, *seen):
        words.add_line(line)
    drop, between = join_lines(left, right, words)
    return left[: len(left) - drop] + between + right


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("the develop-", "ment of", "the development of"),
        ("an infor-", "mation system", "an information system"),
        ("with open-", "source code", "with open-source code"),
        ("a human-", "machine team", "a human-machine team"),
        ("the Medium-", "and Long-term plan", "the Medium- and Long-term plan"),
        ("the AI-", "driven firm", "the AI-driven firm"),
        ("of COVID-", "19 cases", "of COVID-19 cases"),
        ("of 2019-", "20", "of 2019-20"),
        ("go head-to-", "head with", "go head-to-head with"),
        ("a well-or-", "ganized team", "a well-organized team"),
        ("Zhe-", "jiang Province", "Zhejiang Province"),
        ("soft\u00ad", "ware", "software"),
        (
            "see https://www.new.org/cyber-",
            "initiative/digi/",
            "see https://www.new.org/cyber-initiative/digi/",
        ),
        ("at http://", "www.acait.cn", "at http://www.acait.cn"),
        ("the firms—", "all of them", "the firms—all of them"),
        ("Beijing–", "Tianjin", "Beijing–Tianjin"),
        ("two words", "follow", "two words follow"),
        ("中华人民", "共和国", "中华人民共和国"),
        ("公布。", "“国务院”", "公布。“国务院”"),
        ("中国（", "China", "中国（China"),
    ],
)
def test_line_ends(left: str, right: str, expected: str) -> None:
    assert joined(left, right) == expected


def test_the_document_decides() -> None:
    assert joined("the data-", "base is", "the database of") == "the database is"
    assert joined("the data-", "base is", "the data-base of", "a data-base") == "the data-base is"


def test_spaces_between_han_and_latin_as_the_document_has_them() -> None:
    assert joined("关于人工智能", "AI 的意见", "在 AI 领域", "和 OPC 创新") == "关于人工智能 AI 的意见"
    assert joined("关于人工智能", "AI的意见", "在AI领域", "和OPC创新") == "关于人工智能AI的意见"
