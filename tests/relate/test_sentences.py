"""Relations of single sentences in both languages."""

import pytest

from tests.relate.helpers import found, qualifiers, stated


def test_coordination_on_both_sides() -> None:
    text = "[company: A Corp], [company: B Corp] and [company: C Corp] work with [institution: D Lab] and [institution: E Lab]."
    pairs = {(s, o) for k, s, o in found(text) if k == "partner_of"}
    assert pairs == {(f"{c} Corp", f"{x} Lab") for c in "ABC" for x in "DE"}


def test_respectively_pairs_in_order() -> None:
    text = "[company: A Corp] and [company: B Corp] partnered with [institution: C Lab] and [institution: D Lab], respectively."
    assert {(s, o) for k, s, o in found(text) if k == "partner_of"} == {
        ("A Corp", "C Lab"),
        ("B Corp", "D Lab"),
    }


def test_fenbie_pairs_in_order() -> None:
    text = "[company: 甲公司]、[company: 乙公司]分别收购了[company: 丙公司]、[company: 丁公司]。"
    assert {(s, o) for k, s, o in found(text) if k == "owns"} == {("甲公司", "丙公司"), ("乙公司", "丁公司")}


def test_joint_issue_in_chinese() -> None:
    text = "[government: 教育部]会同[government: 科技部]印发《[plan: 行动计划]》。"
    assert found(text) == {
        ("issued", "教育部", "行动计划"), ("issued", "科技部", "行动计划"), ("partner_of", "教育部", "科技部"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[company: A Corp] did not acquire [company: B Corp].",
        "[company: 甲公司]并未收购[company: 乙公司]。",
        "[company: 甲公司]否认收购[company: 乙公司]。",
    ],
)
def test_denied_is_left_out(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("[company: 甲公司]拟收购[company: 乙公司]。", "planned"),
        ("[company: 甲公司]可能收购[company: 乙公司]。", "possible"),
        ("[company: 甲公司]收购[company: 乙公司]。", None),
        ("[company: A Corp] will acquire [company: B Corp].", "planned"),
        ("[company: A Corp] may acquire [company: B Corp].", "possible"),
        ("[company: A Corp] is expected to acquire [company: B Corp].", "possible"),
        ("Reportedly, [company: A Corp] acquired [company: B Corp].", "reported"),
    ],
)
def test_modality(text: str, modality: str | None) -> None:
    assert qualifiers(text, "owns").get("modality") == modality


def test_date_amount_and_title() -> None:
    assert qualifiers("In July 2017, [government: MOST] issued the [plan: AI Plan] (2018-20).", "issued") == {
        "date": "2017-07", "date_text": "July 2017",
    }  # fmt: skip
    owns = qualifiers("2018年4月，[company: 甲公司]以95亿美元收购[company: 乙公司]。", "owns")
    assert owns["date"] == "2018-04"
    assert owns["amount"] == {"value": 9.5e9, "unit": "USD", "text": "95亿美元"}
    assert qualifiers("[government: 外交部]长[person: 王毅]", "holds_position") == {"title": "部长"}


def test_definite_descriptions() -> None:
    assert ("develops", "Baidu", "Apollo") in found(
        "[company: Baidu] is large. The company launched [product: Apollo]."
    )
    assert ("issued", "MOST", "AIDP") in found(
        "[government: MOST] is a ministry. This ministry issued the [plan: AIDP]."
    )
    assert ("owns", "甲公司", "乙公司") in found("[company: 甲公司]位于北京。该公司收购了[company: 乙公司]。")


def test_modifiers_do_not_act() -> None:
    text = "[place: 美国][company: 高通]和[place: 德国][company: 西门子]签署合作协议。"
    assert ("partner_of", "高通", "西门子") in found(text)
    text = "[company: 甲公司]子公司[company: 乙公司]收购[company: 丙公司]。"
    assert {(s, o) for k, s, o in found(text) if k == "owns"} == {("甲公司", "乙公司"), ("乙公司", "丙公司")}


def test_place_inside_place_is_no_list() -> None:
    text = "The [event: AI Expo] was held in [place: Chongqing], [place: China]."
    assert found(text) == {("located_in", "AI Expo", "Chongqing")}


def test_sides_of_a_contract() -> None:
    text = "[company: 甲公司]与[company: 乙公司]及其子公司[company: 丙公司]、[company: 丁公司]签署协议。"
    pairs = {(s, o) for k, s, o in found(text) if k == "partner_of"}
    assert pairs == {("甲公司", "乙公司"), ("甲公司", "丙公司"), ("甲公司", "丁公司")}


def test_respectively_over_a_list_that_breaks_off() -> None:
    text = (
        "[company: A Corp] and [company: B Corp] partnered with [institution: C Lab] and [institution: D Lab], respectively, "
        "to establish the [institution: E School], the first AI school in [place: Liaoning], in May 2018 and the "
        "[institution: F School] in February 2018."
    )
    assert ("founded", "B Corp", "E School") not in found(text)
    assert ("partner_of", "B Corp", "D Lab") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "[company: 甲公司]受让[company: 乙公司]所持丙股权。",
        "[company: 甲公司]控股股东受让[company: 乙公司]20%股权。",
        "[government: 甲部]和[institution: 乙院]建立开放实验室的费用由财政支付。",
        "[Ministry [government: MOE] announces a plan], [publication: Blog], 2019, https://a.cn/",
        "[company: 甲公司]将位于[place: 乙市]的18间商铺抵押。",
        "[person: 王某]同志不再担任[government: 科技部]部长。",
        "[government: 科技部]部长，[person: 王某]同志出席。",
    ],
)
def test_look_alikes_are_left_out(text: str) -> None:
    assert not found(text)


def test_possessives_and_counts_stand_for_names() -> None:
    text = "The [association: CAAI] grew. [person: Li Deyi] is its honorary president."
    assert ("holds_position", "Li Deyi", "CAAI") in found(text)
    text = "[institution: A University] and [institution: B University] grew. Both universities are overseen by [government: MIIT]."
    assert {(s, o) for k, s, o in found(text) if k == "subordinate_to"} == {
        ("A University", "MIIT"),
        ("B University", "MIIT"),
    }
    text = "[company: 甲公司]位于[place: 北京]。其全资子公司[company: 乙公司]盈利。"
    assert ("owns", "甲公司", "乙公司") in found(text)


def test_company_of_an_announcement() -> None:
    text = "[company: 甲股份有限公司]关于对外投资的公告\n公司拟与[company: 乙公司]共同出资设立[company: 丙公司]。"
    assert ("partner_of", "甲股份有限公司", "乙公司") in found(text)
    assert ("founded", "甲股份有限公司", "丙公司") in found(text)


def test_founder_is_no_post() -> None:
    text = "[person: Liang] is also [company: High-Flyer]'s co-founder."
    assert found(text) == {("founded", "Liang", "High-Flyer")}


def test_date_in_a_bracket_after_the_firm_that_was_bought() -> None:
    text = "[company: 甲公司]收购[company: 乙公司]35%股权(2014年)、[company: 丙公司]控股[company: 丁公司](2015年)。"
    dated = {(s, o): q.get("date") for k, s, o, q in stated(text) if k == "owns"}
    assert dated["丙公司", "丁公司"] == "2015"


def test_who_plans_to_sell_what_it_holds_holds_it() -> None:
    text = (
        "[company: 甲公司]于2017年9月17日公告，[company: 乙公司]拟将所持有的[company: 丙公司]100%股权出售。"
    )
    assert [q.get("modality") for k, s, _, q in stated(text) if k == "owns" and s == "乙公司"] == [None]


def test_replaced_and_replacing_are_of_one_kind() -> None:
    assert not found("The [government: State Council] repealed the [plan: Old Regulations] in May.")


@pytest.mark.parametrize(
    "text",
    [
        "如果[company: 甲公司]与[company: 乙公司]合作，市场会变化。",
        "If [company: A Corp] were to acquire [company: B Corp], prices would rise.",
    ],
)
def test_conditions_are_possible(text: str) -> None:
    assert {q.get("modality") for _, _, _, q in stated(text)} == {"possible"}


def test_a_planning_department_plans_nothing() -> None:
    text = "[person: 张皓若]历任化工部计划司司长、[company: 中国石化]副总经理。"
    assert [q.get("modality") for _, _, _, q in stated(text)] == [None]


def test_english_person_at_the_start_of_a_sentence() -> None:
    text = "[person: Lei Jun] spoke. He is also a former president of [company: Kingsoft]."
    assert found(text) == {("holds_position", "Lei Jun", "Kingsoft")}


def test_chinese_person_after_an_adverb() -> None:
    text = "[person: 李彦宏]出席会议。此前他还兼任[association: 互联网协会]副理事长。"
    assert ("holds_position", "李彦宏", "互联网协会") in found(text)


def test_posts_of_a_list_of_people_stay_apart() -> None:
    text = "[association: 中国科协]主席[person: 万钢]，[institution: 中国科学院]院长[person: 侯建国]，[government: 教育部]副部长[person: 吴岩]出席。"
    assert {(s, o) for k, s, o in found(text) if k == "holds_position"} == {
        ("万钢", "中国科协"), ("侯建国", "中国科学院"), ("吴岩", "教育部"),
    }  # fmt: skip


def test_roster_of_member_units_in_one_line() -> None:
    text = "[association: 人工智能联盟]理事长单位：[institution: 信通院]；副理事长单位：[company: 阿里巴巴]、[company: 腾讯]。"
    assert {s for k, s, _ in found(text) if k == "member_of"} == {"信通院", "阿里巴巴", "腾讯"}


def test_business_authority_is_above() -> None:
    text = "[association: 计算机学会]挂靠在[institution: 计算所]，业务主管单位是[association: 中国科协]。"
    assert found(text) == {
        ("subordinate_to", "计算机学会", "计算所"), ("subordinate_to", "计算机学会", "中国科协"),
    }  # fmt: skip
