"""How a run with thousands of entities behaves: time to write its page, to its first view, and to a search.

    python benchmarks/report_page.py [ENTITIES]

Writes a made-up run (a seeded mix of Chinese and English names over 100 documents), its report, and, where
Chromium is installed, opens the report and the served pages and measures in the browser.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.emit.report import write_report  # noqa: E402
from pipeline.records import Mention, Qualifiers, Relation  # noqa: E402
from tests.emit.made_run import document, entity, write_run  # noqa: E402

_HAN = "华中国科技新能信息网络智慧东方海天云数据星光联创未来电子"
_LATIN = ("Hua", "Zhong", "Tech", "Data", "Nova", "Star", "Cloud", "Link", "Wise", "Sun")
_KINDS = ("company", "government", "plan", "institution", "person", "technology")
_DOCUMENTS, _MENTIONS = 100, 10
VIEWS = (
    "",
    "#/entities",
    "#/search?q=%E4%BA%BA%E5%B7%A5",
    "#/search?q=Nova",
    "#/entity/company/n0",
    "#/network",
)


def large_run(folder: Path, count: int) -> Path:
    """Write a run with so many entities, each mentioned ten times."""
    chance = random.Random(7)
    names = []
    for i in range(count):
        zh = "".join(chance.choices(_HAN, k=4)) + f"{i:x}"
        names.append((_KINDS[i % len(_KINDS)], f"n{i}", f"{''.join(chance.choices(_LATIN, k=2))} {i}", zh))
    texts = []
    for d in range(_DOCUMENTS):
        lines = []
        for _ in range(count * _MENTIONS // _DOCUMENTS // 5):
            five = [
                names[
                    min(int(chance.paretovariate(0.4)) - 1, count - 1)
                    if chance.random() < 0.2
                    else chance.randrange(count)
                ]
                for _ in range(5)
            ]
            lines.append([(n, n[2 + chance.randrange(2)]) for n in five])
        texts.append((d, lines))
    documents, pages, mentions, relations = [], [], [], []
    for d, lines in texts:
        text, places = "", []
        for line in lines:
            for name, surface in line:
                places.append((len(text), name, surface))
                text += surface + chance.choice(
                    ("与", " and ", "，负责建设人工智能创新平台，", " develops platforms with ")
                )
            text += "。\n"
        record, page = document(text, f"made/{d:03}.txt")
        documents.append(record)
        pages.append(page)
        for start, (kind, slug, _, _), surface in places:
            end = start + len(surface)
            mentions.append(
                Mention(
                    id=f"{record.id}:1:{start}-{end}",
                    document=record.id,
                    page=1,
                    start=start,
                    end=end,
                    text=surface,
                    bboxes=[],
                    language="en" if surface.isascii() else "zh",
                    type=kind,
                    entity=f"{kind}/{slug}",
                    method="gazetteer",
                    score=1.0,
                    continues=None,
                )
            )
        for k in range(0, len(places) - 1, 10):
            (start, a, _), (_, b, _) = places[k], places[k + 1]
            if a != b:
                evidence = text[start : start + 40]
                relations.append(
                    Relation(
                        id=f"{d:04x}{k:08x}",
                        type=chance.choice(("partner_of", "owns", "issued")),
                        subject=f"{a[0]}/{a[1]}",
                        object=f"{b[0]}/{b[1]}",
                        document=record.id,
                        page=1,
                        start=start,
                        end=start + len(evidence),
                        evidence=evidence,
                        table=None,
                        method="pattern",
                        score=0.8,
                        qualifiers=Qualifiers(),
                    )
                )
    by_entity: dict[str, list[Mention]] = {}
    for m in mentions:
        by_entity.setdefault(m.entity, []).append(m)
    entities = [entity(k, slug, en, zh, by_entity.get(f"{k}/{slug}", [])) for k, slug, en, zh in names]
    return write_run(folder, documents, pages, mentions, entities, relations, [])


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as name:
        run = large_run(Path(name) / "run", count)
        begin = time.perf_counter()
        write_report(run, run / "report.html", run / ".zhen")
        size = (run / "report.html").stat().st_size / 1e6
        print(f"entities {count}; report.html written in {time.perf_counter() - begin:.2f} s, {size:.1f} MB")
        if shutil.which("chromedriver") is None:
            print("no chromium with chromedriver here: nothing measured in the browser")
            return
        _browse((run / "report.html").as_uri())
        begin = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "serve", str(run)], stdout=subprocess.PIPE, text=True,
            cwd=ROOT,
        ) as server:  # fmt: skip
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            print(f"zhen serve: ready after {time.perf_counter() - begin:.2f} s, its database included")
            try:
                _browse(address.split("?")[0], enter=address)
            finally:
                server.terminate()


def _browse(home: str, enter: str | None = None) -> None:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        if enter is not None:
            driver.get(enter)
        for view in VIEWS:
            driver.get("about:blank")
            driver.get(home + view)
            while not driver.execute_script("return document.documentElement.dataset.drawn"):
                time.sleep(0.01)
            took = driver.execute_script("return document.documentElement.dataset.took")
            searched = driver.execute_script("return document.documentElement.dataset.searched")
            print(
                f"  {view or 'start':28} drawn after {float(took):.0f} ms"
                + (f", search {searched} ms" if searched else "")
            )
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
