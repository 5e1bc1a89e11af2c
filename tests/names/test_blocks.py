"""Blocking: names that may be one share a key; time and pairs grow with the number of names."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.blocks import Blocks, block_keys


def test_names_of_one_firm_share_a_key() -> None:
    names = ["北京旷视科技有限公司", "旷视科技", "Beijing Kuangshi Technology Co., Ltd.", "旷視科技"]
    for one in names:
        for two in names:
            assert set(block_keys(one)) & set(block_keys(two)), (one, two)


def test_pairs_are_those_that_share_a_key() -> None:
    blocks = Blocks(["旷视科技", "Haoyu Robotics", "北京旷视有限公司", "砺森大学"])
    assert set(blocks.pairs()) == {(0, 2)}


def test_crowded_keys_are_left_out() -> None:
    assert list(Blocks([f"Same {i:05}" for i in range(100)]).pairs(most=10)) == []


def test_nothing() -> None:
    assert list(Blocks([]).pairs()) == []
    assert Blocks([]).near(["x"], 5) == []


@given(st.text(max_size=30))
def test_any_text_has_keys_without_fault(text: str) -> None:
    assert block_keys(text) == sorted(set(block_keys(text)))
