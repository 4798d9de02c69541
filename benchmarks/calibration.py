"""Where to cut the confidence, and what it should be made of: python -m benchmarks.calibration [FILES…]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks.curve import Point, svg
from benchmarks.fitting import Numbers, fit, log_loss
from benchmarks.measures import auroc
from benchmarks.questions import QUESTIONS, golden_of
from benchmarks.system import System, open_folder, open_golden
from chatbot.answering.confidence import POLICY, WEIGHTS, confidence, signs
from chatbot.answering.evaluation import evaluate
from chatbot.answering.golden import GoldenQuestion, read_golden_texts, read_questions
from chatbot.answering.judging import yardstick
from chatbot.values import Policy, Question

Group = Literal["required", "near misses", "out of scope"]
GROUPS: tuple[Group, ...] = ("required", "near misses", "out of scope")
THRESHOLDS = tuple(number / 20 for number in range(1, 20))
FOLDS = 5
LENIENT = Policy(0.0, 0.0)
# answers whatever may be answered at all, so that the confidence alone is left to decide
MARKS = {"answered": POLICY.answered_at, "unsure": POLICY.unsure_at}


@dataclass(frozen=True, slots=True)
class Case:
    """One question, and how sure its surest passage is."""

    group: Group
    surest: float
    # 0..1; 0 where nothing is found
    signs: Mapping[str, float]
    # of the surest passage; empty where nothing is found
    is_declined: bool = False
    # whatever the threshold: a bare theme or an emergency, or a forbidden question whose passages do no harm


def cases(system: System, questions: Sequence[GoldenQuestion], golden: Path) -> Iterator[Case]:
    """Ask every question that must be answered or declined."""
    asked = [question for question in questions if group_of(question)]
    measure = yardstick(system.passages, read_golden_texts(golden))
    for result in evaluate(asked, replace(system, policy=LENIENT).ask, measure):
        if group := group_of(result.question):
            query, matches = system.search(Question(result.question.question, result.question.history), POLICY.limit)
            surest = max(matches, key=lambda match: confidence(query, match), default=None)
            if surest:
                yield Case(group, confidence(query, surest), signs(query, surest), result.declined)
            else:
                yield Case(group, 0.0, {}, result.declined)


def group_of(question: GoldenQuestion) -> Group | None:
    """Return what a question is counted under; None for those that may be answered either way or are emergencies."""
    if question.passages == "required":
        return "required"
    if question.kind in ("unanswerable", "hard_negative") and question.passages == "forbidden":
        return "near misses"
    return "out of scope" if question.kind == "out_of_scope" else None


def curve(found: Sequence[Case], thresholds: Sequence[float]) -> tuple[Point, ...]:
    """Return what each threshold declines, by rising threshold; groups without a question are left out."""
    groups = {group: members for group in GROUPS if (members := [case for case in found if case.group == group])}
    return tuple(
        Point(
            threshold,
            {
                group: sum(case.is_declined or case.surest < threshold for case in members) / len(members)
                for group, members in groups.items()
            },
        )
        for threshold in sorted(set(thresholds))
    )


def table(points: Sequence[Point]) -> str:
    """Lay the curve out: a line a threshold, the policy's own marked. Required ones are declined needlessly."""
    names = list(points[0].declined)
    lines = ["threshold" + "".join(f"{name:>14}" for name in names)]
    for point in points:
        cells = "".join(f"{share:>14.3f}" for share in point.declined.values())
        own = " and ".join(name for name, at in MARKS.items() if at == point.threshold)
        lines.append(f"{point.threshold:<9g}{cells}" + (f"   <- {own} from here" if own else ""))
    return "\n".join(lines)


def fitted(found: Sequence[Case]) -> str:
    """Lay out the weights fitted on the cases beside those that are shipped, and how well either tells them apart."""
    usable, rows, labels = _fittable(found)
    if not 0 < labels.sum() < len(labels):
        return "nothing to fit: there must be questions to answer and others to decline"
    shipped = np.array(list(WEIGHTS.values()))
    best = fit(rows, labels, shipped)
    lines = [f"{f'{len(usable)} questions':<16}{'shipped':>10}{'fitted':>10}"]
    pairs = zip(WEIGHTS, shipped, best, strict=True)
    lines += [f"{name:<16}{own:>10.2f}{better:>10.2f}" for name, own, better in pairs]
    lines += [
        f"{name:<16}{measure(rows, labels, shipped):>10.4f}{measure(rows, labels, best):>10.4f}"
        for name, measure in (("log loss", log_loss), ("AUROC", _told_apart))
    ]
    return "\n".join(lines)


def cross_validated(found: Sequence[Case], needless: float = 0.06) -> str:
    """Say how well weights fitted on some questions tell the others apart, so that nothing is judged by what it taught.

    needless: the share of the questions to answer that the cut may decline. Each question is judged by weights fitted
    on four fifths of the others; the shipped weights are where every fit starts from, so they lean on all of them.
    """
    usable, rows, labels = _fittable(found)
    if not FOLDS < labels.sum() < len(labels):
        return "nothing to cross-validate: there are too few questions"
    shuffled = np.random.default_rng(FOLDS).permutation(len(usable))
    values = np.zeros(len(usable))
    for fold in range(FOLDS):
        held_out = shuffled[fold::FOLDS]
        others = np.setdiff1d(shuffled, held_out)
        values[held_out] = rows[held_out] @ fit(rows[others], labels[others], np.array(list(WEIGHTS.values())))
    cut = np.quantile(values[labels == 1], needless)
    judged = [(case.group, value < cut) for case, value in zip(usable, values, strict=True)]
    shares = [(group, [low for own, low in judged if own == group]) for group in GROUPS]
    declined = ", ".join(f"{group} {np.mean(low):.3f}" for group, low in shares if low)
    apart = auroc(list(values[labels == 1]), list(values[labels == 0]))
    return f"cross-validated in {FOLDS} folds: AUROC {apart:.4f}; declined: {declined}"


def _fittable(found: Sequence[Case]) -> tuple[list[Case], Numbers, Numbers]:
    """Return the cases that the confidence decides, their signs a row each, and 1 for those that must be answered."""
    usable = [case for case in found if case.signs and not case.is_declined]
    rows = np.array([[case.signs[name] for name in WEIGHTS] for case in usable])
    return usable, rows, np.array([float(case.group == "required") for case in usable])


def _told_apart(rows: Numbers, labels: Numbers, weights: Numbers) -> float:
    values = rows @ weights
    return auroc(list(values[labels == 1]), list(values[labels == 0]))


def main() -> int:
    """Print the curve and the fit; draw the curve where asked to."""
    wanted = _arguments()
    missing = [str(file) for file in wanted.files if not file.exists()]
    if missing:
        print(f"skipped: there is no {', '.join(missing)}", file=sys.stderr)
        return 0
    found = [case for file in wanted.files for case in _cases_of(file, wanted.corpus)]
    if not found:
        print("no question of these files must be answered or declined", file=sys.stderr)
        return 2
    points = curve(found, (*THRESHOLDS, *MARKS.values()))
    print(f"share declined\n{table(points)}\n\n{fitted(found)}\n\n{cross_validated(found)}")
    if wanted.svg:
        wanted.svg.write_text(svg(points, MARKS), encoding="utf-8")
    return 0


def _cases_of(file: Path, corpus: Path | None) -> Iterator[Case]:
    golden = golden_of(file)
    over_golden = corpus is None and golden.exists()
    system = open_golden(golden, POLICY) if over_golden else open_folder(corpus or Path("corpus"), POLICY)
    return cases(system, read_questions(file), golden)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", default=[QUESTIONS], metavar="FILES")
    parser.add_argument(
        "--corpus", type=Path, help="a folder of articles; without it the golden texts beside each file, if any"
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the curve into this file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
