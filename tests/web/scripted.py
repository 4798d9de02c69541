"""The visitor's side with answers that a test writes down, so that no ranking decides what is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from flask import Flask

from chatbot.answering.notices import SafetyRules, disclaimer, read_rules
from chatbot.app import TEMPLATES
from chatbot.errors import NoCorpus
from chatbot.settings import Settings
from chatbot.values import (
    Answer,
    Article,
    ArticleLink,
    Contact,
    Correction,
    Excerpt,
    Feedback,
    Notice,
    Passage,
    Question,
    Reference,
    Source,
    Span,
    Verdict,
)
from chatbot.web import chat, embed, metrics, pages, problems, reading, security

SOURCE = Source(
    "sciatica.md",
    author="Dana Reyes",
    publisher="Harbour Clinic",
    url="https://clinic.example/blog/sciatica",
    published=date(2023, 8, 8),
    reviewed=date(2026, 11, 1),
    reviewer="Dr. Ana Ruiz",
)
OVERDUE = Source("infusion-day.md", author="Article team", reviewed=date(2024, 9, 1), review_by=date(2025, 9, 1))
OPENING = (
    "Sciatica is pain down one leg 🙂 from an irritated nerve. Small studies have looked at ketamine for it. "
    "Few people took part, so nobody can say how well it works."
)
APPROVAL = "Ketamine has not been approved for sciatica. Using it for pain is off-label."
LEAD_IN = "On the day of an infusion the team usually does these things:"
STEPS = ("asks about your medicines and any allergy", "places a drip in a vein of your arm", "checks blood pressure")
DISCLAIMER = "This is general information from our articles, not medical advice. In an emergency call 911."
CRISIS = Notice(
    "crisis",
    "Help is there now",
    "Call or text 988 now, or call 911. A trained counselor answers day and night. Nobody is reading this page.",
    (Contact("Crisis line", "988", "tel:988"), Contact("Chat online", None, "https://988lifeline.org")),
)
ADVICE = Notice("advice", "We cannot judge your own situation", "A pain specialist can tell you what applies to you.")
NO_CLINICS = "We do not recommend clinics, and we know no prices."
SUGGESTIONS = ("What happens on an infusion day?", "Is ketamine approved for sciatica?", "How long does relief last?")


def passage(anchor: str, text: str, *headings: str, lead_in: str = "", source: Source = SOURCE) -> Passage:
    slug = source.path.removesuffix(".md")
    title = {"sciatica": "Ketamine and sciatica", "infusion-day": "What happens on an infusion day"}[slug]
    return Passage(slug, anchor, title, headings, text, source, lead_in)


SCIATICA = Article(
    "sciatica",
    "Ketamine and sciatica",
    SOURCE,
    (
        passage("opening", OPENING),
        passage("approval", APPROVAL, "Is it approved?"),
        passage("injections", "Two small trials looked at injections.", "What do studies say?", "Injections"),
        passage("infusions", "No good trial of infusions was found.", "What do studies say?", "Infusions"),
        passage("help", "Get help at once for:\n- numbness between the legs\n- weak legs", "When to get help"),
    ),
    "0" * 64,
    summary="What small studies say about ketamine for sciatica.",
    references=(Reference("Amr YM. Pain Physician 2011.", "https://doi.example/1"), Reference("A book. 2020.")),
)
INFUSION_DAY = Article(
    "infusion-day",
    "What happens on an infusion day",
    OVERDUE,
    tuple(
        passage(f"step-{number}", f"{LEAD_IN}\n{step}", "What the team does", lead_in=LEAD_IN, source=OVERDUE)
        for number, step in enumerate(STEPS)
    ),
    "1" * 64,
)
NEAREST = tuple(ArticleLink(article.slug, article.title) for article in (SCIATICA, INFUSION_DAY))


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def make_answer(question: Question, verdict: Verdict = "answered", *passages: Excerpt, **more: object) -> Answer:
    return Answer(question, verdict, DISCLAIMER, "9f3c", passages=passages, **more)  # type: ignore[arg-type]


CLOSE = Excerpt(
    SCIATICA.passages[0],
    "high",
    (span(OPENING, "Small studies have looked at ketamine for it."),),
    (span(OPENING, "Sciatica"), span(OPENING, "ketamine")),
    risks_url="/articles/side-effects-and-risks",
)
DRIP = Excerpt(
    INFUSION_DAY.passages[1],
    "medium",
    (span(INFUSION_DAY.passages[1].text, STEPS[1]),),
    (span(INFUSION_DAY.passages[1].text, "drip"),),
    (("infusion", "drip"),),
)
LOOSE = Excerpt(SCIATICA.passages[1], "low")


def script(question: Question) -> Answer:
    """Answer by a word in the question, so that a test can ask for every kind of card."""
    text = question.text.lower()
    if "end it" in text:
        return make_answer(question, "urgent", notice=CRISIS)
    if "france" in text or "clinic" in text:
        own_words = NO_CLINICS if "clinic" in text else ""
        return make_answer(question, "nothing", suggestions=SUGGESTIONS, nearest=NEAREST, no_answer=own_words)
    if "yoga" in text:
        return make_answer(question, "unsure", LOOSE)
    if "for me" in text:
        return make_answer(question, "answered", DRIP, notice=ADVICE)
    if "and for" in text:
        return make_answer(
            question, "answered" if question.history else "nothing", *([CLOSE] if question.history else [])
        )
    typo = "siatica" in text and '"siatica"' not in text
    corrections = (Correction("siatica", "sciatica"),) if typo else ()
    return make_answer(question, "answered", CLOSE, DRIP, LOOSE, corrections=corrections, suggestions=SUGGESTIONS[:2])


@functools.cache
def shipped_rules() -> SafetyRules:
    return read_rules()


@dataclass(frozen=True)
class ScriptedSnapshot:
    articles: tuple[Article, ...] = (SCIATICA, INFUSION_DAY)
    starters: tuple[str, ...] = SUGGESTIONS
    version: str = "9f3c"

    @property
    def phrases(self) -> dict[str, str]:
        return {text.lower(): text for text in self.starters}


@dataclass
class ScriptedServices:
    """Stands for the services; `loaded` False: no article could be read."""

    settings: Settings
    asked: list[Question] = field(default_factory=list)
    noted: list[Feedback] = field(default_factory=list)
    loaded: bool = True
    answer: Callable[[Question], Answer] = script
    rules: SafetyRules = field(default_factory=shipped_rules)

    @property
    def library(self) -> ScriptedServices:
        return self

    def snapshot(self) -> ScriptedSnapshot:
        if not self.loaded:
            raise NoCorpus("no article")
        return ScriptedSnapshot()

    def ask(self, question: Question, limit: int = 3) -> Answer:
        self.asked.append(question)
        reply = replace(self.answer(question), disclaimer=disclaimer(self.settings))
        if not self.loaded and reply.verdict != "urgent":
            raise NoCorpus("no article")
        return reply

    def urgent(self, question: Question) -> Answer | None:
        return None

    def learn(self, question: Question, reply: Answer) -> None:
        pass

    def note(self, feedback: Feedback) -> None:
        self.noted.append(feedback)


class Unlimited:
    def wait_seconds(self, address: str | None, action: str) -> int:
        return 0


def make_stage(settings: Settings | None = None) -> tuple[Flask, ScriptedServices]:
    """Build the visitor's side around scripted answers."""
    wired = ScriptedServices(settings or Settings(rate_limit=None))
    app = Flask("chatbot", template_folder=str(TEMPLATES), static_folder=None)
    app.extensions["chatbot"] = wired
    app.extensions["chatbot.limit"] = Unlimited()
    app.extensions["chatbot.metrics"] = metrics.Metrics(wired)  # type: ignore[arg-type]
    problems.register(app, DISCLAIMER)
    security.register(app, wired.settings.frame_ancestors)
    for room in (chat, pages, reading, embed):
        app.register_blueprint(room.blueprint)
    metrics.register(app)
    return app, wired
