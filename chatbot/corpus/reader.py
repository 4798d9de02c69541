"""The corpus folder as articles; what cannot be served is refused alone, in words that say how to mend it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from chatbot.corpus import html, markdown, plain
from chatbot.corpus.checks import check_blocks, check_details, check_questions, line_of
from chatbot.corpus.cleaning import clean
from chatbot.corpus.details import Details
from chatbot.corpus.files import article_paths, decoded, folder_reason, read_bytes, refusal, within_limit
from chatbot.corpus.passages import passages_of
from chatbot.corpus.prose import slug, words
from chatbot.corpus.readings import Reading, merged
from chatbot.corpus.structure import recover
from chatbot.corpus.titles import fallback_title, without_title
from chatbot.errors import CorpusError
from chatbot.values import Article, Document, Problem, Source

FORMATS: Mapping[str, Callable[[str], Document]] = {
    ".md": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
    ".txt": plain.parse,
}


def read_corpus(folder: Path) -> Reading:
    """Read every article of the folder; never raises.

    A file that cannot be served is left out and stands among the problems; so is one whose slug another file has taken.
    A folder that cannot be read is a problem of its own, with the path ".".
    """
    try:
        paths = article_paths(folder)
    except OSError as error:
        return Reading(problems=(Problem(".", 1, folder_reason(error)),))
    return merged([read_file(path, folder) for path in paths])


def read_article(path: Path, folder: Path) -> Article:
    """Read one article file of the folder.

    Raises CorpusError with everything that keeps it from being served; for a draft its only problem is advice.
    """
    reading = read_file(path, folder)
    if not reading.articles:
        raise CorpusError(reading.problems or [Problem(_relative(path, folder), 1, "is a draft", "advice")])
    return reading.articles[0]


def read_file(path: Path, folder: Path) -> Reading:
    """Read one file: its article, unless it is a draft or cannot be served, and its problems. Never raises."""
    relative = _relative(path, folder)
    return _reading(lambda: read_bytes(path, folder), relative)


def read_source(data: bytes, relative: str) -> Reading:
    """Read what would stand in the file of this path, relative to the corpus folder; the disk is left alone."""
    return _reading(lambda: within_limit(data), relative)


def _reading(source: Callable[[], bytes], relative: str) -> Reading:
    try:
        article, problems = _read(source(), relative)
    except CorpusError as error:
        article, problems = None, error.problems
    return Reading(
        (article,) if article else (), tuple(replace(problem, path=relative) for problem in _by_line(problems))
    )


def _by_line(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line)


def _read(data: bytes, relative: str) -> tuple[Article | None, tuple[Problem, ...]]:
    suffix = PurePosixPath(relative).suffix.lower()
    page = FORMATS[suffix](decoded(data))
    cleaned = clean(page)
    checked = check_details(cleaned)
    if checked.details.status == "draft":
        return None, ()
    document = replace(cleaned, blocks=recover(cleaned.blocks))
    problems = [*checked.problems, *check_blocks(document.blocks)]
    problems += check_questions(document, checked.details.questions)
    if suffix == ".md":
        problems += [*_check_title(document), *_left_out(page, cleaned)]
    if any(problem.severity == "error" for problem in problems):
        return None, tuple(problems)
    article = _article(document, checked.details, Path(relative), hashlib.sha256(data).hexdigest())
    if not article.passages:
        raise refusal(1, "there is no text to answer with; write at least one paragraph")
    return article, tuple(problems)


def _check_title(document: Document) -> Iterator[Problem]:
    if "title" not in document.metadata:
        missing = "the title is missing; begin the file with a line ---, a line title: …, and a line ---"
        yield Problem("", line_of(document, "title"), missing)


def _left_out(page: Document, cleaned: Document) -> Iterator[Problem]:
    """Yield advice on each block that cleaning dropped or cut: staff wrote it, so they hear of it."""
    whole = {(block.line, block.text) for block in cleaned.blocks}
    for block in page.blocks:
        if (block.line, block.text) not in whole and words(block.text) != words(page.title or ""):
            message = (
                f'"{block.text[:60]}" is left out of the answers, it reads as a part of the page around an article'
            )
            yield Problem("", block.line, f"{message}; delete it, or say it in a sentence of its own", "advice")


def _article(document: Document, details: Details, path: Path, checksum: str) -> Article:
    title = details.title or document.title or fallback_title(path, document.blocks)
    blocks = without_title(document.blocks, title)
    name = details.slug or slug(path.stem) or f"article-{checksum[:8]}"
    publisher, url = details.source
    source = Source(
        path=path.as_posix(),
        author=details.author,
        publisher=publisher,
        url=url,
        published=details.published,
        reviewed=details.reviewed,
        review_by=details.review_by,
        reviewer=details.reviewer,
    )
    return Article(
        slug=name,
        title=title,
        source=source,
        passages=passages_of(blocks, slug=name, title=title, source=source, questions=details.questions),
        checksum=checksum,
        summary=details.summary,
        topics=details.topics,
        references=details.references,
        questions=details.questions,
    )


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
