"""What an import yields: the pieces of the original, kept or left out, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chatbot.corpus.prose import slug
from chatbot.corpus.writing import Written, article_text, body_text
from chatbot.errors import ChatbotError
from chatbot.values import Block

LONGEST_SLUG = 60
BY_HAND = "left out by hand"
# The names that Windows keeps for itself: no file there can be called so.
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)


class ImportRefused(ChatbotError):
    """A document that cannot be brought in; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the original, in its place."""

    block: Block
    markup: str = ""
    # its words as Markdown, links and emphasis in place; "" where there are none
    cells: tuple[str, ...] = ()
    # the same of each cell, where it is a row of a table
    reason: str = ""
    # why it is left out, in words; "": it is kept


@dataclass(frozen=True, slots=True)
class Page:
    """A document of some format, taken apart and not yet judged."""

    title: str | None
    metadata: Mapping[str, object]
    # what it says of author, dates and source; keys as in the front matter
    parts: tuple[Part, ...]
    # all of it in reading order; with a reason where its format says that it is no text of the article
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that was brought in: always a draft."""

    name: str
    # of the file, or the address
    format: str
    # docx | pdf | html | md | txt
    title: str
    metadata: Mapping[str, object]
    # of the front matter, without title and status
    parts: tuple[Part, ...]
    warnings: tuple[str, ...] = ()
    # what staff should look at, each a sentence
    body: str = ""
    # of Markdown that was brought in and is left as it is; "" where the body is written from the parts

    @property
    def kept(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.reason)

    @property
    def left_out(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.reason)

    @property
    def slug(self) -> str:
        """The name for its file: its own, or one made from the title."""
        given = self.metadata.get("slug")
        return given if isinstance(given, str) and given else slug_for(self.title, self.name)

    def with_body(self, body: str) -> Imported:
        """Return the import with its Markdown left as it was, where nothing of it is left out."""
        return self if self.left_out else replace(self, body=body.strip("\n") + "\n")

    def from_address(self, address: str) -> Imported:
        """Return the import with the web address it comes from; what it says of its own address counts before that."""
        given = self.metadata.get("source")
        source = {**(given if isinstance(given, dict) else {})}
        return replace(self, metadata={**self.metadata, "source": {"url": address, **source}})

    @property
    def markdown(self) -> str:
        """The draft's file."""
        values = {"title": self.title, **self.metadata, "status": "draft"}
        return article_text(values, self.body or body_text(written(self.kept)))


def written(parts: tuple[Part, ...]) -> list[Written]:
    """Return parts as they are written."""
    return [Written(part.block, part.markup, part.cells) for part in parts]


def chosen(imported: Imported, kept: frozenset[int]) -> Imported:
    """Return the import with exactly the parts of these numbers (from 0) kept."""
    parts = tuple(
        replace(part, reason="" if number in kept else part.reason or BY_HAND)
        for number, part in enumerate(imported.parts)
    )
    return imported if parts == imported.parts else replace(imported, parts=parts, body="")


def slug_for(title: str, name: str) -> str:
    """Return a short name for an article's file: of its title, else of the file that was brought in."""
    found = slug(title) or slug(name.rpartition("/")[2].rpartition(".")[0]) or "article"
    if len(found) > LONGEST_SLUG:
        found = found[: LONGEST_SLUG + 1].rpartition("-")[0] or found[:LONGEST_SLUG]
    return f"article-{found}" if found in _RESERVED else found
