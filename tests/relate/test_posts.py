"""Lists of posts under a body's name, and posts in brackets after a person."""

from tests.relate.helpers import found, stated


def test_posts_under_a_body() -> None:
    text = "[institution: 智源研究院]现任领导\n理事长：[person: 黄铁军]（[institution: 北京大学]教授）\n副院长：[person: 林咏华]、[person: 王仲远]\n"
    held = {(s, o, q.get("title")) for k, s, o, q in stated(text) if k == "holds_position"}
    assert held == {
        ("黄铁军", "智源研究院", "理事长"), ("黄铁军", "北京大学", "教授"),
        ("林咏华", "智源研究院", "副院长"), ("王仲远", "智源研究院", "副院长"),
    }  # fmt: skip


def test_posts_under_an_english_body() -> None:
    text = "[institution: Zhejiang Lab]\nDirector: [person: Wang Jian]\nDeputy Director: [person: Li Ming]\n"
    assert {(s, o) for k, s, o, _ in stated(text) if k == "holds_position"} == {
        ("Wang Jian", "Zhejiang Lab"), ("Li Ming", "Zhejiang Lab"),
    }  # fmt: skip


def test_posts_under_a_sentence_are_none_of_the_body_s() -> None:
    assert not found("[institution: 智源研究院]举行了座谈会，记者到场\n院长：[person: 黄铁军]\n")


def test_a_list_of_posts_in_one_line() -> None:
    text = "[institution: A Lab]: [person: Huang Tiejun], Chairman; [person: Wang Zhongyuan], President."
    assert {(s, o) for k, s, o in found(text)} == {("Huang Tiejun", "A Lab"), ("Wang Zhongyuan", "A Lab")}
