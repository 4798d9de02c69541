"""Where to cut the confidence, and what it should be made of: python -m benchmarks.calibration [FILES…]."""

from __future__ import annotations

import argparse
import math
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
WORTH: Mapping[Group, float] = {"required": 1.4, "near misses": 1.0, "out of scope": 6.0}
# Questions that one of each group counts as in the fit, so that the cut lies where the fit is at one half: there are
# few out of scope, and answering one is the plainest fault; declining needlessly sends away who could be helped.
HOLD = 20.0
# How strongly the fit is held to the shipped weights. Freely fitted on questions of one subject they tell those of
# others apart worse: squad2's out of scope at an AUROC of 0.959 for 0.970.
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
    best = _fit(found)
    if best is None:
        return "nothing to fit: there must be questions to answer and others to decline"
    shipped = np.array(list(WEIGHTS.values()))
    lines = [f"{f'{len(usable)} questions':<16}{'shipped':>10}{'fitted':>10}"]
    pairs = zip(WEIGHTS, shipped, best, strict=True)
    lines += [f"{name:<16}{own:>10.2f}{better:>10.2f}" for name, own, better in pairs]
    lines += [
        f"{name:<16}{measure(rows, labels, shipped):>10.4f}{measure(rows, labels, best):>10.4f}"
        for name, measure in (("log loss", log_loss), ("AUROC", _told_apart))
    ]
    return "\n".join(lines)


def left_out(sets: Mapping[str, Sequence[Case]]) -> str:
    """Lay out what weights fitted on the other sets decline of each set, so that none is judged by what it taught.

    The shipped weights are where every fit starts from, so they lean on all sets. Emergencies count as declined.
    """
    if len(sets) < 2:
        return "nothing to leave out: name the files of two sets or more"
    lines = [f"{'left out':<12}" + "".join(f"{group:>14}" for group in GROUPS)]
    judged = {name: _judged_by_others(name, sets) for name in sets}
    judged["all"] = [each for found in judged.values() for each in found]
    for name, found in judged.items():
        shares = ([low for group, low in found if group == wanted] for wanted in GROUPS)
        lines.append(f"{name:<12}" + "".join(f"{np.mean(low):>14.3f}" if low else f"{'-':>14}" for low in shares))
    return "\n".join(lines)


def _judged_by_others(name: str, sets: Mapping[str, Sequence[Case]]) -> list[tuple[Group, bool]]:
    """Return for each case of a set whether weights fitted on all other sets decline it."""
    weights = _fit([case for other, found in sets.items() if other != name for case in found])
    if weights is None:
        return []
    cut = math.log(POLICY.answered_at / (1 - POLICY.answered_at))
    return [
        (case.group, case.is_declined or not case.signs or float(_row(case) @ weights) < cut) for case in sets[name]
    ]


def _fit(found: Sequence[Case]) -> Numbers | None:
    """Return the weights fitted on the cases, or None where there is nothing to tell apart."""
    usable, rows, labels = _fittable(found)
    if not 0 < labels.sum() < len(labels):
        return None
    worth = np.array([WORTH[case.group] for case in usable])
    return fit(rows, labels, np.array(list(WEIGHTS.values())), HOLD, worth)


def _row(case: Case) -> Numbers:
    return np.array([case.signs[name] for name in WEIGHTS])


def _fittable(found: Sequence[Case]) -> tuple[list[Case], Numbers, Numbers]:
    """Return the cases that the confidence decides, their signs a row each, and 1 for those that must be answered."""
    usable = [case for case in found if case.signs and not case.is_declined]
    rows = np.array([_row(case) for case in usable])
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
    sets: dict[str, list[Case]] = {}
    for file in wanted.files:
        sets.setdefault(file.stem.split("-")[0], []).extend(_cases_of(file, wanted.corpus))
    found = [case for members in sets.values() for case in members]
    if not found:
        print("no question of these files must be answered or declined", file=sys.stderr)
        return 2
    points = curve(found, (*THRESHOLDS, *MARKS.values()))
    print(f"share declined\n{table(points)}\n\n{fitted(found)}\n\n{left_out(sets)}")
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
