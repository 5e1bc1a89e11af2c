"""A run's pages as spaCy documents (``DocBin``): tokens, names with their type, the entity as ``kb_id``."""

from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from pipeline.emit.loaded import Loaded, replaced
from pipeline.emit.tokens import tokens
from pipeline.records import Mention, Page


def export_spacy(run: Path, target: Path) -> dict[str, int]:
    """Write ``run.spacy``, a document a page, and return its count of pages.

    ``doc.text`` is the page's text; ``doc.user_data`` has ``document`` (the id) and ``page``; names are in
    ``doc.ents`` with ``label_`` our type and ``kb_id_`` our entity id. Read it with
    ``DocBin().from_disk("run.spacy").get_docs(spacy.blank("xx").vocab)``.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the file; made when missing.
    """
    vocab = Vocab()
    store = DocBin(attrs=["SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)
    count = 0
    for page, mentions in Loaded(run).pages_with_mentions():
        store.add(page_doc(vocab, page, mentions))
        count += 1
    replaced(target / "run.spacy", lambda part: part.write_bytes(store.to_bytes()))
    return {"run.spacy": count}


def page_doc(vocab: Vocab, page: Page, mentions: list[Mention]) -> Doc:
    """Return a page as a spaCy document whose text is exactly the page's."""
    words: list[str] = []
    spaces: list[bool] = []
    spans: dict[str, tuple[int, int, Mention]] = {}
    for token in tokens(page.text, mentions):
        text = page.text[token.start : token.end]
        if text.startswith(" ") and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1], text = True, text[1:]
            if not text:
                continue
        words.append(text)
        spaces.append(False)
        if token.mention is not None:
            first = spans.get(token.mention.id, (len(words) - 1, 0, token.mention))[0]
            spans[token.mention.id] = (first, len(words), token.mention)
    doc = Doc(vocab, words=words, spaces=spaces)
    doc.ents = [Span(doc, start, end, label=m.type, kb_id=m.entity) for start, end, m in spans.values()]
    doc.user_data["document"] = page.document
    doc.user_data["page"] = page.page
    return doc
