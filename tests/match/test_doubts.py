"""What the tagger marks, held against what is known."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.doubts import doubted
from pipeline.normal import normalise
from pipeline.segment.words import Segmenter


def _kept(text: str, name: str, kind: str, *known: tuple[str, str]) -> list[str]:
    def at(part: str, type_: str, method: str) -> Candidate:
        start = text.index(part)
        return Candidate(start=start, end=start + len(part), type=type_, method=method, score=0.9)  # type: ignore[arg-type]

    found = doubted(
        text,
        [at(name, kind, "model")],
        [at(*k, "gazetteer") for k in known],
        Segmenter(k[0] for k in known).segment(text),
    )
    return [text[c.start : c.end] for c in found]


@pytest.mark.parametrize(
    ("text", "name", "want"),
    [
        ("购买美国高通的芯片", "美国高通", ["高通"]),
        ("韩国三星电子增资", "韩国三星电子", ["三星电子"]),
        ("存入美国银行的款项", "美国银行", ["美国银行"]),
    ],
)
def test_a_foreign_state_is_cut_off_a_firm(text: str, name: str, want: list[str]) -> None:
    assert _kept(text, name, "company") == want


def test_the_rest_of_a_generic_phrase_is_no_body() -> None:
    assert _kept("由县级以上人民政府负责", "以上人民政府", "government") == []


def test_a_known_firm_with_a_word_after_it_is_no_place() -> None:
    assert _kept("在华为旧址改建", "华为旧址", "place", ("华为", "company")) == []
    assert _kept("在华为村改建", "华为村", "place", ("华为", "company")) == ["华为村"]


def test_a_known_name_with_a_piece_of_what_follows_is_not_taken() -> None:
    assert _kept("发展改革委会同科技部", "发展改革委会", "government", ("发展改革委", "government")) == []
    assert _kept("总统马塔雷拉到罗马访问", "马塔雷拉到", "person", ("马塔雷拉", "person")) == []


@pytest.mark.parametrize(
    ("address", "want"),
    [
        ("南宁市青秀区民族大道131号", ["南宁市青秀区"]),
        ("广东省深圳市南山区科技园北区朗山路16号", ["广东省深圳市南山区"]),
        ("和平路12号", []),
    ],
)
def test_of_an_address_the_districts_are_kept(address: str, want: list[str]) -> None:
    assert _kept(f"地址:{address}", address, "place") == want


@pytest.mark.parametrize(
    ("text", "name", "kind", "want"),
    [
        ("副院长张林作主旨报告", "张林作", "person", ["张林"]),
        ("总理真蒂洛尼来华出席", "真蒂洛尼来华", "person", ["真蒂洛尼"]),
        ("副市长李强调研了园区", "李强调", "person", ["李强"]),
        ("作者张作霖出席", "张作霖", "person", ["张作霖"]),
        ("由启云大学杭州研究院与禾江实验室承办", "启云大学杭州研究院与禾江实验室", "institution", ["启云大学杭州研究院", "禾江实验室"]),
        ("清华大学战略与安全研究中心", "清华大学战略与安全研究中心", "institution", ["清华大学战略与安全研究中心"]),
        ("其关联方诸暨神鹰置业有限公司", "关联方诸暨神鹰置业有限公司", "company", ["诸暨神鹰置业有限公司"]),
        ("自贡禾江电子公司", "自贡禾江电子公司", "company", ["自贡禾江电子公司"]),
        ('股东"南京方凯管理公司"通过', '股东"南京方凯管理公司', "company", ["南京方凯管理公司"]),
        ("电芯容量 Nominal 值", "电芯容量 Nominal", "company", []),
        ("绵府办发〔2025〕18号", "绵府", "government", []),
        ("宁夏中卫数据中心集群", "宁夏中卫数据中心", "institution", []),
        ("在巴黎毕加索博物馆展出", "巴黎毕加索博物馆", "place", ["巴黎毕加索博物馆"]),
        ("设立科普画廊和橱窗", "科普画廊", "place", []),
        ("马列主义", "马列", "person", []),
    ],
)  # fmt: skip
def test_a_span_is_cut_to_the_names_in_it(text: str, name: str, kind: str, want: list[str]) -> None:
    assert _kept(normalise(text).text, name, kind) == want
