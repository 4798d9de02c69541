"""What staff and developers run: `flask ask`, `flask corpus check`, `flask evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import click
from flask import Flask
from flask.cli import with_appcontext

from chatbot.answering.context import carried
from chatbot.answering.evaluation import evaluate
from chatbot.answering.golden import read_golden_texts, read_questions
from chatbot.answering.judging import yardstick
from chatbot.answering.report import as_json, table, worst
from chatbot.answering.selfcheck import Expectation, check, read_expectations, unknown_names
from chatbot.answering.transcript import explanation, transcript
from chatbot.corpus.editorial import Manuscript, article_readability, review
from chatbot.corpus.sections import passages_by_name, section_name
from chatbot.errors import ChatbotError, CorpusError, NoCorpus
from chatbot.library import Library, Snapshot
from chatbot.services import Services, services
from chatbot.text.query import understand
from chatbot.values import Article, Match, Passage, Problem, Query, Question

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
GOLDEN_TEXTS = "golden_split.json"
# looked for beside the question file
GOLDEN_QUESTIONS = "questions.toml"

Item = TypeVar("Item")


def register(app: Flask) -> None:
    """Add every command to the app's `flask`."""
    for command in (ask, corpus, evaluation):
        app.cli.add_command(command)


@click.command("ask", epilog='Example: flask ask "does ketamine help sciatica?" --why')
@click.argument("question")
@click.option("--history", multiple=True, help="An earlier question of the conversation; give it again for more.")
@click.option("--limit", type=click.IntRange(1, 10), default=3, show_default=True, help="Passages shown at most.")
@click.option("--why", is_flag=True, help="Show what was looked for, what was found, and what each signal added.")
@with_appcontext
def ask(question: str, history: tuple[str, ...], limit: int, why: bool) -> None:
    """Answer a question as a visitor would be answered."""
    asked = Question(question, history)
    with _told():
        click.echo(transcript(services().ask(asked, limit)))
        if why:
            click.echo("\n" + explanation(*_search(services().library.snapshot(), asked, limit)))


@click.group("corpus")
def corpus() -> None:
    """Look after the articles."""


@corpus.command("check", epilog="Example: flask corpus check corpus --grades")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--grades", is_flag=True, help="Show the words and the reading grade of each article, too.")
@with_appcontext
def corpus_check(folder: Path | None, grades: bool) -> None:
    """Name every problem of the articles in FOLDER (default: the corpus that is served).

    Errors keep an article from being served or published and end with exit code 1. Advice does not.
    """
    chosen = _over(folder)
    problems, articles = _checked(chosen, datetime.now(tz=UTC).date())
    for problem in problems:
        click.echo(f"{problem.path}:{problem.line}: {problem.severity}: {problem.message}")
    if grades:
        click.echo(_grades(articles))
    errors = sum(problem.severity == "error" for problem in problems)
    passages = sum(len(article.passages) for article in articles)
    click.echo(
        f"{len(articles)} articles with {passages} passages: {errors} errors, {len(problems) - errors} pieces of advice"
    )
    if errors:
        sys.exit(1)


@click.command("evaluate", epilog="Example: flask evaluate questions/dev.jsonl --corpus corpus")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--corpus", "folder", type=FOLDER, help="Folder of articles; default: the corpus that is served.")
@click.option("--json", "as_document", is_flag=True, help="Print everything, question by question, as JSON.")
@click.option("--nuggets", is_flag=True, help="Judge by the nuggets, even where golden texts could.")
@click.option("--ranking", is_flag=True, help="Score the ranking whatever the verdict.")
@click.option("--worst", "count", type=click.IntRange(0), default=0, help="List so many of the worst questions, too.")
@with_appcontext
def evaluation(file: Path, *, folder: Path | None, as_document: bool, nuggets: bool, ranking: bool, count: int) -> None:
    """Score the answers to a file of questions with known right answers.

    FILE holds one JSON object a line. Where golden texts stand beside it and the corpus holds them, their grades judge;
    otherwise each question's nuggets do.
    """
    with _told():
        questions = read_questions(file)
        golden = read_golden_texts(file.parent / GOLDEN_TEXTS)
        chosen = _over(folder)
        now = chosen.library.snapshot()

    def rank(question: Question, limit: int) -> list[Passage]:
        return [match.passage for match in _search(now, question, limit)[1]]

    measure = yardstick([passage for article in now.articles for passage in article.passages], golden, nuggets=nuggets)
    with _progress(questions, "asking") as asked:
        results = list(evaluate(asked, chosen.ask, measure, rank=rank if ranking else None))
    judged_by = "grades" if measure.graded else "nuggets"
    if as_document:
        click.echo(as_json(results, judged_by=judged_by))
        return
    click.echo(f"{len(questions)} questions over {len(measure.corpus)} passages, judged by {judged_by}\n")
    click.echo(table(results))
    if count:
        click.echo("\n" + worst(results, count))


def _over(folder: Path | None) -> Services:
    """Return the app's services, or the same over another folder."""
    ours = services()
    if folder is None:
        return ours
    settings = replace(ours.settings, corpus=folder)
    return replace(ours, settings=settings, library=Library(settings, ours.rules))


def _search(now: Snapshot, question: Question, limit: int) -> tuple[Query, tuple[Match, ...]]:
    query = understand(question.text, carried(question), now.language)
    return query, now.engine.search(query, limit)


def _checked(chosen: Services, today: date) -> tuple[list[Problem], tuple[Article, ...]]:
    """Return every problem of the folder, by file and line, and the articles that can be served."""
    folder = chosen.settings.corpus
    chosen.library.refresh()
    problems = list(chosen.library.problems)
    try:
        articles = chosen.library.snapshot().articles
    except NoCorpus:
        return problems or [
            Problem(".", 1, "there is no article in this folder; put .md, .html or .txt files in it")
        ], ()
    manuscripts = [Manuscript(article, _text_of(folder / article.source.path)) for article in articles]
    problems += review(manuscripts, today)
    expected = [expectation for each in manuscripts for expectation in _samples(each)]
    try:
        expected += read_expectations(folder / GOLDEN_QUESTIONS)
    except CorpusError as error:
        problems += error.problems
    problems += _unanswered(chosen, expected, articles)
    return sorted(problems, key=lambda problem: (problem.path, problem.line)), articles


def _samples(manuscript: Manuscript) -> Iterator[Expectation]:
    article = manuscript.article
    for sample in article.questions:
        name = section_name(article.slug, sample.section)
        yield Expectation(sample.ask, (name,), article.source.path, _line_with(manuscript.text, sample.ask), ranks=1)


def _unanswered(chosen: Services, expected: Sequence[Expectation], articles: Sequence[Article]) -> Iterator[Problem]:
    names = passages_by_name(articles)
    with _progress(expected, "asking") as each:
        for expectation in each:
            unknown = unknown_names(expectation, names)
            yield from unknown
            if not unknown and (fault := check(expectation, chosen.ask(Question(expectation.ask)), names)):
                yield fault


def _grades(articles: Sequence[Article]) -> str:
    lines = [f"{'words':>6} {'grade':>6}  article"]
    counts = [(article, article_readability(article)) for article in articles]
    lines += [f"{count.words:>6} {count.grade:>6.1f}  {article.slug}" for article, count in counts]
    return "\n".join([*lines, f"{sum(count.words for _, count in counts):>6} {'':>6}  in all"])


def _line_with(text: str, words: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), start=1) if words in line), 1)


def _text_of(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _progress(items: Sequence[Item], label: str) -> AbstractContextManager[Iterable[Item]]:
    """Show a bar on a terminal and nothing in a pipe."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


@contextmanager
def _told() -> Iterator[None]:
    """Turn our own errors into one line and exit code 1: their text says what to do."""
    try:
        yield
    except ChatbotError as error:
        raise click.ClickException(str(error)) from error
