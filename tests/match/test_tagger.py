"""The Chinese tagger: its parts by themselves, and the model that ships on sentences of several styles."""

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline.match.tagger import LEAST, MODEL, Span, Tagger
from pipeline.match.tagger_chain import Chain
from pipeline.match.tagger_features import fold, squeeze, word_features
from pipeline.match.tagger_pieces import UNKNOWN, Pieces, places
from pipeline.match.tagger_spans import tidy
from tests.conftest import ROOT

TAGS = ["O", "B-a", "I-a", "E-a", "S-a"]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def surfaces(sentence: str, spans: list[Span]) -> set[tuple[str, str]]:
    return {(sentence[s.start : s.end], s.type) for s in spans}


def legal(path: tuple[int, ...]) -> bool:
    inside = False
    for number in path:
        mark = TAGS[number][0]
        if inside != (mark in "IE"):
            return False
        inside = mark in "BI"
    return not inside


def test_chain_agrees_with_counting_every_path() -> None:
    rng = np.random.default_rng(0)
    steps = rng.normal(size=(5, 5)).astype(np.float32)
    emissions = (2 * rng.normal(size=(2, 5, 5))).astype(np.float32)
    lengths = [5, 3]
    for row, names in enumerate(Chain(TAGS, steps).names(emissions, lengths)):
        total, holding, best = 0.0, dict.fromkeys(names, 0.0), (-1e9, ())
        for path in filter(legal, itertools.product(range(5), repeat=lengths[row])):
            score = sum(float(emissions[row, i, t]) for i, t in enumerate(path))
            score += sum(float(steps[a, b]) for a, b in itertools.pairwise(path))
            total += np.exp(score)
            best = max(best, (score, path))
            for name in names:
                marks = [TAGS[t][0] for t in path[name[0] : name[1]]]
                if marks == ["S"] or marks == ["B", *"I" * (len(marks) - 2), "E"]:
                    holding[name] += np.exp(score)
        assert {n[0] for n in names} == {i for i, t in enumerate(best[1]) if TAGS[t][0] in "BS"}
        for name, share in holding.items():
            assert name[3] == pytest.approx(share / total, rel=1e-3)


def test_squeeze_keeps_places() -> None:
    text, offsets = squeeze("武 汉 市 人 民 政 府 2026 年")
    assert text == "武汉市人民政府2026年"
    assert "".join("武 汉 市 人 民 政 府 2026 年"[o] for o in offsets) == text
    assert squeeze("财政部 税务总局")[0] == "财政部 税务总局"
    assert squeeze("OPC 创新 Open AI")[0] == "OPC创新Open AI"
    assert fold("“") == '"' and fold("（") == "(" and fold("Ａ") == "A"


def test_words_cover_all_characters() -> None:
    for text in ("武汉市人民政府关于印发", "A股 3,000点，😀好", "𠀀字"):
        assert len(word_features(text)) == len(text)


def test_pieces() -> None:
    pieces = Pieces(
        {"国务院": -8.0, "国": -6.0, "务院": -9.0, "▁Open": -9.0, "AI": -7.0},
        {"国务院": 1, "国": 2, "务院": 3, "▁Open": 4, "AI": 5},
    )
    assert pieces.cut("国务院OpenAI们") == ([1, 4, 5, UNKNOWN], [3, 4, 2, 1])
    assert pieces.cut("") == ([], [])
    assert places([3, 1]) == ([0, 0, 0, 1], [1, 2, 3, 0])


@pytest.mark.parametrize(
    ("sentence", "span", "want"),
    [
        ("《数据安全法》", (0, 7), "数据安全法"),
        ("“十四五”数字经济发展规划", (0, 13), "“十四五”数字经济发展规划"),
        ("“东数西算”", (0, 6), "东数西算"),
        ("（北京）科技", (0, 6), "（北京）科技"),
        ("《数据安全法", (0, 6), "数据安全法"),
        ("，华为 ", (0, 4), "华为"),
    ],
)
def test_tidy(sentence: str, span: tuple[int, int], want: str) -> None:
    assert [sentence[s:e] for s, e, _ in tidy(sentence, *span, "plan")] == [want]


def test_model_is_small_and_quick_to_load() -> None:
    assert MODEL.stat().st_size < 30_000_000
    began = time.perf_counter()
    Tagger(MODEL)
    assert time.perf_counter() - began < 5
    assert Tagger.load() is Tagger.load(MODEL)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("广东省发展和改革委员会会同深圳市人民政府印发通知。",
         {("广东省发展和改革委员会", "government"), ("深圳市人民政府", "government")}),
        ("记者李明从青岛海蓝精密机械有限公司获悉，公司将在烟台投资。",
         {("李明", "person"), ("青岛海蓝精密机械有限公司", "company"), ("烟台", "place")}),
        ("武汉理工大学教授张伟与中国计算机学会签署协议。",
         {("武汉理工大学", "institution"), ("张伟", "person"), ("中国计算机学会", "association")}),
        ("根据《中华人民共和国档案法》制定本办法。", {("中华人民共和国档案法", "plan")}),
    ],
)  # fmt: skip
def test_finds_names(tagger: Tagger, sentence: str, wanted: set[tuple[str, str]]) -> None:
    (spans,) = tagger.tag([sentence])
    assert wanted <= surfaces(sentence, spans)
    assert all(0 <= s.score <= 1 for s in spans)


def test_spaced_out_name(tagger: Tagger) -> None:
    sentence = "武 汉 市 人 民 政 府 2026 年 2 月 13 日"
    (spans,) = tagger.tag([sentence])
    assert ("武 汉 市 人 民 政 府", "government") in surfaces(sentence, spans)


def test_nothing_to_find(tagger: Tagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag(["", " ", "\n", "No Chinese here", "坚持创新驱动发展。"]) == [[], [], [], [], []]


def test_same_answer_in_any_company(tagger: Tagger) -> None:
    sentences = [
        "工业和信息化部印发《人形机器人创新发展指导意见》。",
        "任正非是华为的创始人。",
        "在上海举行。" * 60,
        "𠮷野家在东京𠀀。",
    ]
    together = tagger.tag(sentences)
    for spans, alone in zip(together, (tagger.tag([s])[0] for s in sentences), strict=True):
        assert [(s.start, s.end, s.type) for s in spans] == [(s.start, s.end, s.type) for s in alone]
        assert [s.score for s in spans] == pytest.approx([s.score for s in alone], abs=5e-4)
    for sentence, spans in zip(sentences, together, strict=True):
        assert all(0 <= s.start < s.end <= len(sentence) for s in spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_an_ending_settles_the_kind_of_body(tagger: Tagger) -> None:
    sentence = "清华大学与华为技术有限公司在北京签约。"
    assert {("清华大学", "institution"), ("华为技术有限公司", "company")} <= surfaces(
        sentence, tagger.tag([sentence])[0]
    )


def test_unlikely_names_are_left_out(tagger: Tagger) -> None:
    sentence = ["清华大学与华为技术有限公司在北京签约。"]
    everything = list(tagger.raw(sentence, least=0.0))
    assert everything
    cut = max(score for *_, score in everything)
    assert list(tagger.raw(sentence, least=cut)) == [row for row in everything if row[-1] >= cut]
    assert all(score >= LEAST for *_, score in tagger.raw(sentence))


def test_equal_sentences_are_read_once_and_answered_each() -> None:
    class Once(Tagger):
        def __init__(self) -> None:
            self.asked: list[str] = []

        def raw(self, sentences, style="", answers=None):  # type: ignore[no-untyped-def]
            self.asked += sentences
            yield 0, 0, 2, "place", 0.9

    tagger = Once()
    one, other, again = tagger.tag(["北京", "公司", "北京"])
    assert one == again == [Span(0, 2, "place", 0.9)] and other == []
    assert tagger.asked == ["北京", "公司"]


def test_onnxruntime_reports_nothing_to_its_maker(tmp_path: Path) -> None:
    """Where it does it keeps an id and what is to be sent in the home folder, and looks up its maker's host."""
    command = "import pipeline, onnxruntime; from pipeline.match.tagger import MODEL; onnxruntime.InferenceSession(str(MODEL))"
    places = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ORT_")}
    subprocess.run([sys.executable, "-B", "-c", command], env={**environment, **places}, cwd=ROOT, check=True)
    assert list(tmp_path.rglob("*")) == []
