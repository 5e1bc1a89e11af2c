"""Which lines spaCy is asked about, and that its offsets are the text's."""

from pipeline.segment.english import _LONGEST, documents, english_lines


def test_only_lines_with_english_words() -> None:
    text = "科技部发布了AI政策\nThe ministry issued a plan.\n2021 5G\n"
    assert list(english_lines(text)) == [(text.index("The"), "The ministry issued a plan.")]


def test_long_lines_are_cut_at_a_blank() -> None:
    text = "word " * 9000
    pieces = list(english_lines(text))
    assert "".join(piece for _, piece in pieces) == text
    assert all(len(piece) <= _LONGEST for _, piece in pieces)
    assert all(text[at : at + len(piece)] == piece for at, piece in pieces)


def test_a_long_line_without_blanks_is_cut_all_the_same() -> None:
    assert all(len(p) <= _LONGEST for _, p in english_lines("the plan is " + "x" * 50_000))


def test_documents_have_the_offsets_of_the_text() -> None:
    text = "科技部\nLiu Bei went to Paris with three friends in May.\n"
    for at, doc in documents(text):
        for token in doc:
            assert text[at + token.idx : at + token.idx + len(token.text)] == token.text
