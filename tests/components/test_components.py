"""The spaCy components: what they add, what they leave, and that a stored pipeline brings them back."""

import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.match.entries import GazetteerError

ENTRIES = """
- id: xingtu-valley
  type: company
  en: Xingtu Valley
  zh: 星图谷
- id: ministry-of-clouds
  type: government
  en: Ministry of Clouds
  zh: 云务部
  abbreviations: [MOCL]
"""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    place = tmp_path / "gazetteer"
    place.mkdir()
    (place / "names.yaml").write_text(ENTRIES, encoding="utf-8")
    return str(place)


def made(language: str, folder: str, **config: object) -> Language:
    nlp = spacy.blank(language)
    nlp.add_pipe("zhen_gazetteer", config={"gazetteers": [folder], "builtin": False, **config})
    return nlp


def ents(doc: Doc) -> list[tuple[str, str, str]]:
    return [(e.text, e.label_, e.ent_id_) for e in doc.ents]


MINISTRY = "government/ministry-of-clouds"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The Ministry of Clouds hired Xingtu Valley.", ["Ministry of Clouds", "Xingtu Valley"]),
        ("zh", "云务部昨天委托星图谷。", ["云务部", "星图谷"]),
        ("zh", "雲務部昨天委託星圖谷。", ["雲務部", "星圖谷"]),
        ("en", "MOCL\nand “云 务 部”", ["MOCL"]),
    ],
)
def test_gazetteer(folder: str, language: str, text: str, names: list[str]) -> None:
    found = ents(made(language, folder)(text))
    assert [n for n, _, _ in found if n != "云 务 部"] == names
    assert found[0][1:] == ("government", MINISTRY)


def test_types_and_unknown_ones(folder: str) -> None:
    doc = made("zh", folder, types=["company"])("云务部委托星图谷。")
    assert ents(doc) == [("星图谷", "company", "company/xingtu-valley")]
    with pytest.raises(ValueError, match="no zhen type: firm"):
        made("zh", folder, types=["firm"])


def test_gazetteer_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such gazetteer folder"):
        made("zh", str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("overwrite", "expected"),
    [
        (False, [("Ministry of Clouds in Xingtu", "ORG", ""), ("Monday", "DATE", "")]),
        (True, [("Ministry of Clouds", "government", MINISTRY), ("Monday", "DATE", "")]),
    ],
)
def test_entities_that_are_there(folder: str, overwrite: bool, expected: list[tuple[str, str, str]]) -> None:
    nlp = made("en", folder, overwrite=overwrite)
    ruler = nlp.add_pipe("entity_ruler", first=True)
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "ORG", "pattern": "Ministry of Clouds in Xingtu"}, {"label": "DATE", "pattern": "Monday"}]
    )
    assert ents(nlp("The Ministry of Clouds in Xingtu met on Monday.")) == expected


def test_an_equal_entity_gets_the_id(folder: str) -> None:
    nlp = made("zh", folder)
    nlp.add_pipe("entity_ruler", first=True).add_patterns([{"label": "government", "pattern": "云务部"}])  # type: ignore[attr-defined]
    assert ents(nlp("云务部通知")) == [("云务部", "government", MINISTRY)]


@pytest.mark.parametrize(
    ("alignment", "expected"), [("strict", []), ("expand", ["星图谷公司"]), ("contract", [])]
)
def test_names_inside_tokens(folder: str, alignment: str, expected: list[str]) -> None:
    nlp = made("en", folder, alignment=alignment)
    doc = Doc(nlp.vocab, words=["委托", "星图谷公司", "。"], spaces=[False, False, False])
    assert [e.text for e in nlp.get_pipe("zhen_gazetteer")(doc).ents] == expected  # type: ignore[operator]


def test_glosses_give_ids_and_pairs(folder: str) -> None:
    nlp = made("en", folder)
    nlp.add_pipe("zhen_glosses")
    doc = nlp("The Ministry of Clouds (云务委员会) bought shares of Ashby Technology Co., Ltd. (阿什比科技).")
    found = ents(doc)
    assert ("云务委员会", "government", MINISTRY) in found
    firm = {i for name, kind, i in found if kind == "company"}
    assert len(firm) == 1 and firm.pop().startswith("company/~")
    assert [(p.first.text, p.second.text, p.kind) for p in doc._.zhen_glosses] == [
        ("Ministry of Clouds", "云务委员会", "translation"),
        ("Ashby Technology Co., Ltd.", "阿什比科技", "translation"),
    ]
    again = next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)))
    assert ents(again) == found and len(again._.zhen_glosses) == 2


def test_tagger_reads_chinese_only(folder: str) -> None:
    nlp = made("zh", folder)
    nlp.add_pipe("zhen_tagger")
    doc = nlp("云务部部长张晓明考察了武汉市。")
    assert ("云务部", "government", MINISTRY) in ents(doc)
    (person,) = (e for e in doc.ents if e.label_ == "person")
    assert person.text == "张晓明" and person._.zhen_method == "model" and 0.5 < person._.zhen_score <= 1
    assert ents(nlp("Nothing to be read here, said John Smith.")) == []
    sure = made("zh", folder)
    sure.add_pipe("zhen_tagger", config={"least": 1.1, "types": ["person"]})
    assert ents(sure("张晓明考察了武汉市。")) == []


def test_empty_and_odd_texts(folder: str) -> None:
    nlp = made("zh", folder)
    nlp.add_pipe("zhen_glosses")
    nlp.add_pipe("zhen_tagger")
    for text in ("", " ", "\n\n", "（）", "()", "😀（云务部）", "\u00ad云\u200b务部"):
        assert nlp(text).text == text


def test_a_stored_pipeline_brings_them_back(folder: str, tmp_path: Path) -> None:
    nlp = made("zh", folder, types=["company"])
    nlp.add_pipe("zhen_glosses", config={"overwrite": True})
    nlp.add_pipe("zhen_tagger", config={"least": 0.3})
    nlp.to_disk(tmp_path / "stored")
    again = spacy.load(tmp_path / "stored")
    assert again.pipe_names == ["zhen_gazetteer", "zhen_glosses", "zhen_tagger"]
    text = "云务部部长张晓明委托星图谷。"
    assert ents(again(text)) == ents(nlp(text))
    assert again.config["components"]["zhen_gazetteer"]["gazetteers"] == [folder]


def test_entry_points_name_what_is_there() -> None:
    import tomllib

    from pipeline import components

    text = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    points = tomllib.loads(text)["project"]["entry-points"]["spacy_factories"]
    assert sorted(points) == ["zhen_gazetteer", "zhen_glosses", "zhen_tagger"]
    for name, target in points.items():
        module, function = target.split(":")
        assert Language.has_factory(name)
        assert re.fullmatch(rf"{components.__name__}\.\w+", module) and function == "make"
