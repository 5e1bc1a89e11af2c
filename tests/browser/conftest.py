"""A headless Chromium for the pages; without one (or without selenium) these tests skip and say so."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.emit.made_run import small_run

WIDE, NARROW = (1280, 900), (390, 844)


@pytest.fixture(scope="session")
def driver() -> Iterator[Any]:
    """One browser for all tests."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if binary is None or chromedriver is None:
        pytest.skip("no chromium with chromedriver here")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--lang=en",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    from selenium.webdriver.chrome.service import Service

    browser = webdriver.Chrome(options=options, service=Service(chromedriver))
    yield browser
    browser.quit()


@pytest.fixture
def opened(driver: Any) -> Callable[..., Any]:
    """Open a page of a report, wait until it is drawn, and return the browser."""

    def open_page(file: Path | str, address: str = "", size: tuple[int, int] = WIDE) -> Any:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500},
        )
        driver.get("about:blank")
        driver.get((file.as_uri() if isinstance(file, Path) else file) + address)
        drawn(driver, 0)
        return driver

    return open_page


def drawn(driver: Any, before: int) -> int:
    """Wait until the page has drawn itself once more than before, and return how often it has."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        done = int(driver.execute_script("return document.documentElement.dataset.drawn || 0"))
        if done > before:
            return done
        time.sleep(0.02)
    raise AssertionError(f"not drawn: {[x['message'] for x in driver.get_log('browser')]}")


def follow(driver: Any, script: str) -> None:
    """Do something that draws the page anew, and wait for it."""
    before = int(driver.execute_script("return document.documentElement.dataset.drawn || 0"))
    driver.execute_script(script)
    drawn(driver, before)


def complaints(driver: Any) -> list[str]:
    """Return what the browser's console holds."""
    return [x["message"] for x in driver.get_log("browser")]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the small, hostile run."""
    from pipeline.emit.report import write_report

    run = small_run(tmp_path_factory.mktemp("browser") / "run")
    write_report(run, run / "report.html", run / ".zhen")
    return run / "report.html"


@pytest.fixture(scope="session")
def sample(sample_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the run over corpora/, with page images."""
    from pipeline.emit.loaded import Loaded
    from pipeline.emit.report import write_report
    from tests.conftest import CORPORA

    out = tmp_path_factory.mktemp("report")
    (out / "scratch").mkdir()
    files = {d.id: CORPORA / d.path for d in Loaded(sample_run).documents.values()}
    write_report(sample_run, out / "report.html", out / "scratch", files)
    return out / "report.html"
