"""What tests share: a small gazetteer, the chain from a text to its names, one run over corpora/, and where shared/ is."""

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipeline.align import Aligned, align
from pipeline.match import Candidate, Finder, Matcher
from pipeline.match.gazetteer import Gazetteer, load_gazetteers
from pipeline.parse.text import text_blocks
from pipeline.records import Block, Page, ParsedPage
from pipeline.segment import Reading, read
from pipeline.segment.words import Segmenter

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
CORPORA = ROOT / "corpora"
SHARED = ROOT.parent / "shared"

# A busy machine is no fault of the program: how long an example takes is measured elsewhere, never asserted.
settings.register_profile("zhen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zhen")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled gazetteers out of the user's cache, for this process and those it starts."""
    before = os.environ.get("ZHEN_CACHE")
    os.environ["ZHEN_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["ZHEN_CACHE"]
    else:
        os.environ["ZHEN_CACHE"] = before


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; tests that need it skip where it is absent."""
    if not (SHARED / "corpora").is_dir():
        pytest.skip("no ../shared here")
    return SHARED


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The small gazetteer of tests/data/gazetteer."""
    return load_gazetteers([DATA / "gazetteer"], builtin=False)


@pytest.fixture(scope="session")
def segmenter(gazetteer: Gazetteer) -> Segmenter:
    """jieba with the small gazetteer's Chinese names, as work.Pipeline makes it."""
    return Segmenter(
        s.form for s in gazetteer.surfaces if s.language == "zh" and s.rule is None and len(s.form) > 2
    )


def page_of(
    text: str, *, number: int = 1, blocks: list[Block] | None = None, runs_on: bool = False
) -> ParsedPage:
    """Return a page without layout; without blocks given, those of a plain text."""
    return ParsedPage(
        page=Page(
            document="d" * 16, page=number, width=None, height=None, text=text,
            blocks=text_blocks(text) if blocks is None else blocks, notes=[],
        ),
        glyphs=None, runs_on=runs_on, bold=[],
    )  # fmt: skip


@pytest.fixture(scope="session")
def reading(segmenter: Segmenter) -> Callable[..., Reading]:
    """Read a text, or a list of pages."""

    def make(text: str | list[ParsedPage], *, plain: bool = False) -> Reading:
        pages = [page_of(text)] if isinstance(text, str) else text
        return read(pages, segmenter, plain=plain)

    return make


@pytest.fixture(scope="session")
def find(gazetteer: Gazetteer, reading: Callable[..., Reading]) -> Callable[..., list[str]]:
    """Find gazetteer names in a text: ``["text=entity"]`` after settling, texts as they stand in the original."""
    from pipeline.match.candidates import settle

    finder = Finder(gazetteer)

    def names(text: str, *, plain: bool = False, date: str | None = None) -> list[str]:
        one = reading(text, plain=plain)
        found = settle(finder.find(one.normal, one.words, date=date, note_digits=plain))
        return [f"{_surface(one, text, c)}={c.entity}" for c in found]

    return names


def _surface(one: Reading, text: str, candidate: Candidate) -> str:
    return "".join(text[s:e] for _, s, e in one.parts(candidate.start, candidate.end))


@pytest.fixture(scope="session")
def aligned(gazetteer: Gazetteer, reading: Callable[..., Reading]) -> Callable[..., tuple[Reading, Aligned]]:
    """Match and align a text with the small gazetteer, rules and glosses; no statistical model."""

    def make(text: str | list[ParsedPage], *, plain: bool = False) -> tuple[Reading, Aligned]:
        one = reading(text, plain=plain)
        matcher = Matcher(Finder(gazetteer), model=False)
        return one, align("d" * 16, one, matcher.match(one))

    return make


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run over corpora/, with the real gazetteers and models."""
    from pipeline.ingest import ingest

    out = tmp_path_factory.mktemp("sample") / "run"
    ingest([str(CORPORA)], out)
    return out


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("The Delta Robot Testing Office (DRTO) opened.\n", "utf-8")
    return path


@pytest.fixture
def in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process: what a worker process costs in start-up is not what these tests are about."""
    module = importlib.import_module("pipeline.ingest")
    real = module.ingest

    def quick(*args: object, **named: object) -> object:
        return real(*args, **{**named, "limits": None, "workers": 1})

    if "worker" not in request.keywords:
        monkeypatch.setattr(module, "ingest", quick)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers that tests use."""
    config.addinivalue_line("markers", "worker: starts worker processes, as the command line does")
