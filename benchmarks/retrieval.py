"""Measure ours and the peers on the public sets: python -m benchmarks.retrieval."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from benchmarks.frozen import Figures, drops, read_figures, write_figures
from benchmarks.measures import Quality, auroc, false_answers, quality
from benchmarks.ours import ours
from benchmarks.peers import NEEDED, PEERS, Build, Found, Search, installed
from benchmarks.questions import QUESTIONS, question_ndcg
from benchmarks.sets import FOLDER, NAMES, RetrievalSet, joined, read_sets
from benchmarks.timing import cpu_milliseconds

OURS = "ours"
LARGE = 5000
# passages of the joined corpus that speed is measured on
FROZEN = Path("benchmarks/frozen.json")


@dataclass(frozen=True, slots=True)
class Separation:
    """How well confidence tells answerable questions from those of one other kind."""

    auroc: float
    false_answers: float
    # share of the other kind answered when 95 % of the answerable are


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system did on one set."""

    set: str
    system: str
    quality: Quality
    separation: Mapping[str, Separation]
    # by the kind of the other questions
    cpu_ms: float | None = None
    # per question; None when it was not timed


def measure(chosen: RetrievalSet, system: str, search: Search) -> Measured:
    """Ask every question of the set and score what comes back."""
    found = {query.id: search(query.text) for query in chosen.queries}
    answerable = [query for query in chosen.queries if query.kind == "answerable"]
    rankings = [found[query.id].ids for query in answerable]
    return Measured(
        set=chosen.name,
        system=system,
        quality=quality(rankings, [chosen.judgements[query.id] for query in answerable]),
        separation=_separation(chosen, found),
    )


def measure_all(chosen: RetrievalSet, builds: Mapping[str, Build], *, timed: bool) -> list[Measured]:
    """Build each system over the set's passages, score them all, then time them in turns."""
    searches = {name: build(chosen.passages) for name, build in builds.items()}
    results = [measure(chosen, name, search) for name, search in searches.items()]
    times = cpu_milliseconds(searches, [query.text for query in chosen.queries]) if timed else {}
    return [replace(each, cpu_ms=times.get(each.system)) for each in results]


def large_corpus_times(sets: Sequence[RetrievalSet], builds: Mapping[str, Build]) -> dict[str, float]:
    """Time every system on one corpus of all sets' passages, with questions of every set in turn."""
    passages = joined(sets, LARGE)
    turns = zip(*([query.text for query in each.queries] for each in sets), strict=False)
    questions = [text for turn in turns for text in turn]
    return cpu_milliseconds({name: build(passages) for name, build in builds.items()}, questions)


def figures(results: Sequence[Measured]) -> Figures:
    """Return what is frozen of our own results: ranking, and telling other questions apart, of each set."""
    own = [each for each in results if each.system == OURS]
    ranks = {f"{each.set} nDCG@10": each.quality.ndcg_10 for each in own}
    apart = {f"{each.set} {kind} AUROC": value.auroc for each in own for kind, value in each.separation.items()}
    return ranks | apart


def table(results: Sequence[Measured]) -> str:
    """Lay out one block a set, one line a system."""
    blocks = []
    for name in dict.fromkeys(each.set for each in results):
        members = [each for each in results if each.set == name]
        kinds = list(members[0].separation)
        head = [
            f"{name:<28}",
            *(f"{title:>9}" for title in ("nDCG@10", "Hit@1", "Hit@3", "MRR@10", "Rec@10", "CPU ms")),
        ]
        head.extend(f"{kind + ' AUROC':>20}{'answered':>10}" for kind in kinds)
        blocks.append("\n".join(["".join(head), *(_line(each, kinds) for each in members)]))
    return "\n\n".join(blocks)


def main() -> int:
    """Measure, print, and compare with the frozen figures where asked; 1 when something fell."""
    wanted = _arguments()
    sets = read_sets(wanted.folder, wanted.sets)
    for name in wanted.sets:
        if name not in {each.name for each in sets}:
            print(f"{name}: skipped, there is no {wanted.folder / name}", file=sys.stderr)
    builds = {OURS: ours} | ({} if wanted.no_peers else _peers())
    results = [each for chosen in sets for each in measure_all(chosen, builds, timed=not wanted.no_timing)]
    large = {} if wanted.no_timing or not sets else large_corpus_times(sets, builds)
    if wanted.json:
        document = {"sets": results, f"cpu_ms_at_{LARGE}_passages": large}
        print(msgspec.json.format(msgspec.json.encode(document), indent=1).decode())
    else:
        print(table(results))
        print("".join(f"\n{name:<28}{value:>9.3f} ms of CPU at {LARGE} passages" for name, value in large.items()))
    measured = figures(results)
    if wanted.questions.exists():
        measured = {**measured, f"{wanted.questions.stem} questions nDCG@10": question_ndcg(wanted.questions)}
    if wanted.freeze:
        write_figures(wanted.freeze, {**read_figures(wanted.freeze), **measured})
    return _compare(wanted.compare, measured) if wanted.compare else 0


def _separation(chosen: RetrievalSet, found: Mapping[str, Found]) -> Mapping[str, Separation]:
    sure: dict[str, list[float]] = {}
    for query in chosen.queries:
        sure.setdefault(query.kind, []).append(found[query.id].confidence)
    positive = sure.pop("answerable", [])
    return {
        kind: Separation(auroc(positive, negative), false_answers(positive, negative))
        for kind, negative in sorted(sure.items())
    }


def _peers() -> dict[str, Build]:
    peers = installed()
    for name in PEERS:
        if name not in peers:
            print(f"{name}: skipped, {NEEDED[name]} is not installed (see benchmarks/README.md)", file=sys.stderr)
    return peers


def _line(each: Measured, kinds: Sequence[str]) -> str:
    shares = (getattr(each.quality, name) for name in ("ndcg_10", "hit_1", "hit_3", "mrr_10", "recall_10"))
    cpu = "-" if each.cpu_ms is None else f"{each.cpu_ms:.3f}"
    apart = (each.separation[kind] for kind in kinds)
    return "".join(
        [
            f"{each.system:<28}",
            *(f"{share:>9.4f}" for share in shares),
            f"{cpu:>9}",
            *(f"{value.auroc:>20.4f}{value.false_answers:>10.4f}" for value in apart),
        ]
    )


def _compare(path: Path, measured: Figures) -> int:
    if not path.exists():
        print(f"there is no {path} to compare with; --freeze writes it", file=sys.stderr)
        return 1
    fallen = drops(read_figures(path), measured)
    for sentence in fallen:
        print(sentence, file=sys.stderr)
    if not fallen:
        print(f"no figure fell by more than a point against {path}", file=sys.stderr)
    return 1 if fallen else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the sets are")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="question file that is frozen, too")
    parser.add_argument("--sets", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--no-peers", action="store_true", help="ours only")
    parser.add_argument("--no-timing", action="store_true", help="quality only, which is quicker")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="fail when a figure fell by more than a point")
    parser.add_argument("--freeze", type=Path, nargs="?", const=FROZEN, metavar="FILE", help="write the figures down")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
