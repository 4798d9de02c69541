"""Score a question file without Flask: python -m benchmarks.questions FILE --corpus FOLDER."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import generated, passages_of
from benchmarks.sets import FOLDER, joined, read_sets
from benchmarks.system import System, make_system, open_folder, open_golden
from chatbot.answering.confidence import POLICY
from chatbot.answering.evaluation import evaluate, row
from chatbot.answering.golden import read_golden_texts, read_questions
from chatbot.answering.judging import yardstick
from chatbot.answering.report import as_json, table, worst
from chatbot.retrieval.weights import Weights
from chatbot.values import Passage, Policy

GOLDEN = "golden_split.json"
QUESTIONS = Path("../shared/questions/dev.jsonl")


def golden_of(file: Path) -> Path:
    """Return the golden texts that a question file is judged by: those beside it, or else those of QUESTIONS."""
    beside = file.parent / GOLDEN
    return beside if beside.exists() else QUESTIONS.parent / GOLDEN


def question_ndcg(file: Path, weights: Weights | None = None) -> float:
    """Return the mean nDCG@10 of the questions that must be answered, over the golden texts beside the file."""
    golden = golden_of(file)
    system = open_golden(golden, POLICY, weights)
    measure = yardstick(system.passages, read_golden_texts(golden))
    wanted = [question for question in read_questions(file) if question.passages == "required"]
    return row("", list(evaluate(wanted, system.ask, measure, rank=system.rank))).ndcg_10 or 0.0


def hidden(system: System, others: Sequence[Passage]) -> System:
    """Return the same over its own passages and others, every second one before them and every second one after."""
    passages = (*others[::2], *system.passages, *others[1::2])
    return make_system(passages, system.policy, system.language.lexicon)


def main() -> None:
    """Print the table, or everything as JSON."""
    wanted = _arguments()
    policy = Policy(wanted.answered_at, wanted.unsure_at)
    golden = golden_of(wanted.file)
    system = open_golden(golden, policy) if wanted.golden else open_folder(wanted.corpus, policy)
    if wanted.among or wanted.among_real:
        system = hidden(system, [*passages_of(generated(wanted.among)), *joined(read_sets(FOLDER), wanted.among_real)])
    measure = yardstick(system.passages, read_golden_texts(golden), nuggets=wanted.nuggets)
    rank = system.rank if wanted.ranking else None
    results = list(evaluate(read_questions(wanted.file), system.ask, measure, rank=rank))
    judged_by = "grades" if measure.graded else "nuggets"
    if wanted.json:
        sys.stdout.write(as_json(results, judged_by=judged_by).decode() + "\n")
    else:
        print(f"{len(system.passages)} passages, judged by {judged_by}\n\n{table(results)}")
        if wanted.worst:
            print(f"\n{worst(results, wanted.worst)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--golden", action="store_true", help="over the golden texts instead of articles")
    parser.add_argument("--among", type=int, default=0, metavar="N", help="hidden among N generated passages")
    parser.add_argument("--among-real", type=int, default=0, metavar="N", help="or among N of the public sets")
    parser.add_argument("--json", action="store_true", help="everything, per question")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst questions, too")
    parser.add_argument("--nuggets", action="store_true", help="judge by the regular expressions")
    parser.add_argument("--ranking", action="store_true", help="score the ranking whatever the verdict")
    parser.add_argument("--answered-at", type=float, default=POLICY.answered_at)
    parser.add_argument("--unsure-at", type=float, default=POLICY.unsure_at)
    return parser.parse_args()


if __name__ == "__main__":
    main()
