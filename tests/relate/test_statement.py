"""The ``statement`` key over several documents."""

from collections import defaultdict
from pathlib import Path

import msgspec

from pipeline import ingest
from pipeline.records import Relation


def test_one_statement_of_two_documents_shares_its_key_and_contradictory_ones_stay(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(
        "科技部于2017年7月印发《新一代人工智能发展规划》。百度与华为签署合作协议。\n", "utf-8"
    )
    (source / "b.txt").write_text(
        "科技部于2018年8月印发《新一代人工智能发展规划》。华为与百度签署合作协议。\n", "utf-8"
    )
    ingest([str(source)], str(tmp_path / "out"))
    lines = (tmp_path / "out" / "relations.jsonl").read_bytes().splitlines()
    groups: dict[str, list[Relation]] = defaultdict(list)
    for line in lines:
        relation = msgspec.json.decode(line, type=Relation)
        groups[relation.statement].append(relation)
    by_type = {group[0].type: group for group in groups.values()}
    assert set(by_type) == {"issued", "partner_of"}
    assert sorted(r.qualifiers.date or "" for r in by_type["issued"]) == ["2017-07", "2018-08"]
    assert all(len({r.document for r in group}) == len(group) == 2 for group in groups.values())


def test_a_bureau_without_its_city_is_the_issuing_citys(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for city in ("武汉市", "成都市"):
        text = (
            f"{city}人民政府关于印发《{city}人工智能行动方案》的通知\n现将《{city}人工智能行动方案》印发给你们。\n"
            "一、强化算力服务支撑。建设平台。（责任单位：市人才工作局，团市委）\n"
        )
        (source / f"{city}.txt").write_text(text, "utf-8")
    run = ingest([str(source)], str(tmp_path / "out"))
    assert run is not None
    entities = [
        msgspec.json.decode(x) for x in (tmp_path / "out" / "entities.jsonl").read_bytes().splitlines()
    ]
    names = {e["id"]: e["zh"] for e in entities}
    relations = [
        msgspec.json.decode(x) for x in (tmp_path / "out" / "relations.jsonl").read_bytes().splitlines()
    ]
    stated = {
        (names[r["subject"]], r["qualifiers"]["item"], names[r["object"]])
        for r in relations
        if r["type"] == "implements"
    }
    assert stated == {
        (body, "一、强化算力服务支撑", f"{city}人工智能行动方案")
        for city in ("武汉市", "成都市")
        for body in (f"{city}人才工作局", f"共青团{city}委员会")
    }
