"""Sentence boundaries, by NLTK's Punkt with our own abbreviations: it needs no data file."""

from __future__ import annotations

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from chatbot.values import Span

# Without the dot, in lower case. Punkt trained on a handful of articles learns four of these and splits "approx. 30 %".
ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st vs etc e.g i.e eg ie al approx fig no vol ca cf dept est hr hrs min mins sec inc ltd "
    "jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.m p.m ph.d m.d r.n jr sr".split()
)


def _tokenizer() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


_punkt = _tokenizer()


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order, without the white space around them.

    A line break always ends a sentence: list items stand on lines of their own.
    """
    spans = []
    offset = 0
    for line in text.split("\n"):
        spans += [_trimmed(text, offset + start, offset + end) for start, end in _punkt.span_tokenize(line)]
        offset += len(line) + 1
    return tuple(span for span in spans if span.start < span.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    found = text[start:end]
    return Span(start + len(found) - len(found.lstrip()), start + len(found.rstrip()))
