"""The HTML around a report's data: script and style with their digests, data that cannot end its block."""

import base64
import functools
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

_ASSETS = Path(__file__).resolve().parent / "report_assets"
_SHARED = (
    "words.js", "base.js", "fold.js", "parts.js", "start.js", "lists.js", "entity.js", "document.js", "layout.js",
    "network.js", "search.js", "main.js",
)  # fmt: skip


@functools.cache
def style() -> str:
    """Return the style sheet."""
    return (_ASSETS / "style.css").read_text(encoding="utf-8")


@functools.cache
def script(store: str) -> str:
    """Return the program of a page: what gets the data (``store.js`` or ``remote.js``) and the views."""
    texts = [(_ASSETS / name).read_text(encoding="utf-8") for name in (*_SHARED[:3], store, *_SHARED[3:])]
    return '(() => {\n"use strict";\n' + "\n".join(texts) + "\n})();\n"


def data_block(name: str, value: object) -> bytes:
    """Return a value as a block of JSON in which no document text can end the block or begin a tag."""
    encoded = msgspec.json.encode(value)
    for raw, escaped in (
        (b"<", rb"\u003c"), (b">", rb"\u003e"), (b"&", rb"\u0026"),
        ("\u2028".encode(), rb"\u2028"), ("\u2029".encode(), rb"\u2029"),
    ):  # fmt: skip
        encoded = encoded.replace(raw, escaped)
    return b'<script type="application/json" id="' + name.encode("ascii") + b'">' + encoded + b"</script>\n"


def page(index: object, pages: Sequence[object], images: Mapping[str, str]) -> bytes:
    """Return a whole page as UTF-8."""
    program, look = script("store.js"), style()
    policy = (
        f"default-src 'none'; script-src '{_digest(program)}'; style-src '{_digest(look)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    head = (_ASSETS / "page.html").read_text(encoding="utf-8")
    before, after = head.split("<!-- data -->")
    before = before.replace("{policy}", policy).replace("{style}", look)
    blocks = data_block("index", index) + data_block("pages", pages) + data_block("images", images)
    return before.encode() + blocks + after.replace("{script}", program).encode()


def served_page() -> tuple[bytes, str]:
    """Return the page that ``zhen serve`` sends, which asks the server for its data, and its policy."""
    program, look = script("remote.js"), style()
    policy = (
        f"default-src 'none'; script-src '{_digest(program)}'; style-src '{_digest(look)}'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    html = (_ASSETS / "page.html").read_text(encoding="utf-8")
    inside = policy.replace("frame-ancestors 'none'; ", "")
    html = html.replace("<!-- data -->\n", "").replace("{policy}", inside).replace("{style}", look)
    return html.replace("{script}", program).encode(), policy


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
