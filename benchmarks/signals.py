"""What each signal of the ranking is worth: every set with and without it. python -m benchmarks.signals."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import msgspec

from benchmarks.measures import quality
from benchmarks.ours import ours
from benchmarks.questions import QUESTIONS, question_ndcg
from benchmarks.sets import FOLDER, NAMES, RetrievalSet, read_sets
from chatbot.retrieval.weights import Weights

ALL = "all signals"


def variants(weights: Weights, names: Sequence[str] = ()) -> dict[str, Weights]:
    """Return the weights as they are, and once more with each signal (or each named one) switched off.

    Raises ValueError for a name that is no signal.
    """
    known = [field.name for field in fields(weights)]
    for name in names:
        if name not in known:
            raise ValueError(f'"{name}" is no signal; there are {", ".join(known)}')
    switched_off = {f"without {name}": replace(weights, **{name: 0.0}) for name in names or known}
    return {ALL: weights} | switched_off


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Lay out variant by set: the figure of all signals, then how far each variant lies above or below, in points."""
    sets = list(next(iter(figures.values())))
    lines = [f"{'':<24}" + "".join(f"{name:>16}" for name in [*sets, "mean"])]
    for variant, row in figures.items():
        values = [*row.values(), sum(row.values()) / len(row)]
        base = [*figures[ALL].values(), sum(figures[ALL].values()) / len(row)]
        cells = (
            f"{value:.4f}" if variant == ALL else f"{100 * (value - own):+.2f}"
            for value, own in zip(values, base, strict=True)
        )
        lines.append(f"{variant:<24}" + "".join(f"{cell:>16}" for cell in cells))
    return "\n".join(lines)


def main() -> int:
    """Print nDCG@10 per set for every variant."""
    wanted = _arguments()
    sets = read_sets(wanted.folder, wanted.sets)
    has_questions = wanted.questions.exists()
    if not sets and not has_questions:
        print(f"skipped: there is no set in {wanted.folder} and no {wanted.questions}", file=sys.stderr)
        return 0
    try:
        chosen = variants(Weights(), wanted.without)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    figures = {variant: {each.name: _ndcg(each, weights) for each in sets} for variant, weights in chosen.items()}
    if has_questions:
        for variant, weights in chosen.items():
            figures[variant][wanted.questions.stem] = question_ndcg(wanted.questions, weights)
    print(msgspec.json.format(msgspec.json.encode(figures)).decode() if wanted.json else table(figures))
    return 0


def _ndcg(chosen: RetrievalSet, weights: Weights) -> float:
    search = ours(chosen.passages, weights)
    answerable = [query for query in chosen.queries if query.kind == "answerable"]
    rankings = [search(query.text).ids for query in answerable]
    return quality(rankings, [chosen.judgements[query.id] for query in answerable]).ndcg_10


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signals", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the sets are")
    parser.add_argument("--sets", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="question file with golden texts beside it")
    parser.add_argument("--without", nargs="+", metavar="SIGNAL", default=(), help="these only, instead of each")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
