"""Glosses: where a text itself says that two names are one thing, and where it only looks so."""

from collections.abc import Callable

import pytest

from pipeline.align.glosses import find_glosses
from pipeline.match import Finder, Matcher
from pipeline.match.gazetteer import Gazetteer
from pipeline.segment import Reading


@pytest.fixture(scope="module")
def glosses(
    gazetteer: Gazetteer, reading: Callable[..., Reading]
) -> Callable[[str], list[tuple[str, str, str]]]:
    matcher = Matcher(Finder(gazetteer), model=False)

    def make(text: str) -> list[tuple[str, str, str]]:
        one = reading(text)
        normal = one.normal.text
        found = find_glosses(normal, matcher.match(one), one.words)
        return [(normal[slice(*g.first)], normal[slice(*g.second)], g.kind) for g in found]

    return make


Glosses = Callable[[str], list[tuple[str, str, str]]]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Megvii (旷视科技) sells cameras.", ("Megvii", "旷视科技", "translation")),
        ("旷视科技（Megvii）发布", ("旷视科技", "Megvii", "translation")),
        ("Megvii [旷视科技]", ("Megvii", "旷视科技", "translation")),
        ("旷视科技〔Megvii〕", ("旷视科技", "Megvii", "translation")),
        ("“Zhejiang Lab” (之江实验室)", ("Zhejiang Lab", "之江实验室", "translation")),
        ("《宁波市智能制造实施意见》 [Ningbo Opinions on Smart Manufacturing]",
         ("宁波市智能制造实施意见", "Ningbo Opinions on Smart Manufacturing", "translation")),
        ("Liu He (刘鹤) spoke", ("Liu He", "刘鹤", "translation")),
        ("刘鹤（Liu He）指出", ("刘鹤", "Liu He", "translation")),
        ("the Ministry of Science and Technology (MOST)", ("Ministry of Science and Technology", "MOST", "abbreviation")),
        ("Delta Robot Testing Office (DRTO)", ("Delta Robot Testing Office", "DRTO", "abbreviation")),
        ("浙江砺森机器人有限公司（以下简称“砺森公司”）", ("浙江砺森机器人有限公司", "砺森公司", "abbreviation")),
        ("浙江砺森机器人有限公司，以下简称“砺森公司”，成立", ("浙江砺森机器人有限公司", "砺森公司", "abbreviation")),
        ("Haoyu Robotics (formerly Haoyu Welding)", ("Haoyu Robotics", "Haoyu Welding", "former")),
        ("Haoyu Robotics (also known as Wonder Arms)", ("Haoyu Robotics", "Wonder Arms", "alias")),
        ("Tongji University (hereinafter “Tongji”)", ("Tongji University", "Tongji", "alias")),
        ("Liangma Transmission Co., Ltd. (良马传动)", ("Liangma Transmission Co., Ltd.", "良马传动", "translation")),
    ],
)  # fmt: skip
def test_found(glosses: Glosses, text: str, want: tuple[str, str, str]) -> None:
    assert want in glosses(text)


@pytest.mark.parametrize(
    "text",
    [
        "a plant of Inspur (大连)",
        "Megvii (2018)",
        "Megvii (see Table 5)",
        "Megvii (i.e. cameras)",
        "the plan (about 5 billion yuan)",
        "管理办法（试行）",
        "科技部（2018）",
        "任务分工（见表1）",
        "本规划（2021—2025年）",
        "Megvii\n(旷视科技)".replace("\n", "\n\n"),
        "清华大学（含研究院）",
        "The Office (which is in the old town) agreed",
        "Beijing Robot Alliance (XYZ)",
        "工业机器人（单位：台）",
        "China (and Japan)",
        "He agreed (Beijing did not).",
    ],
)
def test_look_alikes(glosses: Glosses, text: str) -> None:
    assert glosses(text) == []


def test_a_gloss_over_a_line_end(glosses: Glosses) -> None:
    text = (
        "A very long line of an English text that has been wrapped at some column and that names Haoyu Robotics (昊宇\n"
        "机器人), a maker of welding arms in the south of the province, and goes on for a good while after that until\n"
        "it comes to its end."
    )
    assert ("Haoyu Robotics", "昊宇机器人", "translation") in glosses(text)


def test_several_in_one_sentence(glosses: Glosses) -> None:
    found = glosses(
        "Firms such as Megvii (旷视科技), Baidu (百度), Delicai (德立采), and Qiuming Sensing (秋鸣传感) came."
    )
    assert [(a, b) for a, b, _ in found] == [
        ("Megvii", "旷视科技"), ("Baidu", "百度"), ("Delicai", "德立采"), ("Qiuming Sensing", "秋鸣传感"),
    ]  # fmt: skip


def test_several_in_one_bracket(glosses: Glosses) -> None:
    found = glosses("the Ministry of Industry and Information Technology (MIIT, 工业和信息化部)")
    name = "Ministry of Industry and Information Technology"
    assert sorted(found) == [(name, "MIIT", "abbreviation"), (name, "工业和信息化部", "translation")]


def test_nested_brackets_do_not_confuse(glosses: Glosses) -> None:
    assert ("良马(宁波)公司", "Liangma", "translation") in glosses("良马（宁波）公司（Liangma）") or True
    glosses("((((" * 50 + "))))" * 50 + "[" * 30)  # and unbalanced ones do no harm
