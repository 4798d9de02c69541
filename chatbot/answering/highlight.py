"""The sentences of a passage that answer, and the words that matched, as spans of its text."""

from __future__ import annotations

from collections.abc import Container, Sequence

from chatbot.text.sentences import sentences
from chatbot.text.tokens import tokens
from chatbot.values import Hit, Match, Span

MOST_SENTENCES = 3
NEARLY = 0.8
# share of the best sentence's worth from which another sentence answers as well
NAMED = 0.5
# share of its worth that a concept keeps when title or heading name it
PASSED_ON = 0.5
# share of the worth before it that a sentence beginning with a pronoun takes over
PRONOUNS = frozenset({"it", "they", "this", "these", "that", "such", "both"})


def words(match: Match) -> tuple[Span, ...]:
    """Return the words of the passage that the question's concepts were found by, in reading order."""
    stems = {stem for hit in match.hits for stem in hit.term.stems}
    return tuple(Span(token.start, token.end) for token in tokens(match.passage.text) if token.stem in stems)


def answering_sentences(match: Match) -> tuple[Span, ...]:
    """Return the one to three sentences that hold most of what was asked, in reading order; () when none holds any.

    Of equally worthy ones the earlier answers. A sentence that begins with a pronoun speaks of what the sentence before
    it named, so it shares in that one's worth.
    """
    spans = sentences(match.passage.text)
    worth = _worths([match.passage.text[span.start : span.end] for span in spans], match)
    top = max(worth, default=0.0)
    if not top:
        return ()
    best = sorted(zip(spans, worth, strict=True), key=lambda item: -item[1])[:MOST_SENTENCES]
    chosen = sorted((span for span, value in best if value >= NEARLY * top), key=lambda span: span.start)
    return tuple(_without_mark(match.passage.text, span) for span in chosen)


def matched(match: Match) -> tuple[tuple[str, str], ...]:
    """Return (the visitor's word, the article's word) where they differ in more than their ending."""
    return tuple((hit.concept.typed, hit.term.word) for hit in match.hits if hit.term.origin in ("synonym", "relative"))


def _worths(texts: Sequence[str], match: Match) -> list[float]:
    named = {token.stem for name in (match.passage.title, *match.passage.headings) for token in tokens(name)}
    worths: list[float] = []
    for text in texts:
        held = [token.stem for token in tokens(text)]
        own = sum(_value(hit, named) * _share(hit, held) for hit in match.hits)
        leans = bool(worths and held and held[0] in PRONOUNS)
        worths.append(own + (PASSED_ON * worths[-1] if leans and own else 0.0))
    return worths


def _value(hit: Hit, named: Container[str]) -> float:
    """Return what a concept is worth in a sentence: less when all passages hold it, or when the heading names it.

    Under the heading "What is sciatica?" every sentence is about sciatica, and the one that says where it runs answers.
    """
    value = hit.concept.weight * (0.2 + hit.concept.rarity) * (1 - hit.share) + 0.01
    return value * NAMED if all(stem in named for stem in hit.term.stems) else value


def _share(hit: Hit, held: Sequence[str]) -> float:
    """Return how much of a term the sentence holds; a single word of a phrase is little."""
    found = sum(stem in held for stem in hit.term.stems) / len(hit.term.stems)
    return found * found


def _without_mark(text: str, span: Span) -> Span:
    return Span(span.start + 2, span.end) if text.startswith("- ", span.start) else span
