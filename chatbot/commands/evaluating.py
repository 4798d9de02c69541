"""`flask evaluate`: the answers to questions with known right answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from chatbot.answering.evaluation import evaluate
from chatbot.answering.golden import read_golden_texts, read_questions
from chatbot.answering.judging import yardstick
from chatbot.answering.report import as_json, table, worst
from chatbot.answering.safety_report import Labelled, as_document, as_table, hear, is_labelled, read_labelled
from chatbot.commands.choosing import FOLDER, over, search
from chatbot.commands.telling import progress, told
from chatbot.services import Services
from chatbot.values import Passage, Question

GOLDEN_TEXTS = "golden_split.json"
# looked for beside the question file


@click.command("evaluate", epilog="Example: flask evaluate questions/dev.jsonl --corpus corpus")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--corpus", "folder", type=FOLDER, help="Folder of articles; default: the corpus that is served.")
@click.option("--json", "in_json", is_flag=True, help="Print everything, question by question, as JSON.")
@click.option("--nuggets", is_flag=True, help="Judge by the nuggets, even where golden texts could.")
@click.option("--ranking", is_flag=True, help="Score the ranking whatever the verdict.")
@click.option("--worst", "count", type=click.IntRange(0), default=0, help="List so many of the worst questions, too.")
@with_appcontext
def evaluation(file: Path, *, folder: Path | None, in_json: bool, nuggets: bool, ranking: bool, count: int) -> None:
    """Score the answers to a file of questions with known right answers.

    FILE holds one JSON object a line. Where golden texts stand beside it and the corpus holds them, their grades judge;
    otherwise each question's nuggets do. A file of labelled safety messages ("category" and "level" in every line) is
    counted instead: calls for help found, and others taken for one.
    """
    if is_labelled(file):
        with told():
            messages, asked_of = read_labelled(file), over(folder)
        click.echo(_heard(messages, asked_of, in_json=in_json))
        return
    with told():
        questions = read_questions(file)
        golden = read_golden_texts(file.parent / GOLDEN_TEXTS)
        chosen = over(folder)
        now = chosen.library.snapshot()

    def rank(question: Question, limit: int) -> list[Passage]:
        return [match.passage for match in search(now, question, limit)[1]]

    measure = yardstick([passage for article in now.articles for passage in article.passages], golden, nuggets=nuggets)
    with progress(questions, "asking") as asked:
        results = list(evaluate(asked, chosen.ask, measure, rank=rank if ranking else None))
    judged_by = "grades" if measure.graded else "nuggets"
    if in_json:
        click.echo(as_json(results, judged_by=judged_by))
        return
    click.echo(f"{len(questions)} questions over {len(measure.corpus)} passages, judged by {judged_by}\n")
    click.echo(table(results))
    if count:
        click.echo("\n" + worst(results, count))


def _heard(messages: Sequence[Labelled], asked_of: Services, *, in_json: bool) -> str:
    """Ask labelled messages all the way, as a visitor would, and return the figures."""
    with progress(messages, "asking") as asked:
        results = [hear(message, lambda question: asked_of.ask(question, 1).verdict == "urgent") for message in asked]
    return as_document(results) if in_json else as_table(results)
