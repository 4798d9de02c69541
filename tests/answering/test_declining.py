"""What is answered and what is declined, from the words typed to the verdict, over a small corpus."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from chatbot.answering.confidence import POLICY, judge
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.text.lexicon import Lexicon, make_lexicon
from chatbot.text.query import make_language, understand
from chatbot.values import Passage, Verdict
from tests.builders import make_passage

CORPUS = tuple(
    make_passage(text, title=title, headings=(heading,), anchor=heading)
    for title, heading, text in (
        ("Ketamine for pain", "Side effects", "Ketamine infusions may cause nausea and dizziness."),
        (
            "Ketamine for pain",
            "How long it lasts",
            "Pain relief from ketamine lasts days to weeks, studies of 1999 say.",
        ),
        ("Ketamine for pain", "Cost", "Ketamine is not paid for by all plans today."),
        ("Sciatica", "What it is", "Sciatica is leg pain from an irritated nerve."),
        ("Sciatica", "Ketamine", "Ketamine may ease sciatica pain when other ways fail."),
        ("Migraine", "What it is", "Migraine is a headache that may bring nausea."),
    )
)
KNOWN = make_lexicon({"subject": [{"words": ["pregnant", "gabapentin"]}]})


def verdict(text: str, *carried: str, corpus: Sequence[Passage] = CORPUS, lexicon: Lexicon = KNOWN) -> Verdict:
    query = understand(text, carried, make_language(corpus, lexicon))
    return judge(query, BM25Engine(corpus).search(query, 3), POLICY)


@pytest.mark.parametrize("text", ["What is sciatica?", "Does ketamine help sciatica?", "migraine with nausea"])
def test_what_a_passage_says_is_answered(text: str) -> None:
    assert verdict(text) == "answered"


@pytest.mark.parametrize("text", ["ketamine", "Ketamine?", "pain", "KETAMINE!!"])
def test_the_bare_theme_is_not_answered(text: str) -> None:
    assert verdict(text) != "answered"


@pytest.mark.parametrize("text", ["1999", "1999?", "is it 1999", "12 1999 7"])
def test_numbers_alone_are_not_answered(text: str) -> None:
    assert verdict(text) != "answered"


@pytest.mark.parametrize("text", ["and now?", "why is that", "thanks, ok", "zzz?"])
def test_what_was_asked_before_is_not_answered_again(text: str) -> None:
    assert verdict(text, "What is sciatica?") != "answered"


@pytest.mark.parametrize(
    "text",
    [
        "Can I have ketamine when pregnant?",
        "Is ketamine safe with gabapentin?",
        "capital of France",
        "weather today",
        "¿Cuánto dura el efecto de la ketamina?",
    ],
)
def test_what_no_passage_speaks_of_is_not_answered(text: str) -> None:
    assert verdict(text) != "answered"


def test_a_subject_that_an_article_treats_is_answered() -> None:
    treated = make_passage("Ketamine is not for pregnant women.", title="Ketamine for pain", headings=("Pregnancy",))
    assert verdict("Can pregnant women have ketamine?", corpus=(*CORPUS, treated)) == "answered"
