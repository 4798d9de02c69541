"""The shapes of what the API takes and gives. The OpenAPI document is made of these types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from chatbot.values import Confidence, NoticeKind, Verdict

QUESTION_LIMIT = 2000
ENDS, CORE = r"[\s\x1c-\x1f\x85]", r"[^\s\x1c-\x1f\x85]"
# what str.strip() cuts and leaves; what "\s" alone covers differs between languages
TRIMMED = rf"^{ENDS}*{CORE}(?:[\s\S]{{0,{QUESTION_LIMIT - 2}}}{CORE})?{ENDS}*$"


def _must(rule: str) -> Mapping[str, str]:
    return {"rule": rule}


# --- requests ---------------------------------------------------------------------------------

QuestionText = Annotated[
    str,
    Meta(
        description="1 to 2,000 characters, counted after white space at both ends is cut.",
        pattern=TRIMMED,
        extra=_must("a text of 1 to 2,000 characters"),
    ),
]
EarlierText = Annotated[str, Meta(max_length=QUESTION_LIMIT)]


class ChatRequest(msgspec.Struct, frozen=True):
    """A question. Members that are not named here are ignored."""

    question: QuestionText
    history: Annotated[
        tuple[EarlierText, ...],
        Meta(
            max_length=10,
            description="The visitor's earlier questions, oldest first. The server keeps none of them.",
            extra=_must("a list of at most 10 texts of up to 2,000 characters, oldest first"),
        ),
    ] = ()
    limit: Annotated[
        int,
        Meta(ge=1, le=10, description="How many passages to show at most.", extra=_must("a whole number from 1 to 10")),
    ] = 3


class FeedbackRequest(msgspec.Struct, frozen=True):
    """What a visitor thinks of one answer. There is no place for free text."""

    corpus_version: Annotated[
        str,
        Meta(
            pattern=r"^[0-9a-z]{1,64}$",
            description="`corpus_version` of the answer.",
            extra=_must("the corpus_version of the answer"),
        ),
    ]
    verdict: Annotated[
        Verdict,
        Meta(description="`verdict` of the answer.", extra=_must("one of answered, unsure, nothing or urgent")),
    ]
    helpful: Annotated[bool, Meta(extra=_must("true or false"))]
    passage: Annotated[
        Annotated[str, Meta(max_length=300, pattern=r"^[^#\x00-\x20]+#[^#\x00-\x20]+$")] | None,
        Meta(
            description="`id` of the passage; null for the answer as a whole.",
            extra=_must("the id of a passage, or null for the answer as a whole"),
        ),
    ] = None
    reason: Annotated[
        Literal["outdated", "unclear", "wrong", "unsafe", "other"] | None,
        Meta(
            description="Why it did not help.",
            extra=_must("one of outdated, unclear, wrong, unsafe or other, or null"),
        ),
    ] = None


class SuggestionsRequest(msgspec.Struct, frozen=True):
    """What the address of the suggestions may hold."""

    q: Annotated[
        str,
        Meta(
            max_length=200,
            description="What the visitor has typed so far; left out or empty: questions to start with.",
            extra=_must("at most 200 characters"),
        ),
    ] = ""
    limit: Annotated[
        int, Meta(ge=1, le=10, description="How many to show at most.", extra=_must("a whole number from 1 to 10"))
    ] = 5


NoArticles = Literal["folder_away", "no_articles", "all_refused"]
Served = Literal["ready", "files_refused", "articles_away"]

# --- replies ----------------------------------------------------------------------------------

Offsets = Annotated[
    tuple[int, int],
    Meta(description="[start, end): Unicode characters (code points) of `text`, not UTF-16 units as in JavaScript."),
]


class SourceBody(msgspec.Struct, frozen=True):
    """Where a passage comes from. What is unknown is null."""

    title: str
    section: str | None
    author: str | None
    publisher: str | None
    published: date | None
    reviewed: date | None
    reviewer: Annotated[str | None, Meta(description="The clinician who reviewed it; null: nobody has yet.")]
    review_by: Annotated[date | None, Meta(description="When the next review is due.")]
    url: Annotated[str, Meta(description="The passage on our own page of the article.")]
    original_url: Annotated[
        str | None, Meta(description="The page the article was taken from, at the passage's words.")
    ]


class PassageBody(msgspec.Struct, frozen=True):
    """A passage, word for word as the article has it."""

    id: Annotated[str, Meta(description="Stays the same while the paragraph stands.")]
    text: Annotated[str, Meta(description="The paragraph, or the list item below the sentence that opens its list.")]
    sentences: Annotated[tuple[Offsets, ...], Meta(description="The sentences that answer.")]
    words: Annotated[tuple[Offsets, ...], Meta(description="The words that matched.")]
    matched: Annotated[
        tuple[tuple[str, str], ...],
        Meta(description="The visitor's word and the article's word for it, where a synonym joined the two."),
    ]
    confidence: Confidence
    risks_url: Annotated[
        str | None, Meta(description="Of a passage on the treatment: our page on its risks. Show a link to it.")
    ]
    source: SourceBody


class ContactBody(msgspec.Struct, frozen=True):
    label: str
    phone: str | None
    url: str | None


class NoticeBody(msgspec.Struct, frozen=True):
    """Fixed words that stand above an answer, or instead of it."""

    kind: NoticeKind
    title: str
    text: str
    contacts: tuple[ContactBody, ...]


class CorrectionBody(msgspec.Struct, frozen=True):
    typed: str
    used: str


class ArticleBody(msgspec.Struct, frozen=True):
    title: str
    url: Annotated[str, Meta(description="Our own page of the article.")]


class AnswerBody(msgspec.Struct, frozen=True):
    """The answer to one question. `urgent`: show the notice first, and nothing else."""

    verdict: Verdict
    passages: Annotated[tuple[PassageBody, ...], Meta(description="Best first; none when nothing or urgent.")]
    notice: NoticeBody | None
    corrections: tuple[CorrectionBody, ...]
    suggestions: Annotated[tuple[str, ...], Meta(description="Questions that the articles answer.")]
    disclaimer: Annotated[str, Meta(description="Must be shown with every answer, whole.", min_length=1)]
    corpus_version: str
    nearest: Annotated[
        tuple[ArticleBody, ...] | msgspec.UnsetType,
        Meta(description="Only when nothing: the articles nearest to the question, best first."),
    ] = msgspec.UNSET
    no_answer: Annotated[
        str | msgspec.UnsetType,
        Meta(description="Only when nothing: fixed words to show instead of your own, about clinics and costs."),
    ] = msgspec.UNSET


class SuggestionsBody(msgspec.Struct, frozen=True):
    """Questions and headings of the articles; never what visitors typed."""

    suggestions: tuple[str, ...]
    disclaimer: str
    corpus_version: str


class HealthBody(msgspec.Struct, frozen=True):
    """The process lives."""

    status: Literal["alive"]


class RefusedBody(msgspec.Struct, frozen=True):
    """Something wrong in a file of the corpus folder, and how to mend it."""

    path: str
    line: int
    message: str
    severity: Literal["error", "advice"]


class ReadyBody(msgspec.Struct, frozen=True):
    """The articles are loaded."""

    status: Literal["ready"]
    state: Annotated[Served, Meta(description="Whether all files are served as they stand.")]
    detail: Annotated[str, Meta(description="The state in a sentence.")]
    corpus_version: str
    rules_version: str
    articles: int
    passages: int
    engine: Annotated[Literal["bm25", "opensearch"], Meta(description="The engine that answers now.")]
    engine_away: Annotated[
        str | None, Meta(description="Why the engine that is set does not answer; the embedded one stands in.")
    ]
    problems: Annotated[
        tuple[RefusedBody, ...], Meta(description="Files that were refused; their last good version stays served.")
    ]
    last_good: Annotated[tuple[str, ...], Meta(description="Files of which an earlier version is served.")]
    index: Annotated[
        Literal["kept", "waiting", "failing"], Meta(description="Whether the next start finds its index on the disk.")
    ]
    database: Annotated[
        Literal["unopened", "ready", "failing"],
        Meta(description="Where staff's data is kept, when it was last used; answers do not need it."),
    ]


class WrongField(msgspec.Struct, frozen=True):
    detail: str
    pointer: Annotated[str, Meta(description="JSON pointer to the field, or the name of a query parameter.")]


class ProblemBody(msgspec.Struct, frozen=True):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Meta(description="A sentence that people understand.")]
    disclaimer: Annotated[str, Meta(min_length=1)]
    errors: Annotated[tuple[WrongField, ...] | UnsetType, Meta(description="Every wrong field.")] = UNSET
    problems: Annotated[tuple[RefusedBody, ...] | UnsetType, Meta(description="Files that were refused.")] = UNSET
    state: Annotated[NoArticles | UnsetType, Meta(description="Why there is no article.")] = UNSET
    error_id: Annotated[str | UnsetType, Meta(description="Stands in the server's log.")] = UNSET
