"""A headless Chromium for the pages; without one (or without selenium) these tests skip and say so."""

import json
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


def type_and_search(driver: Any, words: str) -> None:
    """Search as a person does."""
    follow(
        driver,
        f"const q = document.querySelector('[type=search]'); q.value = {json.dumps(words)}; q.form.requestSubmit()",
    )


def rectangle(driver: Any) -> list[float]:
    """Return the chosen rectangle in parts of the page image, once the image is there."""
    end = time.monotonic() + 20
    ready = "const i = document.querySelector('.sheet img'); return i && i.complete && i.naturalWidth > 300"
    while not driver.execute_script(ready):
        assert time.monotonic() < end, "no page image"
        time.sleep(0.05)
    box: list[float] = driver.execute_script(
        "const s = document.querySelector('.sheet').getBoundingClientRect(),"
        " b = document.querySelector('.right .chosen').getBoundingClientRect();"
        " return [(b.left - s.left) / s.width, (b.top - s.top) / s.height, (b.right - s.left) / s.width, (b.bottom - s.top) / s.height]"
    )
    return box


def ink(driver: Any, box: list[float]) -> float:
    """Return how much of a part of the page image is dark."""
    dark: float = driver.execute_script(
        "const i = document.querySelector('.sheet img'), c = document.createElement('canvas');"
        " c.width = i.naturalWidth; c.height = i.naturalHeight; const g = c.getContext('2d'); g.drawImage(i, 0, 0);"
        " const [x0, y0, x1, y1] = arguments[0].map((v, k) => Math.round(v * (k % 2 ? c.height : c.width)));"
        " const d = g.getImageData(x0, y0, x1 - x0, y1 - y0).data; let n = 0;"
        " for (let k = 0; k < d.length; k += 4) if (d[k] < 128) n++; return n / (d.length / 4)",
        box,
    )
    return dark


def saved_table(driver: Any, press: str) -> str:
    """Return the CSV that pressing a button saves, instead of saving it."""
    text: str = driver.execute_async_script(
        "const done = arguments[arguments.length - 1], make = URL.createObjectURL;"
        " URL.createObjectURL = (blob) => { URL.createObjectURL = make; blob.text().then(done); return 'data:,'; };"
        " HTMLAnchorElement.prototype.click = () => {};"
        " [...document.querySelectorAll('button')].find(b => b.textContent === arguments[0]).dispatchEvent(new MouseEvent('click'));",
        press,
    )
    return text


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
