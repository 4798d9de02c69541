"""One typed word → the rules' own words, so that slips, masks and missing spaces still count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import product

from chatbot.text.english import is_unheard_of
from chatbot.text.tokens import stem

PARTS = re.compile(r"[!|*+_.,\-/]")
DIGITS = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "il"}
PLAIN = str.maketrans("01345@$", "oieasas")
MASKS = "aeiou"
RUN = re.compile(r"(.)\1+")
LONG_RUN = re.compile(r"(.)\1{2,}")
THOUSANDS = re.compile(r",(?=\d{3}\b)")
SHORTEST_SLIP = 5
# letters that a typed word needs before it may be another word's slip
SHORTEST_RUN = 7
LONGEST_RUN = 60
# letters without a space that are still read as words
LONGEST_PIECE = 14
# letters of one of them
LEAST_SAID = 4
# words that letters without a space are cut into, from which on that is no chance
MEAN_LENGTH = 3
# letters of these words
REMEMBERED = 10_000
# words that the rules do not know and that have been read
SMALL = frozenset("i a am an as at be by do go he if in is it me my no of on or so to up us we".split())
# words of one or two letters that people do say; the rules know others, as parts of names and of other languages
END = "."
# stands in a row of words where a sentence ends


@dataclass(frozen=True)
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
    likely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # the same for the other words of the rules, the commonest first: tried on what is no English word
    squeezed: Mapping[str, str] = field(default_factory=dict)
    # a word with each run of a letter cut to one -> the word
    plain: frozenset[str] = field(init=False)
    # words that are read as they stand and are no letters apart: most of what is typed, spared all that follows
    special: frozenset[str] = field(init=False)
    # what is read as more or less than one word
    split: frozenset[tuple[str, str]] = field(init=False)
    # joined words as people split them

    def __post_init__(self) -> None:
        known = self.vocabulary.union(self.contractions, self.protected)
        put = partial(object.__setattr__, self)
        put("plain", frozenset(word for word in known if len(word) > 1 and not letters_apart(word)))
        put("special", self.fillers.union(self.contractions, (END,)))
        put("split", frozenset((word[:end], word[end:]) for word in self.joined for end in range(1, len(word))))

    @cached_property
    def corrected(self) -> Callable[[str], tuple[str, ...]]:
        """Reads a word that the rules do not know, and remembers it: most are common ones, typed again and again."""
        return lru_cache(maxsize=REMEMBERED)(partial(_corrected, spelling=self))


def letters_apart(token: str) -> list[str]:
    """Return the letters that a token is made of when they stand apart, an end of sentence among them; else none."""
    if len(token) == 1:
        return [] if token.isdigit() else [token]
    if token.isalnum():
        return []
    parts = PARTS.split(token)
    return parts if len(parts) > 2 and all(len(part) == 1 and not part.isdigit() for part in parts) else []


def near(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return every key word, whole and with each letter left out once, with the key words it may stand for.

    Two words that differ by one slip share such a form: the deletion method of T. Bocek, E. Hunt, B. Stiller (2007).
    """
    table: dict[str, list[str]] = {}
    for key in keys:
        for shorter in {key, *_shorter(key)}:
            table.setdefault(shorter, []).append(key)
    return {form: tuple(found) for form, found in table.items()}


def squeezed(keys: Iterable[str], vocabulary: Iterable[str]) -> dict[str, str]:
    """Return words under their form without doubled letters: every key word, and the longer ones of the others."""
    long = {RUN.sub(r"\1", word): word for word in sorted(vocabulary) if len(word) >= SHORTEST_SLIP}
    return long | {RUN.sub(r"\1", word): word for word in sorted(keys) if len(word) > 2}


def read_word(token: str, spelling: Spelling) -> Iterable[str]:
    """Read one typed word: as it stands, as a word of the rules in disguise, or as several."""
    if token in spelling.vocabulary or token in spelling.contractions or token in spelling.protected:
        return (token,)
    if "'" in token:
        bare = token.replace("'", "")
        token = token if token in spelling.contractions else bare if bare in spelling.contractions else unowned(token)
        if token in spelling.vocabulary or token in spelling.contractions:
            return (token,)
    if token.isalpha():
        return spelling.corrected(token) if len(token) <= LONGEST_PIECE else _corrected(token, spelling)
    if token.replace(".", "").replace(",", "").isdigit():
        return (THOUSANDS.sub("", token).replace(",", "."),)
    return _unmasked(token, spelling)


def unowned(token: str) -> str:
    """Return a word without its apostrophes and possessive ending."""
    return token.removesuffix("'s").replace("'", "")


def _corrected(token: str, spelling: Spelling) -> tuple[str, ...]:
    """Read a word that the rules do not know: as a slip, with letters held down, or as words without spaces."""
    if token in spelling.slips:
        return (spelling.slips[token],)
    if len(token) < 4:
        return (token,)
    found = _without_runs(token, spelling) or _one_slip_away(token, spelling.near)
    if found:
        return (found,)
    if not is_unheard_of(stem(token)):
        return (token,)
    whole = cut_up(token, spelling) if len(token) >= SHORTEST_RUN else ()
    if any(piece in spelling.telling for piece in whole) or _is_said(whole):
        return whole
    return (_likely_slip(token, spelling) or token,)


def _likely_slip(token: str, spelling: Spelling) -> str | None:
    """Return the word of the rules that a word which is none in English was meant to be: "eatign", "pian"."""
    if len(token) >= SHORTEST_SLIP:
        return _one_slip_away(token, spelling.likely)
    swapped = (token[:at] + token[at + 1] + token[at] + token[at + 2 :] for at in range(len(token) - 1))
    return next((word for word in swapped if word in spelling.vocabulary), None)


def _without_runs(token: str, spelling: Spelling) -> str | None:
    """Return the word meant when letters were typed too often or a doubled one only once."""
    if not RUN.search(token):
        return spelling.squeezed.get(token)
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
    plain = whole.translate(PLAIN)
    if len(plain) > SHORTEST_SLIP and plain.isalpha() and (found := _one_slip_away(plain, spelling.near)):
        return (found,)
    parts = [part for part in PARTS.split(token) if part]
    if len(parts) == 1:
        return (token,)
    between = [END] if "." in token and min(map(len, parts)) > 1 else []
    return [word for part in parts for word in (*read_word(part, spelling), *between)]


def _disguises(token: str) -> Iterator[str]:
    signs = [character for character in token if not character.isalpha()]
    if len(signs) > 3 or token.count("*") > 2 or not len(signs) < len(token) <= 20:
        return  # more would be a guess, and the number of readings grows with every sign
    choices = [DIGITS.get(character, MASKS if character == "*" else character) for character in token]
    for letters in product(*choices):
        candidate = "".join(letters)
        if candidate.isalpha():
            yield candidate


def _one_slip_away(token: str, table: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the first word of the table that differs by one letter, or by two that changed places."""
    if len(token) < SHORTEST_SLIP:
        return None
    for shorter in (token, *_shorter(token)):
        for key in table.get(shorter, ()):
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


def cut_up(whole: str, spelling: Spelling, alone: str = "i") -> tuple[str, ...]:
    """Cut letters without spaces into as few words of the rules as can be; empty when they are none.

    alone: letters that may be words by themselves.
    """
    if len(whole) > LONGEST_RUN:
        return ()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(whole)]
    for start, head in enumerate(best):
        if head is None:
            continue
        for end in range(start + 1, min(start + LONGEST_PIECE, len(whole)) + 1):
            known = best[end]
            if (known is None or len(head) + 1 < len(known)) and _is_piece(whole[start:end], spelling, alone):
                best[end] = (*head, whole[start:end])
    return best[-1] or ()


def _is_said(pieces: Sequence[str]) -> bool:
    """Say whether words without a space between them are a piece of a sentence: "tookallmytablets".

    Of 1,834 words of our texts that are no common English ones, none is cut up so.
    """
    return (
        len(pieces) >= LEAST_SAID
        and sum(map(len, pieces)) >= MEAN_LENGTH * len(pieces)
        and all(len(piece) > 2 or piece in SMALL for piece in pieces)
    )


def _is_piece(piece: str, spelling: Spelling, alone: str) -> bool:
    if len(piece) == 1:
        return piece in alone
    return piece in spelling.vocabulary or piece in spelling.contractions
