"""The sentences of a passage that answer, and the words that matched, as spans of its text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from chatbot.text.kinds import Kind
from chatbot.text.reading import Sentence, read
from chatbot.values import Hit, Match, Span

MOST_SENTENCES = 3
NEARLY = 0.8
# share of the best sentence's worth from which another sentence answers as well
NAMED = 0.5
# share of its worth that a concept keeps when title or heading name it
FITS = 1.3
# worth of a sentence that gives the time or number asked for, beside another's 1
REMEMBERED = 4096
# passages whose title and headings are kept as stems
PASSED_ON = 0.5
# share of the worth before it that a sentence beginning with a pronoun takes over
SPOKEN_OF = 0.3
# share of the best sentence's worth from which the one that a pronoun stands for is marked, too


def words(match: Match) -> tuple[Span, ...]:
    """Return the words of the passage that the question's concepts were found by, in reading order."""
    places = read(match.passage.text).places
    stems = {stem for hit in match.hits for stem in hit.term.stems}
    return tuple(sorted((span for stem in stems for span in places.get(stem, ())), key=_start))


def answering_sentences(match: Match, wants: Collection[Kind] = ()) -> tuple[Span, ...]:
    """Return the one to three sentences that hold most of what was asked, in reading order; () when none holds any.

    wants: kinds of answer that the question asks for; a sentence that gives one is worth more. Of equally worthy ones
    the earlier answers. A sentence that begins with a pronoun speaks of what the sentence before it named, so it shares
    in that one's worth, and is marked with it where both speak of what was asked. The mere name of a list item ("Blood
    tests.") answers nothing: the sentence behind it does.
    """
    found = read(match.passage.text).sentences
    worth = _worths(found, match, wants)
    top = max(worth, default=0.0)
    if not top:
        return ()
    best = sorted(range(len(found)), key=lambda at: -worth[at])[:MOST_SENTENCES]
    chosen = _with_named([at for at in best if worth[at] >= NEARLY * top], found, worth, top)
    return tuple(found[at].span for at in sorted(chosen))


def _with_named(chosen: list[int], found: Sequence[Sentence], worth: Sequence[float], top: float) -> list[int]:
    """Add the sentences that the chosen ones go on about, where these are worth something, too."""
    for at in chosen:  # which grows: what is added may go on about yet another
        if len(chosen) == MOST_SENTENCES:
            break
        if found[at].leans and at and worth[at - 1] >= SPOKEN_OF * top and at - 1 not in chosen:
            chosen.append(at - 1)
    return chosen


def matched(match: Match) -> tuple[tuple[str, str], ...]:
    """Return (the visitor's word, the article's word) where they differ in more than their ending."""
    return tuple(
        (hit.concept.typed, hit.term.word) for hit in match.hits if hit.term.origin in ("synonym", "relative", "hint")
    )


def _worths(found: Sequence[Sentence], match: Match, wants: Collection[Kind]) -> list[float]:
    passage = match.passage
    named = _stems_of((passage.title, *passage.headings))
    values = [(hit.term.stems, _value(hit, named)) for hit in match.hits]
    worths: list[float] = []
    name = 0.0
    for sentence in found:
        own = name + _worth(values, sentence.stems)
        if wants and not sentence.gives.isdisjoint(wants):
            own *= FITS
        # The mere name of a list item.
        is_name = sentence.names and bool(passage.lead_in)
        name = own if is_name else 0.0
        leaning = PASSED_ON * worths[-1] if worths and sentence.leans and own else 0.0
        worths.append(0.0 if is_name else own + leaning)
    return worths


def _worth(values: Sequence[tuple[Sequence[str], float]], held: Collection[str]) -> float:
    """Return what a sentence's words are worth; a single word of a phrase is little."""
    worth = 0.0
    for stems, value in values:
        if len(stems) == 1:
            if stems[0] in held:
                worth += value
        else:
            share = sum([stem in held for stem in stems]) / len(stems)
            worth += value * (share * share)
    return worth


@lru_cache(maxsize=REMEMBERED)
def _stems_of(names: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of every word of a title and headings."""
    return frozenset(stem for name in names for stem in read(name).places)


def _value(hit: Hit, named: frozenset[str]) -> float:
    """Return what a concept is worth in a sentence: less when all passages hold it, or when the heading names it.

    Under the heading "What is sciatica?" every sentence is about sciatica, and the one that says where it runs answers.
    """
    value = hit.concept.weight * (0.2 + hit.concept.rarity) * (1 - hit.share) + 0.01
    return value * NAMED if named.issuperset(hit.term.stems) else value


def _start(span: Span) -> int:
    return span.start
