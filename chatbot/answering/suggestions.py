"""Questions to start with and to complete a visitor's typing: from the articles, never from other visitors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from chatbot.values import Article, Verdict

CHECKED = 60
# Each check is a search, and a changed corpus must be served within 2 seconds.
INSIDE_FROM = 3
# letters from which a match inside a word counts; two stand inside almost every phrase


def suggestions(articles: Sequence[Article], judged: Callable[[str], Verdict]) -> tuple[str, ...]:
    """Return questions that the articles do answer, one of each article in turn.

    Staff's sample questions, and after them titles and headings that ask something themselves.
    judged: asks the corpus a question and returns the verdict.
    """
    asked = [tuple(_questions(article)) for article in articles]
    in_turn = dict.fromkeys(text for text in chain.from_iterable(zip_longest(*asked)) if text)
    # Sample questions are often written as visitors type them, in haste: good to be found by, poor to be shown.
    well_written_first = sorted(in_turn, key=lambda text: not (text[:1].isupper() and text.endswith("?")))
    return tuple(text for text in well_written_first[:CHECKED] if judged(text) == "answered")


def phrases(articles: Sequence[Article]) -> Mapping[str, str]:
    """Return what typing may be completed to, folded for comparison -> as written.

    Sample questions and titles first, then headings that one article alone has: "Summary" asks nothing.
    """
    headings = [tuple(_headings(article)) for article in articles]
    articles_with = Counter(fold(heading) for own in headings for heading in own)
    found = [question.ask for article in articles for question in article.questions]
    found += [article.title for article in articles]
    found += [heading for own in headings for heading in own if articles_with[fold(heading)] == 1]
    folded: dict[str, str] = {}
    for text in found:
        folded.setdefault(fold(text), text)
    return folded


def _questions(article: Article) -> Iterator[str]:
    yield from (question.ask for question in article.questions)
    yield from (text for text in (article.title, *_headings(article)) if text.endswith("?"))


def _headings(article: Article) -> Iterator[str]:
    yield from dict.fromkeys(heading for passage in article.passages for heading in passage.headings)


def complete(typed: str, phrases: Mapping[str, str], limit: int) -> tuple[str, ...]:
    """Return the phrases that the typing may become, best first, at most `limit`.

    Best: it begins the phrase; then it begins a word of it; then each typed word begins a word; then it stands inside.
    Case and white space make no difference; nothing typed gives nothing.
    """
    wanted = fold(typed)
    if not wanted:
        return ()
    ranked = [(rank, text) for folded, text in phrases.items() if (rank := _rank(wanted, folded)) is not None]
    ranked.sort(key=lambda item: item[0])
    return tuple(text for _, text in ranked[:limit])


def _rank(wanted: str, folded: str) -> int | None:
    if folded.startswith(wanted):
        return 0
    if f" {wanted}" in folded:
        return 1
    words = folded.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 2
    return 3 if len(wanted) >= INSIDE_FROM and wanted in folded else None


def fold(text: str) -> str:
    """Return a text as it is compared: without case, with single spaces."""
    return " ".join(text.casefold().split())
