"""`flask corpus`: look after the articles."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from chatbot.answering.notices import unchecked
from chatbot.answering.selfcheck import Expectation, check, read_expectations, unknown_names
from chatbot.commands.choosing import FOLDER, over
from chatbot.commands.telling import progress
from chatbot.corpus.editorial import Manuscript, article_readability, review
from chatbot.corpus.sections import passages_by_name, section_name
from chatbot.errors import CorpusError, NoCorpus
from chatbot.services import Services
from chatbot.values import Article, Problem, Question

GOLDEN_QUESTIONS = "questions.toml"


@click.group("corpus")
def corpus() -> None:
    """Look after the articles."""


@corpus.command("check", epilog="Example: flask corpus check corpus --grades")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--grades", is_flag=True, help="Show the words and the reading grade of each article, too.")
@with_appcontext
def corpus_check(folder: Path | None, grades: bool) -> None:
    """Name every problem of the articles in FOLDER (default: the corpus that is served), and help numbers to check.

    Errors keep an article from being served or published and end with exit code 1. Advice does not.
    """
    chosen = over(folder)
    today = datetime.now(tz=UTC).date()
    problems, articles = _checked(chosen, today)
    problems += unchecked(chosen.rules.regions.values(), today)
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
    with progress(expected, "asking") as each:
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
