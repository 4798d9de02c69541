from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import decode
from msgspec.structs import fields

from chatbot.values import (
    Answer,
    ArticleLink,
    Contact,
    Correction,
    Excerpt,
    Feedback,
    Notice,
    Passage,
    Question,
    Source,
    Span,
)
from chatbot.web.shapes import AnswerBody, PassageBody
from chatbot.web.wire import (
    NotJSON,
    WrongFields,
    _AnswerJSON,
    _PassageJSON,
    answer_json,
    chat_request,
    feedback_request,
    original_url,
    suggestions_request,
)
from tests.builders import make_passage


def body(**members: object) -> bytes:
    return json.dumps(members).encode()


# --- questions --------------------------------------------------------------------------------


def test_question_alone_is_enough() -> None:
    assert chat_request(b'{"question": "what is ketamine?"}') == (Question("what is ketamine?"), 3)


def test_all_members_are_read() -> None:
    request = body(question="is it safe?", history=["what is ketamine?", "who should not?"], limit=10)
    assert chat_request(request) == (Question("is it safe?", ("what is ketamine?", "who should not?")), 10)


def test_white_space_at_the_ends_is_cut_and_does_not_count() -> None:
    question, _ = chat_request(body(question=" \n" + "x" * 2000 + "\t ", history=["  a ", " "]))
    assert question == Question("x" * 2000, ("a",))


def test_unknown_members_are_ignored() -> None:
    assert chat_request(body(question="a", colour="red"))[0] == Question("a")


@pytest.mark.parametrize("text", ["sciática 🙂", "\u200fما هو", "a\u200bb", "e\u0301" * 900, "\x00"])
def test_any_characters_are_a_question(text: str) -> None:
    assert chat_request(json.dumps({"question": text}, ensure_ascii=False).encode())[0].text == text


@pytest.mark.parametrize(
    "members",
    [
        {"question": ""},
        {"question": "  \n "},
        {"question": "x" * 2001},
        {"question": None},
        {"question": 7},
        {"question": ["a"]},
        {},
        {"Question": "a"},
    ],
)
def test_wrong_question_is_named(members: dict[str, object]) -> None:
    with pytest.raises(WrongFields, match='"question" must be a text of 1 to 2,000 characters'):
        chat_request(body(**members))


@pytest.mark.parametrize("limit", ["8", "8.0", "0.8e1"])
def test_whole_number_may_be_written_in_any_way(limit: str) -> None:
    assert chat_request(f'{{"question": "a", "limit": {limit}}}'.encode())[1] == 8


@pytest.mark.parametrize("limit", [0, 11, -1, 10**30, 2.5, "3", True, None, [3]])
def test_wrong_limit_is_named(limit: object) -> None:
    with pytest.raises(WrongFields, match='"limit" must be a whole number from 1 to 10'):
        chat_request(body(question="a", limit=limit))


@pytest.mark.parametrize("history", [["a"] * 11, "a", [1], [None], {}, None, ["x" * 2001]])
def test_wrong_history_is_named(history: object) -> None:
    with pytest.raises(WrongFields, match='"history" must'):
        chat_request(body(question="a", history=history))


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(WrongFields) as caught:
        chat_request(body(question=1, history=2, limit="x"))
    assert set(caught.value.fields) == {"question", "history", "limit"}


@pytest.mark.parametrize("text", ["[]", '"a"', "7", "null", "true"])
def test_json_that_is_no_object_is_the_wrong_shape(text: str) -> None:
    with pytest.raises(WrongFields, match="JSON object"):
        chat_request(text.encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"question=a",
        b"{",
        b'{"question": "a"',
        b'{"question": "a"} {"question": "b"}',
        b'{"question": "a",}',
        b"{'question': 'a'}",
        b'{"question": "a", "question": "b"}',
        b'{"question": "a", "limit": NaN}',
        b'{"question": "a", "limit": -Infinity}',
        b'{"question": "\xff"}',
        b'{"question": "\xed\xa0\x80"}',
        b'{"question": "\\ud800"}',
        b'{"question": "a", "x": "\\udfff"}',
        b'\xef\xbb\xbf{"question": "a"}',
        '{"question": "a"}'.encode("utf-16"),
        '{"question": "ä"}'.encode("latin-1"),
        b'{"question": "a\nb"}',
        b'{"question": "a", "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"question": "a", "limit": ' + b"9" * 5000 + b"}",
    ],
    ids=range(20),
)
def test_what_is_not_one_json_text_in_utf8_is_refused(raw: bytes) -> None:
    with pytest.raises(NotJSON):
        chat_request(raw)


def test_refusal_does_not_carry_the_visitors_words() -> None:
    with pytest.raises(NotJSON) as caught:
        chat_request(b'{"question": "secret"')
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_a_question_or_a_refusal(raw: bytes) -> None:
    try:
        question, limit = chat_request(raw)
    except (NotJSON, WrongFields):
        return
    assert question.text
    assert 1 <= limit <= 10


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(question=JSON, history=JSON, limit=JSON)
def test_any_json_is_a_question_or_a_refusal(question: object, history: object, limit: object) -> None:
    try:
        asked, shown = chat_request(body(question=question, history=history, limit=limit))
    except WrongFields as error:
        assert set(error.fields) <= {"question", "history", "limit"}  # noqa: PT017
        return
    assert asked.text == str(question).strip()
    assert shown == limit


# --- feedback and suggestions -----------------------------------------------------------------


def test_feedback_is_read() -> None:
    members = {
        "corpus_version": "9f3c",
        "passage": "sciatica#how",
        "verdict": "answered",
        "helpful": False,
        "reason": "unsafe",
    }
    assert feedback_request(body(**members)) == Feedback("9f3c", "answered", False, "sciatica#how", "unsafe")


def test_feedback_on_the_whole_answer_names_no_passage() -> None:
    assert feedback_request(body(corpus_version="9f3c", verdict="nothing", helpful=True)).passage is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("corpus_version", "my name is"),
        ("corpus_version", ""),
        ("corpus_version", "a" * 65),
        ("verdict", "maybe"),
        ("helpful", "yes"),
        ("helpful", None),
        ("passage", "I feel very ill"),
        ("passage", "no-anchor"),
        ("passage", "a#" + "b" * 300),
        ("reason", "because I say so"),
    ],
)
def test_wrong_feedback_is_named(field: str, value: object) -> None:
    members = {"corpus_version": "9f3c", "verdict": "answered", "helpful": True, field: value}
    with pytest.raises(WrongFields, match=f'"{field}" must be'):
        feedback_request(body(**members))


def test_suggestions_have_defaults() -> None:
    request = suggestions_request({})
    assert (request.q, request.limit) == ("", 5)


def test_suggestions_read_numbers_from_the_address() -> None:
    assert suggestions_request({"q": "7", "limit": "2"}) == type(suggestions_request({}))("7", 2)


@pytest.mark.parametrize("wrong", [{"limit": "0"}, {"limit": "11"}, {"limit": "x"}, {"limit": ""}, {"q": "x" * 201}])
def test_wrong_argument_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(WrongFields, match=f'"{next(iter(wrong))}" must be'):
        suggestions_request(wrong)


# --- answers ----------------------------------------------------------------------------------


def make_answer(passage: Passage) -> Answer:
    return Answer(
        question=Question("does ketamine help siatica?"),
        verdict="answered",
        disclaimer="Talk to a pain specialist.",
        corpus_version="9f3c",
        passages=(Excerpt(passage, "high", (Span(0, 9),), (Span(0, 8), Span(12, 20))),),
        notice=Notice("advice", "Please note", "Ask first.", (Contact("Doctor", "911"),)),
        corrections=(Correction("siatica", "sciatica"),),
        suggestions=("What is ketamine?",),
    )


def test_answer_has_exactly_the_members_of_the_contract() -> None:
    source = Source(
        "sciatica.md", "A. Writer", "Clinic", "https://clinic.example/a", date(2023, 8, 8), date(2026, 11, 1)
    )
    passage = Passage("sciatica", "how-2", "Sciatica", ("Treatment", "How it may help"), "Sciatica – leg pain.", source)
    assert json.loads(answer_json(make_answer(passage))) == {
        "verdict": "answered",
        "passages": [
            {
                "id": "sciatica#how-2",
                "text": "Sciatica – leg pain.",
                "sentences": [[0, 9]],
                "words": [[0, 8], [12, 20]],
                "matched": [],
                "confidence": "high",
                "risks_url": None,
                "source": {
                    "title": "Sciatica",
                    "section": "How it may help",
                    "author": "A. Writer",
                    "publisher": "Clinic",
                    "published": "2023-08-08",
                    "reviewed": "2026-11-01",
                    "reviewer": None,
                    "review_by": None,
                    "url": "/articles/sciatica#how-2",
                    "original_url": "https://clinic.example/a#:~:text=Sciatica%20%E2%80%93%20leg%20pain.",
                },
            }
        ],
        "notice": {
            "kind": "advice",
            "title": "Please note",
            "text": "Ask first.",
            "contacts": [{"label": "Doctor", "phone": "911", "url": None}],
        },
        "corrections": [{"typed": "siatica", "used": "sciatica"}],
        "suggestions": ["What is ketamine?"],
        "disclaimer": "Talk to a pain specialist.",
        "corpus_version": "9f3c",
    }


def test_what_is_written_ahead_has_the_members_that_are_described() -> None:
    for written, described in ((_AnswerJSON, AnswerBody), (_PassageJSON, PassageBody)):
        assert [field.name for field in fields(written)] == [field.name for field in fields(described)]


def test_no_answer_carries_the_nearest_articles_and_its_own_words() -> None:
    reply = Answer(
        Question("how much is it?"),
        "nothing",
        "Talk to a pain specialist.",
        "9f3c",
        nearest=(ArticleLink("crps", "Ketamine and CRPS"),),
        no_answer="We know no prices.",
    )
    written = json.loads(answer_json(reply))
    assert written["nearest"] == [{"title": "Ketamine and CRPS", "url": "/articles/crps"}]
    assert written["no_answer"] == "We know no prices."


def test_unknown_is_null() -> None:
    source = decode(answer_json(make_answer(make_passage())), type=AnswerBody).passages[0].source
    unknown = (source.section, source.author, source.publisher, source.published, source.reviewed, source.original_url)
    assert set(unknown) == {None}


def _at(url: str, text: str, lead_in: str = "") -> str | None:
    return original_url(Passage("a", "b", "A", (), text, Source("a.md", url=url), lead_in=lead_in))


def test_original_address_points_to_the_first_words() -> None:
    text = "One two three four five six seven eight nine ten."
    assert _at("https://x.example/", text) == (
        "https://x.example/#:~:text=One%20two%20three%20four%20five%20six%20seven%20eight"
    )


def test_marks_that_part_a_text_fragment_are_escaped() -> None:
    assert _at("https://x.example/", "Low-dose, slow & safe") == (
        "https://x.example/#:~:text=Low%2Ddose%2C%20slow%20%26%20safe"
    )


def test_fragment_of_the_address_itself_is_kept() -> None:
    assert _at("https://x.example/#part", "Text") == "https://x.example/#part:~:text=Text"


def test_list_item_is_looked_for_without_the_sentence_that_opens_its_list() -> None:
    assert (
        _at("https://x.example/", "It may cause:\nNausea", lead_in="It may cause:")
        == "https://x.example/#:~:text=Nausea"
    )


def test_bare_list_is_looked_for_by_its_opening_sentence() -> None:
    assert _at("https://x.example/", "Causes are\n- one\n- two") == "https://x.example/#:~:text=Causes%20are"
