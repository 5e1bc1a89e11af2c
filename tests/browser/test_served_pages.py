"""``zhen serve`` in a browser: the same pages, asked from the server."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import complaints, drawn, follow
from tests.emit.made_run import small_run

pytest.importorskip("starlette", reason="the serve extra is not installed")
pytest.importorskip("uvicorn", reason="the serve extra is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server's address with its token."""
    run = small_run(tmp_path_factory.mktemp("served") / "run")
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "serve", str(run)], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def test_served_pages(opened: Callable[..., Any], address: str) -> None:
    driver = opened(address)
    home = address.split("?")[0]
    assert driver.current_url.split("#")[0] == home
    for words in ("旷视", "Megvii"):
        follow(
            driver,
            f"const q = document.querySelector('[type=search]'); q.value = '{words}'; q.form.requestSubmit()",
        )
        assert (
            driver.execute_script("return document.querySelector('main section .chip').hash")
            == "#/entity/company/megvii"
        )
    follow(driver, "document.querySelector('main section .chip').click()")
    follow(
        driver, "[...document.querySelectorAll('main a')].find(a => a.hash.startsWith('#/document/')).click()"
    )
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == "Megvii"
    assert driver.execute_script("return document.querySelectorAll('.right .box').length") == 6
    for view in (
        "",
        "#/entities?q=B",
        "#/documents",
        "#/relations?type=issued",
        "#/network",
        "#/network?by=together",
        "#/tables",
        "#/entity/technology/evil",
    ):
        driver.get("about:blank")
        driver.get(home + view)
        drawn(driver, 0)
        assert driver.execute_script("return document.querySelector('main h1') !== null")
        assert driver.execute_script("return window.hacked") is None
    follow(driver, "document.getElementById('language').click()")
    assert "名称" in driver.execute_script("return document.body.innerText")
    assert [c for c in complaints(driver) if "SEVERE" in c or "Content Security Policy" in c] == []
    follow(driver, "document.getElementById('language').click()")
