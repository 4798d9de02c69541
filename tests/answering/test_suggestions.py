from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.suggestions import CHECKED, complete, instead, next_to, overviews, phrases, starters, suggestions
from chatbot.values import Article, ArticleLink, SampleQuestion, Verdict
from tests.builders import make_article


def asking(slug: str, *questions: str, title: str = "Sciatica", heading: str | None = None) -> Article:
    article = make_article(f"Text of {slug}.", slug=slug, title=title, heading=heading)
    return dataclasses.replace(article, questions=tuple(SampleQuestion(ask, "") for ask in questions))


def suggested(articles: list[Article], judged: Callable[[str], Verdict]) -> tuple[str, ...]:
    return starters(suggestions(articles, judged))


def always(_: str) -> Verdict:
    return "answered"


def completed(typed: str, *known: str, limit: int = 5) -> tuple[str, ...]:
    return complete(typed, phrases([asking("a", *known, title="")]), limit)


def test_suggestions_take_turns_between_articles() -> None:
    articles = [asking("a", "What is A?", "Why A?"), asking("b", "What is B?")]
    assert suggested(articles, always) == ("What is A?", "What is B?", "Why A?")


def test_questions_written_out_come_before_those_typed_in_haste() -> None:
    articles = [asking("a", "ketamine how long", "What is A?"), asking("b", "What is B?")]
    assert suggested(articles, always) == ("What is A?", "What is B?", "ketamine how long")


def test_question_that_the_articles_do_not_answer_is_not_suggested() -> None:
    articles = [asking("a", "What is A?", "What is C?")]
    assert suggested(articles, lambda text: "nothing" if "C" in text else "answered") == ("What is A?",)


@pytest.mark.parametrize("verdict", ["unsure", "nothing", "urgent"])
def test_only_an_answer_counts(verdict: Verdict) -> None:
    assert suggested([asking("a", "What is A?")], lambda _: verdict) == ()


def test_article_without_sample_questions_suggests_what_its_headings_ask() -> None:
    articles = [asking("a", title="What is sciatica?", heading="How long does it last?"), asking("b", heading="Causes")]
    assert suggested(articles, always) == ("What is sciatica?", "How long does it last?")


def test_same_question_is_suggested_once() -> None:
    assert suggested([asking("a", "Why?"), asking("b", "Why?")], always) == ("Why?",)


def test_checking_a_large_corpus_has_an_end() -> None:
    asked: list[str] = []

    def judged(text: str) -> Verdict:
        asked.append(text)
        return "answered"

    suggested([asking(f"a{number}", f"Question {number}?") for number in range(500)], judged)
    assert len(asked) == CHECKED


def test_headings_that_several_articles_share_complete_nothing() -> None:
    articles = [asking("a", heading="Summary"), asking("b", heading="Summary"), asking("c", heading="Driving home")]
    assert "summary" not in phrases(articles)
    assert phrases(articles)["driving home"] == "Driving home"


def test_beginning_of_a_phrase_comes_first_then_of_its_words_then_the_inside() -> None:
    known = ("Which infusions help?", "Do side effects last?", "Side effects of ketamine", "Is the bedside ready?")
    assert completed("side", *known) == ("Side effects of ketamine", "Do side effects last?", "Is the bedside ready?")


def test_words_may_stand_in_another_order() -> None:
    assert completed("ketamine side", "What are the side effects of ketamine?") == (
        "What are the side effects of ketamine?",
    )


def test_case_and_spaces_make_no_difference() -> None:
    assert completed("  WHAT   is ", "What is CRPS?") == ("What is CRPS?",)


@pytest.mark.parametrize("typed", ["", "   ", "xyz", "what is xyz"])
def test_nothing_fits_nothing(typed: str) -> None:
    assert completed(typed, "What is CRPS?") == ()


def test_two_letters_inside_a_word_are_too_few() -> None:
    assert completed("at", "What is it?") == ()


def test_limit_holds() -> None:
    assert len(completed("what", *(f"What is {number}?" for number in range(9)), limit=3)) == 3


@given(typed=st.text(max_size=30), limit=st.integers(1, 10))
def test_whatever_is_typed_only_known_phrases_come_back(typed: str, limit: int) -> None:
    known = ("What is CRPS?", "Side effects of ketamine", "How long does relief last?")
    found = completed(typed, *known, limit=limit)
    assert len(found) <= limit
    assert set(found) <= set(known)


def test_after_an_answer_its_article_is_suggested_first_without_the_section_just_read() -> None:
    known = {"a": ("What is A?",), "b": ("What is B?", "Does B last?")}
    shown = make_article("Text.", slug="b", heading="What is B?").passages
    assert next_to(shown, known, ("Why C?", "What is B?"), 3) == ("Does B last?", "Why C?")


def test_without_a_passage_what_stands_first_is_suggested() -> None:
    assert next_to((), {"a": ("What is A?",)}, ("Why B?", "in haste", "Why C?"), 2) == ("Why B?", "Why C?")


def test_without_an_answer_the_nearest_articles_suggest_in_turn() -> None:
    known = {"a": ("What is A?", "Why A?"), "b": ("What is B?",), "c": ("What is C?",)}
    near = (ArticleLink("a", "A"), ArticleLink("b", "B"))
    assert instead(near, known, ("What is C?",), 4) == ("What is A?", "What is B?", "Why A?", "What is C?")


def test_articles_to_begin_with_are_those_of_the_first_questions() -> None:
    articles = [asking(slug, title=slug.upper()) for slug in "abcd"]
    known = {"a": (), "b": ("What is B?",), "c": ("What is C?",)}
    assert overviews(known, ("Nobody's?", "What is C?"), articles) == (
        ArticleLink("c", "C"),
        ArticleLink("a", "A"),
        ArticleLink("b", "B"),
    )
