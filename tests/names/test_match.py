"""Ranking across scripts: each kind of evidence puts the right candidate first, and says so."""

import pytest

from pipeline.match.gazetteer import Gazetteer
from pipeline.names import rank

ORGANISATIONS = (
    "Ministry of Science and Technology", "Ministry of Education", "Delta University of Technology", "Delta Normal University",
    "Beijing Lisen Robotics Co., Ltd.", "Shanghai Lisen Robotics Co., Ltd.", "Haoyu Technology Group", "Shenyang Institute of Automation",
    "Institute of Automation", "China Robot Industry Alliance", "Qiuming Sensing, Inc.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "want", "witness"),
    [
        ("科学技术部", "Ministry of Science and Technology", "translation"),
        ("教育部", "Ministry of Education", "translation"),
        ("北京砺森机器人有限公司", "Beijing Lisen Robotics Co., Ltd.", "pinyin"),
        ("上海砺森机器人有限公司", "Shanghai Lisen Robotics Co., Ltd.", "pinyin"),
        ("昊宇科技集团", "Haoyu Technology Group", "pinyin"),
        ("瀋陽自動化研究所", "Shenyang Institute of Automation", "translation"),
        ("自动化研究所", "Institute of Automation", "translation"),
        ("中国机器人产业联盟", "China Robot Industry Alliance", "translation"),
    ],
)
def test_organisations_both_ways(query: str, want: str, witness: str) -> None:
    first = rank(query, ORGANISATIONS)[0]
    assert first.name == want
    assert first.index == ORGANISATIONS.index(want)
    assert 0.5 < first.score <= 1
    assert witness in {e.witness for e in first.evidence}
    chinese = ("科学技术部", "教育部", "昊宇科技集团", query)
    assert rank(want, tuple(dict.fromkeys(chinese)))[0].name == query


@pytest.mark.parametrize(
    ("query", "want"),
    [
        ("单田芳", "Shan Tianfang"), ("解晓东", "Xie Xiaodong"), ("曾庆红", "Zeng Qinghong"), ("吕薇", "Lyu Wei"),
        ("刘鹤", "He Liu"), ("林飞帆", "Lin Fei-fan"), ("苏贞昌", "Su Tseng-chang"), ("王定宇", "Wang Ting-yu"),
        ("林郑月娥", "Lam Cheng Yuet-ngor"), ("陈国强", "Chan Kwok-keung"), ("丹·斯穆特", "Dan Smoot"), ("佩洛西", "Nancy Pelosi"),
        ("欧阳仲山", "Ouyang Zhongshan"), ("藤田高木", "Fujita Takagi"),
    ],
)  # fmt: skip
def test_persons(query: str, want: str) -> None:
    others = (
        "Wang Fang",
        "Peter Miller",
        "Tan Tianfu",
        "Jie Dong",
        "Chen Guo",
        "Liu Yang",
        "Dana Scully",
        want,
    )
    assert rank(query, others, kind="person")[0].name == want


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("讯飞", "科大讯飞股份有限公司"), ("中科院", "中国科学院"), ("北航", "北京航空航天大学"), ("发改委", "国家发展和改革委员会"),
        ("砺森", "浙江砺森机器人有限公司"), ("良马传动", "良马（宁波）传动有限公司"), ("浙医一院", "浙江大学医学院附属第一医院"),
    ],
)  # fmt: skip
def test_short_forms(short: str, full: str) -> None:
    others = (
        "中国工程院", "北京工业大学", "国家统计局", "浙江良渚机械有限公司", "浙江工业大学", "科大国创软件股份有限公司", "宁波马上出行公司",
        full,
    )  # fmt: skip
    assert rank(short, others)[0].name == full


@pytest.mark.parametrize(
    ("query", "want"),
    [
        ("CRIA", "China Robot Industry Alliance"),
        ("Qiuming Sensing", "Qiuming Sensing, Inc."),
        ("Qiumming Sensing", "Qiuming Sensing, Inc."),
        ("Ministry of Sciences and Technology", "Ministry of Science and Technology"),
    ],
)
def test_latin_names(query: str, want: str) -> None:
    assert rank(query, ORGANISATIONS)[0].name == want


def test_short_names_never_match_by_accident() -> None:
    for query, other in (("华为", "华威"), ("小米", "小鹏"), ("腾讯", "搜狐"), ("Baidu", "Baidi")):
        found = rank(query, (other,))
        assert not found or found[0].score < 0.6, (query, found)


def test_places_tell_namesakes_apart() -> None:
    (first, second) = rank(
        "北京砺森机器人有限公司", ("上海砺森机器人有限公司", "砺森机器人（北京）有限公司")
    )[:2]
    assert first.name == "砺森机器人（北京）有限公司"
    assert second.score < 0.7


def test_the_gazetteer_knows_better(gazetteer: Gazetteer) -> None:
    found = rank("旷视", ("Kuang Shipping", "Megvii"), gazetteer=gazetteer)
    assert (found[0].name, found[0].score, found[0].evidence[0].witness) == ("Megvii", 1.0, "gazetteer")


def test_edges() -> None:
    assert rank("", ("a",)) == []
    assert rank("Megvii", ()) == []
    assert rank("，。", ("旷视", "Megvii")) == []
    assert len(rank("大学", ORGANISATIONS, limit=1)) <= 1
    assert rank("清华大学", ["清华大学"])[0].score == 1.0


def test_long_lists_are_searched_by_few_keys() -> None:
    names = (*(f"Maker Number {i} Ltd" for i in range(25_000)), "Kuangshi Technology")
    assert rank("旷视科技有限公司", names, limit=1)[0].name == "Kuangshi Technology"


@pytest.mark.parametrize("written", ["Lü Bu", "Lǚ Bù", "Lv Bu", "Lyu Bu", "LÜ Bu", "Bu Lyu"])
def test_tones_and_umlauts(written: str) -> None:
    found = rank("吕布", ("Liu Bo", "Li Bao", "Lan Bo", written), kind="person")[0]
    assert found.name == written and found.score > 0.8


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("陈水扁", ("Chen Shui-bian", "Ch'en Shui-pien", "Shui-bian Chen", "Chen Shuibian")),
        ("蔡英文", ("Tsai Ing-wen", "Ing-wen Tsai", "Cai Yingwen")),
        ("吴钊燮", ("Jaushieh Joseph Wu", "Wu Zhaoxie")),
        ("张涛", ("Zhāng Tāo", "ZHANG Tao", "Tao Zhang")),
    ],
)
def test_every_customary_spelling_and_order(query: str, forms: tuple[str, ...]) -> None:
    others = ("Chen Guo", "Zhao Ting", "Wang Fang", "Peter Miller")
    for form in forms:
        assert rank(query, (*others, form), kind="person")[0].name == form
