"""The documentation site builds, asks nothing of the network, and leaves out no field, format or option."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.emit.exports import FORMATS
from pipeline.emit.schema import NAMES, schema
from pipeline.records import EntityType, RelationType
from tests.conftest import ROOT

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    """The site's own code."""
    spec = importlib.util.spec_from_file_location("hooks", DOCS / "hooks.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_site_builds_and_asks_nothing_of_the_network(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    pytest.importorskip("material", reason="mkdocs-material is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, env={"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        text = page.read_text("utf-8")
        assert re.findall(r'<(?:script|img|iframe)[^>]+src="?(?:https?:)?//', text) == [], page
        assert (
            re.findall(r'<link[^>]+rel="?(?:stylesheet|preconnect|icon)[^>]+href="?(?:https?:)?//', text)
            == []
        ), page
        assert "{{" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL), page


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_in_the_contract(name: str) -> None:
    file = "run.json" if name == "run" else f"{name}.jsonl"
    contract = (DOCS / "contract.md").read_text("utf-8")
    part = re.search(rf"^## {re.escape(file)}.*?(?=^## )", contract, re.MULTILINE | re.DOTALL)
    assert part is not None
    made = schema(name)
    fields = made["$defs"][made["$ref"].rsplit("/", 1)[-1]]["properties"]
    assert [field for field in fields if f"`{field}`" not in part[0]] == []


def test_every_type_is_in_the_contract() -> None:
    contract = (DOCS / "contract.md").read_text("utf-8")
    for kind in (*EntityType.__args__, *RelationType.__args__):
        assert f"`{kind}`" in contract


def test_every_format_is_explained() -> None:
    rows = [line for line in (DOCS / "formats.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert told == set(FORMATS)


def test_a_section_that_is_gone_is_an_error(hooks: ModuleType) -> None:
    with pytest.raises(KeyError, match="no section"):
        hooks.filled("{{ readme: No such section }}", "index.md")


def test_links_from_the_root_hold_on_a_page(hooks: ModuleType) -> None:
    linked = hooks._linked(
        "[a](docs/formats.md#x), [b](pipeline/x.py), [c](CHANGELOG.md), [d](https://e.org)", "guides/g.md"
    )
    assert linked == "[a](../formats.md#x), `b`, [c](../changelog.md), [d](https://e.org)"
