"""Plain text: which lines belong to one paragraph."""

from pipeline.parse.text import text_blocks


def test_a_few_long_lines_do_not_hide_that_a_text_is_wrapped() -> None:
    line = "The office of the delta said that the robots of the new Lisen\nUniversity were to be tested in the coming spring by others."
    text = "\n\n".join([line] * 60) + "\n\nhttps://example.org/" + "a" * 150
    blocks = text_blocks(text)
    assert len(blocks) == 61
    assert (blocks[0].start, blocks[0].end) == (0, len(line))
