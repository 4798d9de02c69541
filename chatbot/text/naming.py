"""Which words of a text name a person or a place: told by how they are written, what stands before, and lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from chatbot.text.english import is_english
from chatbot.text.slips import slips
from chatbot.text.tokens import WORD, folded, question_words, stem

NAME = "[name]"
INTRODUCED = re.compile(
    r"\b(?:my\s(?:full\s|first\s|last\s|middle\s)?names?(?:\sis|['’]?s)?|(?:i\sam|i['’]?m)\s(?:called|named)"
    r"|call\sme|(?:is|was)\s(?:called|named)|me\sllamo|mi\snombre\ses|signed)[:,]?\s{1,3}$",
    re.IGNORECASE,
)
# before a name, whatever the word is
PRESENTED = re.compile(
    r"\b(?:i\sam|i['’]?m|this\sis|it['’]?s|named|regards|thanks|thank\syou|cheers|sincerely|love|yours|patient|name"
    r"|(?:told|said|treated|seen|recommended)\sby"
    r"|(?:my|our)\s(?:\w+[\s-])?(?:wife|husband|partner|son|daughter|mother|mom|mum|father|dad|sister|brother|friend"
    r"|cousin|neighbou?r|boss|child|baby|boyfriend|girlfriend|niece|nephew|grand\w+))[:,.!-]{0,2}\s{1,3}$",
    re.IGNORECASE,
)
# before a name, unless the word is a known one
TITLED = re.compile(r"\b(?:dr|doctor|mr|mrs|ms|miss|mx|prof|professor|nurse|sir|uncle|aunt|auntie)\.?\s{1,2}$", re.I)
STARTS = re.compile(r"(?:^|[.?!:;\"“(]|(?<=\S)(?=[^\S\n]*\n))\s*$")
JOINED = re.compile(r"^\s?$|[^.?!]\s{1,2}$|-$")
# between a first name and a last one
MEDICAL_END = re.compile(
    r"(?:itis|osis|algia|pathy|emia|aemia|ectomy|plasty|scopy|gram|plegia|paresis|trophy|azepam|azolam|prazole|sartan"
    r"|statin|oxetine|triptan|cillin|mycin|cycline|gabalin|pentin|barbital|caine|morphone|codone|phen|profen|oxacin"
    r"|dipine|pril|lol|mab|nib|therapy|syndrome|ology|ologist|disorder|disease|pain|ache)s?$"
)
LONGEST_ACRONYM = 5
LOOK_BACK = 40
# characters before a word that say whether it is a name
SHOUTED = 0.6
# share of capitals from which they tell nothing


@dataclass(frozen=True, slots=True)
class _Place:
    """A word and where it stands."""

    typed: str
    word: str
    # folded
    before: str
    # the last characters before it
    has_capital: bool
    # which tells something: not all of the text is in capitals
    after_name: bool
    # the word before it was taken for a name


def without_names(text: str, known: Collection[str]) -> str:
    """Return the text with each name as NAME.

    Taken for names are: words after "my name is" and the like; names that are common (`names.txt`); capitalised words
    within a sentence that neither the articles (`known`, in lower case) nor medicine (`medical.txt`) knows; unknown
    words, but common ones misspelt, after "this is", "my son", "Dr" or after a name.
    """
    shouts = _shouts(text)
    pieces, end, after_name = [], 0, False
    for match in _words(text):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        has_capital = match[0][0].isupper() and not shouts
        after_name = _is_name(_Place(match[0], folded(match[0]), before, has_capital, after_name), known)
        pieces += [text[end : match.start()], NAME if after_name else match[0]]
        end = match.end()
    return "".join([*pieces, text[end:]])


def _words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words that are no marks, such as "[date]"."""
    for match in WORD.finditer(text):
        if text[match.start() - 1 : match.start()] != "[" or text[match.end() : match.end() + 1] != "]":
            yield match


def _is_name(at: _Place, known: Collection[str]) -> bool:
    names = _names()
    if not at.word.isalpha() or at.word in question_words() or len(at.word) == 1:
        return False
    if at.word in names.certain:
        return True
    is_known = at.word in known or is_medical(at.word)
    is_strange = not is_known and at.word not in slips() and not is_english(stem(at.word))
    may_be_name = at.has_capital or at.word in names.ordinary
    if INTRODUCED.search(at.before):
        return not is_known or at.word in names.ordinary
    if TITLED.search(at.before) or (at.after_name and JOINED.search(at.before)):
        return is_strange or (may_be_name and not is_medical(at.word))
    if not at.has_capital:
        # "I'm retraining" tells what somebody does; the names in -ing are in the list.
        return is_strange and not at.word.endswith("ing") and PRESENTED.search(at.before) is not None
    return _is_capitalised_name(at, is_known=is_known, is_strange=is_strange)


def _is_capitalised_name(at: _Place, *, is_known: bool, is_strange: bool) -> bool:
    is_ordinary, starts = at.word in _names().ordinary, STARTS.search(at.before) is not None
    if is_known or (at.typed.isupper() and len(at.typed) <= LONGEST_ACRONYM):
        return is_ordinary and not starts and not at.typed.isupper()
    return not starts or is_strange or is_ordinary


def is_medical(word: str) -> bool:
    """Say whether a folded word is about medicine, or often has a capital without naming anybody."""
    return word in _listed("medical.txt") or MEDICAL_END.search(word) is not None


def _shouts(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > SHOUTED * max(len(letters), 1)


@dataclass(frozen=True, slots=True)
class _Names:
    certain: frozenset[str]
    # taken out however they are written
    ordinary: frozenset[str]
    # words, too: taken out where something shows that a name is meant


@lru_cache(maxsize=1)
def _names() -> _Names:
    words = _listed("names.txt")
    ordinary = frozenset(word[1:] for word in words if word.startswith("+"))
    return _Names(frozenset(word for word in words if not word.startswith("+")) - ordinary, ordinary)


@lru_cache(maxsize=2)
def _listed(name: str) -> frozenset[str]:
    lines = resources.files("chatbot.text").joinpath(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
