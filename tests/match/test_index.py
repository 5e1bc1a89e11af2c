"""The binary index: what comes out is what went in, and a damaged file is noticed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.match.entries import Entry, Former, Rule
from pipeline.match.gazetteer import Gazetteer, compile_entries, store
from pipeline.match.index import Automaton, DamagedIndex, Index

ENTRIES = [
    Entry(
        id="a-b",
        type="company",
        en="A and B Co., Ltd.",
        zh="甲乙科技",
        match={"甲乙科技": Rule(needs=["公司"])},
    ),
    Entry(id="c", type="company", en="Cc", former=[Former(zh="丙丙公司", until="2018-03")]),
    Entry(id="c", type="place", zh="丙丙城市", en="Cc City"),
]


@pytest.fixture
def both(tmp_path: Path) -> tuple[Gazetteer, Gazetteer]:
    compiled = compile_entries(ENTRIES, "v1")
    store(compiled, tmp_path / "gazetteer-x.index")
    return Gazetteer(compiled), Gazetteer(Index(tmp_path / "gazetteer-x.index"))


def test_a_mapped_gazetteer_is_the_compiled_one(both: tuple[Gazetteer, Gazetteer]) -> None:
    plain, mapped = both
    assert mapped.version == plain.version == "v1"
    for name in ("entries", "surfaces", "patterns"):
        assert getattr(mapped, name) == getattr(plain, name)
        assert list(getattr(mapped, name)[1:]) == getattr(plain, name)[1:]
    assert [list(o) for o in mapped.owners] == plain.owners
    assert dict(mapped.by_key) == plain.by_key
    assert "company/nobody" not in mapped.by_key
    assert mapped.words() == plain.words() == ["丙丙公司", "丙丙城市"]
    for key in plain.by_key:
        assert mapped.surfaces_of(key) == plain.surfaces_of(key) != []
    for name in ("a & b co. ltd", "丙丙公司", "Nobody", ""):
        assert mapped.lookup(name) == plain.lookup(name)


def test_records_are_reached_from_the_end_too(both: tuple[Gazetteer, Gazetteer]) -> None:
    plain, mapped = both
    assert mapped.entries[-1] == plain.entries[-1]
    with pytest.raises(IndexError):
        mapped.entries[len(ENTRIES)]


@pytest.mark.parametrize("cut", [0, 5, 30, -1])
def test_a_damaged_file_is_noticed(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "gazetteer-x.index"
    store(compile_entries(ENTRIES, "v1"), path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(DamagedIndex):
        Index(path)


def test_older_indexes_go(tmp_path: Path) -> None:
    for number in range(20):
        store(compile_entries(ENTRIES, "v"), tmp_path / f"gazetteer-{number:02}.index")
    assert len(list(tmp_path.glob("gazetteer-*.index"))) == 12


def test_no_entries_at_all(tmp_path: Path) -> None:
    store(compile_entries([], "none"), tmp_path / "gazetteer-x.index")
    empty = Gazetteer(Index(tmp_path / "gazetteer-x.index"))
    assert (len(empty.entries), empty.lookup("x"), empty.automaton.find_matches_as_indexes("x")) == (
        0,
        [],
        [],
    )


@given(st.sets(st.text("ab中国😀", min_size=1, max_size=4), min_size=1), st.text("ab中国😀", max_size=30))
def test_the_automaton_finds_every_occurrence(patterns: set[str], text: str) -> None:
    ordered = sorted(patterns)
    made = Automaton.load(Automaton.build(ordered).dump())
    found = {(ordered[p], s, e) for p, s, e in made.find_matches_as_indexes(text)}
    assert found == {(p, i, i + len(p)) for p in ordered for i in range(len(text)) if text.startswith(p, i)}
