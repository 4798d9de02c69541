"""An answer as plain text, for the command line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from chatbot.answering.explaining import Candidate, Explanation
from chatbot.values import Answer, Excerpt, Notice, Span

WIDTH = 100
WHOLE = "the whole question"
# what it leans towards has no word of its own
MARK = ("«", "»")
# around the sentences that answer


def transcript(reply: Answer, today: date) -> str:
    """Write an answer out: verdict, notice, corrections, passages with source and marked sentences, disclaimer.

    Without passages: the words for no answer where it has its own, and the nearest articles. today: decides which
    passages are due for review.
    """
    parts = [f"verdict: {reply.verdict}"]
    if reply.notice:
        parts.append(_notice(reply.notice))
    if reply.corrections:
        parts.append("\n".join(f'searched for "{each.used}" instead of "{each.typed}"' for each in reply.corrections))
    if reply.no_answer:
        parts.append(_wrapped(reply.no_answer))
    if reply.nearest:
        parts.append("\n".join(["nearest articles:", *(f"  {link.title}: {link.url}" for link in reply.nearest)]))
    parts.extend(_passage(number, excerpt, today) for number, excerpt in enumerate(reply.passages, start=1))
    parts.append(_wrapped(reply.disclaimer))
    return "\n\n".join(parts)


def explanation(found: Explanation) -> str:
    """Write out why: the safety rules, what was looked for and found, what each signal added, the thresholds."""
    sought = ", ".join(
        f"{concept.typed or WHOLE} (rarity {concept.rarity:.2f}, weight {concept.weight:.2f})"
        for concept in found.query.concepts
    )
    safety = ", ".join(found.assessment.families) or "nothing"
    at = f"answered from {found.policy.answered_at:.2f}, unsure from {found.policy.unsure_at:.2f}"
    return "\n\n".join(
        [
            f"safety rules: {safety}",
            f"looked for: {sought or 'nothing'}",
            *map(_why, found.candidates),
            f"verdict: {found.verdict} ({at})",
        ]
    )


def marked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with the spans between marks; spans in order, not overlapping."""
    opening, closing = MARK
    for span in reversed(spans):
        text = f"{text[: span.start]}{opening}{text[span.start : span.end]}{closing}{text[span.end :]}"
    return text


def _notice(notice: Notice) -> str:
    contacts = [" ".join(filter(None, (each.label, each.phone, each.url))) for each in notice.contacts]
    return "\n".join([f"[{notice.kind}] {notice.title}", _wrapped(notice.text), *(f"  {line}" for line in contacts)])


def _passage(number: int, excerpt: Excerpt, today: date) -> str:
    passage = excerpt.passage
    lines = [f"{number}. {' › '.join((passage.title, *passage.headings))} ({excerpt.confidence})"]
    lines.append(_wrapped(marked(passage.text, excerpt.sentences), "   "))
    lines.extend(f"   matched: {typed} = {found}" for typed, found in excerpt.matched)
    lines.append(f"   source: {', '.join(_source(excerpt, today))}")
    return "\n".join(lines)


def _source(excerpt: Excerpt, today: date) -> Iterator[str]:
    source = excerpt.passage.source
    yield from filter(None, (source.author, source.publisher))
    if source.published:
        yield f"published {source.published}"
    if source.reviewed:
        yield f"reviewed {source.reviewed}"
    if source.review_by and source.review_by < today:
        yield f"review due since {source.review_by}"
    yield excerpt.passage.url


def _why(candidate: Candidate) -> str:
    match = candidate.match
    parts = ", ".join(f"{name} {value:.2f}" for name, value in match.parts.items())
    shares = f"coverage {match.coverage:.2f}, wording {match.wording:.2f}"
    signs = ", ".join(f"{name} {value:.2f}" for name, value in candidate.signs.items())
    lines = [f"{match.passage.id}", f"  score {match.score:.2f} = {parts}; {shares}"]
    lines.append(f"  confidence {candidate.confidence:.2f} by {signs}")
    lines.extend(
        f"  {hit.concept.typed or WHOLE}: {' '.join(hit.term.stems)} ({hit.term.origin}, in the {hit.where})"
        for hit in match.hits
    )
    return "\n".join(lines)


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(
        textwrap.fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent) for line in text.split("\n")
    )
