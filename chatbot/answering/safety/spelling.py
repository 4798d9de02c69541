"""Typed words → the rules' own words, so that slips, masks and missing spaces still count. For scanning only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from chatbot.answering.safety.folding import fold

TOKEN = re.compile(r"[a-z0-9@$]+(?:['!|*+_.,\-/][a-z0-9@$]+)*|[.?!;…\n\r]")
PARTS = re.compile(r"[!|*+_.,\-/]")
DIGITS = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "il"}
MASKS = "aeiou"
RUN = re.compile(r"(.)\1+")
LONG_RUN = re.compile(r"(.)\1{2,}")
THOUSANDS = re.compile(r",(?=\d{3}\b)")
SHORTEST_SLIP = 5
# letters that a typed word needs before it may be another word's slip
SHORTEST_RUN = 7
LONGEST_RUN = 60
# letters without a space that are still read as words
ARTICLES = {"a", "an", "the"}
END = "."
# stands in a row of words where a sentence ends


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is known about how people type the rules' words."""

    vocabulary: frozenset[str] = frozenset()
    # every word of the rules
    contractions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # "cant" -> ("can", "not")
    slips: Mapping[str, str] = field(default_factory=dict)
    # listed misspellings -> the word meant
    fillers: frozenset[str] = frozenset()
    # words that change nothing and are dropped
    protected: frozenset[str] = frozenset()
    # words that are no slips of the rules' words, and are never corrected
    joined: frozenset[str] = frozenset()
    # words that people split in two ("my self")
    keys: frozenset[str] = frozenset()
    # words that are recognised with one slip
    telling: frozenset[str] = frozenset()
    # words for which letters without a space are cut up
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # a key word, whole or with one letter left out -> the key words
    squeezed: Mapping[str, str] = field(default_factory=dict)
    # a word with each run of a letter cut to one -> the word


def near(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return every key word, whole and with each letter left out once, with the key words it may stand for.

    Two words that differ by one slip share such a form: the deletion method of T. Bocek, E. Hunt, B. Stiller (2007).
    """
    table: dict[str, list[str]] = {}
    for key in sorted(keys):
        for shorter in {key, *_shorter(key)}:
            table.setdefault(shorter, []).append(key)
    return {form: tuple(found) for form, found in table.items()}


def squeezed(vocabulary: Iterable[str]) -> dict[str, str]:
    """Return the words of three letters and more under their form without doubled letters."""
    return {RUN.sub(r"\1", word): word for word in sorted(vocabulary) if len(word) > 2}


def words(text: str, spelling: Spelling) -> tuple[list[str], int]:
    """Return the words to scan and a mask of those after which a sentence ends.

    Linear in the text: each typed word costs a bounded number of look-ups.
    """
    row = _joined(_spelt_out(list(_tokens(fold(text))), spelling), spelling)
    found: list[str] = []
    ends = 0
    for token in row:
        if token == END:
            ends |= (1 << len(found)) >> 1
            continue
        for word in spelling.contractions.get(token, (token,)):
            if word not in spelling.fillers:
                found.append(word)
    return found, (ends | (1 << len(found)) >> 1)


def phrase(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the words of an entry in the rules, read as a visitor's text is but never corrected."""
    row: list[str] = []
    for token in re.findall(r"[a-z0-9+]+(?:[.'][a-z0-9]+)*", fold(text)):
        whole = spelling.contractions.get(token) or spelling.contractions.get(token.replace("'", ""))
        row.extend(whole or (_unowned(token),))
    return tuple(word for word in row if word not in spelling.fillers)


def filler(text: str, spelling: Spelling) -> str | None:
    """Return a filler that an entry in the rules holds for nothing, articles apart; None when it holds none."""
    return next((word for word in fold(text).split() if word in spelling.fillers and word not in ARTICLES), None)


def _tokens(folded: str) -> Iterator[str]:
    for found in TOKEN.finditer(folded):
        token = found[0]
        yield token if token[0].isalnum() or token[0] in "@$" else END


def _spelt_out(tokens: list[str], spelling: Spelling) -> Iterator[str]:
    """Yield words; letters that stand alone in a row, apart or with marks between, are read together."""
    letters: list[str] = []
    for token in [*tokens, ""]:
        parts = PARTS.split(token) if len(token) > 1 else [token]
        if token and all((len(part) == 1 and part not in "0123456789") or part == END for part in parts):
            letters.extend(parts)
            continue
        yield from _letters(letters, spelling)
        letters = []
        if token:
            yield from _word(token, spelling)


def _letters(row: list[str], spelling: Spelling) -> Iterable[str]:
    alone = [letter for letter in row if letter != END]
    if len(alone) < 3:
        return row
    whole = "".join(alone)
    if whole in spelling.vocabulary or whole in spelling.slips:
        return [whole, END] if row[-1] == END else [whole]
    if found := _cut(whole, spelling, spelling.telling):
        return [*found, END] if row[-1] == END else found
    return row


def _word(token: str, spelling: Spelling) -> Iterable[str]:
    """Read one typed word: as it stands, as a word of the rules in disguise, or as several."""
    if token in spelling.vocabulary or token in spelling.contractions or token in spelling.protected:
        return (token,)
    if "'" in token:
        bare = token.replace("'", "")
        token = token if token in spelling.contractions else bare if bare in spelling.contractions else _unowned(token)
        if token in spelling.vocabulary or token in spelling.contractions:
            return (token,)
    if token.isalpha():
        return _corrected(token, spelling)
    if token.replace(".", "").replace(",", "").isdigit():
        return (THOUSANDS.sub("", token).replace(",", "."),)
    return _unmasked(token, spelling)


def _unowned(token: str) -> str:
    return token.removesuffix("'s").replace("'", "")


def _corrected(token: str, spelling: Spelling) -> Iterable[str]:
    """Read a word that the rules do not know: as a slip, with letters held down, or as words without spaces."""
    if token in spelling.slips:
        return (spelling.slips[token],)
    if len(token) < 4:
        return (token,)
    found = _without_runs(token, spelling) or _one_slip_away(token, spelling)
    if found:
        return (found,)
    return _cut(token, spelling, spelling.telling) or (token,)


def _without_runs(token: str, spelling: Spelling) -> str | None:
    """Return the word meant when letters were typed too often or a doubled one only once."""
    for candidate in (LONG_RUN.sub(r"\1\1", token), LONG_RUN.sub(r"\1", token)):
        if candidate in spelling.slips:
            return spelling.slips[candidate]
        if candidate != token and (candidate in spelling.vocabulary or candidate in spelling.contractions):
            return candidate
    return spelling.squeezed.get(RUN.sub(r"\1", token))


def _unmasked(token: str, spelling: Spelling) -> Iterable[str]:
    """Read digits and signs as the letters that they look like; fall back on the parts between them."""
    for candidate in _disguises(token):
        if candidate in spelling.vocabulary or candidate in spelling.slips:
            return (spelling.slips.get(candidate, candidate),)
    whole = PARTS.sub("", token)
    if len(whole) >= 5 and whole != token and whole in spelling.vocabulary:
        return (whole,)
    if len(whole) >= 6 and whole.translate(str.maketrans("01345@$", "oieasas")).isalpha():
        plain = whole.translate(str.maketrans("01345@$", "oieasas"))
        if found := _one_slip_away(plain, spelling):
            return (found,)
    parts = [part for part in PARTS.split(token) if part]
    if len(parts) == 1:
        return (token,)
    between = [END] if "." in token and min(map(len, parts)) > 1 else []
    return [word for part in parts for word in (*_word(part, spelling), *between)]


def _disguises(token: str) -> Iterator[str]:
    signs = [character for character in token if not character.isalpha()]
    if len(signs) > 3 or len(token) - len(signs) < 1 or len(token) > 20:
        return
    choices = [DIGITS.get(character, MASKS if character == "*" else character) for character in token]
    for letters in product(*choices):
        candidate = "".join(letters)
        if candidate.isalpha():
            yield candidate


def _one_slip_away(token: str, spelling: Spelling) -> str | None:
    """Return the key word that differs by one letter more, less or other, or by two that changed places."""
    if len(token) < SHORTEST_SLIP:
        return None
    for shorter in (token, *_shorter(token)):
        for key in spelling.near.get(shorter, ()):
            if _differ_by_one(token, key):
                return key
    return None


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _differ_by_one(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest
        or rest == other_rest[1:]
        or rest[1:] == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def _cut(whole: str, spelling: Spelling, wanted: frozenset[str]) -> tuple[str, ...]:
    """Cut letters without spaces into words of the rules, at least one of them wanted; empty when they are none."""
    if not SHORTEST_RUN <= len(whole) <= LONGEST_RUN:
        return ()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(whole)]
    for start, head in enumerate(best):
        if head is None:
            continue
        for end in range(start + 1, min(start + 14, len(whole)) + 1):
            known = best[end]
            if (known is None or len(head) + 1 < len(known)) and _is_piece(whole[start:end], spelling):
                best[end] = (*head, whole[start:end])
    found = best[-1] or ()
    return found if any(piece in wanted for piece in found) else ()


def _is_piece(piece: str, spelling: Spelling) -> bool:
    if len(piece) == 1:
        return piece == "i"
    return piece in spelling.vocabulary or piece in spelling.contractions


def _joined(row: Iterable[str], spelling: Spelling) -> Sequence[str]:
    """Join words that people split ("my self", "over dose")."""
    found: list[str] = []
    for word in row:
        if found and found[-1] != END and word != END and found[-1] + word in spelling.joined:
            found[-1] += word
        else:
            found.append(word)
    return found
