"""Entries read from YAML: every error names its file and line."""

from pathlib import Path

import pytest

from pipeline.match.entries import GazetteerError, entry_files, read_entries, read_file

_GOOD = "- id: most\n  type: government\n  en: Ministry of Science and Technology\n"


def _write(folder: Path, text: str | bytes, name: str = "x.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (_GOOD + "- id: b\n  type: firm\n  en: B\n", 4, "type"),
        (_GOOD + "- id: b\n  en: B\n", 4, "type"),
        (_GOOD + "- type: company\n  en: B\n", 4, "id"),
        (_GOOD + "- id: b\n  type: company\n  en: B\n  name: B\n", 4, "name"),
        (_GOOD + "- id: b\n  type: company\n  en: [B]\n", 4, "en"),
        (_GOOD + "- id: b\n  type: company\n  aliases: B\n  en: B\n", 4, "aliases"),
        (_GOOD + "- id: b\n  type: company\n  match: {B: {nope: true}}\n  en: B\n", 4, "nope"),
        (_GOOD + "- id: Bad_Slug\n  type: company\n  en: B\n", 4, "slug"),
        (_GOOD + "- id: a--b\n  type: company\n  en: B\n", 4, "slug"),
        (_GOOD + "- id: b\n  type: company\n", 4, "neither en nor zh"),
        (_GOOD + "- id: b\n  type: company\n  en: B\n  en: C\n", 7, "twice"),
        (_GOOD + "- id: b\n  type: company\n  en: 'B\n", 6, "YAML"),
        (_GOOD + "- id: b\n  type: company\n  en: [B\n- id: c\n", 7, "YAML"),
        (_GOOD + "- id: b\n\ttype: company\n", 5, "YAML"),
        (_GOOD + "- just a word\n", 4, ""),
        ("id: most\ntype: government\n", 1, "list"),
        (_GOOD + "- id: b\n  type: company\n  en: *nowhere\n", 6, ""),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(GazetteerError) as caught:
        list(read_file(path))
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}:"), message
    assert words in message
    assert "\n" not in message


@pytest.mark.parametrize("data", [b"\xff\xfe- id", b"- id: a\x00b\n"])
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes) -> None:
    path = _write(tmp_path, data)
    with pytest.raises(GazetteerError) as caught:
        list(read_file(path))
    assert str(path) in str(caught.value)


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "- id: p863\n  type: plan\n  en: 863\n  zh: 863计划\n  date: 1986-03\n  aliases: [on, 2025]\n",
    )
    entry = next(iter(read_file(path))).entry
    assert (entry.en, entry.date, entry.aliases) == ("863", "1986-03", ["on", "2025"])


def test_an_empty_file_holds_no_entries(tmp_path: Path) -> None:
    assert list(read_file(_write(tmp_path, "# nothing yet\n"))) == []


def test_a_later_folder_replaces_an_entry(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.mkdir()
    two.mkdir()
    _write(one, _GOOD)
    _write(two, _GOOD.replace("Ministry of Science and Technology", "MOST"))
    entries = read_entries(entry_files([one, two]))
    assert [e.en for e in entries] == ["MOST"]


def test_one_key_twice_in_a_folder_is_an_error(tmp_path: Path) -> None:
    _write(tmp_path, _GOOD, "a.yaml")
    _write(tmp_path, "# comment\n" + _GOOD, "b.yaml")
    with pytest.raises(GazetteerError, match=r"b\.yaml:2: government/most is also in a\.yaml"):
        read_entries(entry_files([tmp_path]))


def test_files_of_other_things_are_not_entries(tmp_path: Path) -> None:
    _write(tmp_path, _GOOD, "a.yaml")
    _write(tmp_path, "issued: {}\n", "relations.yaml")
    assert [p.name for p in entry_files([tmp_path])] == ["a.yaml"]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such gazetteer folder"):
        entry_files([tmp_path / "none"])
