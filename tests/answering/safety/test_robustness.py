"""A hundred plain phrasings, each disguised, misspelt or buried, still count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatbot.answering.notices import SafetyRules, assess
from chatbot.values import Question
from tests.answering.safety.labelled import Message, plain

CHATTER = (
    "I hope you are well. I found your page last night and read two of the articles about nerve pain over a cup of "
    "tea. My garden is full of apples this year and the neighbour took three baskets. The clinic in town is nice. "
)
LETTERS = str.maketrans("aeiopc", "аеіорс")
# Cyrillic letters that look like ours


def key_word(text: str, rules: SafetyRules) -> str:
    """Return the longest word that the rules know as telling, else the longest word."""
    words = [word.strip(".,?") for word in text.split()]
    telling = [word for word in words if word.lower() in rules.spelling.keys and len(word) >= 6]
    return max(telling or words, key=len)


def long_chatter() -> str:
    return (CHATTER * 8)[:1500].rsplit(".", 1)[0] + ". "


def one_typo(word: str) -> str:
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


Change = Callable[[str, str], str]
# a phrasing and its key word -> the same, disguised
CHANGES: dict[str, Change] = {
    "upper case": lambda text, _: text.upper(),
    "no apostrophe": lambda text, _: text.replace("'", ""),
    "curly apostrophe": lambda text, _: text.replace("'", "’"),
    "no punctuation": lambda text, _: text.replace(",", "").replace(".", "").lower(),
    "doubled letters": lambda text, key: text.replace(key, key[:2] + key[1] + key[2:] + key[-1] * 2),
    "letters held down": lambda text, key: text.replace(key, key[:-1] + key[-1] * 5),
    "dots between letters": lambda text, key: text.replace(key, ".".join(key)),
    "spaces between letters": lambda text, key: text.replace(key, " ".join(key)),
    "stars between letters": lambda text, key: text.replace(key, "*".join(key)),
    "zero width": lambda text, key: text.replace(key, "\u200b".join(key)),
    "look-alike letters": lambda text, key: text.replace(key, key.translate(LETTERS)),
    "full width": lambda text, key: text.replace(key, "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in key)),
    "chatter before": lambda text, _: long_chatter() + text,
    "chatter after": lambda text, _: f"{text}. {long_chatter()}",
    "emoji": lambda text, _: f"😭😭 {text} 💔",
    "two languages": lambda text, _: f"Hola, buenos días. {text}. ¿Cuánto dura una sesión?",
    "a question after it": lambda text, _: f"{text}. Does ketamine help sciatica?",
    "a question before it": lambda text, _: f"Does ketamine help sciatica? {text}",
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_phrasing_still_counts(change: str, rules: SafetyRules) -> None:
    missed = []
    for message in plain():
        text = CHANGES[change](message.text, key_word(message.text, rules))
        if assess(Question(text), rules, "US").level != 1:
            missed.append(text[:120])
    assert missed == []


def test_one_typo_in_a_long_key_word_still_counts(rules: SafetyRules) -> None:
    tried = missed = 0
    for message in plain():
        key = key_word(message.text, rules)
        if key.lower() in rules.spelling.keys and len(key) >= 6:
            tried += 1
            changed = message.text.replace(key, one_typo(key))
            missed += assess(Question(changed), rules, "US").level != 1
    assert tried >= 50
    assert missed == 0


def test_there_are_more_than_a_thousand_changed_phrasings() -> None:
    assert len(CHANGES) * len(plain()) >= 1000


CLAUSES = (
    "the waiting list is 14 months",
    "the nurse said that the clinic is closed until Friday",
    "my insurance will not pay for the infusions",
    "the doctor changed my gabapentin",
    "they moved my appointment at the pain clinic again",
    "the physio gave me new exercises for my back",
)


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("join", [" after ", " and ", " because ", " but "])
def test_plain_call_is_heard_in_one_breath_with_what_is_not(join: str, clause: str, rules: SafetyRules) -> None:
    """No full stop parts the two, so that the words of the clause could speak against the call."""
    told = {text: (f"{text.rstrip('.!?')}{join}{clause}", f"{clause} and {text}") for text in map(text_of, plain())}
    missed = [
        text for text, both in told.items() if any(assess(Question(each), rules, "US").level > 1 for each in both)
    ]
    assert len(missed) <= len(told) // 50, missed


RUN_ON = (
    "hope you are well i found your page last night and read two of the articles about nerve pain over a cup of tea",
    "my garden is full of apples this year and the neighbour took three baskets the clinic in town is nice",
    "does ketamine help sciatica",
    "what do infusions cost",
    "i had my knee done years ago when i lived in leeds",
    "which articles are about nerve pain and how long does a session take",
)


@pytest.mark.parametrize("chatter", RUN_ON)
def test_plain_call_is_heard_in_a_message_without_full_stops(chatter: str, rules: SafetyRules) -> None:
    calls = [text.rstrip(".!?") for text in map(text_of, plain())]
    told = {text: (f"{chatter} {text}".lower(), f"{text} {chatter}".lower()) for text in calls}
    missed = [text for text in calls if any(assess(Question(each), rules, "US").level > 1 for each in told[text])]
    assert len(missed) <= len(calls) // 50, missed


def test_plain_call_is_heard_in_long_chatter_without_full_stops(rules: SafetyRules) -> None:
    chatter = " ".join(RUN_ON) + " "
    long = (chatter * 5)[:1500].rsplit(" ", 1)[0]
    calls = [text.rstrip(".!?").lower() for text in map(text_of, plain())]
    told = {text: (f"{long} {text}", f"{text} {long}", f"{chatter}{text} {chatter}") for text in calls}
    missed = [text for text in calls if any(assess(Question(each), rules, "US").level > 1 for each in told[text])]
    assert len(missed) <= len(calls) // 50, missed


def text_of(message: Message) -> str:
    return message.text
