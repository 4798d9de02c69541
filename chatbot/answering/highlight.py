"""The sentences of a passage that answer, and the words that matched, as spans of its text."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.text.sentences import sentences
from chatbot.text.tokens import tokens
from chatbot.values import Hit, Match, Span

MOST_SENTENCES = 3
NEARLY = 0.75
# share of the best sentence's value from which another sentence answers as well


def words(match: Match) -> tuple[Span, ...]:
    """Return the words of the passage that the question's concepts were found by, in reading order."""
    stems = {stem for hit in match.hits for stem in hit.term.stems}
    return tuple(Span(token.start, token.end) for token in tokens(match.passage.text) if token.stem in stems)


def answering_sentences(match: Match) -> tuple[Span, ...]:
    """Return the one to three sentences that hold most of what was asked, in reading order; () when none holds any.

    A sentence is worth the rarity-weighted concepts that it holds. Of equal ones the earlier answers.
    """
    values = _stem_values(match.hits)
    text = match.passage.text
    worth = [(span, _worth(text[span.start : span.end], values)) for span in sentences(text)]
    top = max((value for _, value in worth), default=0.0)
    if not top:
        return ()
    best = sorted(worth, key=lambda item: -item[1])[:MOST_SENTENCES]
    chosen = [span for span, value in best if value >= NEARLY * top]
    return tuple(_without_mark(text, span) for span in sorted(chosen, key=lambda span: span.start))


def matched(match: Match) -> tuple[tuple[str, str], ...]:
    """Return (the visitor's word, the article's word) where they differ in more than their ending."""
    return tuple((hit.concept.typed, hit.term.word) for hit in match.hits if hit.term.origin in ("synonym", "relative"))


def _stem_values(hits: tuple[Hit, ...]) -> Mapping[str, float]:
    return {stem: hit.concept.weight * (0.2 + hit.concept.rarity) for hit in hits for stem in hit.term.stems}


def _worth(sentence: str, values: Mapping[str, float]) -> float:
    return sum(values.get(stem, 0.0) for stem in {token.stem for token in tokens(sentence)})


def _without_mark(text: str, span: Span) -> Span:
    return Span(span.start + 2, span.end) if text.startswith("- ", span.start) else span
