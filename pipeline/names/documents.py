"""Documents as sentences with names, for the alignment of a document and its translation."""

from pathlib import Path

from pipeline.names.parallel import Sentence
from pipeline.segment import read
from pipeline.work import Pipeline


class DocumentError(Exception):
    """A document cannot be read; one clear line."""


def sentences_of(path: Path, tools: Pipeline) -> list[Sentence]:
    """Return a document's sentences with the names found in each.

    Args:
        path: a file of a kind that ingest reads.
        tools: the pipeline's tools.

    Raises:
        DocumentError: the file cannot be read or parsed.
    """
    from pipeline.align import align
    from pipeline.parse import ParseSettings, parse

    try:
        data = path.read_bytes()
    except OSError as problem:
        raise DocumentError(f"{path}: cannot be read: {problem.strerror}") from None
    parsed = parse(data, path.name, ParseSettings(passwords=tools.settings.passwords))
    if parsed.document.status == "failed":
        error = parsed.document.error
        raise DocumentError(f"{path}: {error.message if error else 'cannot be read'}")
    plain = parsed.document.media_type in ("text/plain", "text/markdown")
    reading = read(parsed.pages, tools.segmenter, plain=plain)
    candidates = tools.matcher.match(reading, tools.matcher.known(reading, date=parsed.document.date))
    aligned = align(parsed.document.id, reading, candidates, names_of=tools.names_of)
    text = reading.normal.text
    found: list[Sentence] = []
    at = 0
    for start, end in reading.sentences:
        names: list[tuple[str, str | None]] = []
        while at < len(aligned.mentions) and aligned.mentions[at].candidate.start < end:
            candidate = aligned.mentions[at].candidate
            if candidate.start >= start:
                names.append((text[candidate.start : candidate.end], candidate.entity))
            at += 1
        shown = " ".join(text[start:end].split())
        if shown:
            found.append(Sentence(text=shown, names=tuple(names)))
    return found
