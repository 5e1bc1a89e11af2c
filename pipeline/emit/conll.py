"""A run's names as CoNLL columns: a token, a tab and its IOB2 tag a line; a blank line after a sentence."""

from pathlib import Path
from typing import IO

from pipeline.emit.loaded import Loaded
from pipeline.emit.tokens import ends_sentence, tokens
from pipeline.records import Mention, Page

_PAGE = "-DOCSTART- -X- O O\n\n"


def export_conll(run: Path, target: Path) -> dict[str, int]:
    """Write ``conll/DOCUMENT.conll`` for each document, a ``-DOCSTART-`` a page, and return counts of names.

    White space between tokens is not kept; ``spacy`` and ``inception`` keep it.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the files; made when missing.
    """
    folder = target / "conll"
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    file: IO[str] | None = None
    try:
        for page, mentions in Loaded(run).pages_with_mentions():
            name = f"conll/{page.document}.conll"
            if name not in counts:
                if file is not None:
                    file.close()
                counts[name] = 0
                file = open(target / name, "w", encoding="utf-8", newline="\n")  # noqa: SIM115
            assert file is not None
            file.write(_PAGE)
            counts[name] += _write(file, page, mentions)
    finally:
        if file is not None:
            file.close()
    return counts


def _write(file: IO[str], page: Page, mentions: list[Mention]) -> int:
    begun = False
    for token in tokens(page.text, mentions):
        text = page.text[token.start : token.end]
        if not text.isspace():
            tag = "O" if token.mention is None else f"{'I' if token.inside else 'B'}-{token.mention.type}"
            file.write(f"{text}\t{tag}\n")
            begun = True
        if begun and token.mention is None and ends_sentence(text):
            file.write("\n")
            begun = False
    if begun:
        file.write("\n")
    return len(mentions)
