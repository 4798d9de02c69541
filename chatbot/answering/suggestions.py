"""Questions to start with and to complete a visitor's typing: from the articles, never from other visitors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from chatbot.values import Article, ArticleLink, Passage, Verdict

CHECKED = 240
# Each check is a search of about a millisecond, and a changed corpus must be served within 2 seconds.
INSIDE_FROM = 3
# letters from which a match inside a word counts; two stand inside almost every phrase


def suggestions(articles: Sequence[Article], judged: Callable[[str], Verdict]) -> Mapping[str, tuple[str, ...]]:
    """Return for each article's slug the questions that the articles do answer, well-written ones first.

    Staff's sample questions, titles and headings that ask something themselves, one of each article in turn until
    enough are checked. judged: asks the corpus a question and returns the verdict.
    """
    asked = {article.slug: sorted(_questions(article), key=_is_hasty) for article in articles}
    in_turn = chain.from_iterable(zip_longest(*([(slug, text) for text in texts] for slug, texts in asked.items())))
    checked = [found for found in in_turn if found][:CHECKED]
    answered = [(slug, text) for slug, text in checked if judged(text) == "answered"]
    return {slug: tuple(dict.fromkeys(text for own, text in answered if own == slug)) for slug in asked}


def starters(suggestions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the suggestions to start with, one of each article in turn."""
    in_turn = (text for texts in zip_longest(*suggestions.values()) for text in texts if text)
    return tuple(sorted(dict.fromkeys(in_turn), key=_is_hasty))


def next_to(
    shown: Sequence[Passage], suggestions: Mapping[str, Sequence[str]], first: Sequence[str], limit: int
) -> tuple[str, ...]:
    """Return what a visitor may ask after reading these passages: what else their articles answer, then the `first`.

    The sections shown are left out: they have just been read.
    """
    read = {passage.section for passage in shown}
    near = (text for slug in dict.fromkeys(passage.slug for passage in shown) for text in suggestions.get(slug, ()))
    return _written_out(chain(near, first), read, limit)


def instead(
    nearest: Sequence[ArticleLink], suggestions: Mapping[str, Sequence[str]], first: Sequence[str], limit: int
) -> tuple[str, ...]:
    """Return what may be asked where nothing answers: what the nearest articles answer, in turn, then the `first`."""
    in_turn = zip_longest(*(suggestions.get(link.slug, ()) for link in nearest))
    near = (text for texts in in_turn for text in texts if text)
    return _written_out(chain(near, first), (), limit)


def overviews(
    suggestions: Mapping[str, Sequence[str]], first: Sequence[str], articles: Iterable[Article]
) -> tuple[ArticleLink, ...]:
    """Return the articles to begin with: those that answer the `first` questions, in that order, then the others."""
    owners = {text: slug for slug, texts in suggestions.items() for text in texts}
    titles = {article.slug: article.title for article in articles if article.slug in suggestions}
    slugs = dict.fromkeys([*(owners[text] for text in first if text in owners), *titles])
    return tuple(ArticleLink(slug, titles[slug]) for slug in slugs if slug in titles)


def _written_out(texts: Iterable[str], read: Collection[str | None], limit: int) -> tuple[str, ...]:
    # One by one until there are enough: a site has hundreds, and this is asked with every answer.
    found: list[str] = []
    for text in texts:
        if len(found) == limit:
            break
        if text not in read and text not in found and not _is_hasty(text):
            found.append(text)
    return tuple(found)


def _is_hasty(text: str) -> bool:
    # Sample questions are often written as visitors type them: good to be found by, poor to be shown.
    return not (text[:1].isupper() and text.endswith("?"))


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
