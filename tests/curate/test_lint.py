"""Lint: every rule on the smallest file that breaks it, with its line; nothing on a good one."""

from pathlib import Path

import pytest

from pipeline.curate.lint import lint

HEAD = "# test\n"
GOOD = "- id: aa\n  type: company\n  en: Aa Robotics\n  zh: 甲甲机器人\n  source: test\n"


def found(tmp_path: Path, text: str, name: str = "firms.yaml") -> list[tuple[int, str, str]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return [(f.line, f.severity, f.code) for f in lint(tmp_path)]


def entry(
    more: str = "", *, id: str = "aa", en: str = "Aa Robotics", zh: str = "甲甲机器人", type: str = "company"
) -> str:
    return f"- id: {id}\n  type: {type}\n  en: {en}\n  zh: {zh}\n{more}  source: test\n"


def test_a_good_file_is_clean(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + GOOD) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GOOD, (1, "warning", "head")),
        (HEAD + "- id: [\n", (3, "error", "yaml")),
        (HEAD + "a: b\n", (2, "error", "yaml")),
        (HEAD + "- just text\n", (2, "error", "yaml")),
        (HEAD + GOOD + "  source: again\n", (7, "error", "yaml")),
        (HEAD + entry("  colour: red\n"), (6, "error", "schema")),
        (HEAD + entry(type="firm"), (3, "error", "schema")),
        (HEAD + entry("  aliases: Aa\n"), (6, "error", "schema")),
        (HEAD + entry(id="Aa_b"), (2, "error", "slug")),
        (HEAD + entry("  website:\n"), (6, "error", "empty")),
        (HEAD + "- id: aa\n  type: company\n  source: test\n", (2, "error", "nameless")),
        (HEAD + "- id: aa\n  type: company\n  en: Aa Robotics\n", (2, "warning", "source")),
        (HEAD + "- type: company\n  id: aa\n  en: Aa Robotics\n  source: x\n", (2, "warning", "key-order")),
        (HEAD + entry("  date: 2018-13\n"), (6, "error", "date")),
        (HEAD + entry("  period: 2018/2017\n"), (6, "error", "date")),
        (HEAD + entry("  former:\n    - {zh: 乙乙公司, until: 17/3}\n"), (7, "error", "date")),
        (HEAD + entry("  former:\n    - {zh: 乙乙公司, since: 2018, until: 2016}\n"), (7, "error", "date")),
        (HEAD + entry(zh="甲甲機器人"), (5, "error", "traditional")),
        (HEAD + entry("  aliases:\n    - Ｂb Robotics\n"), (7, "error", "script")),
        (HEAD + entry("  aliases: [李 萌]\n"), (6, "error", "script")),
        (HEAD + entry(en="甲甲"), (4, "error", "script")),
        (HEAD + entry(zh="Bb"), (5, "warning", "script")),
        (HEAD + entry("  traditional: [甲甲機器人]\n"), (6, "warning", "needless")),
        (HEAD + entry("  aliases: [甲]\n"), (6, "error", "short")),
        (HEAD + entry("  aliases: [Aa  Robotics]\n"), (6, "warning", "repeated")),
        (HEAD + entry("  match:\n    Cc: {case: exact}\n"), (7, "error", "dead-rule")),
        (HEAD + entry("  match:\n    Aa Robotics: {case: lower}\n"), (7, "error", "schema")),
        (HEAD + entry("  match:\n    甲甲机器人: {never_inside: [乙乙]}\n"), (7, "error", "dead-rule")),
        (HEAD + entry("  parent: company/none\n"), (6, "error", "dangling")),
        (HEAD + entry("  issuer: [none]\n"), (6, "error", "dangling")),
        (HEAD + entry("  number: 国发[2017]35号\n"), (6, "error", "number")),
        (HEAD + entry("  country: china\n"), (6, "error", "schema")),
        (HEAD + entry("  wikidata: 12\n"), (6, "error", "schema")),
        (HEAD + entry(id="bb", en="Bb Robotics", zh="乙乙机器人") + GOOD, (7, "error", "unsorted")),
        (HEAD + GOOD + entry(id="bb", zh="乙乙机器人"), (9, "error", "shared")),
        (HEAD + GOOD + GOOD, (7, "error", "twice")),
        (HEAD + entry(en="Target"), (4, "error", "ordinary")),
        (HEAD + entry("  aliases: [发展]\n"), (6, "error", "ordinary")),
        (HEAD + entry("  abbreviations: [QX]\n"), (6, "warning", "risky")),
        (
            HEAD + GOOD + entry("  aliases: [Aa Robotics and Cc Motors]\n", id="bb", en="Bb Lab", zh="乙乙机器人")
            + entry(id="cc", en="Cc Motors", zh="丙丙汽车"),
            (11, "warning", "swallows"),
        ),
    ],
)  # fmt: skip
def test_a_rule(tmp_path: Path, text: str, wanted: tuple[int, str, str]) -> None:
    assert wanted in found(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        entry("  match:\n    Target: {needs: [retailer]}\n", en="Target"),
        entry("  aliases: [昇腾科技]\n"),  # standard in the PRC since 2013, traditional to OpenCC
        entry(en="Beijing", zh="北京", type="place"),
        entry(en="robots", zh="机器人", type="technology"),
        entry("  aliases: [iTarget]\n"),
        GOOD + entry("  match:\n    Aa Robotics: {needs: [other]}\n", id="bb", zh="乙乙机器人"),
    ],
)
def test_what_is_no_fault(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, HEAD + text) == []


def test_parents_in_a_circle_are_found_once(tmp_path: Path) -> None:
    text = (
        HEAD
        + entry("  parent: company/bb\n")
        + entry("  parent: company/aa\n", id="bb", en="Bb Lab", zh="乙乙机器人")
    )
    assert found(tmp_path, text) == [(6, "error", "circular")]


def test_a_folder_over_another(tmp_path: Path) -> None:
    under, over = tmp_path / "under", tmp_path / "over"
    under.mkdir()
    over.mkdir()
    (under / "a.yaml").write_text(HEAD + GOOD, encoding="utf-8")
    (over / "a.yaml").write_text(
        HEAD + entry("  parent: company/aa\n", id="bb", en="Bb Lab", zh="甲甲机器人"), encoding="utf-8"
    )
    assert [(Path(f.file).parent.name, f.code) for f in lint(over, [under])] == [("over", "shared")]
    (over / "a.yaml").write_text(HEAD + GOOD, encoding="utf-8")  # replaces its namesake: no clash
    assert lint(over, [under]) == []


def test_one_line_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + entry("  date: nope\n"), encoding="utf-8")
    (finding,) = lint(tmp_path)
    assert str(finding) == (
        f"{tmp_path}/a.yaml:6: error: date 'nope' is no ISO date; write 2018, 2018-03 or 2018-03-17 [date]"
    )
