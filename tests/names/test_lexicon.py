"""The lexicon of name parts."""

from pathlib import Path

import pytest

from pipeline.names.lexicon import LexiconError, load_lexicon, stem


def test_the_shipped_lexicon_is_sound() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.parts) > 1000
    assert all(r.options and all(all(o) for o in r.options) for r in lexicon.parts.values())
    assert ("ministry",) in lexicon.parts["部"].options


@pytest.mark.parametrize(
    ("word", "want"),
    [("technologies", "technology"), ("women's", "women"), ("economics", "economics"), ("class", "class")],
)
def test_stems(word: str, want: str) -> None:
    assert stem(word) == want


@pytest.mark.parametrize("text", ["- a", "heads: [a]", "heads:\n  部: [ministry]", "heads: {部: '"])
def test_a_broken_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "translations.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"translations\.yaml"):
        load_lexicon(path)
