from __future__ import annotations

import functools
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.loading import Loaded, load
from chatbot.text.foreign import is_foreign
from chatbot.text.redaction import redacted
from chatbot.text.tokens import tokens
from chatbot.text.vocabulary import read_vocabulary
from tests.cpu import cpu_seconds
from tests.text.personal import FIRST, LAST, Item, items

LEAST = 294
# of 300: 98 %
ORDINARY = Path("tests/answering/safety")
UNLISTED = (
    "Thandiwe Saoirse Anneliese Rukhsana Bjarne Xiomara Ngozi Tevita Mirela Aurelio Candelaria Temitope".split(),
    "Mbeki Quigley Vandermeer Choudhary Thorvald Penaloza Fonua Dragomir Szczepanski Featherstone Brathwaite".split(),
)
# names of which no list of ours holds one


@functools.cache
def articles_words() -> Collection[str]:
    loaded = load(Path("corpus"), Loaded())
    return read_vocabulary([each for article in loaded.articles for each in article.passages], loaded.lexicon).words


def missed(made: list[Item]) -> list[tuple[str, str]]:
    """Return what was left of personal items: their kind, and what would have been kept."""
    kept = [(item, redacted(item.sentence, articles_words())) for item in made]
    return [(item.kind, text) for item, text in kept if any(part in text.lower() for part in item.parts)]


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_of_300_made_up_personal_items_98_percent_are_taken_out(seed: int) -> None:
    left = missed(items(seed))
    print(f"{len(left)} of 300 were left:", *left, sep="\n")
    assert 300 - len(left) >= LEAST


def test_names_that_no_list_holds_are_taken_out_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = FIRST[:], LAST[:]
    FIRST[:], LAST[:] = UNLISTED
    left = missed(items(12))
    FIRST[:], LAST[:] = first, last
    assert 300 - len(left) >= LEAST, left


def ordinary_questions() -> list[str]:
    # Those in "taught" are templates, some of them made of nothing but numbers.
    files = [file for file in sorted(ORDINARY.glob("*/ordinary.txt")) if file.parent.name != "taught"]
    lines = [line.strip() for path in files for line in path.read_text("utf-8").splitlines()]
    # Words in another language are never kept.
    return [line for line in lines if line and not line.startswith("#") and not is_foreign(line)]


def test_ordinary_questions_keep_their_words() -> None:
    questions = ordinary_questions()
    lost = [
        (question, word)
        for question in questions
        for word in {t.word for t in tokens(question)} - {t.word for t in tokens(redacted(question, articles_words()))}
        # A town is what redaction is for.
        if word.isdigit() or word.title() not in question
    ]
    # Four digits and more have to go, those of a year among them ("the 1960s"). Else only what stands where a name does
    # is lost, or is one: "Doctor drew me", "the max", "Whipps Cross, simple job", "the brian", MassHealth.
    assert all(len(word) >= 4 for _, word in lost if word[0].isdigit()), lost
    names = ["brian", "drew", "masshealth", "max", "simple"]
    assert sorted(word for _, word in lost if not word[0].isdigit()) == names, lost
    assert len(questions) > 600


@pytest.mark.parametrize(
    "text",
    [
        "Does it help Tinnitus, Ménière or TMJ?",
        "Can I take Gabapentin, Lyrica and Tramadol with it?",
        "Is 120/80 too high after 50 mg over 40 minutes, 3 times in 6 weeks?",
        "disc bulge at L4-L5 and L5-S1, c5 6th rib",
        "my Mother has Parkinson's and Arachnoiditis",
        "WILL IT HELP MY FIBROMYALGIA AND MIGRAINES",
        "May I drive? Will it hurt? Long story",
        "I am diabetic and this is awful",
        "is it true what the doctor said about ketamine",
        "I am 54, my mother is 82 years old",
    ],
)
def test_medical_words_doses_and_ages_up_to_89_stay(text: str) -> None:
    assert redacted(text, articles_words()) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my name is john smith and my back hurts", "my name is [name] and my back hurts"),
        ("Dr. Reyes said no", "Dr. [name] said no"),
        ("I live in Chicago, does it help", "I live in [name], does it help"),
        ("Nobody told me about Grace", "Nobody told me about [name]"),
        ("mail ana.ruiz@clinic.example or 555-2030", "mail [email] or [number]"),
        ("she is 93 and frail", "she is [age] and frail"),
        ("ninety-two years old", "[age] years old"),
        ("see www.example.org/a?b=1 now", "see [link] now"),
        ("12 Oak Street, Dayton, Ohio", "[address]"),
        ("SW1A 1AA or K1A 0B1 or 90210", "[postcode] or [postcode] or [number]"),
        ("born 3 March 1961", "born [date]"),
        ("surgery in March 2019", "surgery in [date]"),
        ("my [name] is [phone]", "my [name] is [phone]"),
    ],
)
def test_what_may_tell_who_asked_is_replaced_by_what_it_was(text: str, kept: str) -> None:
    assert redacted(text) == kept


@given(st.text(alphabet="a1 2@.-/+(born)My name is Ånna,[]", max_size=120))
def test_no_run_of_four_digits_and_no_address_is_ever_left(text: str) -> None:
    kept = redacted(text)
    digits = "".join(letter if letter.isdigit() else " " for letter in kept).split()
    assert all(len(run) < 4 for run in digits)


@pytest.mark.parametrize(
    "part", ["1 ", "@", "a.", "a-1", "my name is Ab ", "12 oak ", "at dot ", "born ", "Aa, ", "x@y."]
)
def test_no_text_makes_redaction_slow(part: str) -> None:
    text = (part * 2000)[:2000]
    assert cpu_seconds(lambda: redacted(text)) < 0.25
