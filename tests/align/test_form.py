"""Names of one document that their forms alone tie."""

from pipeline.align.form import tied_by_form
from pipeline.match.candidates import Candidate
from pipeline.records import EntityType


def tied(*named: tuple[str, EntityType]) -> set[tuple[str, str]]:
    """Tie names that stand in a text one after the other, each a node of its own."""
    text, settled, nodes = "", [], []
    for name, kind in named:
        start = len(text)
        text += name + "\n"
        settled.append(Candidate(start=start, end=start + len(name), type=kind, method="rule", score=0.9))
        nodes.append(f"~{kind}/{name}")
    found = tied_by_form(text, settled, nodes, nodes)
    return {
        (text[slice(settled[a].start, settled[a].end)], text[slice(settled[b].start, settled[b].end)])
        for a, b in found
    }


def test_short_and_registered_name_of_a_firm() -> None:
    full = ("浙江砺森环保科技股份有限公司", "company")
    assert tied(full, ("砺森环保", "company")) == {("砺森环保", full[0])}
    assert tied(("浙江昊宇集团有限公司", "company"), ("昊宇集团", "company")) == {
        ("昊宇集团", "浙江昊宇集团有限公司")
    }


def test_two_registered_names_leave_it_open() -> None:
    assert not tied(
        ("浙江砺森科技有限公司", "company"), ("上海砺森科技有限公司", "company"), ("砺森科技", "company")
    )


def test_parts_of_a_firm_are_others() -> None:
    assert not tied(("砺森电气(锦州)有限公司", "company"), ("砺森电气", "company"))
    assert not tied(("浙江砺森科技有限公司嘉兴分公司", "company"), ("砺森科技", "company"))
    assert not tied(("浙江砺森纺织机械有限公司", "company"), ("砺森环保", "company"))


def test_a_person_in_two_scripts() -> None:
    assert tied(("Tang Jiawei", "person"), ("唐嘉伟", "person")) == {("Tang Jiawei", "唐嘉伟")}
    assert tied(("Jiawei Tang", "person"), ("唐嘉伟", "person")) == {("Jiawei Tang", "唐嘉伟")}


def test_two_people_of_one_sound_leave_it_open() -> None:
    assert not tied(("Tang Jiawei", "person"), ("唐嘉伟", "person"), ("唐佳薇", "person"))
    assert not tied(("Zhang Tao", "person"), ("张涛", "person"))


def test_a_trade_that_the_short_name_leaves_out() -> None:
    assert tied(("昊宇宏利基金", "company"), ("昊宇宏利", "company")) == {("昊宇宏利", "昊宇宏利基金")}
    assert not tied(("昊宇基金", "company"), ("昊宇", "company"))
