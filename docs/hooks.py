"""What the documentation site takes from elsewhere instead of saying it twice.

A line of a page of its own that reads ``{{ readme: For analysts }}`` becomes that section of README.md,
``{{ file: CHANGELOG.md }}`` a whole file without its title, ``{{ schemata }}`` the JSON Schemas of the output
files, ``{{ errors }}`` the codes of documents that failed. In the navigation a folder stands
for its pages.
"""

import json
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.emit.schema import NAMES, schema
from pipeline.parse.errors import CODES

ROOT = Path(__file__).resolve().parents[1]
_CALL = re.compile(r"^\{\{ (\w+)(?:: (.+?))? \}\}$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#]+)(#[^)]*)?\)")
_MADE = {"benchmarks.md"}
"""Pages that `make bench` writes: left out of the navigation until they are there."""
_PAGES = {"CHANGELOG.md": "changelog.md", "outputs/README.md": "output.md", "README.md": "index.md"}
"""Pages of the site that show files from outside docs/."""


def on_config(config: Any, **_: Any) -> Any:
    """Called by mkdocs once: folders in the navigation become their pages, and pages that it leaves out join the last."""
    for group in config.nav:
        for title, pages in group.items():
            if isinstance(pages, list):
                group[title] = [x for x in pages if not _MADE.intersection(x.values()) or _there(x)]
    listed: set[str] = set()
    for group in config.nav:
        for pages in group.values():
            for entry in pages if isinstance(pages, list) else [group]:
                for title, target in entry.items():
                    if target.endswith("/"):
                        entry[title] = [target + name for name in _names(target)]
                    listed.add(target)
    last = next(iter(config.nav[-1].values()))
    last.extend(name for name in _names("") if name not in listed)
    return config


def _there(entry: dict[str, str]) -> bool:
    return all((ROOT / "docs" / target).is_file() for target in entry.values())


def _names(folder: str) -> list[str]:
    files = sorted(path.name for path in (ROOT / "docs" / folder).glob("*.md"))
    return sorted(files, key=lambda name: name != "index.md")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Called by mkdocs for each page."""
    return filled(markdown, page.file.src_uri)


def filled(markdown: str, page: str) -> str:
    """Return a page's text with what it takes from elsewhere.

    Args:
        markdown: the page as written.
        page: its path in docs/, from which links are counted.

    Raises:
        KeyError: what a page asks for is not there.
    """
    return _CALL.sub(lambda call: _MAKERS[call[1]](call[2] or "", page), markdown)


def section(text: str, title: str) -> str:
    """Return a section of a Markdown text without its heading.

    Raises:
        KeyError: there is no such section.
    """
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise KeyError(f"no section {title!r}")
    return found[1].strip()


def _readme(title: str, page: str) -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    if title == "introduction":
        return _linked(text.split("\n", 1)[1].split("\n## ", 1)[0].strip(), page)
    return _linked(section(text, title), page)


def _file(name: str, page: str) -> str:
    return _linked((ROOT / name).read_text("utf-8").split("\n", 1)[1].strip(), page)


def _linked(text: str, page: str) -> str:
    """Return text from the repository's root with links that hold on a page; to files without a page, their name."""

    def one(link: re.Match[str]) -> str:
        label, target, anchor = link[1], link[2], link[3] or ""
        if "://" in target:
            return link[0]
        inside = _PAGES.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if inside is None:
            return f"`{label.strip('`')}`"
        return f"[{label}]({posixpath.relpath(inside, posixpath.dirname(page) or '.')}{anchor})"

    return _LINK.sub(one, text)


def _schemata(_: str, page: str) -> str:
    parts = []
    for name in NAMES:
        made = schema(name)
        file = "run.json" if name == "run" else f"{name}.jsonl"
        kinds = made["$defs"]
        top = kinds[made["$ref"].rsplit("/", 1)[-1]]
        rows = [
            f"| `{field}` | {_kind(kind)} | {'yes' if field in top.get('required', ()) else 'no'} |"
            for field, kind in top["properties"].items()
        ]
        parts.append(f"## {file}\n\n{top.get('description', '')}\n\n| field | type | always |\n|---|---|---|")
        parts[-1] += "\n" + "\n".join(rows)
        whole = json.dumps(made, ensure_ascii=False, indent=2)
        parts.append(f'??? note "JSON Schema"\n\n    ```json\n{_indented(whole)}\n    ```')
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())


def _kind(kind: dict[str, Any]) -> str:
    """Return a schema's type in words."""
    if "$ref" in kind:
        return kind["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in kind:
        return " or ".join(_kind(k) for k in kind["anyOf"])
    if "enum" in kind:
        return ", ".join(f"`{value}`" for value in kind["enum"])
    if kind.get("type") == "array":
        return f"list of {_kind(kind['items'])}" if isinstance(kind.get("items"), dict) else "list"
    if kind.get("type") == "object" and isinstance(kind.get("additionalProperties"), dict):
        return f"object of {_kind(kind['additionalProperties'])}"
    return str(kind.get("type", "any"))


def _errors(_: str, page: str) -> str:
    return "| code | meaning |\n|---|---|\n" + "\n".join(
        f"| `{code}` | {text} |" for code, text in CODES.items()
    )


_MAKERS: dict[str, Callable[[str, str], str]] = {
    "readme": _readme,
    "file": _file,
    "schemata": _schemata,
    "errors": _errors,
}
