"""An answer as the templates show it: every phrase ready, every text cut at its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chatbot.answering.notices import masked
from chatbot.values import Answer, ArticleLink, Excerpt, Notice, Source, Span
from chatbot.web.catalogue import Catalogue
from chatbot.web.wire import original_url


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that is either a matched word or none."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a passage that either answers or stands around the answer."""

    parts: tuple[Part, ...]
    answers: bool


@dataclass(frozen=True, slots=True)
class PassageCard:
    """One passage, ready to show; an empty text is not shown."""

    id: str = ""
    title: str = ""
    section: str = ""
    runs: tuple[Run, ...] = ()
    matched: str = ""
    confidence: str = ""
    confidence_text: str = ""
    facts: tuple[str, ...] = ()
    # author, publisher, dates
    review_due: bool = False
    risks_url: str = ""
    # of a passage on the treatment
    url: str = ""
    original_url: str = ""
    blank: bool = False
    # the template that the script fills: every part is there


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    text: str
    undo: str
    # what the button says
    question: str
    # the question with the visitor's word in quotes: quoted words are never corrected


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One answer, ready to show; without a verdict it is the template that the script fills."""

    asked: str = ""
    # the heading above it; never the visitor's words when they speak of a crisis
    verdict: str = ""
    verdict_text: str = ""
    corpus_version: str = ""
    notice: Notice | None = None
    corrections: tuple[CorrectionCard, ...] = ()
    passages: tuple[PassageCard, ...] = ()
    suggestions: tuple[str, ...] = ()
    nearest: tuple[ArticleLink, ...] = ()
    no_answer: str = ""
    # instead of the page's own words


BLANK_PASSAGE = PassageCard(blank=True)
BLANK_ANSWER = AnswerCard()


def answer_card(answer: Answer, say: Catalogue, today: date) -> AnswerCard:
    """Put an answer into the interface's words.

    today: decides which passages are due for review.
    """
    urgent = answer.verdict == "urgent"
    return AnswerCard(
        # A crisis notice stands without the words that brought it up.
        asked=say.say("script.your_message") if urgent else masked(answer.question.text),
        verdict=answer.verdict,
        verdict_text=_verdict_text(answer, say),
        corpus_version=answer.corpus_version,
        notice=answer.notice,
        corrections=tuple(
            CorrectionCard(
                text=say.say("script.corrected", used=correction.used, typed=correction.typed),
                undo=say.say("script.as_typed", typed=correction.typed),
                question=as_typed(masked(answer.question.text), correction.typed),
            )
            for correction in answer.corrections
        ),
        passages=tuple(passage_card(excerpt, say, today) for excerpt in answer.passages),
        suggestions=() if urgent else answer.suggestions,
        nearest=answer.nearest,
        no_answer=answer.no_answer,
    )


def passage_card(excerpt: Excerpt, say: Catalogue, today: date) -> PassageCard:
    """Put one excerpt into the interface's words."""
    passage, source = excerpt.passage, excerpt.passage.source
    pairs = ", ".join(f"{typed} = {found}" for typed, found in excerpt.matched)
    return PassageCard(
        id=passage.id,
        title=passage.title,
        section=passage.section or "",
        runs=tuple(runs(passage.text, excerpt.sentences, excerpt.words)),
        matched=say.say("script.matched", pairs=pairs) if pairs else "",
        confidence=excerpt.confidence,
        confidence_text=say.say(f"script.confidence_{excerpt.confidence}"),
        facts=facts(source, say),
        review_due=source.review_by is not None and source.review_by < today,
        risks_url=excerpt.risks_url or "",
        url=passage.url,
        original_url=web_address(original_url(passage)),
    )


def facts(source: Source, say: Catalogue) -> tuple[str, ...]:
    """Return author, publisher, dates and reviewer as phrases; what is unknown is left out, but for the reviewer."""
    phrases = (
        say.say("script.by", name=source.author) if source.author else "",
        say.say("script.from_publisher", name=source.publisher) if source.publisher else "",
        say.say("script.published", date=say.day(source.published)) if source.published else "",
        review(source, say),
    )
    return tuple(phrase for phrase in phrases if phrase)


def review(source: Source, say: Catalogue) -> str:
    """Say when and by whom the words were reviewed; when no clinician has, that stands there, too."""
    name = ("reviewed" if source.reviewed else "review") + ("_by" if source.reviewer else "_by_none")
    return say.say(f"script.{name}", date=say.day(source.reviewed), name=source.reviewer or "")


def web_address(url: str | None) -> str:
    """Return an address that a link may lead to; anything but a web page is none, whatever an article's file says."""
    return url if url and url.lower().startswith(("https://", "http://")) else ""


def as_typed(question: str, typed: str) -> str:
    """Return the question with each `typed` word in double quotes, which keeps it from being corrected."""
    return re.sub(rf'(?<![\w"]){re.escape(typed)}(?![\w"])', r'"\g<0>"', question, flags=re.IGNORECASE)


def runs(text: str, sentences: Sequence[Span], words: Sequence[Span]) -> Iterator[Run]:
    """Cut a text at its answering sentences and, within, at its matched words; the runs joined are the text.

    sentences, words: in order, without overlap among themselves, within the text.
    """
    position = 0
    for sentence in (*sentences, None):
        end = sentence.start if sentence else len(text)
        if position < end:
            yield Run(tuple(_parts(text, Span(position, end), words)), answers=False)
        if sentence is None:
            return
        if sentence.start < sentence.end:
            yield Run(tuple(_parts(text, sentence, words)), answers=True)
        position = sentence.end


def _parts(text: str, within: Span, words: Sequence[Span]) -> Iterator[Part]:
    position = within.start
    for word in words:
        start, end = max(word.start, position), min(word.end, within.end)
        if start >= end:
            continue
        if position < start:
            yield Part(text[position:start], matched=False)
        yield Part(text[start:end], matched=True)
        position = end
    if position < within.end:
        yield Part(text[position : within.end], matched=False)


def _verdict_text(answer: Answer, say: Catalogue) -> str:
    if answer.verdict == "answered":
        return say.count("script.verdict_answered", len(answer.passages))
    return say.say(f"script.verdict_{answer.verdict}") if answer.verdict != "urgent" else ""
