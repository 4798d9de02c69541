"""The articles as they were read, kept for the next start: a file that was not touched since need not be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from chatbot.corpus.fingerprint import Mark
from chatbot.corpus.loading import FileReading
from chatbot.corpus.readings import Reading
from chatbot.values import Article, Passage, Problem


class KeptPassage(Struct, frozen=True, array_like=True):
    """What a passage does not share with all others of its article."""

    anchor: str
    headings: tuple[str, ...]
    text: str
    lead_in: str
    questions: tuple[str, ...]
    names_dose: bool


class KeptFile(Struct, frozen=True):
    """One file as it was read."""

    mark: Mark
    problems: tuple[Problem, ...]
    articles: tuple[tuple[Article, tuple[KeptPassage, ...]], ...]
    # each without its passages, and those


KeptFiles = dict[str, KeptFile]
# by path


def kept_files(files: Mapping[Path, FileReading]) -> KeptFiles:
    """Take the readings of files apart."""
    return {
        str(path): KeptFile(each.mark, each.reading.problems, tuple(map(_apart, each.reading.articles)))
        for path, each in files.items()
    }


def files_of(kept: KeptFiles) -> Mapping[Path, FileReading]:
    """Put them together again."""
    return {
        Path(path): FileReading(each.mark, Reading(tuple(_together(*pair) for pair in each.articles), each.problems))
        for path, each in kept.items()
    }


def _apart(article: Article) -> tuple[Article, tuple[KeptPassage, ...]]:
    passages = tuple(
        KeptPassage(each.anchor, each.headings, each.text, each.lead_in, each.questions, each.names_dose)
        for each in article.passages
    )
    return replace(article, passages=()), passages


def _together(article: Article, passages: tuple[KeptPassage, ...]) -> Article:
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    # The passages of a section share its headings and its questions.
    found = tuple(
        Passage(
            slug=article.slug,
            anchor=each.anchor,
            title=article.title,
            headings=known.setdefault(each.headings, each.headings),
            text=each.text,
            source=article.source,
            lead_in=each.lead_in,
            questions=known.setdefault(each.questions, each.questions),
            names_dose=each.names_dose,
        )
        for each in passages
    )
    return replace(article, passages=found)
