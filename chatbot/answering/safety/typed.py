"""A typed text → the words that the rules look at, and where its sentences end. For scanning only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from chatbot.answering.safety.folding import fold
from chatbot.answering.safety.spelling import END, Spelling, cut_up, letters_apart, read_word, unowned

TOKEN = re.compile(r"[a-z0-9@$]+(?:['!|*+_.,\-/][a-z0-9@$]+)*|[.?!;…\n\r]")
STOPS = frozenset(".?!;…\n\r")
ARTICLES = {"a", "an", "the"}


def words(text: str, spelling: Spelling) -> tuple[list[str], int]:
    """Return the words to scan and a mask of those after which a sentence ends.

    Linear in the text: each typed word costs a bounded number of look-ups.
    """
    row = _joined(_spelt_out(TOKEN.findall(fold(text)), spelling), spelling)
    special, contractions, fillers = spelling.special, spelling.contractions, spelling.fillers
    found: list[str] = []
    ends = 0
    for token in row:
        if token not in special:
            found.append(token)
        elif token == END:
            ends |= (1 << len(found)) >> 1
        elif token in contractions:
            found += [word for word in contractions[token] if word not in fillers]
    return found, (ends | (1 << len(found)) >> 1)


def phrase(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the words of an entry in the rules, read as a visitor's text is but never corrected."""
    row: list[str] = []
    for token in re.findall(r"[a-z0-9+]+(?:[.'][a-z0-9]+)*", fold(text)):
        whole = spelling.contractions.get(token) or spelling.contractions.get(token.replace("'", ""))
        row.extend(whole or (unowned(token),))
    return tuple(word for word in row if word not in spelling.fillers)


def filler(text: str, spelling: Spelling) -> str | None:
    """Return a filler that an entry in the rules holds for nothing, articles apart; None when it holds none."""
    return next((word for word in fold(text).split() if word in spelling.fillers and word not in ARTICLES), None)


def _spelt_out(tokens: Iterable[str], spelling: Spelling) -> list[str]:
    """Return words; letters that stand alone in a row, apart or with marks between, are read together.

    tokens: as TOKEN finds them; every mark that ends a sentence is returned as END.
    """
    plain = spelling.plain
    found: list[str] = []
    letters: list[str] = []
    for typed in tokens:
        if typed in plain:
            read: Iterable[str] = (typed,)
        else:
            token = END if typed in STOPS else typed
            if apart := letters_apart(token):
                letters += apart
                continue
            read = read_word(token, spelling)
        if letters:
            found += _letters(letters, spelling)
            letters = []
        found += read
    found.extend(_letters(letters, spelling))
    return found


def _letters(row: list[str], spelling: Spelling) -> Iterable[str]:
    """Read a row of letters that stand apart; "I k i l l" begins with a word of one letter."""
    alone = [letter for letter in row if letter != END]
    if len(alone) < 3:
        return row
    whole = "".join(alone)
    found = (spelling.slips[whole],) if whole in spelling.slips else cut_up(whole, spelling, alone="ia")
    if not found:
        return row
    return [*found, END] if row[-1] == END else found


def _joined(row: Sequence[str], spelling: Spelling) -> Sequence[str]:
    """Join words that people split ("my self", "over dose")."""
    if spelling.split.isdisjoint(pairwise(row)):
        return row
    found: list[str] = []
    for word in row:
        if found and (found[-1], word) in spelling.split:
            found[-1] += word
        else:
            found.append(word)
    return found
