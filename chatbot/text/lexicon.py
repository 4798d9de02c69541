"""Synonyms and abbreviations that join the visitors' words to the articles' words: staff's `lexicon.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from chatbot.errors import CorpusError
from chatbot.text.leanings import Leanings, make_leanings
from chatbot.text.phrases import Phrase, Phrases
from chatbot.text.tokens import all_stems as stems_of
from chatbot.text.tokens import folded_words, question_words, stem, subject_stems
from chatbot.values import Origin, Problem, Term

DEFAULT_WEIGHT = 0.7
ABBREVIATION_WEIGHT = 1.0
SUBJECT_WEIGHT = 1.0
REMEMBERED = 20_000
# phrases whose stems are kept: each is read for every other phrase that means the same, and again by every question
SHAPES: Mapping[str, frozenset[str]] = {
    "words": frozenset({"why", "say", "like", "mean", "weight"}),
    "same": frozenset({"why", "words", "weight"}),
    "abbreviation": frozenset({"short", "long"}),
    "subject": frozenset({"why", "words", "weight"}),
    "outside": frozenset({"why", "words"}),
    "empty": frozenset({"why", "words"}),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What visitors' words may mean in the articles."""

    meanings: Mapping[Phrase, tuple[Term, ...]] = field(default_factory=dict)
    # a visitor's word or phrase -> terms that the articles may use for it, best first
    subjects: Mapping[Phrase, float] = field(default_factory=dict)
    # words and phrases that make a question one of its own -> how surely: a passage without them does not answer it
    outside: frozenset[Phrase] = frozenset()
    # words and phrases of what the articles never speak of
    empty: frozenset[Phrase] = frozenset()
    # phrases that ask for nothing, though their words might: "last year", "thanks in advance"
    keep: frozenset[str] = frozenset()
    # words, in lower case, that the spelling never corrects
    words: frozenset[str] = frozenset()
    # every visitor's word in it, in lower case: known, though perhaps in no article
    phrases: Phrases = field(default_factory=lambda: Phrases(()), compare=False)
    # everything above that a visitor may say, ready to be found in a question
    leanings: Leanings = field(default_factory=dict)
    # words and pairs of words of those phrases -> what most of the phrases with them mean


NO_LEXICON = Lexicon()


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon file; a missing file gives NO_LEXICON.

    Raises CorpusError with every problem at once.
    """
    if not path.exists():
        return NO_LEXICON
    try:
        text = path.read_bytes().decode("utf-8-sig")
        entries = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CorpusError([Problem(path.name, line, "this is not UTF-8; save the file in that encoding")]) from error
    except tomllib.TOMLDecodeError as error:
        message = f"this is not TOML: {error}; write it as the entries around it are written"
        raise CorpusError([Problem(path.name, _line_of(error, text), message)]) from error
    problems = [Problem(path.name, place.line(text), message) for place, message in _complaints(entries)]
    if problems:
        raise CorpusError(sorted(problems, key=lambda problem: problem.line))
    return make_lexicon(entries)


def make_lexicon(entries: Mapping[str, object]) -> Lexicon:
    """Build a lexicon from checked entries, as `lexicon.toml` holds them."""
    meanings: dict[Phrase, dict[Phrase, Term]] = {}
    for say, mean, weight in _directions(entries):
        content = meant_stems(mean)
        phrase = said_stems(say)
        if phrase and content and phrase != content:
            known = meanings.setdefault(phrase, {})
            if content not in known or known[content].weight < weight:
                known[content] = Term(content, weight, Origin.SYNONYM, mean)
    ordered = {
        phrase: tuple(sorted(terms.values(), key=lambda term: -term.weight)) for phrase, terms in meanings.items()
    }
    subjects = _subjects(entries)
    outside, empty = _phrases(entries, "outside"), _phrases(entries, "empty")
    return Lexicon(
        meanings=ordered,
        subjects=subjects,
        outside=outside,
        empty=empty,
        keep=frozenset(folded for word in _texts(entries, "keep") for folded in folded_words(word)),
        words=frozenset(word for phrase in frozenset(_said(entries)) for word in folded_words(phrase)),
        phrases=Phrases([*ordered, *subjects, *outside, *empty]),
        leanings=make_leanings(_listed(entries), frozenset(map(stem, {*question_words(), *_texts(entries, "keep")}))),
    )


def all_stems(phrase: str) -> Phrase:
    """Return the stems of a phrase, question words included."""
    return tuple(stems_of(phrase))


def content_stems(phrase: str) -> Phrase:
    """Return the stems that carry a phrase's subject; all of them where every word is a question word."""
    return tuple(subject_stems(phrase)) or all_stems(phrase)


said_stems = lru_cache(maxsize=REMEMBERED)(all_stems)
meant_stems = lru_cache(maxsize=REMEMBERED)(content_stems)
# The same of the lexicon's own phrases, never of a visitor's words.


def _phrases(entries: Mapping[str, object], name: str) -> frozenset[Phrase]:
    return frozenset(said_stems(word) for group in _tables(entries, name) for word in _texts(group, "words"))


def _subjects(entries: Mapping[str, object]) -> Mapping[Phrase, float]:
    found: dict[Phrase, float] = {}
    for group in _tables(entries, "subject"):
        weight = _weight(group, SUBJECT_WEIGHT)
        for phrase in map(said_stems, _texts(group, "words")):
            found[phrase] = max(weight, found.get(phrase, 0.0))
    return found


def _directions(entries: Mapping[str, object]) -> Iterator[tuple[str, str, float]]:
    """Yield (what is said, what it means, weight) for every entry."""
    for group in _tables(entries, "words"):
        for say in _texts(group, "say"):
            for mean in _texts(group, "mean"):
                yield say, mean, _weight(group)
    for group in _tables(entries, "same"):
        words = _texts(group, "words")
        yield from ((say, mean, _weight(group)) for say in words for mean in words if say != mean)
    for entry in _tables(entries, "abbreviation"):
        short, long = str(entry["short"]), str(entry["long"])
        yield short, long, ABBREVIATION_WEIGHT
        yield long, short, ABBREVIATION_WEIGHT


def _listed(entries: Mapping[str, object]) -> Iterator[tuple[Phrase, Mapping[str, float]]]:
    for group in _tables(entries, "words"):
        meanings = dict.fromkeys(_texts(group, "mean"), _weight(group))
        said = [*_texts(group, "say"), *_texts(group, "like")]
        yield from ((phrase, meanings) for phrase in dict.fromkeys(map(said_stems, said)))


def _said(entries: Mapping[str, object]) -> Iterator[str]:
    """Yield every word and phrase that a visitor may say: what is only named as a subject is no slip, either."""
    yield from (say for say, _, _ in _directions(entries))
    for name, key in (("words", "like"), ("subject", "words"), ("outside", "words"), ("empty", "words")):
        yield from (said for group in _tables(entries, name) for said in _texts(group, key))


def _tables(entries: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    tables = entries.get(name, [])
    return tables if isinstance(tables, list) else []


def _texts(group: Mapping[str, object], name: str) -> list[str]:
    texts = group.get(name)
    return texts if isinstance(texts, list) else []


def _weight(group: Mapping[str, object], otherwise: float = DEFAULT_WEIGHT) -> float:
    weight = group.get("weight", otherwise)
    return float(weight) if isinstance(weight, int | float) else otherwise


@dataclass(frozen=True, slots=True)
class _Place:
    """A key of the file, or the table of that name with this number from 1."""

    name: str
    number: int = 0

    def line(self, text: str) -> int:
        """Return the line where it begins; 1 where it cannot be seen."""
        name = re.escape(self.name)
        begins = re.compile(rf"\s*\[\[\s*{name}\s*\]\]" if self.number else rf'[\s\["]*{name}["\s]*[=\].]')
        lines = [number for number, line in enumerate(text.splitlines(), 1) if begins.match(line)]
        return lines[max(self.number, 1) - 1] if len(lines) >= max(self.number, 1) else 1


def _complaints(entries: Mapping[str, object]) -> Iterator[tuple[_Place, str]]:
    for name in sorted(entries.keys() - {*SHAPES, "keep", "version"}):
        yield _Place(name), f'"{name}" is not known here; use {", ".join(f"[[{shape}]]" for shape in SHAPES)} or keep'
    for name, allowed in SHAPES.items():
        tables = entries.get(name, [])
        if not (isinstance(tables, list) and all(isinstance(table, Mapping) for table in tables)):
            yield _Place(name), f'"{name}" names a table for each entry; begin each with a line [[{name}]]'
            continue
        for number, table in enumerate(tables, 1):
            for complaint in _table_complaints(name, table, allowed):
                yield _Place(name, number), f"[[{name}]] number {number}: {complaint}"
    if not _is_words(entries.get("keep", ["ketamine"])):
        yield _Place("keep"), 'keep is a list of words, such as keep = ["ketamine"]'


def _table_complaints(name: str, table: Mapping[str, object], allowed: frozenset[str]) -> Iterator[str]:
    for key in sorted(table.keys() - allowed):
        yield f'"{key}" is not known here; use {", ".join(sorted(allowed))}'
    for key in sorted(allowed - {"why", "weight"}):
        value = table.get(key)
        if (key == "say" and "like" in table) or (key == "like" and "like" not in table):
            continue  # an entry has one of them, or both
        if name == "abbreviation":
            if not (isinstance(value, str) and value.strip()):
                yield f'{key} is missing; write {key} = "…"'
        elif not (value and _is_words(value)):
            yield f'{key} is a list of words or phrases, such as {key} = ["drip"]'
    weight = table.get("weight", DEFAULT_WEIGHT)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1:
        yield f"weight {weight!r} is not a number above 0 and up to 1; leave it out for {DEFAULT_WEIGHT}"


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Return the line that the parser names in its words; the last one where it speaks of the end."""
    named = re.search(r"at line (\d+)", str(error))
    return int(named[1]) if named else text.count("\n") + 1
