"""A user's own spaCy pipeline as the witness for a language, in place of the model that ships.

Named by ``--model LANG=PATH_OR_PACKAGE``: a folder that ``nlp.to_disk`` wrote, or an installed package.
Nothing is downloaded.
"""

import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pipeline.inputs import UsageError
from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of_zh
from pipeline.match.tagger_spans import tidy
from pipeline.records import EntityType

if TYPE_CHECKING:  # spaCy takes a second to load: not where nobody named a pipeline
    from spacy.language import Language

LABELS: dict[str, EntityType] = {
    "PERSON": "person", "PER": "person", "PERS": "person", "NAME": "person",
    "GPE": "place", "LOC": "place", "LOCATION": "place", "FAC": "place", "FACILITY": "place",
    "ORG": "company", "ORGANIZATION": "company", "ORGANISATION": "company", "CORP": "company",
    "LAW": "plan", "EVENT": "event", "WORK_OF_ART": "publication", "WORK": "publication", "PRODUCT": "product",
}  # fmt: skip
"""spaCy's usual labels (OntoNotes, WikiNER, CoNLL) in zhen's types; an organisation's or
law's type is then told by the head of its name, where it has one (English: a place's too). Labels that are zhen's own types
(``government``) are taken as they are; all others (NORP, DATE, MISC ...) are no names of zhen's."""

OWN: frozenset[EntityType] = frozenset(get_args(EntityType))
_HEADED = frozenset({"company", "plan"})


def folder_of(language: str, name: str) -> Path:
    """Return the folder of a named pipeline: an existing folder, or an installed package's.

    Raises:
        UsageError: there is neither.
    """
    from spacy.util import get_package_path, is_package

    path = Path(name)
    if path.is_dir():
        return path.resolve()
    if "/" not in name and is_package(name):
        return get_package_path(name)
    raise UsageError(f"--model {language}={name}: neither a folder nor an installed package")


@functools.cache
def load(language: str, name: str) -> "Language":
    """Load a named pipeline, once a process.

    Raises:
        UsageError: it cannot be loaded, or is for another language.
    """
    import spacy

    folder = folder_of(language, name)
    try:
        nlp = spacy.load(folder if Path(name).is_dir() else name)
    except Exception as problem:  # noqa: BLE001  whatever a foreign pipeline's code or files do
        first = (str(problem).strip().splitlines() or [""])[0]
        raise UsageError(
            f"--model {language}={name}: cannot be loaded: {first or type(problem).__name__}"
        ) from None
    if nlp.lang not in (language, "xx"):
        raise UsageError(f"--model {language}={name}: is a pipeline for {nlp.lang!r}")
    return nlp


def digests(models: Mapping[str, str]) -> dict[str, str]:
    """Return what tells a language's pipeline from any other: a digest of its files.

    Raises:
        UsageError: a pipeline is not there or cannot be read.
    """
    return {language: _digest(language, name) for language, name in sorted(models.items())}


def _digest(language: str, name: str) -> str:
    folder = folder_of(language, name)
    digest = hashlib.sha256()
    try:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            with open(file, "rb") as data:
                digest.update(hashlib.file_digest(data, "sha256").digest())
    except OSError as problem:
        raise UsageError(f"--model {language}={name}: cannot be read: {problem.strerror}") from None
    return digest.hexdigest()[:16]


def chinese(text: str, spans: Sequence[tuple[int, int]], nlp: "Language") -> Iterator[Candidate]:
    """Yield what a Chinese pipeline takes for names in the given sentences, typed by the heads of the names.

    Args:
        text: normalised text.
        spans: the sentences to be read.
        nlp: the pipeline.
    """
    sentences = ((text[s:e], s) for s, e in spans)
    for doc, at in nlp.pipe(sentences, as_tuples=True, batch_size=64):
        for entity in doc.ents:
            kind = type_for(entity.label_)
            if kind is None:
                continue
            for start, end, _ in tidy(doc.text, entity.start_char, entity.end_char, kind):
                headed = type_of_zh(doc.text[start:end]) if kind in _HEADED else None
                own = entity.label_ in OWN
                yield Candidate(
                    start=at + start, end=at + end, type=kind if own else headed or kind, method="model", score=0.5
                )  # fmt: skip


def type_for(label: str) -> EntityType | None:
    """Return the type that a spaCy label stands for, or None."""
    return label if label in OWN else LABELS.get(label.upper())
