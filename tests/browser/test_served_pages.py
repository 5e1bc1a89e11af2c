"""``zhen serve`` in a browser: the same pages, asked from the server."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.emit.loaded import Loaded
from tests.browser.conftest import (
    NARROW,
    WIDE,
    complaints,
    drawn,
    follow,
    ink,
    rectangle,
    saved_table,
    type_and_search,
)
from tests.conftest import CORPORA, ROOT
from tests.emit.made_run import small_run

VIEWS = (
    "",
    "#/entities?q=B",
    "#/documents",
    "#/relations?type=issued",
    "#/network",
    "#/network?by=together",
    "#/tables",
    "#/entity/technology/evil",
    "#/search?q=%3Cscript%3E",
    "#/nothing",
)


@contextmanager
def served(run: Path, *options: str) -> Iterator[str]:
    """A server's address with its token, while it runs."""
    command = [sys.executable, "-m", "pipeline.cli", "serve", str(run), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small, hostile run."""
    return small_run(tmp_path_factory.mktemp("served") / "run")


@pytest.fixture(scope="module")
def address(small: Path) -> Iterator[str]:
    """Where the small run is served."""
    with served(small) as found:
        yield found


@pytest.fixture(scope="module")
def home(address: str) -> str:
    """The same without the token: for whoever has come in."""
    return address.split("?")[0]


@pytest.fixture(scope="module")
def with_images(sample_run: Path) -> Iterator[str]:
    """Where the run over corpora/ is served, with its documents."""
    with served(sample_run, "--inputs", str(CORPORA)) as found:
        yield found


def test_from_a_search_to_the_name_in_the_text(opened: Callable[..., Any], address: str, home: str) -> None:
    driver = opened(address)
    assert driver.current_url.split("#")[0] == home
    for words in ("旷视", "Megvii"):
        type_and_search(driver, words)
        first = driver.execute_script("return document.querySelector('main section .chip').hash")
        assert first == "#/entity/company/megvii"
    follow(driver, "document.querySelector('main section .chip').click()")
    follow(
        driver, "[...document.querySelectorAll('main a')].find(a => a.hash.startsWith('#/document/')).click()"
    )
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == "Megvii"
    assert driver.execute_script("return document.querySelectorAll('.right .box').length") == 6


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_view_draws_fits_and_runs_nothing(
    opened: Callable[..., Any], address: str, home: str, small: Path, size: tuple[int, int]
) -> None:
    opened(address)
    document = next(d for d in Loaded(small).documents.values() if d.status == "ok")
    for view in (*VIEWS, f"#/document/{document.id}", f"#/table/{document.id}%3At1"):
        driver = opened(home, view, size)
        assert driver.execute_script("return document.querySelector('main h1') !== null")
        assert driver.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0
        assert driver.execute_script("return window.hacked") is None
        foreign = f"main script, main img:not([src^=data]):not([src^={json.dumps('/image/')}])"
        assert driver.execute_script(f"return document.querySelectorAll({json.dumps(foreign)}).length") == 0
    text = opened(home, f"#/document/{document.id}").execute_script("return document.body.innerText")
    assert "<script>window.hacked=1</script>" in text
    loud = [c for c in complaints(driver) if "SEVERE" in c or "Content Security Policy" in c]
    assert [c for c in loud if "404" not in c] == []


def test_the_rectangle_lies_on_the_word(
    opened: Callable[..., Any], with_images: str, sample_run: Path
) -> None:
    loaded = Loaded(sample_run)
    pdfs = {d.id for d in loaded.documents.values() if d.media_type == "application/pdf"}
    mention = next(m for m in loaded.mentions() if m.document in pdfs and m.bboxes and m.text == "Megvii")
    page = next(p for p in loaded.pages() if (p.document, p.page) == (mention.document, mention.page))
    opened(with_images)
    place = f"#/document/{mention.document}/{mention.page}/{mention.start}-{mention.end}"
    driver = opened(with_images.split("?")[0], f"#/entity/{mention.entity}")
    follow(
        driver, f"[...document.querySelectorAll('main a')].find(a => a.hash === {json.dumps(place)}).click()"
    )
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == "Megvii"
    assert page.width and page.height
    want = [mention.bboxes[0][i] / (page.width, page.height)[i % 2] for i in range(4)]
    assert rectangle(driver) == pytest.approx(want, abs=0.003)
    assert 0.03 < ink(driver, want) < 0.7, "the rectangle lies on ink"


def test_plain_addresses_stay(opened: Callable[..., Any], address: str, home: str, small: Path) -> None:
    opened(address)
    mention = next(m for m in Loaded(small).mentions() if m.text == "旷视科技")
    driver = opened(home, f"document/{mention.document}/{mention.page}/{mention.start}-{mention.end}")
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == "旷视科技"
    driver = opened(home, "entity/company/megvii")
    assert "Megvii" in driver.execute_script("return document.querySelector('main h1').textContent")


def test_the_network_filters_and_leads_to_evidence(
    opened: Callable[..., Any], address: str, home: str
) -> None:
    opened(address)
    driver = opened(home, "#/network")
    nodes = "return document.querySelectorAll('.network .node').length"
    assert driver.execute_script(nodes) == 5
    driver.execute_script("document.querySelector('.toggles input[value=company]').click()")
    assert driver.execute_script(nodes) == 2
    driver.execute_script(
        "document.querySelector('.network .touch').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    follow(driver, "document.querySelector('.side .evidence a').click()")
    assert driver.execute_script("return location.hash").startswith("#/document/")


def test_both_languages(opened: Callable[..., Any], address: str, home: str) -> None:
    opened(address)
    driver = opened(home)
    follow(driver, "document.getElementById('language').click()")
    assert "名称" in driver.execute_script("return document.body.innerText")
    for view in ("#/entity/company/megvii", "#/relations", "#/network"):
        follow(driver, f"location.hash = {json.dumps(view)}")
        assert "undefined" not in driver.execute_script("return document.body.innerText")
    follow(driver, "document.getElementById('language').click()")
    assert drawn(driver, 0)


def test_what_is_shown_can_be_saved(opened: Callable[..., Any], address: str, home: str) -> None:
    opened(address)
    rows = saved_table(opened(home, "#/relations?type=owns"), "Save this list (CSV)").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ['"owns"']
