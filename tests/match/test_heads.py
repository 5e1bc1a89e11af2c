"""What the head of a name says of its kind."""

import pytest

from pipeline.match.heads import type_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Education", "government"), ("Zhejiang University of Technology", "institution"),
        ("Academy of Sciences", "institution"), ("Robot Industry Alliance", "association"),
        ("Made in China Action Plan", "plan"), ("Cybersecurity Law of the People's Republic of China", "plan"),
        ("World Robot Conference", "event"), ("Blue Book", "publication"), ("Xinhua News Agency", "company"),
        ("Liangma Co., Ltd.", "company"), ("Liu He", None), ("", None), ("of", None),
        ("嘉兴市财政局", "government"), ("浙江大学", "institution"), ("机器人产业联盟", "association"),
        ("管理办法(试行)", "plan"), ("良马有限公司", "company"), ("世界机器人大会", "event"), ("南湖区", "place"),
        ("工信部", "government"), ("刘鹤", None), ("局", None),
    ],
)  # fmt: skip
def test_type_of(name: str, kind: str | None) -> None:
    assert type_of(name) == kind
