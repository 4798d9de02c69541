"""No passage on the treatment is shown without the way to its risks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from chatbot.text.subject import RISKS, TREATMENT
from chatbot.values import Article, Excerpt, Passage


def with_risks(excerpts: Sequence[Excerpt], articles: Iterable[Article]) -> tuple[Excerpt, ...]:
    """Return the excerpts, those on the treatment with the address of the article on its risks.

    articles: those that are served; where none of them is on the risks, nothing is added.
    """
    slug = next((article.slug for article in articles if RISKS in article.slug), None)
    if slug is None:
        return tuple(excerpts)
    return tuple(
        _with_risks(excerpt, f"/articles/{slug}") if needs_risks(excerpt.passage) else excerpt for excerpt in excerpts
    )


def _with_risks(excerpt: Excerpt, url: str) -> Excerpt:
    # Named one by one: dataclasses' own replace() takes four times as long, and this is done for every answer.
    return Excerpt(excerpt.passage, excerpt.confidence, excerpt.sentences, excerpt.words, excerpt.matched, url)


@lru_cache(maxsize=4096)
def needs_risks(passage: Passage) -> bool:
    """Say whether a passage speaks of the treatment, by its own words or its title, outside the article on risks."""
    return RISKS not in passage.slug and bool(TREATMENT.search(f"{passage.title} {passage.text}"))
