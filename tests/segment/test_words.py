"""Chinese words as evidence for where names begin and end."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import cachedir
from pipeline.segment.words import Segmenter, han_runs

_PLAIN = Segmenter()


def _words(text: str, names: tuple[str, ...] = ()) -> list[str]:
    words = Segmenter(names).segment(text) if names else _PLAIN.segment(text)
    return [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)]


def test_words_of_han_runs_only() -> None:
    assert _words("AI技术，5G网络") == ["技术", "网络"]


def test_names_given_are_words() -> None:
    assert "云深处" not in _words("杭州云深处发布")
    assert "云深处" in _words("杭州云深处发布", ("云深处",))


def test_names_with_latin_or_blanks_are_left_out() -> None:
    assert _words("百度的人", ("百 度的", "A百度")) == _words("百度的人")


def test_a_segmenter_does_not_change_the_next_one() -> None:
    before = _words("杭州云深处发布")
    Segmenter(["云深处发布"])
    assert _words("杭州云深处发布") == before


def test_the_kept_dictionary_is_the_made_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHEN_CACHE", str(tmp_path))
    names = ("云深处科技", "科技部", "北京东路")
    text = "杭州云深处科技在北京东路,科技部发布"
    made = Segmenter(names).segment(text)
    assert len(list(tmp_path.glob("words-*.msgpack"))) == 1
    monkeypatch.setattr("pipeline.segment.words._dictionary", None)  # not asked again
    assert Segmenter(names).segment(text) == made
    known = {text[s:e]: k for s, e, k in zip(made.starts, made.ends, made.known, strict=True)}
    assert (known["云深处科技"], known["北京东路"], known["发布"]) == (False, False, True)


def test_only_the_newest_dictionaries_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHEN_CACHE", str(tmp_path))
    for number in range(4):
        cachedir.store(f"words-{number}", number, newest=2)
    cachedir.store("other-1", 1, newest=2)
    assert len(list(tmp_path.iterdir())) == 3


def test_cutting_a_dictionary_word() -> None:
    words = _PLAIN.segment("到北京东路去")
    text = "到北京东路去"
    at = text.index("京东")
    assert words.cuts_known(at, at + 2)
    assert not words.whole(at, at + 2)
    assert words.whole(text.index("到"), text.index("到") + 1)


def test_a_word_the_segmenter_guessed_may_be_cut() -> None:
    words = _PLAIN.segment("沈云澈说")
    guessed = [i for i, known in enumerate(words.known) if not known and words.ends[i] - words.starts[i] > 1]
    assert guessed, "the example needs a guessed word"
    start = words.starts[guessed[0]] + 1
    assert not words.cuts_known(start, words.ends[guessed[0]])


@given(st.text(st.sampled_from("科技部a1，\n 𠀀〇"), max_size=30))
def test_words_tile_the_han_runs(text: str) -> None:
    words = _PLAIN.segment(text)
    covered = [i for s, e in zip(words.starts, words.ends, strict=True) for i in range(s, e)]
    assert covered == [i for s, e in han_runs(text) for i in range(s, e)]
