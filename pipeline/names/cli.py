"""Commands about names: match, explain, align."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
import msgspec

from pipeline.records import EntityType
from pipeline.show.terminal import harmless, harmless_json

if TYPE_CHECKING:
    from pipeline.names.parallel import Sentence


def _stop(message: str, status: int = 2) -> None:
    """End with one clear line."""
    click.echo(f"zhen: {' '.join(harmless(message).split())}", err=True)
    sys.exit(status)


def _say(line: str) -> None:
    click.echo(harmless(line))


def _json(value: object) -> None:
    click.echo(harmless_json(msgspec.json.encode(value)))


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--against", type=click.Path(path_type=Path),
    help="File of names to choose from, one a line (default: the names of the gazetteers).",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(get_args(EntityType)), default=None, metavar="TYPE",
    help="What is named, where known: person, company, institution ...",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), default=5, show_default=True, help="Candidates to show for each name."
)
@click.option("--no-gazetteer", is_flag=True, help="Judge by the forms of the names alone.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def match(
    names: tuple[str, ...],
    against: Path | None,
    kind: str | None,
    limit: int,
    no_gazetteer: bool,
    as_json: bool,
) -> None:
    """Rank the names of a list by how likely each names the same as NAME, across Chinese and Latin script.

    \b
    Examples:
      zhen match 旷视科技 "Liu He" --against names.txt
      zhen match "Tsinghua University" --json
    """
    from pipeline.match.entries import GazetteerError
    from pipeline.match.gazetteer import load_gazetteers
    from pipeline.names.lexicon import LexiconError
    from pipeline.names.match import rank

    if against is None and no_gazetteer:
        _stop("--no-gazetteer needs --against: there is nothing to choose from")
    if not all(name.strip() for name in names):
        _stop("a NAME is empty")
    try:
        gazetteer = None if no_gazetteer else load_gazetteers()
        if against is not None:
            lines = against.read_text(encoding="utf-8").splitlines()
            candidates = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
            if not candidates:
                _stop(f"{against}: has no names")
        else:
            assert gazetteer is not None
            candidates = tuple(dict.fromkeys(s.text for s in gazetteer.surfaces))
        for name in names:
            ranked = rank(name, candidates, kind=kind, gazetteer=gazetteer, limit=limit)
            if as_json:
                _json({"query": name, "ranked": ranked})
                continue
            _say(name)
            for found in ranked:
                why = "; ".join(f"{e.left} = {e.right} ({e.witness})" for e in found.evidence)
                _say(f"  {found.score:.3f}  {found.name}  [{why}]")
            if not ranked:
                click.echo("  nothing like it")
    except (OSError, UnicodeDecodeError) as problem:
        _stop(f"{against}: cannot be read: {getattr(problem, 'strerror', None) or 'not UTF-8 text'}")
    except (GazetteerError, LexiconError) as problem:
        _stop(str(problem))


@click.command()
@click.argument("run", metavar="OUT", type=click.Path(path_type=Path))
@click.argument("entity")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def explain(run: Path, entity: str, as_json: bool) -> None:
    """Show why an ENTITY of the run in OUT has its names: the mention behind each, and how the forms fit.

    ENTITY is an id, an earlier id or a name.

    \b
    Example:
      zhen explain outputs/sample 旷视科技
    """
    from pipeline.names.explain import NoSuchEntity
    from pipeline.names.explain import explain as explained

    try:
        found = explained(run, entity)
    except NoSuchEntity as problem:
        _stop(str(problem))
    except (OSError, msgspec.MsgspecError):
        _stop(f"{run}: no finished zhen run")
    for item in found:
        if as_json:
            _json(item)
            continue
        _say(
            f"{item.id}  {item.en or '-'}  {item.zh or '-'}  ({item.mentions} mentions{', gazetteer' if item.gazetteer else ''})"
        )
        if item.former_ids:
            _say(f"  earlier ids: {', '.join(item.former_ids)}")
        for name in item.names:
            proof = f"{name.method} {name.score:.2f}, {name.where}" if name.where else "gazetteer only"
            _say(f"  {name.text}  [{name.kind}]  {proof}")
            if name.context:
                _say(f"      … {name.context} …")
            for witness in name.witnesses:
                _say(f"      {witness}")


@click.command()
@click.argument("zh", type=click.Path(path_type=Path))
@click.argument("en", type=click.Path(path_type=Path))
@click.option(
    "--names", "names_only", is_flag=True, help="Only the pairs of names, each once with its best score."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def align(zh: Path, en: Path, names_only: bool, as_json: bool) -> None:
    """Align a document in Chinese (ZH) with its English translation (EN), sentence by sentence, and pair their names.

    \b
    Examples:
      zhen align plan.zh.txt plan.en.txt
      zhen align plan.pdf plan-en.docx --names
    """
    from pipeline.match.entries import GazetteerError
    from pipeline.names.documents import DocumentError, sentences_of
    from pipeline.names.parallel import align_sentences
    from pipeline.settings import Settings
    from pipeline.work import Pipeline

    try:
        tools = Pipeline(Settings())
        one, two = sentences_of(zh, tools), sentences_of(en, tools)
    except (DocumentError, GazetteerError) as problem:
        _stop(str(problem))
    if _han(one) < _han(two):
        _stop(f"{zh} is less Chinese than {en}: the Chinese document comes first")
    beads = align_sentences(one, two)
    if names_only:
        best: dict[tuple[str, str], float] = {}
        for bead in beads:
            for a, b, score in bead.names:
                best[a, b] = max(best.get((a, b), 0.0), score)
        for (a, b), score in sorted(best.items()):
            if as_json:
                _json({"zh": a, "en": b, "score": score})
            else:
                _say(f"{a}\t{b}\t{score:.3f}")
        return
    for bead in beads:
        left, right = "".join(one[i].text for i in bead.zh), " ".join(two[i].text for i in bead.en)
        if as_json:
            pairs = [{"zh": a, "en": b, "score": s} for a, b, s in bead.names]
            _json({"zh": left, "en": right, "score": bead.score, "names": pairs})
        else:
            _say(f"{left}\t{right}\t{bead.score:.3f}\t{'; '.join(f'{a} = {b}' for a, b, _ in bead.names)}")


def _han(sentences: "list[Sentence]") -> float:
    """Return the share of Han characters in a document."""
    from pipeline.normal import count_han

    return sum(count_han(s.text) for s in sentences) / max(1, sum(len(s.text) for s in sentences))


@click.command()
@click.argument("what", type=click.Choice(["same", "different"]))
@click.argument("one")
@click.argument("two")
@click.option(
    "--gazetteer", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("gazetteers"), show_default=True,
    help="The folder whose decisions.jsonl takes the decision.",
)  # fmt: skip
def decide(what: str, one: str, two: str, folder: Path) -> None:
    """Decide that two names or entity ids (ONE, TWO) are the same thing, or different ones.

    The next run with this gazetteer folder heeds it, and merges or keeps apart whatever else speaks against it.

    \b
    Examples:
      zhen decide same "Lisen Robotics" 砺森机器人 --gazetteer my-names
      zhen decide different person/~20ecd529fcf1 person/~c88104386b31
    """
    from pipeline.align.identity import same_name
    from pipeline.curate.decisions import append, load_decisions, new_decision, read_decisions, writing
    from pipeline.match.entries import GazetteerError

    if not one.strip() or not two.strip() or same_name(one) == same_name(two):
        _stop("ONE and TWO must be two names or ids")
    if not folder.is_dir():
        _stop(f"{folder}: no such folder")
    try:
        with writing(folder):
            known = load_decisions(folder)
            if (known.same if what == "same" else known.different)(one, two):
                _say("decided before")
                return
            if (known.different if what == "same" else known.same)(one, two):
                _stop(f"{folder}: the contrary was decided; undo it in zhen gazetteer review")
            count = len(read_decisions(folder))
            append(
                folder, new_decision("same" if what == "same" else "different", count=count, names=[one, two])
            )
    except GazetteerError as problem:
        _stop(str(problem))
    _say(f"{what}: {one}, {two}")


COMMANDS = {"align": align, "decide": decide, "explain": explain, "match": match}
