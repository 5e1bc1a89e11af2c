"""A piece worked on: a document, or a part of one whose result is kept for the worker that has the document."""

import hashlib

from pipeline.engines.pieces import Piece
from pipeline.engines.sharing import Pages, Sharing, packed, question_key
from pipeline.engines.task import load, work_one
from pipeline.match.answers import Questions, answer
from pipeline.relate.shared import Sentences, say
from pipeline.run import FolderError, RunFolder
from pipeline.work import Pipeline


def work_on(piece: Piece, tools: Pipeline, folder: RunFolder, *, share: bool) -> list[Piece]:
    """Work on a piece and keep its result.

    Args:
        piece: the piece.
        tools: what works on it.
        folder: where results are kept.
        share: whether other workers may do parts of it.

    Returns:
        Other pieces that must be done before it can be finished; none: it is done.

    Raises:
        FolderError: the result cannot be kept.
        ProgramFault: the program cannot work here at all.
        MemoryError: a part needs more than there is.
    """
    if piece.kind == "document":
        tools.close_ranges()
        sharing = Sharing(piece, folder) if share else None
        if not work_one(piece.task, tools, folder, sharing):
            return sharing.wanted if sharing is not None else []
        if sharing is not None:
            sharing.forget()
        return []
    # A part that fails is no part that is there: the worker that has the document does it, and says what is wrong.
    try:
        _work_on_part(piece, tools, folder)
    except (FolderError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - see above
        return []
    return []


def _work_on_part(piece: Piece, tools: Pipeline, folder: RunFolder) -> None:
    if piece.kind == "names":
        questions = folder.kept(question_key(piece), Questions)
        if questions is not None:
            folder.keep(piece.key, tools.timed("match", lambda: answer(questions)))
        return
    if piece.kind == "statements":
        sentences = folder.kept(question_key(piece), Sentences)
        if sentences is not None:
            folder.keep(piece.key, tools.timed("relate", lambda: say(sentences)))
        return
    data = load(piece.task, folder)
    if hashlib.sha256(data).hexdigest() != piece.task.digest:
        return
    if piece.kind == "pages":
        first, last = piece.numbers
        pages = tools.timed("parse", lambda: tools.ranges.read(piece.task.digest, data, first, last))
        folder.keep(piece.key, packed(pages))
    else:
        from pipeline.parse.ocr_pdf import read_images

        found = tools.timed("parse", lambda: read_images(data, piece.numbers, tools.settings.passwords))
        folder.keep(piece.key, Pages(read=list(found.values()), failed=[]))
