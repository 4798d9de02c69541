"""Values with defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.errors import EngineUnavailable
from chatbot.text.dosing import names_dose
from chatbot.values import Article, Concept, Hit, Match, Origin, Passage, Query, Question, Source, Term


def make_source(path: str = "sciatica.md") -> Source:
    return Source(path=path)


def make_passage(
    text: str = "Sciatica is leg pain from an irritated nerve.",
    *,
    slug: str = "sciatica",
    anchor: str = "",
    title: str = "Sciatica",
    headings: tuple[str, ...] = (),
    lead_in: str = "",
    questions: tuple[str, ...] = (),
) -> Passage:
    return Passage(
        slug=slug,
        anchor=anchor or "-".join(text.lower().split()[:4]).strip(".,;:!?"),
        title=title,
        headings=headings,
        text=text,
        source=make_source(f"{slug}.md"),
        lead_in=lead_in,
        questions=questions,
        names_dose=names_dose(title, *headings, text),
    )


def make_article(*texts: str, slug: str = "sciatica", title: str = "Sciatica", heading: str | None = None) -> Article:
    headings = (heading,) if heading else ()
    return Article(
        slug=slug,
        title=title,
        source=make_source(f"{slug}.md"),
        passages=tuple(make_passage(text, slug=slug, title=title, headings=headings) for text in texts),
        checksum="0" * 64,
    )


def make_question(text: str = "What is sciatica?", *history: str) -> Question:
    return Question(text, history)


def make_concept(
    typed: str = "sciatica",
    *,
    stems: tuple[str, ...] = (),
    weight: float = 1.0,
    rarity: float = 1.0,
    subject: float = 0.0,
    origin: Origin = Origin.TYPED,
) -> Concept:
    return Concept(typed, (Term(stems or (typed,), 1.0, origin, typed),), weight, rarity, subject)


def make_hit(concept: Concept | None = None, *, share: float = 0.1, term: Term | None = None) -> Hit:
    found = concept or make_concept()
    return Hit(found, term or found.terms[0], "text", share)


def make_match(
    *hits: Hit, passage: Passage | None = None, score: float = 1.0, coverage: float = 1.0, wording: float = 0.0
) -> Match:
    return Match(passage or make_passage(), score, coverage, wording=wording, hits=hits)


class FakeEngine:
    """Finds what it was given, whatever is asked, and remembers the queries; without matches given it cannot search."""

    def __init__(self, matches: Sequence[Match] | None) -> None:
        self.matches = matches
        self.queries: list[Query] = []

    def search(self, query: Query, limit: int) -> tuple[Match, ...]:
        self.queries.append(query)
        if self.matches is None:
            raise EngineUnavailable("The engine is away.")
        return tuple(self.matches[:limit])
