"""Paths walked into a list of files."""

import os
from pathlib import Path

import pytest

from pipeline.inputs import Inputs, UsageError, collect, shown


def _tree(root: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.md",
        "sub/x.zip",
        ".hidden.txt",
        ".git/d.txt",
        "README",
        "UPPER.TXT",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def _paths(inputs: Inputs) -> list[str]:
    return [f.path for f in inputs.files]


def test_a_folder_is_walked_in_sorted_order_and_what_is_skipped_is_counted(tmp_path: Path) -> None:
    _tree(tmp_path)
    inputs = collect([str(tmp_path)], tmp_path / "out")
    assert _paths(inputs) == ["UPPER.TXT", "a.txt", "b.txt", "sub/c.md"]
    assert inputs.skipped == {"(hidden)": 1, "(none)": 1, ".zip": 1}


def test_with_several_paths_names_begin_with_the_path_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tree(tmp_path / "one")
    _tree(tmp_path / "two")
    monkeypatch.chdir(tmp_path)
    inputs = collect(["one/a.txt", "two/sub/"], Path("out"))
    assert _paths(inputs) == ["one/a.txt", "two/sub/c.md"]


def test_a_file_named_twice_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert len(collect([str(tmp_path / "a.txt")] * 2, tmp_path / "out").files) == 1


def test_an_unsupported_file_that_is_named_is_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("x")
    assert _paths(collect([str(tmp_path / "a.zip")], tmp_path / "out")) == ["a.zip"]


def test_links_that_lead_out_are_skipped_and_links_inside_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("x")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "broken.txt").symlink_to("nowhere.txt")
    (folder / "loop").symlink_to(folder)
    inputs = collect([str(folder)], tmp_path / "out")
    assert _paths(inputs) == ["a.txt", "inside.txt"]
    assert inputs.skipped["(link)"] >= 1


def test_the_output_folder_is_never_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b.txt").write_text("x")
    assert _paths(collect([str(tmp_path)], tmp_path / "out")) == ["a.txt"]


@pytest.mark.parametrize("name", ["nothing", "a/b.pdf"])
def test_a_path_that_does_not_exist(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        collect([str(tmp_path / name)], tmp_path / "out")


def test_no_input_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("x")
    with pytest.raises(UsageError, match=r"no input found .*\(1 files skipped\)"):
        collect([str(tmp_path)], tmp_path / "out")


def test_names_that_are_not_utf8_or_have_control_characters(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff\n.txt", "wb") as file:
        file.write(b"x")
    inputs = collect([str(tmp_path)], tmp_path / "out")
    assert _paths(inputs) == ["\\xff\\x0a.txt"]
    assert inputs.files[0].file.read_bytes() == b"x"


def test_shown_is_one_line() -> None:
    assert shown("a\tb\u2028c科") == "a\\x09b\\x2028c科"
