"""Official documents: heads, signatures, laws, responsible bodies."""

from tests.relate.helpers import found, stated


def test_signature_block_issues_the_announced_plan() -> None:
    text = "关于印发《[plan: 行动计划]》的通知\n各单位:\n现将《[plan: 行动计划]》印发给你们。\n[government: 教育部]\n[government: 科技部]\n2021年12月21日\n"
    issued = {(s, q.get("date")) for k, s, _, q in stated(text) if k == "issued"}
    assert issued == {("教育部", "2021-12-21"), ("科技部", "2021-12-21")}


def test_order_with_signing_premier() -> None:
    text = (
        "中华人民共和国[government: 国务院]令\n第790号\n《[plan: 数据条例]》已经2024年8月30日[government: 国务院]第40次常务会议通过，现予公布。\n"
        "总理[person: 李强]\n2024年9月24日"
    )
    rows = stated(text)
    assert ("holds_position", "李强", "国务院", {"title": "总理"}) in rows
    assert any(k == "issued" and q.get("date") == "2024-09-24" for k, _, _, q in rows)


def test_law_history_gives_body_and_date_but_not_the_approver() -> None:
    text = (
        "# [plan: 洛阳市条例]\n\n2014年8月22日[government: 洛阳市人民代表大会常务委员会]第五次会议通过\n\n"
        "2014年9月26日[government: 河南省人民代表大会常务委员会]第十次会议批准\n"
    )
    assert [(s, q["date"]) for k, s, _, q in stated(text) if k == "issued"] == [
        ("洛阳市人民代表大会常务委员会", "2014-08-22")
    ]


def test_responsible_bodies_carry_out_the_measure() -> None:
    text = (
        "# [plan: 若干措施]\n一、强化算力支撑。加大供给。（责任单位：[government: 市数据局]、[government: 市经信局]）\n"
        "二、开放场景。每年遴选。（牵头单位：[government: 市科创局]）\n"
    )
    rows = [(s, q.get("item"), q.get("role")) for k, s, _, q in stated(text) if k == "implements"]
    assert sorted(rows, key=str) == sorted(
        [
            ("市数据局", "一、强化算力支撑", None), ("市经信局", "一、强化算力支撑", None), ("市科创局", "二、开放场景", "牵头"),
        ],
        key=str,
    )  # fmt: skip


def test_recipients_are_no_issuers() -> None:
    assert not found("致[government: 教育部]:\n现将《[plan: 行动计划]》印发给你们。")


def test_roster_under_a_colon() -> None:
    text = "The [government: AI Office] includes membership from two bodies:\n1. [government: MOST]\n2. [institution: CAS]\n"
    assert found(text) == {("member_of", "MOST", "AI Office"), ("member_of", "CAS", "AI Office")}


def test_a_law_replaces_what_it_repeals() -> None:
    text = (
        "# [plan: 洛阳市科学技术进步条例]\n\n2019年8月19日[government: 洛阳市人民代表大会常务委员会]通过\n\n"
        "第五十条 本条例自2020年1月1日起施行。1997年批准的《[plan: 洛阳市科学技术投入条例]》同时废止。\n"
    )
    assert ("replaces", "洛阳市科学技术进步条例", "洛阳市科学技术投入条例") in found(text)
