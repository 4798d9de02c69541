"""JSON ↔ values: reads what visitors' programs send, writes what they get."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from chatbot.errors import ChatbotError
from chatbot.values import Answer, Confidence, Excerpt, Feedback, Notice, Passage, Problem, Question, Span, Verdict
from chatbot.web.shapes import (
    ArticleBody,
    ChatRequest,
    ContactBody,
    CorrectionBody,
    FeedbackRequest,
    NoticeBody,
    RefusedBody,
    SourceBody,
    SuggestionsRequest,
)

FRAGMENT_WORDS = 8
# Enough to be found once on a page, and short enough to survive small edits of the original.
REMEMBERED = 4096
# passages whose JSON is kept, the last ones shown

_encoder = msgspec.json.Encoder()
Body = TypeVar("Body", bound=msgspec.Struct)


class NotJSON(ChatbotError):
    """The body is not one JSON text in UTF-8."""


class WrongFields(ChatbotError):
    """The body is JSON of the wrong shape.

    fields: name of each wrong field, "" for the whole body -> the sentence that says what it must be.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        super().__init__(" ".join(fields.values()))


def parse(body: bytes) -> object:
    """Return what the bytes say in JSON; raise NotJSON unless they are one JSON text in UTF-8.

    Stricter than Python: a name twice in one object, NaN and lone surrogates are refused, since no two programs agree
    on what they mean.
    """
    try:
        value = _decoder.decode(body.decode("utf-8"))
        if b"\\u" in body:
            # Escapes can smuggle in half a character, which UTF-8 cannot carry onwards.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        # From None: the decoder's error carries the whole body, and a question must not reach a log.
        raise NotJSON("The body must be one JSON object in UTF-8.") from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _number(text: str) -> float | int:
    # JSON has one kind of number: 8.0 is a whole number.
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_number)


def convert(values: object, shape: type[Body], *, strict: bool = True) -> Body:
    """Return the values in their shape, or raise WrongFields with every wrong field at once.

    strict: False reads numbers from texts, as an address holds them.
    """
    if not isinstance(values, dict):
        raise WrongFields({"": "The body must be a JSON object."})
    try:
        return msgspec.convert(values, shape, strict=strict)
    except msgspec.ValidationError:
        return _field_by_field(values, shape, strict=strict)


def _field_by_field(values: Mapping[str, object], shape: type[Body], *, strict: bool) -> Body:
    """Do the same slowly, to name all that is wrong; msgspec stops at the first fault."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in msgspec.structs.fields(shape):
        if field.name in values:
            try:
                found[field.name] = msgspec.convert(values[field.name], field.type, strict=strict)
            except msgspec.ValidationError:
                wrong[field.name] = _sentence(field)
        elif field.required:
            wrong[field.name] = _sentence(field)
    if wrong:
        raise WrongFields(wrong)
    return shape(**found)


def _sentence(field: msgspec.structs.FieldInfo) -> str:
    rule = field.type.__metadata__[0].extra["rule"]
    return f'"{field.name}" must be {rule}.'


def chat_request(body: bytes) -> tuple[Question, int]:
    """Read a question and how many passages to show; raises NotJSON or WrongFields."""
    request = convert(parse(body), ChatRequest)
    history = tuple(stripped for earlier in request.history if (stripped := earlier.strip()))
    return Question(request.question.strip(), history), request.limit


def feedback_request(body: bytes) -> Feedback:
    """Read what a visitor thinks of an answer; raises NotJSON or WrongFields."""
    request = convert(parse(body), FeedbackRequest)
    return Feedback(**msgspec.structs.asdict(request))


def suggestions_request(arguments: Mapping[str, str]) -> SuggestionsRequest:
    """Read an address's arguments; raises WrongFields."""
    return convert(dict(arguments), SuggestionsRequest, strict=False)


def answer_json(answer: Answer) -> bytes:
    """Return an answer as the API gives it, in JSON; its shape is AnswerBody's."""
    return _encoder.encode(
        _AnswerJSON(
            answer.verdict,
            [_passage_json(excerpt) for excerpt in answer.passages],
            _notice_body(answer.notice) if answer.notice else None,
            [CorrectionBody(correction.typed, correction.used) for correction in answer.corrections],
            answer.suggestions,
            answer.disclaimer,
            answer.corpus_version,
            [ArticleBody(link.title, link.url) for link in answer.nearest] or msgspec.UNSET,
            answer.no_answer or msgspec.UNSET,
        )
    )


class _AnswerJSON(msgspec.Struct):
    """AnswerBody with passages of which the unchanging parts are written already; same members, same order."""

    verdict: Verdict
    passages: Sequence[_PassageJSON]
    notice: NoticeBody | None
    corrections: Sequence[CorrectionBody]
    suggestions: Sequence[str]
    disclaimer: str
    corpus_version: str
    nearest: Sequence[ArticleBody] | msgspec.UnsetType
    no_answer: str | msgspec.UnsetType


class _PassageJSON(msgspec.Struct):
    id: str
    text: msgspec.Raw
    sentences: Sequence[tuple[int, int]]
    words: Sequence[tuple[int, int]]
    matched: Sequence[tuple[str, str]]
    confidence: Confidence
    risks_url: str | None
    source: msgspec.Raw


def _passage_json(excerpt: Excerpt) -> _PassageJSON:
    text, source = _written(excerpt.passage)
    return _PassageJSON(
        excerpt.passage.id,
        text,
        _offsets(excerpt.sentences),
        _offsets(excerpt.words),
        excerpt.matched,
        excerpt.confidence,
        excerpt.risks_url,
        source,
    )


@lru_cache(maxsize=REMEMBERED)
def _written(passage: Passage) -> tuple[msgspec.Raw, msgspec.Raw]:
    """Write what every answer says of a passage alike: its text and its source."""
    source = SourceBody(
        title=passage.title,
        section=passage.section,
        author=passage.source.author,
        publisher=passage.source.publisher,
        published=passage.source.published,
        reviewed=passage.source.reviewed,
        reviewer=passage.source.reviewer,
        review_by=passage.source.review_by,
        url=passage.url,
        original_url=original_url(passage),
    )
    return msgspec.Raw(_encoder.encode(passage.text)), msgspec.Raw(_encoder.encode(source))


def _notice_body(notice: Notice) -> NoticeBody:
    contacts = tuple(ContactBody(contact.label, contact.phone, contact.url) for contact in notice.contacts)
    return NoticeBody(notice.kind, notice.title, notice.text, contacts)


def _offsets(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def refused_bodies(problems: Sequence[Problem]) -> tuple[RefusedBody, ...]:
    """Return what is wrong in the corpus folder as the API gives it."""
    return tuple(RefusedBody(problem.path, problem.line, problem.message, problem.severity) for problem in problems)


def original_url(passage: Passage) -> str | None:
    """Return the address of the original page at the passage's first words; None when the page is not known.

    A text fragment as WICG's "URL Fragment Text Directives" describes it: a browser that knows them marks the words,
    another opens the page. The opening sentence of a list is left out, since on the page it is a block of its own.
    """
    if not passage.source.url:
        return None
    own_text = passage.text.removeprefix(passage.lead_in).lstrip()
    words = own_text.partition("\n")[0].split()[:FRAGMENT_WORDS]
    # quote() leaves the dash alone, but in a fragment it would part the words from a prefix or suffix.
    fragment = quote(" ".join(words), safe="").replace("-", "%2D")
    return f"{passage.source.url}{'' if '#' in passage.source.url else '#'}:~:text={fragment}"
