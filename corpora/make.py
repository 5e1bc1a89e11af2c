"""Write the sample documents and what is expected of them: ``python corpora/make.py [FOLDER]``.

Everything in the documents is invented, though the bodies and firms that they name may exist. The same
sources give the same bytes; tests check that the committed files are what this script writes.
"""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCUMENTS = {
    "report": "pdf", "notice": "pdf", "roster": "pdf", "bulletin": "txt", "webpage": "html", "memo": "docx",
}  # fmt: skip


def expected(module: object, truth: object, file: str) -> dict[str, object]:
    """Return a document's expected output; see ``expect.py`` for how it is compared."""
    from markup import Truth

    assert isinstance(truth, Truth)
    entities = module.ENTITIES  # type: ignore[attr-defined]
    mentions = truth.mentions()
    used = {str(code) for _, _, code in mentions}
    unknown = used - set(entities)
    if unknown:
        raise SystemExit(f"{file}: names without an entity: {sorted(unknown)}")
    return {
        "file": file,
        "document": {
            "title": module.TITLE, "date": module.DATE, "languages": module.LANGUAGES,  # type: ignore[attr-defined]
            "status": "ok",
        },
        "entities": {code: list(entities[code]) for code in sorted(used)},
        "mentions": mentions,
        "pairs": module.PAIRS,  # type: ignore[attr-defined]
        "tables": truth.tables,
        "relations": [list(r) for r in module.RELATIONS],  # type: ignore[attr-defined]
        "notes": [[m.page, m.after, m.label] for m in truth.marks],
        "blocks": getattr(module, "BLOCKS", []),
        "contains": {str(page): texts for page, texts in module.CONTAINS.items()},  # type: ignore[attr-defined]
        "absent": module.ABSENT,  # type: ignore[attr-defined]
        "ignore": getattr(module, "IGNORE", []),
    }  # fmt: skip


def main(target: Path = HERE) -> None:
    """Write all documents and their expected output into a folder."""
    sys.path.insert(0, str(HERE))
    (target / "expected").mkdir(parents=True, exist_ok=True)
    for name, ending in DOCUMENTS.items():
        module = importlib.import_module(name)
        file = f"{name}.{ending}"
        truth = module.write(str(target / file))
        text = json.dumps(expected(module, truth, file), ensure_ascii=False, indent=1)
        # lists of scalars on one line: easier to read and to review
        (target / "expected" / f"{name}.json").write_text(_compact(text) + "\n", encoding="utf-8")


def _compact(text: str) -> str:
    import re

    return re.sub(
        r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s*\n\s*", " ", m.group(1)) + "]", text
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
