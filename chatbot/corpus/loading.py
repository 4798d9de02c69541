"""What the corpus folder says now, with the last good version of whatever cannot be read."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from chatbot.corpus.files import article_paths
from chatbot.corpus.fingerprint import Mark, mark
from chatbot.corpus.readings import Reading, merged
from chatbot.errors import CorpusError
from chatbot.text.lexicon import NO_LEXICON, Lexicon, read_lexicon
from chatbot.values import Article, Problem

SHIPPED_LEXICON = Path(__file__).parents[2] / "corpus" / "lexicon.toml"
# used when the corpus folder has none of its own

QUESTIONS = "questions.toml"

NOTHING = "no article can be read from this folder; put .md, .html or .txt files into articles/"
STILL_SERVED = "no article is left in this folder; the last ones stay served until there is one, or until a restart"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the folder's files said when they were last read well."""

    articles: tuple[Article, ...] = ()
    # by path
    lexicon: Lexicon = NO_LEXICON
    lexicon_checksum: str = ""
    starters: tuple[str, ...] = ()
    # questions that staff want on the first screen
    problems: tuple[Problem, ...] = ()
    files: Mapping[Path, FileReading] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file as it was read, with its fingerprint from before."""

    mark: Mark
    reading: Reading

    @property
    def is_refused(self) -> bool:
        return any(problem.severity == "error" for problem in self.reading.problems)


def load(folder: Path, last: Loaded) -> Loaded:
    """Read the folder's files; what cannot be read stays as it was in `last`, with the problem listed.

    A file that was deleted is gone. A folder that holds no article any more counts as out of reach, not as emptied:
    an unmounted disk looks the same.
    """
    files = read_changed(folder, last.files)
    reading = merged(file.reading for file in files.values()) if files else _read_folder(folder)
    articles = keep_last_good(reading, last.articles)
    if not articles:
        # Before the lexicon: where the folder is gone, half a second would go into reading the shipped one for nothing.
        return replace(last, problems=(Problem(".", 1, STILL_SERVED if last.articles else NOTHING), *reading.problems))
    lexicon, checksum, lexicon_problems = load_lexicon(folder, last)
    starters, starter_problems = load_starters(folder, last)
    problems = (*reading.problems, *lexicon_problems, *starter_problems)
    return Loaded(articles, lexicon, checksum, starters, problems, files)


def read_changed(folder: Path, last: Mapping[Path, FileReading]) -> Mapping[Path, FileReading]:
    """Read the files that were touched since `last` or were refused then; the others stay as they were read.

    Empty where the folder cannot be read or holds no article. Measured: 14 ms a file, so reading a thousand again for
    one edit would take 14 seconds.
    """
    try:
        paths = article_paths(folder)
    except OSError:
        return {}
    files: dict[Path, FileReading] = {}
    for path in paths:
        known, now = last.get(path), mark(str(path), path)
        if known and known.mark == now and not known.is_refused:
            files[path] = known
        else:
            files[path] = FileReading(now, _read_file(path, folder))
    return files


def _read_folder(folder: Path) -> Reading:
    from chatbot.corpus.reader import read_corpus  # noqa: PLC0415

    return read_corpus(folder)


def _read_file(path: Path, folder: Path) -> Reading:
    # Only where a file is read: most starts find all of them read, and the readers take 0.1 s to import.
    from chatbot.corpus.reader import read_file  # noqa: PLC0415

    return read_file(path, folder)


def keep_last_good(reading: Reading, last: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles that were read, and the last good version of each that was refused, by path.

    A refused one gives way to a readable one of the same slug.
    """
    gone = {*refused(reading.problems)} - {article.source.path for article in reading.articles}
    taken = {article.slug for article in reading.articles}
    kept = [article for article in last if article.source.path in gone and article.slug not in taken]
    return tuple(sorted((*reading.articles, *kept), key=lambda article: article.source.path))


def refused(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the paths of the files that are not served as they stand, each once."""
    return tuple(dict.fromkeys(problem.path for problem in problems if problem.severity == "error"))


def load_lexicon(folder: Path, last: Loaded) -> tuple[Lexicon, str, tuple[Problem, ...]]:
    """Read the folder's lexicon, or the shipped one; return it with its checksum, or the last one and its problems."""
    own = folder / "lexicon.toml"
    path = own if own.exists() else SHIPPED_LEXICON
    if not path.exists():
        return NO_LEXICON, "", ()
    try:
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        if checksum == last.lexicon_checksum:
            # Measured: the shipped lexicon takes half a second to read, more than all the rest of a reload.
            return last.lexicon, checksum, ()
        return read_lexicon(path), checksum, ()
    except CorpusError as error:
        problems = error.problems
    except OSError as error:
        problems = (Problem(path.name, 1, f"cannot be read: {error.strerror}; give the server leave to read it"),)
    return last.lexicon, last.lexicon_checksum, problems


def load_starters(folder: Path, last: Loaded) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Read the questions for the first screen from `questions.toml`; return them, or the last ones and the problem."""
    path = folder / QUESTIONS
    if not path.exists():
        return (), ()
    try:
        found = tomllib.loads(path.read_text("utf-8")).get("starters", [])
    except (OSError, ValueError) as error:
        return last.starters, (Problem(QUESTIONS, 1, f"this cannot be read: {error}; write it as TOML in UTF-8"),)
    if not (isinstance(found, list) and all(isinstance(text, str) for text in found)):
        return last.starters, (Problem(QUESTIONS, 1, 'starters is a list of questions, such as ["What is ketamine?"]'),)
    return tuple(found), ()
