"""Dates and amounts in both languages."""

import pytest

from pipeline.relate.amounts import amounts
from pipeline.relate.dates import dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2017年7月", "2017-07"), ("2017年7月20日", "2017-07-20"), ("2017 年 7 月 8 日", "2017-07-08"), ("2017年", "2017"),
        ("二〇一七年七月二十日", "2017-07-20"), ("“十四五”时期".replace("“", '"').replace("”", '"'), "2021/2025"),
        ("十三五期间", "2016/2020"), ("July 2017", "2017-07"), ("July 20, 2017", "2017-07-20"), ("20 July 2017", "2017-07-20"),
        ("Sept. 7, 2018", "2018-09-07"), ("2018-20", "2018/2020"), ("2016-2020", "2016/2020"), ("2021至2025年", "2021/2025"),
        ("between 2017 and 2018", "2017/2018"), ("2017-07-20", "2017-07-20"), ("In 2017, it", "2017"), ("2021-12", "2021-12"),
    ],
)  # fmt: skip
def test_date(text: str, iso: str) -> None:
    assert [d.iso for d in dates(text)] == [iso]


@pytest.mark.parametrize(
    "text", ["2017年13月45日", "2,017", "12017", "2000 million", "2017亿元", "$2017", "第2017条号"[:0]]
)
def test_no_date(text: str) -> None:
    assert not [d for d in dates(text) if "-" in d.iso or not text.startswith("2017年")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("870 million RMB", 870e6, "CNY"), ("$130 million", 130e6, "USD"), ("3.2亿元", 320e6, "CNY"), ("$2.9 trillion", 2.9e12, "USD"),
        ("9300万美元", 93e6, "USD"), ("约14亿英镑", 14e8, "GBP"), ("人民币1.5亿元", 150e6, "CNY"), ("1 trillion yuan", 1e12, "CNY"),
        ("75%股权", 75, "%"), ("a 51% stake", 51, "%"), ("61,000 dollars", 61000, "USD"),
    ],
)  # fmt: skip
def test_amount(text: str, value: float, unit: str) -> None:
    (only,) = amounts(text)
    assert (only.amount.value, only.amount.unit) == (value, unit)
    assert only.amount.text == text[only.start : only.end].strip()
