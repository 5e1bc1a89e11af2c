"""Line files: keys in record order, written whole or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.emit.jsonl import read_lines, write_json, write_lines
from pipeline.records import Block, Note, Page, Qualifiers


def _page(number: int, text: str = "科技 “x”\n") -> Page:
    return Page(
        document="d", page=number, width=None, height=None, text=text,
        blocks=[Block(kind="header", bbox=None, text="h"), Block(kind="paragraph", start=0, end=2, bbox=(0, 0, 1, 1.5))],
        notes=[Note(at=1, label="3", bbox=None)],
    )  # fmt: skip


def test_written_lines_come_back(tmp_path: Path) -> None:
    pages = [_page(1), _page(2, "\u2028\x00\x7f")]
    assert write_lines(tmp_path / "pages.jsonl", pages, tmp_path) == 2
    assert list(read_lines(tmp_path / "pages.jsonl", Page)) == pages


def test_utf8_one_object_a_line_keys_in_order(tmp_path: Path) -> None:
    write_lines(tmp_path / "pages.jsonl", [_page(1)], tmp_path)
    raw = (tmp_path / "pages.jsonl").read_bytes()
    assert raw.endswith(b"\n")
    assert raw.count(b"\n") == 1
    assert "科技" in raw.decode()
    line = json.loads(raw)
    assert list(line) == ["document", "page", "width", "height", "text", "blocks", "notes"]
    assert list(line["blocks"][0]) == ["kind", "bbox", "level", "text"]  # running headers have no offsets
    assert list(line["blocks"][1]) == ["kind", "start", "end", "bbox", "level"]


def test_no_lines_give_an_empty_file(tmp_path: Path) -> None:
    assert write_lines(tmp_path / "x.jsonl", [], tmp_path) == 0
    assert (tmp_path / "x.jsonl").read_bytes() == b""


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "pages.jsonl"
    write_lines(target, [_page(1)], tmp_path)
    before = target.read_bytes()

    def broken() -> Iterator[Page]:
        yield _page(2)
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        write_lines(target, broken(), tmp_path)
    assert target.read_bytes() == before


def test_many_lines_pass_the_buffer(tmp_path: Path) -> None:
    count = write_lines(tmp_path / "p.jsonl", (_page(i, "字" * 2000) for i in range(300)), tmp_path)
    assert count == 300
    assert sum(1 for _ in read_lines(tmp_path / "p.jsonl", Page)) == 300


def test_json_objects_end_with_a_line_feed(tmp_path: Path) -> None:
    write_json(tmp_path / "run.json", {"b": 1, "a": "科"}, tmp_path)
    text = (tmp_path / "run.json").read_text("utf-8")
    assert json.loads(text) == {"b": 1, "a": "科"}
    assert text.endswith("}\n")


def test_unknown_qualifiers_are_left_out() -> None:
    import msgspec

    assert msgspec.json.encode(Qualifiers(date="2017")) == b'{"date":"2017"}'
