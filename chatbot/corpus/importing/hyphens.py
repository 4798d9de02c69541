"""Words that were broken at the end of a line become whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.text.english import is_unheard_of
from chatbot.text.tokens import tokens

_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """How one document writes its words."""

    words: frozenset[str]
    # casefolded, with the hyphens inside them

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphens:
        return cls(frozenset(word.casefold() for line in lines for word in _WORD.findall(line)))

    def joined(self, lines: Sequence[str]) -> str:
        """Return lines as one, without the hyphens that only their ends brought in."""
        text = ""
        for line in lines:
            broken, first = _BROKEN.search(text), _FIRST.match(line)
            if broken and first and first[0].islower():
                keep = self._keeps(broken[1].casefold(), first[0].casefold())
                text = text[:-1] + ("-" if keep else "") + line
            else:
                text = f"{text} {line}" if text else line
        return text

    def _keeps(self, first: str, second: str) -> bool:
        """Say whether the hyphen belongs to the word: as the document writes it elsewhere, else as English knows it."""
        if first + second in self.words:
            return False
        if f"{first}-{second}" in self.words:
            return True
        return not _is_known(first + second) and _is_known(first) and _is_known(second)


def _is_known(word: str) -> bool:
    found = tokens(word)
    return len(word) > 2 and len(found) == 1 and not is_unheard_of(found[0].stem)
