"""The articles that ship: read without a problem, our own words, and answering what staff say they answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chatbot.app import create_app
from chatbot.corpus.editorial import Manuscript, article_readability, review
from chatbot.corpus.reader import read_corpus
from chatbot.corpus.repetition import shared_runs
from chatbot.settings import Settings
from chatbot.text.lexicon import read_lexicon
from chatbot.text.query import make_language, understand
from chatbot.values import Correction

CORPUS = Path("corpus")
SEEDS = Path("../shared/seeds")
READING = read_corpus(CORPUS)


def test_every_shipped_article_is_read_without_a_problem() -> None:
    assert READING.problems == ()
    assert len(READING.articles) >= 20


def test_the_articles_are_a_small_library() -> None:
    assert 8_000 <= sum(article_readability(article).words for article in READING.articles) <= 14_000


@pytest.mark.parametrize("article", READING.articles, ids=lambda article: article.slug)
def test_a_lay_reader_can_read_it(article) -> None:  # type: ignore[no-untyped-def]
    assert article_readability(article).grade <= 8.0


@pytest.mark.parametrize("article", READING.articles, ids=lambda article: article.slug)
def test_its_front_matter_is_complete_and_no_clinician_is_claimed(article) -> None:  # type: ignore[no-untyped-def]
    assert article.summary
    assert article.topics
    assert article.source.author
    assert article.source.published
    assert article.source.reviewed
    assert article.source.review_by
    assert article.references
    assert all(reference.url for reference in article.references)
    assert article.source.reviewer is None
    sections = {passage.section for passage in article.passages}
    asked = [question.section for question in article.questions]
    assert all(2 <= asked.count(section) <= 6 for section in sections if section)


def test_no_editor_s_rule_is_broken() -> None:
    texts = [Manuscript(article, (CORPUS / article.source.path).read_text("utf-8")) for article in READING.articles]
    assert [problem for problem in review(texts, date(2026, 11, 22)) if problem.severity == "error"] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real articles are not beside the project")
def test_no_eight_words_in_a_row_stand_in_the_five_real_articles() -> None:
    ours = [passage.text for article in READING.articles for passage in article.passages]
    theirs = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert len(theirs) == 5
    assert shared_runs(ours, theirs) == ()


def test_every_sample_and_golden_question_is_answered_as_staff_say() -> None:
    result = create_app(Settings()).test_cli_runner().invoke(args=["corpus", "check"])
    assert result.exit_code == 0, result.output
    assert "0 errors" in result.output


@pytest.mark.parametrize(
    ("typed", "used"),
    [("siatica", "sciatica"), ("migrane", "migraine"), ("cronic", "chronic"), ("opoids", "opioids")],
)
def test_slip_is_told_as_one_and_not_hidden_among_the_synonyms(typed: str, used: str) -> None:
    passages = [passage for article in READING.articles for passage in article.passages]
    language = make_language(passages, read_lexicon(CORPUS / "lexicon.toml"))
    assert Correction(typed, used) in understand(f"does ketamine help {typed}?", (), language).corrections
