"""Compiled gazetteers: surfaces, their variants, and that a compiled form is the source's."""

import os
from pathlib import Path

import pytest

from pipeline.match.entries import Entry
from pipeline.match.gazetteer import Gazetteer, builtin_folder, compile_entries, load_gazetteers


def _patterns(**fields: object) -> set[str]:
    entry = Entry(id="x", **fields)  # type: ignore[arg-type]
    return set(compile_entries([entry], "v").patterns)


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        (
            "Megvii Co., Ltd.",
            ["megvii co., ltd.", "megvii co., ltd", "megvii co. ltd.", "megvii co ltd", "megvii co.,ltd"],
        ),
        ("Haoyu Inc.", ["haoyu inc", "haoyu inc.", "haoyu, inc.", "haoyu, inc"]),
        ("Johnson & Johnson", ["johnson and johnson"]),
        ("Research and Development Fund", ["research & development fund"]),
        ("U.S. Department of Commerce", ["us department of commerce"]),
        ("US Department of Commerce", ["u.s. department of commerce"]),
        ("UK Parliament", ["u.k. parliament"]),
    ],
)
def test_usual_ways_of_writing(name: str, variants: list[str]) -> None:
    assert set(variants) <= _patterns(type="company", en=name)


def test_technologies_have_plurals_and_others_have_not() -> None:
    assert "industrial robots" in _patterns(type="technology", en="industrial robot")
    assert "batteries" in _patterns(type="technology", en="battery")
    assert "ministrys" not in _patterns(type="government", en="Ministry")


def test_surfaces_are_normalised_and_named_by_kind() -> None:
    entry = Entry(
        id="x", type="government", en="A  Body", zh="臺灣Ｘ部", aliases=["A Body"], abbreviations=["ABX"]
    )
    compiled = compile_entries([entry], "v")
    assert [(s.form, s.kind, s.language) for s in compiled.surfaces] == [
        ("A Body", "canonical", "en"), ("台湾X部", "canonical", "zh"), ("ABX", "abbreviation", "en"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["台灣", "臺灣", " 台湾 "])
def test_lookup_by_any_surface(gazetteer: Gazetteer, name: str) -> None:
    assert [gazetteer.entries[s.entry].key for s in gazetteer.lookup(name)] == ["place/taiwan"]


def test_lookup_of_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Nobody") == []
    assert gazetteer.surfaces_of("company/nobody") == []


def test_compiling_twice_gives_the_same_and_the_cache_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHEN_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "a.yaml").write_text("- {id: a, type: company, en: Aa Robotics}\n")
    first = load_gazetteers([folder], builtin=False)
    (kept,) = (tmp_path / "cache").glob(f"gazetteer-{first.version}-*.index")
    written = kept.stat().st_mtime_ns
    again = load_gazetteers([folder], builtin=False)
    assert again.patterns == first.patterns
    assert kept.stat().st_mtime_ns == written
    (folder / "a.yaml").write_text("- {id: a, type: company, en: Bb Robotics}\n")
    changed = load_gazetteers([folder], builtin=False)
    assert changed.version != first.version
    assert changed.patterns == ["bb robotics"]


def test_a_broken_or_unwritable_cache_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("ZHEN_CACHE", str(cache))
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "a.yaml").write_text("- {id: a, type: company, en: Aa Robotics}\n")
    version = load_gazetteers([folder], builtin=False).version
    (kept,) = cache.glob(f"gazetteer-{version}-*.index")
    for damage in (b"", b"\xc1 broken", kept.read_bytes()[:-1]):
        kept.write_bytes(damage)
        assert load_gazetteers([folder], builtin=False).patterns == ["aa robotics"]
    monkeypatch.setenv("ZHEN_CACHE", os.devnull + "/no")
    assert load_gazetteers([folder], builtin=False).patterns == ["aa robotics"]


def test_the_builtin_gazetteers_load() -> None:
    loaded = load_gazetteers()
    assert builtin_folder().is_dir()
    assert len(loaded.entries) > 1000
    assert [loaded.entries[s.entry].key for s in loaded.lookup("科技部")]
