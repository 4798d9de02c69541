"""Values with defaults, so that a test names only what it is about."""

from __future__ import annotations

from chatbot.values import Article, Passage, Question, Source


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
