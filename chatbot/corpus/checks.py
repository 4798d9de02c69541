"""What makes an article servable: sound metadata, sections that exist, text that can be quoted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatbot.corpus.details import LONGEST_TITLE, MEMBERS, READERS, Details, Fault
from chatbot.corpus.headings import heading_text
from chatbot.corpus.prose import words
from chatbot.values import Block, BlockKind, Document, Problem, SampleQuestion

LONGEST_BLOCK = 20_000
# characters; a paragraph of this length can be shown to nobody
MOST_BLOCKS = 2_000


@dataclass(frozen=True, slots=True)
class Checked:
    details: Details
    problems: tuple[Problem, ...] = ()
    # with an empty path


def check_details(document: Document) -> Checked:
    """Read what the document says about itself, and note every value that cannot be used.

    A name that is not known is advice, with the nearest known one; anything else is an error.
    """
    values: dict[str, object] = {}
    problems = list(_unknown_names(document))
    for name in document.metadata.keys() & READERS.keys():
        try:
            values[name] = READERS[name](document.metadata[name])
        except Fault as fault:
            path = f"{name}.{fault.where}".rstrip(".")
            shown = " ".join(part for part in path.split(".") if not part.isdigit())
            problems.append(Problem("", line_of(document, path), f"{shown} {fault}"))
    return Checked(Details(**values), tuple(sorted(problems, key=lambda problem: problem.line)))  # type: ignore[arg-type]


def line_of(document: Document, path: str) -> int:
    """Return the line of a metadata value by its dotted name, of what it stands in where it is missing itself."""
    while path not in document.lines and "." in path:
        path = path.rpartition(".")[0]
    return document.lines.get(path, 1)


def _unknown_names(document: Document) -> Iterator[Problem]:
    for path in document.lines:
        parts = path.split(".")
        known = tuple(READERS) if len(parts) == 1 else MEMBERS.get(parts[0], ())
        if not parts[-1].isdigit() and parts[-1] not in known:
            yield Problem("", document.lines[path], unknown(parts[-1], known), "advice")


def check_blocks(blocks: Sequence[Block]) -> tuple[Problem, ...]:
    """Return what keeps the blocks from being quoted: none at all, too many, or one that is far too long."""
    if not any(block.kind is not BlockKind.HEADING for block in blocks):
        return (Problem("", 1, "there is no text to answer with; write at least one paragraph"),)
    if len(blocks) > MOST_BLOCKS:
        return (Problem("", 1, f"has {len(blocks):,} paragraphs; an article has at most {MOST_BLOCKS:,}: split it"),)
    return tuple(
        Problem("", block.line, f"this paragraph has {len(block.text):,} characters; nobody can read it: break it up")
        for block in blocks
        if len(block.text) > LONGEST_BLOCK
    )


def check_questions(document: Document, questions: Sequence[SampleQuestion]) -> tuple[Problem, ...]:
    """Return the sample questions whose section is no heading of the article, each with the nearest heading."""
    headings = [heading_text(block.text) for block in document.blocks if block.kind is BlockKind.HEADING]
    known = {words(heading) for heading in headings}
    return tuple(
        Problem("", line_of(document, f"questions.{number}.section"), _no_section(question.section, headings))
        for number, question in enumerate(questions)
        if question.section and words(question.section) not in known
    )


def unknown(name: str, known: Iterable[str]) -> str:
    """Say that a name is not known, and the nearest one that is."""
    near = nearest(name, known)
    return f'"{name}" is not known here and is not read; ' + (f"did you mean {near}?" if near else "delete it")


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known text most like the given one, None where none is at all like it."""
    choices = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(text.casefold()[:LONGEST_TITLE], choices, n=1, cutoff=0.4)
    return choices[found[0]] if found else None


def _no_section(section: str, headings: Sequence[str]) -> str:
    near = nearest(section, headings)
    hint = f'did you mean "{near}"?' if near else "write a heading as it stands in the text"
    return f'section "{section}" is no heading of this article; {hint}'
