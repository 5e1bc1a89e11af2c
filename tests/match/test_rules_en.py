"""English names by rule, and what must not be taken for one."""

import pytest

from pipeline.match.candidates import settle
from pipeline.match.plausible import plausible_model_name
from pipeline.match.rules_en import english_names
from pipeline.records import EntityType


def _names(text: str) -> list[tuple[str, str]]:
    return [(text[c.start : c.end], c.type) for c in settle(english_names(text))]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "He joined the Hangzhou Robotics Industry Office in May.",
            [("Hangzhou Robotics Industry Office", "government")],
        ),
        ("by the Ministry of Ecology on November 3.", [("Ministry of Ecology", "government")]),
        (
            "the Qorvi Trading Center for the Ohio Bureau of Trade",
            [("Qorvi Trading Center", "institution"), ("Ohio Bureau of Trade", "government")],
        ),
        (
            "the Department of Physics, Qorvi University",
            [("Department of Physics", "institution"), ("Qorvi University", "institution")],
        ),
        ("by Kestrel Advisory of Boise", [("Kestrel Advisory", "company")]),
        (
            "the Measures for Data Review, the Ecology Administration of Ohio may",
            [("Measures for Data Review", "plan"), ("Ecology Administration of Ohio", "government")],
        ),
        (
            "a U.S.-China Farm Review Commission and",
            [("U.S.-China Farm Review Commission", "government")],
        ),
        (
            "the Several Measures on Promoting Robots of May",
            [("Several Measures on Promoting Robots", "plan")],
        ),
        (
            "Under the Key Research and Development Program of Ohio it",
            [("Key Research and Development Program of Ohio", "plan")],
        ),
        (
            "the Brain Science and Brain-Like Research Program",
            [("Brain Science and Brain-Like Research Program", "plan")],
        ),
        ("the Made in Ohio Digital Program", [("Made in Ohio Digital Program", "plan")]),
        ("a lawyer at Qorvi Policy Studio said", []),
        ("the Ohio Chamber of Commerce to the EU", [("Ohio Chamber of Commerce to the EU", "association")]),
        (
            "the Ministries of Culture and Sports",
            [("Ministries of Culture", "government"), ("Sports", "government")],
        ),
        (
            "the Chip Security Interim Final Rule and One Man Rule",
            [("Chip Security Interim Final Rule", "plan")],
        ),
        (
            "the Third Research Institute of Ohio and the State-owned Assets Office of Ohio",
            [
                ("Third Research Institute of Ohio", "institution"),
                ("State-owned Assets Office of Ohio", "government"),
            ],
        ),
        (
            "the Ministry of Ecology and the National Robot Administration",
            [("Ministry of Ecology", "government"), ("National Robot Administration", "government")],
        ),
        (
            "the Joint Office for Social and Rural Development met",
            [("Joint Office for Social and Rural Development", "government")],
        ),
        (
            "sold by Ningbo Micro Electronics Tooling (NMET) to",
            [("Ningbo Micro Electronics Tooling", "company")],
        ),
        ("bought from Qorvi Technology of Ames, Iowa", [("Qorvi Technology", "company")]),
        (
            "the Third Institute of the Ministry of Ecology",
            [("Third Institute of the Ministry of Ecology", "institution")],
        ),
        ("Can Ningbo Grow Its Own Robot Base?", []),
        ("They use 5G Networks.", []),
        ("backed by 5Y Capital then", [("5Y Capital", "company")]),
        (
            "under the Robot Exports Act for Fiscal Year 2021, the",
            [("Robot Exports Act for Fiscal Year 2021", "plan")],
        ),
        (
            "bought by Megatek and Hunan Railway Construction Corporation last year",
            [("Hunan Railway Construction Corporation", "company")],
        ),
        ("Shanghai-listed Qiuming Sensing Inc. said", [("Qiuming Sensing Inc.", "company")]),
        (
            "The Ministry of Ecology and Environment agreed.",
            [("Ministry of Ecology and Environment", "government")],
        ),
        (
            "Founded by Tongji University and Fudan University in 1999.",
            [("Tongji University", "institution"), ("Fudan University", "institution")],
        ),
        (
            "The Ningbo Institute of Intelligent Robots opened.",
            [("Ningbo Institute of Intelligent Robots", "institution")],
        ),
        (
            "the Zhejiang Robot Industry Alliance counts",
            [("Zhejiang Robot Industry Alliance", "association")],
        ),
        ("Liangma Transmission Co., Ltd. makes gears", [("Liangma Transmission Co., Ltd.", "company")]),
        ("bought by Qiuming Sensing Inc. last year", [("Qiuming Sensing Inc.", "company")]),
        ("The Tongxiang Robot Summit was held", [("Tongxiang Robot Summit", "event")]),
        ("the chairman Gao Zhiyuan said", [("Gao Zhiyuan", "person")]),
        ("Zhou Wenbin's plan", [("Zhou Wenbin", "person")]),
        ("Dr. Ouyang Zhicheng spoke", [("Ouyang Zhicheng", "person")]),
        ("Tongji University's School of Design", None),
        (
            "under the Personal Information Protection Law of 2021",
            [("Personal Information Protection Law", "plan")],
        ),
    ],
)
def test_names(text: str, want: list[tuple[str, str]] | None) -> None:
    found = _names(text)
    if want is None:
        assert all("'s" not in name for name, _ in found), found
    else:
        assert found == want


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry said so.",
        "This Plan is good. The Commission met.",
        "Most of the money comes from banks.",
        "In March the office was closed.",
        "First, the committee met; Second, it ate.",
        "Chinese companies and American universities",
        "Table 3. Figure 2. Section 4.",
        "Chief Executive Officer of the firm",
        "He said: “We agree.”",
        "See Chapter One and the Introduction.",
        "Key Points and Main Findings",
        "SUMMARY OF THE MAIN POINTS OF THE PLAN",
        "Visual Systems 208, Knowledge Systems 29",
        "Founding Principles. Key and Core Technology Areas",
        "Member of the Party Leadership Group",
        "Professional Associations and Artificial Intelligence, Cloud Computing",
    ],
)
def test_look_alikes(text: str) -> None:
    assert _names(text) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "its Medium- and Long-Term Plan for Smart Manufacturing",
            "Medium- and Long-Term Plan for Smart Manufacturing",
        ),
        ("the Delta Working Group on Robot Standards", "Delta Working Group on Robot Standards"),
        ("as Boston Systems said", "Boston Systems"),
        ("the Optics Valley Robot Alliance7 meets", "Optics Valley Robot Alliance"),
        ("a Municipal Bureau of Economy and Information Technology", "Municipal Bureau of Economy and Information Technology"),
    ],
)  # fmt: skip
def test_whole_names(text: str, want: str) -> None:
    assert [name for name, _ in _names(text)] == [want]


def test_no_name_crosses_a_line_feed() -> None:
    assert all("\n" not in name for name, _ in _names("Tongji\nUniversity of\nShanghai Robot\nAlliance"))


@pytest.mark.parametrize(
    ("name", "kind", "fits"),
    [
        ("Gao Wen", "person", True), ("Gao", "person", False), ("Prime Minister", "person", False),
        ("DeepMind", "company", True), ("GPU", "company", False), ("However", "company", False),
        ("Paris", "place", True), ("Nearly", "place", False), ("UAV", "place", False), ("A, B", "company", False),
        ("Xinjiang.31 The Commerce Department", "government", False), ("Win-Lose-Draw", "company", False),
    ],
)  # fmt: skip
def test_what_a_model_may_call_a_name(name: str, kind: str, fits: bool) -> None:
    assert plausible_model_name(name, 0, len(name), kind) is fits  # type: ignore[arg-type]


def test_a_person_is_not_named_ai() -> None:
    assert not plausible_model_name("Solaria AI", 0, 10, "person")
    assert plausible_model_name("Ada Solaria", 0, 11, "person")


@pytest.mark.parametrize("name", ["Lanzhou the Institute of Robots", "Liu Qiuming of Qorvi Sensing"])
def test_two_names_run_together_are_no_name(name: str) -> None:
    assert not plausible_model_name(name, 0, len(name), "company")


@pytest.mark.parametrize(("name", "kind"), [("ETH Qorvi", "person"), ("Qorvi Research: Boise", "company")])
def test_acronyms_and_colons_are_no_names_of_a_model(name: str, kind: EntityType) -> None:
    assert not plausible_model_name(name, 0, len(name), kind)
