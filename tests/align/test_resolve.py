"""Entities over all documents of a run: ids, what was merged, and what adding a document changes."""

from pipeline.align.entities import LocalEntity, LocalName
from pipeline.align.identity import new_id
from pipeline.align.resolve import Resolved, resolve
from pipeline.curate.decisions import Decision, Decisions
from pipeline.match.gazetteer import Gazetteer
from pipeline.normal import has_han
from pipeline.records import EntityType, Mention

Part = tuple[str, list[LocalEntity], list[Mention]]


def _local(kind: EntityType, document: str, *names: str, entry: str | None = None) -> LocalEntity:
    zh = next((n for n in names if has_han(n)), None)
    en = next((n for n in names if not has_han(n)), None)
    return LocalEntity(
        key=entry or new_id(kind, zh or en or ""), type=kind, gazetteer=entry is not None,
        en=None if entry else en, zh=None if entry else zh,
        names=[LocalName(text=n, kind=None, evidence=f"{document}:1:{i}-{i + 1}") for i, n in enumerate(names)],
    )  # fmt: skip


def _mention(document: str, entity: LocalEntity, at: int = 0) -> Mention:
    return Mention(
        id=f"{document}:1:{at}-{at + 1}", document=document, page=1, start=at, end=at + 1, text="x", bboxes=[],
        language="en", type=entity.type, entity=entity.key, method="rule", score=1.0, continues=None,
    )  # fmt: skip


def _part(document: str, *entities: LocalEntity) -> Part:
    return document, list(entities), [_mention(document, e, i) for i, e in enumerate(entities)]


def _final(resolved: Resolved, index: int, entity: LocalEntity) -> str:
    return resolved.keys[index][entity.key]


def test_equal_names_in_two_documents_are_one_entity() -> None:
    one, two = _local("company", "a", "Delicai Precision"), _local("company", "b", "Delicai  PRECISION")
    resolved = resolve([_part("a", one), _part("b", two)], None)
    (entity,) = resolved.entities
    assert (entity.id, entity.mentions, entity.documents) == (
        new_id("company", "delicaiprecision"),
        2,
        ["a", "b"],
    )


def test_a_pair_in_one_document_joins_single_names_elsewhere() -> None:
    pair = _local("company", "a", "Delicai Precision", "德立采精密")
    zh, en = _local("company", "b", "德立采精密"), _local("company", "c", "Delicai Precision")
    resolved = resolve([_part("a", pair), _part("b", zh), _part("c", en)], None)
    (entity,) = resolved.entities
    assert entity.id == new_id("company", "德立采精密")
    assert (entity.en, entity.zh) == ("Delicai Precision", "德立采精密")
    assert entity.former_ids == [new_id("company", "Delicai Precision")]


def test_single_names_that_a_later_pair_joins_are_one_entity() -> None:
    zh, en = _local("company", "a", "德立采精密"), _local("company", "b", "Delicai Precision")
    pair = _local("company", "c", "Delicai Precision", "德立采精密")
    resolved = resolve([_part("a", zh), _part("b", en), _part("c", pair)], None)
    assert len({_final(resolved, 0, zh), _final(resolved, 1, en), _final(resolved, 2, pair)}) == 1
    (entity,) = resolved.entities
    earlier = {new_id("company", "德立采精密"), new_id("company", "Delicai Precision")}
    assert earlier - {entity.id} <= set(entity.former_ids)


def test_types_keep_entities_apart() -> None:
    one, two = _local("company", "a", "Aurora Systems"), _local("product", "b", "Aurora Systems")
    assert len(resolve([_part("a", one), _part("b", two)], None).entities) == 2


def test_adding_a_document_keeps_or_remembers_every_id() -> None:
    parts = [
        _part("a", _local("company", "a", "Delicai Precision"), _local("person", "a", "沈鹤清")),
        _part("b", _local("company", "b", "德立采精密", "Delicai Precision")),
        _part("c", _local("person", "c", "Shen Heqing", "沈鹤清")),
    ]
    earlier: set[str] = set()
    for count in range(1, len(parts) + 1):
        resolved = resolve(parts[:count], None)
        known = {e.id for e in resolved.entities} | {i for e in resolved.entities for i in e.former_ids}
        assert earlier <= known
        earlier |= {e.id for e in resolved.entities}


def test_an_entry_has_the_gazetteers_names_and_evidence_where_shown(gazetteer: Gazetteer) -> None:
    most = _local("government", "a", "MOST", "科学技術部", entry="government/most")
    (entity,) = resolve([_part("a", most)], gazetteer).entities
    assert (entity.id, entity.en, entity.zh, entity.gazetteer) == (
        "government/most", "Ministry of Science and Technology", "科学技术部", True,
    )  # fmt: skip
    by_text = {n.text: n for n in entity.names}
    assert by_text["MOST"].evidence == "a:1:0-1"
    assert by_text["科技部"].evidence is None
    assert (by_text["科学技術部"].kind, by_text["科学技術部"].evidence) == ("traditional", "a:1:1-2")


def test_a_new_name_of_an_entry_is_added_to_it(gazetteer: Gazetteer) -> None:
    part = _local("company", "a", "Megvii Group", entry="company/megvii")
    (entity,) = resolve([_part("a", part)], gazetteer).entities
    assert ("Megvii Group", "alias") in [(n.text, n.kind) for n in entity.names]
    assert new_id("company", "Megvii Group") in entity.former_ids


def test_a_name_that_became_an_entry_elsewhere_in_the_run_is_that_entry(gazetteer: Gazetteer) -> None:
    entry = _local("company", "a", "Megvii", "旷视集团", entry="company/megvii")
    new = _local("company", "b", "旷视集团")
    resolved = resolve([_part("a", entry), _part("b", new)], gazetteer)
    assert _final(resolved, 1, new) == "company/megvii"


def test_entities_are_sorted_and_names_listed_once() -> None:
    entities = [_local("company", "a", n) for n in ("Zeta Robotics", "Alpha Robotics", "ALPHA Robotics")]
    resolved = resolve([_part("a", *entities[:2]), _part("b", entities[2])], None)
    ids = [e.id for e in resolved.entities]
    assert ids == sorted(ids)
    for entity in resolved.entities:
        texts = [n.text.casefold() for n in entity.names]
        assert len(texts) == len(set(texts))


def test_nothing_at_all() -> None:
    assert resolve([], None).entities == []


def test_a_curator_joins_and_parts() -> None:
    decided = Decisions([
        Decision(id="1", when="", who="x", what="same", names=["Haoyu Robotics", "Wonder Arms"]),
        Decision(id="2", when="", who="x", what="different", names=["Delicai Precision", "德立采精密"]),
    ])  # fmt: skip
    one, two = _local("company", "a", "Haoyu Robotics"), _local("company", "b", "Wonder Arms")
    three, four = (
        _local("company", "a", "Delicai Precision"),
        _local("company", "b", "德立采精密", "Delicai Precision"),
    )
    resolved = resolve([_part("a", one, three), _part("b", two, four)], None, decided)
    assert _final(resolved, 0, one) == _final(resolved, 1, two)
    assert _final(resolved, 0, three) != _final(resolved, 1, four)


def test_homonyms_with_other_company_are_two() -> None:
    one, two = _local("person", "a", "张涛"), _local("person", "b", "张涛")
    csi, hrc = _local("company", "a", "A", entry="company/a"), _local("company", "b", "B", entry="company/b")
    resolved = resolve([_part("a", one, csi), _part("b", two, hrc)], None)
    ids = {_final(resolved, 0, one), _final(resolved, 1, two)}
    assert len(ids) == 2 and new_id("person", "张涛") in ids
    same = resolve(
        [_part("a", one, csi), _part("b", two, _local("company", "b", "A", entry="company/a"))], None
    )
    assert _final(same, 0, one) == _final(same, 1, two)


def test_an_english_name_does_not_chain_two_chinese_ones() -> None:
    one = _local("institution", "a", "中科院自动化研究所", "Institute of Automation Research")
    two = _local("institution", "b", "沈阳自动化机器研究所", "Institute of Automation Research")
    resolved = resolve([_part("a", one), _part("b", two)], None)
    assert _final(resolved, 0, one) != _final(resolved, 1, two)


def test_a_firm_with_and_without_its_legal_ending_is_one() -> None:
    one, two = _local("company", "a", "浙江砺森机器人有限公司"), _local("company", "b", "浙江砺森机器人")
    assert len(resolve([_part("a", one), _part("b", two)], None).entities) == 1


def test_no_quadratic_step() -> None:
    parts = [
        _part(f"d{i}", *(_local("company", f"d{i}", f"Maker {i}x{j} Robotics") for j in range(20)))
        for i in range(250)
    ]
    assert len(resolve(parts, None).entities) == 5000


def test_bodies_that_every_place_has_are_kept_apart() -> None:
    one, two = _local("association", "a", "科学技术协会"), _local("association", "b", "科学技术协会")
    assert len(resolve([_part("a", one), _part("b", two)], None).entities) == 2
    one, two = (
        _local("association", "a", "嘉兴市科学技术协会"),
        _local("association", "b", "嘉兴市科学技术协会"),
    )
    assert len(resolve([_part("a", one), _part("b", two)], None).entities) == 1


def test_a_shared_abbreviation_vouches_for_a_plain_name() -> None:
    def office(document: str) -> LocalEntity:
        entity = _local("government", document, "Robot Office", "RTOF")
        names = [entity.names[0], LocalName(text="RTOF", kind="abbreviation", evidence=f"{document}:1:9-10")]
        return LocalEntity(
            key=entity.key, type=entity.type, gazetteer=False, en="Robot Office", zh=None, names=names
        )

    assert len(resolve([_part("a", office("a")), _part("b", office("b"))], None).entities) == 1
    plain = [_part(d, _local("government", d, "Robot Office")) for d in ("a", "b")]
    assert len(resolve(plain, None).entities) == 2


def test_the_homonym_that_most_documents_name_keeps_the_id() -> None:
    def zhang(document: str, near: str) -> Part:
        person = _local("person", document, "张涛")
        body = _local("institution", document, near, entry=f"institution/{near.lower()}")
        return document, [person, body], [_mention(document, person, 0), _mention(document, body, 1)]

    before = resolve([zhang("b", "Alpha"), zhang("c", "Alpha")], None)
    after = resolve([zhang("a", "Beta"), zhang("b", "Alpha"), zhang("c", "Alpha")], None)
    own = new_id("person", "张涛")
    assert before.keys[0][own] == own
    assert after.keys[1][own] == own and after.keys[0][own] != own


def test_pinyin_is_no_second_name_of_a_homonym() -> None:
    one, two = _local("person", "a", "张涛", "Zhang Tao"), _local("person", "b", "张涛", "Zhang Tao")
    assert len(resolve([_part("a", one), _part("b", two)], None).entities) == 2


def test_a_region_is_the_place_it_is_named_after() -> None:
    one, two = _local("place", "a", "砺森三角洲"), _local("place", "b", "砺森三角洲区域")
    (entity,) = resolve([_part("a", one), _part("b", two)], None).entities
    assert entity.mentions == 2
