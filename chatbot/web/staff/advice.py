"""The advice beside a text, with the way to the place it speaks of, and the text as the visitor will see it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from chatbot.corpus.composing import with_values
from chatbot.errors import CorpusError
from chatbot.publishing.checking import publishable
from chatbot.publishing.live import path_for
from chatbot.publishing.trial import read_draft
from chatbot.services import services
from chatbot.values import Problem
from chatbot.web.interface import catalogue
from chatbot.web.reading import ArticlePage, article_page
from chatbot.web.staff.pages import now


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to mend."""

    message: str
    stops: bool
    # publishing
    line: int = 0
    # of the text in the editor, from 1; 0: it is about the facts above it, or the whole article


def advice(problems: Iterable[Problem], body_line: int) -> list[Advice]:
    """Put problems into the editor's words, what stops publishing first."""
    found = [
        Advice(_sentence(each.message), each.severity == "error", max(0, each.line - body_line + 1))
        for each in problems
    ]
    return sorted(found, key=lambda each: (not each.stops, each.line))


def preview(slug: str, text: str) -> ArticlePage | None:
    """Lay a draft out as the visitor will read it; None while it cannot be read."""
    path, final = path_for(services().desk, slug), publishable(text)
    # While a heading is being rewritten its questions name none; they are not on the page anyway.
    for each in (final, _without_questions(final)):
        with suppress(CorpusError):
            article, _ = read_draft(path, each)
            return article_page(article, catalogue(), now().date())
    return None


def _without_questions(text: str) -> str:
    try:
        return with_values(text, {"questions": []})
    except CorpusError:
        return text


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
