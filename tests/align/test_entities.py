"""Mentions of one document gathered into entities."""

from collections.abc import Callable

from pipeline.align import Aligned
from pipeline.align.identity import new_id, same_name
from pipeline.segment import Reading

Align = Callable[..., tuple[Reading, Aligned]]


def _names(result: tuple[Reading, Aligned]) -> dict[str, list[str]]:
    reading, aligned = result
    found: dict[str, list[str]] = {}
    for named in aligned.mentions:
        text = reading.normal.text[named.candidate.start : named.candidate.end]
        found.setdefault(named.entity, []).append(text)
    return found


def test_forms_of_an_entry_are_one_entity(aligned: Align) -> None:
    found = _names(aligned("The Ministry of Science and Technology (MOST) and 科技部."))
    assert found == {"government/most": ["Ministry of Science and Technology", "MOST", "科技部"]}


def test_a_glossed_pair_is_one_new_entity_with_both_names(aligned: Align) -> None:
    reading, result = aligned(
        "Delicai Precision (德立采精密) makes gears. Delicai Precision is old. 德立采精密在宁波。"
    )
    (entity,) = [e for e in result.entities if e.zh == "德立采精密"]
    assert (entity.en, entity.type, entity.gazetteer) == ("Delicai Precision", "company", False)
    assert entity.key == new_id("company", "德立采精密")
    assert len(_names((reading, result))[entity.key]) == 4


def test_a_gloss_of_an_entry_belongs_to_the_entry(aligned: Align) -> None:
    _, result = aligned("Megvii (旷视科技集团) sells cameras.")
    assert [e.key for e in result.entities if e.type == "company"] == ["company/megvii"]


def test_two_entries_are_never_merged_by_a_gloss(aligned: Align) -> None:
    found = _names(aligned("Megvii (百度) and Baidu (旷视科技)"))
    assert set(found) == {"company/megvii", "company/baidu"}
    assert found["company/megvii"] == ["Megvii", "旷视科技"]


def test_a_person_is_told_by_pinyin(aligned: Align) -> None:
    _, result = aligned("The chair is Shen Heqing (沈鹤清).")
    (entity,) = result.entities
    assert (entity.type, entity.en, entity.zh) == ("person", "Shen Heqing", "沈鹤清")


def test_a_surname_alone_refers_to_the_one_person_who_has_it(aligned: Align) -> None:
    found = _names(aligned("The chair is Shen Heqing (沈鹤清). Shen had worked in Ningbo."))
    (key,) = [k for k in found if k.startswith("person/")]
    assert found[key] == ["Shen Heqing", "沈鹤清", "Shen"]


def test_a_surname_that_two_people_have_is_left_alone(aligned: Align) -> None:
    text = "Here are Shen Heqing (沈鹤清) and Shen Minghua (沈明华). Shen had worked in Ningbo."
    assert all("Shen" not in names for names in _names(aligned(text)).values())


def test_an_abbreviation_defined_once_is_found_again(aligned: Align) -> None:
    found = _names(
        aligned("The Delta Robot Testing Office (DRTO) opened. Later DRTO closed. The DRTOs are not it.")
    )
    (key,) = [k for k in found if "DRTO" in found[k]]
    assert found[key] == ["Delta Robot Testing Office", "DRTO", "DRTO"]


def test_what_is_repeated_inside_a_word_is_not_a_name(aligned: Align) -> None:
    found = _names(aligned("Qiuming Sensing (秋鸣) came. 千秋鸣钟。Qiuming Sensings"))
    names = [n for ns in found.values() for n in ns]
    assert names.count("Qiuming Sensing") == 1


def test_a_post_before_a_name_is_not_part_of_it(aligned: Align) -> None:
    _, result = aligned("院长沈鹤清（Shen Heqing）说。")
    (entity,) = [e for e in result.entities if e.type == "person"]
    assert entity.zh == "沈鹤清"


def test_names_of_entities_are_on_one_line_without_letter_spacing(aligned: Align) -> None:
    _, result = aligned("沈　鹤　清（Shen Heqing）说。")
    (entity,) = [e for e in result.entities if e.type == "person"]
    assert entity.zh == "沈鹤清"


def test_ids_depend_on_type_and_name_alone() -> None:
    assert new_id("company", "Ａcme 公司") == new_id("company", "acme公司")
    assert new_id("company", "臺灣") == new_id("company", "台湾")
    assert new_id("company", "A") != new_id("person", "A")
    assert new_id("company", "A", "x") != new_id("company", "A")
    assert same_name(" Liu  He ") == "liuhe"
