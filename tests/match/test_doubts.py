"""What the tagger marks, held against what is known."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.doubts import doubted
from pipeline.match.generic import generic
from pipeline.normal import normalise
from pipeline.segment.words import Segmenter, Words


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
        ("控股股东长溪存储控股股东长控集团增持", "长溪存储控股股东长控集团", "company", ["长溪存储", "长控集团"]),
        ("禾江集团下属公司启云科技有限公司", "禾江集团下属公司启云科技有限公司", "company", ["禾江集团", "启云科技有限公司"]),
        ("支持禾江大学联合启云科技大学攻关", "禾江大学联合启云科技大学", "institution", ["禾江大学", "启云科技大学"]),
        ("禾江大学联合国际研究中心", "禾江大学联合国际研究中心", "institution", ["禾江大学联合国际研究中心"]),
        ("第二名启云数字科技有限公司", "第二名启云数字科技有限公司", "company", ["启云数字科技有限公司"]),
        ("澳大校长宋先生", "澳大校", "institution", ["澳大"]),
        ("银河证券研报指出", "银河证券研报", "publication", ["银河证券"]),
        ("禾江股份子公司泉泓投资增资", "泉泓", "person", ["泉泓投资"]),
        ("在蚌埠建设未来产业先导区", "蚌埠建设未来产业先导区", "place", ["蚌埠"]),
        ("市场监管总局约谈了平台", "市场监管总局", "government", ["市场监管总局"]),
        ("贵州茅台发布公告", "贵州茅台", "company", ["贵州茅台"]),
        ("贵公司发布公告", "贵公司", "company", []),
        ("龙岗区工业和信息化局近日公布", "龙岗区工业和信息化局", "government", ["龙岗区工业和信息化局"]),
        ("评标委员会推荐", "评标委员会", "government", []),
        ("共建产业研究院", "产业研究院", "institution", []),
        ("与国家实验研究院合作", "国家实验研究院", "institution", ["国家实验研究院"]),
        ("联合滴滴发布", "滴滴", "company", ["滴滴"]),
        ("委托拍卖行出售", "拍卖行", "company", []),
        ("苏高新创投跟投", "苏高新创投", "company", ["苏高新创投"]),
        ("由基金管理公司提供", "基金管理公司", "company", []),
    ],
)  # fmt: skip
def test_a_span_is_cut_to_the_names_in_it(text: str, name: str, kind: str, want: list[str]) -> None:
    assert _kept(normalise(text).text, name, kind) == want


@pytest.mark.parametrize(
    ("text", "name", "want"),
    [
        ("印发安徽省未来产业培育行动方案,提出", "安徽省未来产业培育行动方案", ["安徽省未来产业培育行动方案"]),
        ("启动数字化转型行动计划", "数字化转型行动计划", []),
        ("关于印发低空经济行动计划的通知", "低空经济行动计划", ["低空经济行动计划"]),
        ("深入实施企业“双倍增”行动,", '企业"双倍增"行动', ['企业"双倍增"行动']),
        ("依照数据安全法的规定", "数据安全法", ["数据安全法"]),
        ("依照管理法处罚", "管理法", []),
        ("采用加权平均法计算", "加权平均法", []),
        ("对外商投资法作出解释", "对外商投资法", ["外商投资法"]),
        ("适用对外贸易法的规定", "对外贸易法", ["对外贸易法"]),
        ("# 科学技术档案工作条例\n第一条", "科学技术档案工作条例", ["科学技术档案工作条例"]),
        ("制定科学技术档案工作条例", "科学技术档案工作条例", []),
        ("专项名称:纳米前沿重点专项。", "纳米前沿重点专项", ["纳米前沿重点专项"]),
    ],
)  # fmt: skip
def test_a_plan_without_title_marks(text: str, name: str, want: list[str]) -> None:
    assert _kept(normalise(text).text, name, "plan") == want


def test_a_firm_that_is_called_a_bureau() -> None:
    text = "中建三局承建"
    marked = Candidate(start=0, end=4, type="government", method="model", score=0.9)
    assert [c.type for c in doubted(text, [marked], [], Segmenter().segment(text))] == ["company"]


def test_a_plan_that_is_one_word_at_the_end_of_the_text() -> None:
    text = "人才发展规划纲要"
    plan = Candidate(start=0, end=len(text), type="plan", method="model", score=0.6)
    assert generic(text, plan, [], text, Words(starts=[0], ends=[len(text)], known=[True]))
