"""Rules that hold for any text: 10,000 are made for the rules alone and 1,500 for the whole app, besides those that are
nasty on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from chatbot.answering.notices import assess, disclaimer, read_rules
from chatbot.app import create_app
from chatbot.settings import Settings
from chatbot.values import Question
from tests.answering.safety.labelled import messages, plain
from tests.cpu import cpu_seconds

RULES = read_rules()
REGIONS = tuple(RULES.regions)
VOCABULARY = sorted(RULES.spelling.vocabulary)
TEXTS = [message.text for message in messages()]
LONGEST_SECONDS = 0.05

anything = st.text(max_size=2000)
wordy = st.lists(st.sampled_from(VOCABULARY), max_size=250).map(" ".join)
signs = st.text(alphabet="aeikls .*'!1@$-_,?\u200b", max_size=2000)
pasted = st.lists(st.sampled_from(TEXTS), max_size=12).map(" ".join)


MARK = "zqmark"
markup = st.lists(
    st.one_of(
        st.sampled_from(
            [
                f"<{MARK}>",
                f'"><{MARK}>',
                f"'><{MARK} {MARK}=1>",
                f'" {MARK}="',
                f"' {MARK}='",
                f"</textarea><{MARK}>",
                f"</title></script></style><{MARK}>",
                f"--><{MARK}>",
                f"<img src=x {MARK}=1>",
                f"&lt;{MARK}&gt;",
                "does ketamine help sciatica?",
                "I want to die",
                "how much should I take",
            ]
        ),
        st.text(max_size=40),
    ),
    min_size=1,
    max_size=30,
).map("".join)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of the shipped articles."""
    app = create_app(Settings(rate_limit=None, instance=tmp_path_factory.mktemp("instance")))
    yield app.test_client()
    app.extensions["chatbot"].stop()


@settings(max_examples=500)
@given(st.one_of(anything, wordy, signs, pasted, markup))
def test_any_text_gets_the_same_answer_twice_from_the_api_with_the_disclaimer(visitor: FlaskClient, text: str) -> None:
    asked = {"question": text[:2000]}
    first = visitor.post("/api/v1/chat", json=asked)
    assert first.status_code == (200 if asked["question"].strip() else 422)
    assert first.json["disclaimer"] == disclaimer(Settings())
    assert visitor.post("/api/v1/chat", json=asked).data == first.data


@settings(max_examples=1000)
@given(st.sampled_from(["/", "/embed/v1/panel"]), st.one_of(anything, wordy, signs, pasted, markup, markup))
def test_any_text_gets_the_same_page_twice_with_the_disclaimer_and_nothing_typed_is_markup(
    visitor: FlaskClient, address: str, text: str
) -> None:
    form = {"question": text[:2000]}
    first = visitor.post(address, data=form)
    assert first.status_code == (200 if form["question"].strip() else 422)
    assert disclaimer(Settings()) in unescape(first.text)
    assert not LexborHTMLParser(first.text).css(f"{MARK}, [{MARK}]")
    assert visitor.post(address, data=form).data == first.data


@settings(max_examples=6000)
@given(st.one_of(anything, wordy, signs, pasted))
def test_any_text_is_judged_the_same_twice(text: str) -> None:
    first = assess(Question(text[:2000]), RULES, "US")
    assert first == assess(Question(text[:2000]), RULES, "US")
    assert first.level in (1, 2, 3, 4)
    assert (first.level == 4) == (first.notice is None)


@settings(max_examples=2000)
@given(st.one_of(anything, wordy), st.lists(anything, max_size=3), st.sampled_from(REGIONS))
def test_urgent_has_contacts_whatever_was_said_before(text: str, history: list[str], region: str) -> None:
    found = assess(Question(text, tuple(history)), RULES, region)
    if found.level == 1:
        assert found.notice is not None
        assert found.notice.kind in ("crisis", "emergency")
        assert found.notice.contacts
    elif found.notice is not None:
        assert found.notice.kind == "advice"


@settings(max_examples=1500)
@given(st.one_of(anything, signs), st.sampled_from([message.text for message in plain()]))
def test_nothing_typed_comes_back(text: str, phrase: str) -> None:
    found = assess(Question(f"{text}. {phrase}"), RULES, "US")
    fixed = {notice.text for notice in RULES.notices.values()}
    assert found.notice is not None
    assert any(found.notice.text.startswith(words) for words in fixed)


@settings(max_examples=500)
@given(st.sampled_from([message.text for message in plain()]), st.sampled_from(TEXTS))
def test_urgent_stays_urgent_beside_another_sentence(phrase: str, other: str) -> None:
    assert assess(Question(f"{other}. {phrase}."), RULES, "US").level == 1


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2000,
        "i " * 1000,
        "i want to " * 200,
        "k.i.l.l." * 250,
        "*" * 2000,
        "d*e*a*d " * 250,
        "1" * 2000,
        "1l!|" * 500,
        "killmyselfkillmyself" * 100,
        "a.b-c_d'e!f|" * 160,
        "no not never " * 150,
        "\u200b" * 2000,
        "\u0336" * 2000,
        "ﷺ" * 2000,
        "@" * 1999 + "a",
        "x@" * 1000,
        "0 " * 1000,
        "if " * 660,
    ],
)
def test_nasty_text_takes_no_longer(text: str) -> None:
    assert cpu_seconds(lambda: assess(Question(text), RULES, "US")) < LONGEST_SECONDS


def test_long_texts_are_judged_in_milliseconds() -> None:
    long = [" ".join(TEXTS[start : start + 60])[:2000] for start in range(0, len(TEXTS) - 60, 40)]
    taken = [cpu_seconds(partial(assess, Question(text), RULES, "US")) for text in long]
    # Twice the goal of 5 ms: the machine that tests is not the one that serves.
    assert sorted(taken)[int(0.9 * len(taken))] < 0.01
