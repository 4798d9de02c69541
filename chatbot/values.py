"""Every value that passes between rooms, and the Engine protocol. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, Protocol

# --- what the corpus folder holds -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a staff file, in words that say how to mend it."""

    path: str
    # relative to the corpus folder, with forward slashes
    line: int
    # first line is 1; 1 where the whole file is meant
    message: str
    # "what, and how to mend it"
    severity: Literal["error", "advice"] = "error"
    # an error keeps the article from being served, advice does not

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article's words come from. What is unknown is None."""

    path: str
    # the article's file, relative to the corpus folder
    author: str | None = None
    publisher: str | None = None
    # name of the site or house the words come from
    url: str | None = None
    # address of the original page
    published: date | None = None
    reviewed: date | None = None
    review_by: date | None = None
    reviewer: str | None = None
    # the clinician who reviewed it


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article as its file shows it, in reading order."""

    kind: BlockKind
    text: str
    # one line, white space folded, no markup
    line: int = 1
    # where it starts in the file
    level: int = 0
    # of a heading: 1 to 6, 0 when the file does not say; of an item: how deep it is nested, from 0
    ordered: bool = False
    # an item that the file numbers


@dataclass(frozen=True, slots=True)
class Document:
    """One file, parsed: what it says about itself, and its blocks."""

    title: str | None
    metadata: Mapping[str, object]
    # front matter, or what the page shows of author and dates; keys as in the front matter
    blocks: tuple[Block, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    # where the file gives a value of the metadata: "title" or, inside another, "questions.0.section" -> line


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question that staff say a section answers."""

    ask: str
    section: str
    # the heading it belongs to, as written; "" for the article's opening


@dataclass(frozen=True, slots=True)
class Reference:
    """One source that an article's claims rest on."""

    text: str
    # authors, year, title, publisher
    url: str | None = None
    # its address, or that of its DOI


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item that can be quoted alone; it carries its own source."""

    slug: str
    # of its article
    anchor: str
    # lasting name within the article, made of the passage's own words
    title: str
    # of its article
    headings: tuple[str, ...]
    # from the outermost heading to the nearest; () in the opening
    text: str
    # what the visitor reads; a list item begins with the sentence that opens its list and a line break;
    # a bare list is its opening sentence and one line "- …" an item
    source: Source
    lead_in: str = ""
    # of a list item: the opening sentence that `text` begins with
    questions: tuple[str, ...] = ()
    # staff's sample questions for this section
    names_dose: bool = False
    # it, its heading or its title reads as a dose: no question about doses is shown it

    def __hash__(self) -> int:
        # Texts keep their hash, so looking a passage up costs next to nothing; what is equal has all three alike.
        return hash((self.slug, self.anchor, self.text))

    @property
    def id(self) -> str:
        return f"{self.slug}#{self.anchor}"

    @property
    def section(self) -> str | None:
        return self.headings[-1] if self.headings else None

    @property
    def url(self) -> str:
        return f"/articles/{self.slug}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Article:
    slug: str
    title: str
    source: Source
    passages: tuple[Passage, ...]
    checksum: str
    # sha256 of the file's bytes, in hex
    summary: str | None = None
    topics: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    questions: tuple[SampleQuestion, ...] = ()


# --- a question and what it becomes -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    history: tuple[str, ...] = ()
    # the visitor's earlier questions, oldest first


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets into one text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text."""

    stem: str
    start: int
    end: int
    # offsets into the text, half-open
    word: str = ""
    # as it stands there, in lower case


class Origin(StrEnum):
    """How a term came into a query."""

    TYPED = "typed"
    SYNONYM = "synonym"
    CORRECTION = "correction"
    RELATIVE = "relative"
    # a word of the same family
    HINT = "hint"
    # what most phrases with this word mean
    LEANING = "leaning"
    # what the question leans towards as a whole
    CARRIED = "carried"
    # from an earlier question of the conversation


@dataclass(frozen=True, slots=True)
class Term:
    """One way to say a concept in the articles' words."""

    stems: tuple[str, ...]
    # one stem, or several for a phrase: all of them should be found
    weight: float
    # 0 < weight <= 1; 1 for what the visitor typed
    origin: Origin
    word: str = ""
    # in readable form, for "matched: drip = infusion"


class Terms(tuple[Term, ...]):
    """The terms of one concept, whose hash is worked out once: what is known of them is looked up again and again."""

    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash = super().__hash__()
            return self._hash


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the question speaks of. Its terms stand for one another: the best one found counts."""

    typed: str
    # the visitor's own word or words, in lower case; "" for what the question leans towards as a whole
    terms: tuple[Term, ...]
    # best first; the typed one first where it carries weight
    weight: float = 1.0
    # 1 in the question itself, less in the story around it or when carried from an earlier turn, more when repeated
    rarity: float = 1.0
    # how telling the typed word is in general English: 0 says nothing, 1 is a word that few texts hold
    subject: float = 0.0
    # 0..1: how surely it makes the question one of its own, which a passage without it does not answer
    known: bool = True
    # whether the articles hold any of its terms anywhere


@dataclass(frozen=True, slots=True)
class Correction:
    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks of the engine."""

    concepts: tuple[Concept, ...]
    # in the order of the question
    corrections: tuple[Correction, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    # indices of concepts that stand side by side in the question
    wording: tuple[str, ...] = ()
    # stems of every word of the question itself, question words included: headings are matched by these
    wants: frozenset[Literal["time", "number", "year"]] = frozenset()
    # kinds of answer that the question asks for: "how long" wants a time


@dataclass(frozen=True, slots=True)
class Hit:
    """One concept of the query, found in a passage."""

    concept: Concept
    term: Term
    # the alternative that counted
    where: str
    # "text", or "heading" when only the title or a heading holds it
    share: float = 0.0
    # share of all passages that hold the concept as typed, 0..1: "pain" stands in most of them


@dataclass(frozen=True, slots=True)
class Match:
    """A passage and how well it fits one query."""

    passage: Passage
    score: float
    # orders the matches of one query only; scores of two queries are not comparable
    coverage: float
    # 0..1: the share of the query's concepts found in the passage, each weighed by how telling it is
    wording: float = 0.0
    # 0..1: how alike the question is worded to the section's heading or one of its sample questions
    hits: tuple[Hit, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
    # what each signal added to the score, for staff


class Engine(Protocol):
    """Anything that ranks the passages of one corpus version for a query."""

    def search(self, query: Query, limit: int) -> tuple[Match, ...]:
        """Return at most `limit` matches, best first; raise EngineUnavailable when it cannot."""


# --- the answer -------------------------------------------------------------------------------

Verdict = Literal["answered", "unsure", "nothing", "urgent"]
Confidence = Literal["high", "medium", "low"]
NoticeKind = Literal["crisis", "emergency", "advice"]


@dataclass(frozen=True, slots=True)
class Contact:
    label: str
    phone: str | None = None
    # as people read and dial it
    url: str | None = None
    # tel:, sms: or https: address


@dataclass(frozen=True, slots=True)
class Notice:
    """Fixed words that stand above an answer, or instead of it."""

    kind: NoticeKind
    title: str
    text: str
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage as an answer shows it."""

    passage: Passage
    confidence: Confidence
    sentences: tuple[Span, ...] = ()
    # the sentences that answer
    words: tuple[Span, ...] = ()
    # the words that matched
    matched: tuple[tuple[str, str], ...] = ()
    # (the visitor's word, the article's word) where a synonym or correction joined the two
    risks_url: str | None = None
    # of a passage on the treatment: our page on its risks; None on that page itself


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article to read, where no passage answers."""

    slug: str
    title: str

    @property
    def url(self) -> str:
        return f"/articles/{self.slug}"


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds of one corpus, each with the measurement that chose it where it is set."""

    answered_at: float
    # confidence (0..1) from which the articles answer
    unsure_at: float
    # confidence from which passages are shown as perhaps related
    limit: int = 3
    # passages shown when the caller names no number


@dataclass(frozen=True, slots=True)
class Answer:
    """What the visitor gets. There is no default for `disclaimer`: none can be built without it."""

    question: Question
    verdict: Verdict
    disclaimer: str
    corpus_version: str
    passages: tuple[Excerpt, ...] = ()
    # best first
    notice: Notice | None = None
    corrections: tuple[Correction, ...] = ()
    suggestions: tuple[str, ...] = ()
    nearest: tuple[ArticleLink, ...] = ()
    # of the verdict "nothing": the articles nearest to the question, best first
    no_answer: str = ""
    # fixed words that stand where the articles do not answer, instead of the usual ones; "": the usual ones
    category: str = ""
    # the most urgent one that the safety rules found; empty: none
    coverage: float = 0.0
    # 0..1, of the best match
    is_private: bool = True
    # the question's words may never be kept, whatever the settings say

    def __post_init__(self) -> None:
        if not self.disclaimer.strip():
            raise ValueError("an answer carries the disclaimer; it may not be empty")
        if self.verdict in ("nothing", "urgent") and self.passages:
            raise ValueError(f'the verdict "{self.verdict}" shows no passages')
        if self.verdict != "nothing" and (self.nearest or self.no_answer):
            raise ValueError(f'the verdict "{self.verdict}" needs no nearest articles and no words for no answer')


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a visitor thinks of one answer; never the question."""

    corpus_version: str
    # of the answer
    verdict: Verdict
    helpful: bool
    passage: str | None = None
    # the passage's id; None for the answer as a whole
    reason: Literal["outdated", "unclear", "wrong", "unsafe", "other"] | None = None
