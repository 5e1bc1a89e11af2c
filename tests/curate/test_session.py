"""A review: candidates and their rank, what each decision writes, undo, and being killed in between."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.curate.decisions import load_decisions, read_decisions
from pipeline.curate.edits import DecisionError
from pipeline.curate.runs import sentence_around
from pipeline.curate.session import Session
from pipeline.curate.yamlfile import YamlFile
from pipeline.inputs import UsageError
from pipeline.match.gazetteer import load_gazetteers
from tests.curate.made_run import GAZETTEER

Make = Callable[..., Session]


def keys(session: Session) -> list[str]:
    return [c.key for c in session.queue]


def test_the_queue_is_ranked_with_evidence_and_proposals(session: Make) -> None:
    queue = session().queue
    assert [(c.what, [n.text for n in c.names]) for c in queue] == [
        ("new", ["Chenguang AI", "晨光智能"]), ("alias", ["科技局"]), ("new", ["Shuoshi Robotics"]),
    ]  # fmt: skip
    firm = queue[0]
    assert (firm.documents, firm.mentions) == (2, 5)
    assert firm.proposal is not None
    assert (firm.proposal.id, firm.proposal.en, firm.proposal.zh) == (
        "chenguang-ai",
        "Chenguang AI",
        "晨光智能",
    )
    assert queue[1].entity == "government/ministry-of-science-and-technology"
    first = firm.evidence[0]
    assert first.before + first.name + first.after == "晨光智能（Chenguang AI）成立于武汉。"
    assert {e.document for e in firm.evidence} == {"a" * 16, "b" * 16}


def test_accepting_makes_an_entry_that_is_a_candidate_no_more(session: Make, folder: Path) -> None:
    review = session()
    made = review.accept(review.queue[0])
    assert made.entity == "company/chenguang-ai"
    assert (folder / "firms.yaml").read_text(encoding="utf-8").splitlines()[1:] == [
        "- id: chenguang-ai", "  type: company", "  en: Chenguang AI", "  zh: 晨光智能", "  source: named in a.md, page 1",
    ]  # fmt: skip
    assert review.at == 1
    assert "company/chenguang-ai" in load_gazetteers([folder], builtin=False).by_key
    assert "晨光智能" not in str(keys(session()))
    with pytest.raises(DecisionError, match="an entry already"):
        review.accept(review.queue[0])


def test_an_edited_entry_is_checked(session: Make, folder: Path) -> None:
    review = session()
    with pytest.raises(DecisionError, match="no slug"):
        review.accept(review.queue[0], {"id": "A B", "type": "company", "en": "Aa"})
    assert not (folder / "firms.yaml").exists()
    assert read_decisions(folder) == []


def test_an_alias_is_one_small_change_that_keeps_comments(session: Make, folder: Path) -> None:
    review = session()
    review.alias(review.queue[1], "government/ministry-of-science-and-technology")
    text = (folder / "ministries.yaml").read_text(encoding="utf-8")
    assert text == GAZETTEER.replace("[科技部]   #", "[科技部, 科技局] #")
    assert "科技局" not in str(keys(session()))


def test_an_alias_of_an_entry_beneath_copies_it(
    run: Path, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.match.gazetteer.builtin_folder", lambda: folder)
    monkeypatch.setattr("pipeline.curate.session.builtin_folder", lambda: folder)
    review = Session([run], tmp_path / "mine", who="tester")
    review.accept(review.queue[1])
    text = (tmp_path / "mine" / "ministries.yaml").read_text(encoding="utf-8")
    assert "  aliases: [科技部, 科技局]\n  match:\n    科技部: {never_before: [门]}\n" in text
    assert (folder / "ministries.yaml").read_text(encoding="utf-8") == GAZETTEER
    review.undo()
    assert "ministry" not in (tmp_path / "mine" / "ministries.yaml").read_text(encoding="utf-8")


def test_rejections_do_not_come_back(session: Make, folder: Path) -> None:
    review = session()
    for candidate in list(review.queue):
        review.reject(candidate)
    assert review.current is None
    assert keys(session()) == []
    assert load_decisions(folder).different("科技局", "government/ministry-of-science-and-technology")


def test_a_rejected_candidate_comes_back_with_other_evidence(session: Make, run: Path) -> None:
    review = session()
    review.reject(review.queue[2])
    assert "Shuoshi" not in str([c.names for c in session().queue])
    pages = (run / "pages.jsonl").read_text(encoding="utf-8")
    (run / "pages.jsonl").write_text(
        pages.replace("Robotics works with", "Robotics rivals now"), encoding="utf-8"
    )
    assert "Shuoshi" in str([c.names for c in session().queue])


def test_what_is_no_name(session: Make, folder: Path) -> None:
    review = session()
    review.not_here(review.queue[0], "b" * 16, ["晨光智能"])
    review.never(review.queue[2])
    decisions = load_decisions(folder)
    assert decisions.suppressed("b" * 16, "晨光智能", "company")
    assert not decisions.suppressed("a" * 16, "晨光智能", "company")
    assert decisions.suppressed("c" * 16, "shuoshi robotics", "company")
    again = session().queue
    assert [(c.what, c.documents) for c in again] == [("new", 1), ("alias", 1)]


def test_doubtful_mentions(session: Make, folder: Path) -> None:
    review = session(doubtful=True)
    doubt = review.queue[-1]
    assert (doubt.what, doubt.names[0].text, doubt.mentions) == ("doubt", "科技部", 1)
    assert review.accept(doubt).what == "right"
    assert "doubt" not in {c.what for c in session(doubtful=True).queue}
    review.undo()
    review.not_here(doubt)
    assert load_decisions(folder).suppressed("a" * 16, "科技部", "government")


def test_undo_goes_back_step_by_step(session: Make, folder: Path) -> None:
    review = session()
    review.accept(review.queue[0])
    review.accept(review.queue[1])
    review.reject(review.queue[2])
    assert [review.undo().what for _ in range(3)] == ["reject", "alias", "accept"]  # type: ignore[union-attr]
    assert review.undo() is None
    assert review.at == 0
    assert (folder / "ministries.yaml").read_text(encoding="utf-8") == GAZETTEER
    assert "chenguang" not in (folder / "firms.yaml").read_text(encoding="utf-8")
    assert len(read_decisions(folder)) == 6
    assert len(session().queue) == 3


def test_undo_of_what_was_changed_by_hand_is_refused(session: Make, folder: Path) -> None:
    review = session()
    review.accept(review.queue[0])
    path = folder / "firms.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Chenguang AI", "Chenguang Intelligence"), encoding="utf-8"
    )
    with pytest.raises(DecisionError, match="changed since"):
        review.undo()
    assert len(read_decisions(folder)) == 1


def test_killed_between_the_line_and_the_file(
    session: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = session()

    def killed(self: YamlFile) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(YamlFile, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            review.accept(review.queue[0])
    assert not (folder / "firms.yaml").exists()
    assert len(read_decisions(folder)) == 1
    again = session()
    assert "company/chenguang-ai" in again.entries
    with monkeypatch.context() as patch:
        patch.setattr(YamlFile, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            again.undo()
    session()
    assert "chenguang" not in (folder / "firms.yaml").read_text(encoding="utf-8")


def test_killed_before_the_line(session: Make, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    review = session()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.curate.edits.append", killed)
        with pytest.raises(KeyboardInterrupt):
            review.accept(review.queue[0])
    session()
    assert not (folder / "firms.yaml").exists()
    assert read_decisions(folder) == []


def test_what_a_hand_removed_stays_removed(session: Make, folder: Path) -> None:
    review = session()
    review.accept(review.queue[0])
    (folder / "firms.yaml").unlink()
    session()
    assert not (folder / "firms.yaml").exists()


def test_a_generated_file_is_not_touched(session: Make, folder: Path) -> None:
    path = folder / "ministries.yaml"
    path.write_text("# Generated by x\n" + GAZETTEER, encoding="utf-8")
    review = session()
    with pytest.raises(DecisionError, match="generated"):
        review.accept(review.queue[1])


def test_the_installed_copy_is_not_touched(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "site-packages" / "pipeline" / "gazetteers"
    home.mkdir(parents=True)
    monkeypatch.setattr("pipeline.curate.entrydata.builtin_folder", lambda: home)
    with pytest.raises(UsageError, match="installed copy"):
        Session([run], home)


def test_no_run(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no finished zhen run"):
        Session([tmp_path / "none"], folder, builtin=False)


def test_search_and_likeness(session: Make) -> None:
    review = session()
    assert [e.id for e in review.search("科技")] == ["ministry-of-science-and-technology"]
    assert review.search("nothing like it") == []
    assert review.similar(review.queue[0]) == []


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("One. Two of Acme Inc. here. Three", "Acme", "Two of Acme Inc. here."),
        ("一。二在甲乙，三！四", "甲乙", "二在甲乙，三！"),
        ("a\tAcme\tb\nnext", "Acme", "a\tAcme\tb"),
        ("Acme", "Acme", "Acme"),
    ],
)
def test_sentences(text: str, name: str, sentence: str) -> None:
    at = text.index(name)
    start, end = sentence_around(text, at, at + len(name))
    assert text[start:end] == sentence
