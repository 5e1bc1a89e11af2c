"""report.html in a browser: search, names, places, rectangles, network, languages, keys; and nothing runs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.emit.loaded import Loaded
from tests.browser.conftest import (
    NARROW,
    WIDE,
    complaints,
    follow,
    ink,
    rectangle,
    saved_table,
    type_and_search,
)

VIEWS = (
    "",
    "#/entities",
    "#/documents",
    "#/relations",
    "#/network",
    "#/tables",
    "#/search?q=Megvii",
    "#/entity/company/megvii",
    "#/nothing",
)


def text(driver: Any) -> str:
    """Return the visible text of the page."""
    return str(driver.execute_script("return document.body.innerText"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_view_draws_and_fits(
    opened: Callable[..., Any], hostile: Path, view: str, size: tuple[int, int]
) -> None:
    driver = opened(hostile, view, size)
    assert driver.execute_script("return document.querySelector('main h1') !== null")
    assert driver.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0
    assert complaints(driver) == []


def test_hostile_text_runs_nothing(opened: Callable[..., Any], hostile: Path) -> None:
    document = next(d for d in Loaded(hostile.parent).documents.values() if d.status == "ok")
    for view in (
        *VIEWS,
        f"#/document/{document.id}",
        f"#/table/{document.id}%3At1",
        "#/entity/technology/evil",
        "#/search?q=%3Cscript%3E",
    ):
        driver = opened(hostile, view)
        assert driver.execute_script("return window.hacked") is None
        assert (
            driver.execute_script(
                "return document.querySelectorAll('main script, main img:not([src^=data])').length"
            )
            == 0
        )
    assert "<script>window.hacked=1</script>" in text(opened(hostile, f"#/document/{document.id}"))


@pytest.mark.parametrize("words", ["旷视", "曠視", "Megvii", "ＭＥＧＶＩＩ"])
def test_search_finds_names_and_text(opened: Callable[..., Any], hostile: Path, words: str) -> None:
    driver = opened(hostile)
    type_and_search(driver, words)
    assert (
        driver.execute_script("return document.querySelector('main section .chip').hash")
        == "#/entity/company/megvii"
    )
    hit = driver.execute_script(
        "return [...document.querySelectorAll('main section:last-child a')].map(a => a.hash)"
    )
    assert hit and all(x.startswith("#/document/") for x in hit)
    follow(driver, "document.querySelectorAll('main section:last-child a')[0].click()")
    assert driver.execute_script("return document.querySelectorAll('mark.hit').length") > 0


def test_offsets_hold_beyond_the_bmp(opened: Callable[..., Any], hostile: Path) -> None:
    loaded = Loaded(hostile.parent)
    document = next(d for d in loaded.documents.values() if d.status == "ok")
    driver = opened(hostile, f"#/document/{document.id}")
    marked = driver.execute_script(
        "return [...document.querySelectorAll('.left .mention')].map(a => a.textContent)"
    )
    assert marked == [m.text for m in loaded.mentions()]
    low = driver.execute_script(
        "return [...document.querySelectorAll('.left .mention.low')].map(a => a.textContent)"
    )
    assert low == ["Baidu"]


def test_from_a_name_to_its_rectangle(opened: Callable[..., Any], sample: Path, sample_run: Path) -> None:
    loaded = Loaded(sample_run)
    mention = next(m for m in loaded.mentions() if m.bboxes and m.text == "Megvii")
    page = next(p for p in loaded.pages() if (p.document, p.page) == (mention.document, mention.page))
    driver = opened(sample, f"#/entity/{mention.entity}")
    place = f"#/document/{mention.document}/{mention.page}/{mention.start}-{mention.end}"
    follow(
        driver, f"[...document.querySelectorAll('main a')].find(a => a.hash === {json.dumps(place)}).click()"
    )
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == mention.text
    assert page.width and page.height
    want = [mention.bboxes[0][i] / (page.width, page.height)[i % 2] for i in range(4)]
    assert rectangle(driver) == pytest.approx(want, abs=0.003)
    assert 0.03 < ink(driver, want) < 0.7, "the rectangle lies on ink"


def test_choosing_in_the_picture_chooses_in_the_text(opened: Callable[..., Any], hostile: Path) -> None:
    document = next(d for d in Loaded(hostile.parent).documents.values() if d.status == "ok")
    driver = opened(hostile, f"#/document/{document.id}")
    driver.execute_script("document.querySelectorAll('.right .box')[3].click()")
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == "Beijing"
    assert "Beijing" in driver.execute_script("return document.querySelector('.info').textContent")
    driver.execute_script("document.querySelectorAll('.left .mention')[0].click()")
    assert driver.execute_script("return document.querySelector('.right .chosen').dataset.mention") == "0"


def test_the_network_filters_and_leads_to_evidence(opened: Callable[..., Any], hostile: Path) -> None:
    driver = opened(hostile, "#/network")
    nodes = "return document.querySelectorAll('.network .node').length"
    assert driver.execute_script(nodes) == 5
    driver.execute_script("document.querySelector('.toggles input[value=owns]').click()")
    driver.execute_script("document.querySelector('.toggles input[value=company]').click()")
    assert driver.execute_script(nodes) == 2
    driver.execute_script(
        "document.querySelector('.network .touch').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert "国务院 issued" in driver.execute_script(
        "return document.querySelector('.side blockquote').textContent"
    )
    view = "return document.querySelector('.network').getAttribute('viewBox')"
    before = driver.execute_script(view)
    driver.execute_script(
        "document.querySelector('.network').dispatchEvent(new KeyboardEvent('keydown', {key: '+', bubbles: true}))"
    )
    assert driver.execute_script(view) != before
    follow(driver, "document.querySelector('.side .evidence a').click()")
    assert driver.execute_script("return location.hash").startswith("#/document/")


def test_what_is_shown_can_be_saved(opened: Callable[..., Any], hostile: Path) -> None:
    rows = saved_table(opened(hostile, "#/relations?type=owns"), "Save this list (CSV)").splitlines()
    assert rows[0].lstrip("\ufeff").startswith('"type","subject","object"')
    assert [row.split(",")[0] for row in rows[1:]] == ['"owns"']
    names = saved_table(opened(hostile, "#/entities?type=company"), "Save this list (CSV)")
    assert "company/megvii" in names and "place/beijing" not in names


def test_both_languages(opened: Callable[..., Any], hostile: Path) -> None:
    driver = opened(hostile)
    assert "Most often named" in text(driver)
    follow(driver, "document.getElementById('language').click()")
    assert "出现最多的名称" in text(driver)
    assert driver.execute_script("return document.documentElement.lang") == "zh-CN"
    for view in ("#/entity/company/megvii", "#/relations", "#/network"):
        follow(driver, f"location.hash = {json.dumps(view)}")
        assert "undefined" not in text(driver)
    follow(driver, "document.getElementById('language').click()")
    assert "Relations" in text(driver)


def test_keys(opened: Callable[..., Any], hostile: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    document = next(d for d in Loaded(hostile.parent).documents.values() if d.status == "ok")
    driver = opened(hostile, f"#/document/{document.id}")
    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys("n")
    body.send_keys("n")
    assert driver.execute_script("return document.querySelector('.left .chosen').textContent") == "旷视科技"
    body.send_keys("p")
    assert driver.execute_script("return document.activeElement.textContent") == "Megvii"
    body.send_keys("/")
    assert driver.execute_script("return document.activeElement.name") == "q"
    driver.switch_to.active_element.send_keys("Baidu", Keys.ENTER)
    assert driver.execute_script("return location.hash").startswith("#/search")


def test_a_split_run_leads_from_index_to_document(opened: Callable[..., Any], tmp_path: Path) -> None:
    from pipeline.emit.report import write_report
    from tests.emit.made_run import small_run

    run = small_run(tmp_path / "run")
    write_report(run, run / "report.html", run / ".zhen", whole=100)
    document = next(d for d in Loaded(run).documents.values() if d.status == "ok")
    driver = opened(run / "report.html", f"#/document/{document.id}")
    target = driver.execute_script("return document.querySelector('main p > a').href")
    driver = opened(target)
    assert driver.execute_script("return document.querySelectorAll('.left .mention').length") == 6
    assert driver.execute_script("return document.querySelector('.brand').href").endswith("report.html#/")


def test_thousands_of_names_stay_usable(opened: Callable[..., Any], tmp_path: Path) -> None:
    """Bounds for a busy machine; benchmarks/report_page.py measures."""
    from benchmarks.report_page import large_run
    from pipeline.emit.report import write_report

    run = large_run(tmp_path / "run", 5000)
    write_report(run, run / "report.html", run / ".zhen")
    driver = opened(run / "report.html")
    assert float(driver.execute_script("return document.documentElement.dataset.took")) < 10_000
    type_and_search(driver, "人工")
    assert float(driver.execute_script("return document.documentElement.dataset.searched")) < 3_000
    opened(run / "report.html", "#/network")
    assert driver.execute_script("return document.querySelectorAll('.network .node').length") > 50


def test_text_is_readable(opened: Callable[..., Any], hostile: Path) -> None:
    """WCAG AA: 4.5 to 1 for every text on its background."""
    document = next(d for d in Loaded(hostile.parent).documents.values() if d.status == "ok")
    for view in ("", f"#/document/{document.id}", "#/relations", "#/entity/company/megvii"):
        driver = opened(hostile, view)
        poor = driver.execute_script("""
            const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
            const lum = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
            const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > .9) return c; } return [255, 255, 255]; };
            const poor = [];
            for (const e of document.querySelectorAll('body *:not(svg *)')) {
              if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || e.closest('[aria-disabled],script,svg')) continue;
              const a = lum(parse(getComputedStyle(e).color).slice(0, 3)), b = lum(ground(e).slice(0, 3));
              const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
              if (ratio < 4.5) poor.push([e.outerHTML.slice(0, 80), ratio]);
            }
            return poor;""")
        assert poor == []


def test_text_that_turns_the_direction_keeps_to_its_place(opened: Callable[..., Any], tmp_path: Path) -> None:
    """Overrides are shown by their number; names from right to left do not pull in what stands after them."""
    from pipeline.emit.report import write_report
    from tests.emit.made_run import document, entity, mention, write_run

    name, hebrew = "Delta\u202eatleD Office", "\u05d0\u05d1\u05d2"
    text = f"The {name} met {hebrew}.\n\u202eall of this\x1b[31m"
    d, page = document(text, f"in/{hebrew}.txt", title=f"{hebrew} 12", date="2020-01-02")
    found = [mention(d.id, text, name, "government", "delta"), mention(d.id, text, hebrew, "person", "abg")]
    entities = [
        entity("government", "delta", name, None, found),
        entity("person", "abg", hebrew, None, found),
    ]
    run = write_run(tmp_path / "run", [d], [page], found, entities, [], [])
    write_report(run, run / "report.html", run / ".zhen")
    for view in ("", f"#/document/{d.id}", "#/entities", "#/entity/government/delta", "#/search?q=Delta"):
        driver = opened(run / "report.html", view)
        shown = text_of_all(driver)
        assert not any(c in shown for c in "\u202e\x1b"), view
        if view:
            assert "Delta[U+202E]atleD" in shown, view
    driver = opened(run / "report.html", "#/documents")
    isolating = driver.execute_script(
        "return [...document.querySelectorAll('bdi')].map(x => [x.textContent, getComputedStyle(x).unicodeBidi])"
    )
    assert [f"{hebrew} 12", "isolate"] in isolating and [f"in/{hebrew}.txt", "isolate"] in isolating


def text_of_all(driver: Any) -> str:
    """Return the text of the page, hidden or not, and its tool tips."""
    return str(
        driver.execute_script(
            "return document.querySelector('main').textContent"
            " + [...document.querySelectorAll('[title]')].map(x => x.title).join(' ')"
        )
    )
