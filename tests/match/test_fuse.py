"""Names that stand together as one."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.fuse import fused


@pytest.mark.parametrize(
    ("text", "part", "kind", "want"),
    [
        ("教育部办公厅关于公布", "教育部", "government", [("教育部办公厅", "government")]),
        ("市场监管总局反垄断二司负责监督", "市场监管总局", "government", [("市场监管总局反垄断二司", "government")]),
        ("科技部战略规划司司长", "科技部", "government", [("科技部战略规划司", "government")]),
        ("联系浙江省科技厅成果处,", "浙江省科技厅", "government", [("浙江省科技厅成果处", "government")]),
        ("商务部有关司、各地", "商务部", "government", []),
        ("财政部下属公司、各地", "财政部", "government", []),
        ("由浙江省科技厅依法查处,", "浙江省科技厅", "government", []),
        ("落实横琴合作区建设总体方案。", "横琴合作区", "place", [("横琴合作区建设总体方案", "plan")]),
        ("根据浙江省数字经济促进条例,", "浙江省", "place", [("浙江省数字经济促进条例", "plan")]),
        ("横琴合作区的总体方案。", "横琴合作区", "place", []),
        ("落实浙江省的行动方案。", "浙江省", "place", []),
    ],
)  # fmt: skip
def test_what_follows_a_name_belongs_to_a_longer_one(
    text: str, part: str, kind: str, want: list[tuple[str, str]]
) -> None:
    start = text.index(part)
    one = Candidate(start=start, end=start + len(part), type=kind, method="gazetteer", score=1, entity="e")  # type: ignore[arg-type]
    found = fused(text, [one], None)
    assert [(text[c.start : c.end], c.type) for c in found] == want
    assert all(c.entity is None for c in found)
