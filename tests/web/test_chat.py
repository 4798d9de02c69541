from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.services import Services
from chatbot.settings import RateLimit
from chatbot.storage.questions import ratings
from tests.conftest import SCIATICA

MakeApp = Callable[..., Flask]
CRISIS = "I want to kill myself"


def ask(client: FlaskClient, question: str = "can ketamine help sciatica?", **members: object) -> TestResponse:
    return client.post("/api/v1/chat", json={"question": question, **members})


def first_passage(client: FlaskClient) -> str:
    passage_id: str = ask(client).json["passages"][0]["id"]
    return passage_id


# --- questions --------------------------------------------------------------------------------


def test_question_is_answered_with_the_passage_word_for_word(client: FlaskClient) -> None:
    reply = ask(client)
    assert reply.status_code == 200
    assert reply.mimetype == "application/json"
    assert reply.json["verdict"] == "answered"
    best = reply.json["passages"][0]
    assert best["text"] in SCIATICA
    assert best["source"]["title"] == "Sciatica"
    assert best["source"]["original_url"].startswith("https://clinic.example/sciatica#:~:text=Small%20studies")
    assert reply.json["disclaimer"]


def test_offsets_cut_whole_words_and_sentences_out_of_the_text(client: FlaskClient) -> None:
    best = ask(client).json["passages"][0]
    words = {best["text"][start:end].lower() for start, end in best["words"]}
    assert {"ketamine", "sciatica"} <= words
    sentences = [best["text"][start:end] for start, end in best["sentences"]]
    assert "Small studies suggest that ketamine may ease sciatica for some people." in sentences


def test_misspelled_word_is_corrected_and_said(client: FlaskClient) -> None:
    assert ask(client, "can ketamine help siatica?").json["corrections"] == [{"typed": "siatica", "used": "sciatica"}]


def test_question_beside_the_articles_gets_nothing_but_the_disclaimer(client: FlaskClient) -> None:
    reply = ask(client, "who won the football world cup").json
    assert (reply["verdict"], reply["passages"]) == ("nothing", [])
    assert reply["disclaimer"]


def test_crisis_gets_help_and_no_passages(client: FlaskClient) -> None:
    reply = ask(client, CRISIS).json
    assert (reply["verdict"], reply["passages"]) == ("urgent", [])
    assert reply["notice"]["kind"] == "crisis"
    assert reply["notice"]["contacts"]


@pytest.mark.parametrize("limit", [1, 2])
def test_limit_is_the_most_that_is_shown(client: FlaskClient, limit: int) -> None:
    assert 1 <= len(ask(client, "ketamine", limit=limit).json["passages"]) <= limit


def test_same_question_gets_the_same_answer(client: FlaskClient) -> None:
    assert ask(client).data == ask(client).data


def test_answer_is_kept_by_no_cache_and_sets_no_cookie(client: FlaskClient) -> None:
    reply = ask(client)
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in reply.headers


def test_charset_beside_the_content_type_does_not_matter(client: FlaskClient) -> None:
    reply = client.post("/api/v1/chat", data=b'{"question": "a"}', content_type="application/json; charset=utf-8")
    assert reply.status_code == 200


# --- other sites ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/v1/chat", "/api/v1/suggestions", "/api/v1/feedback", "/api/nothing"])
def test_every_site_may_read_the_api_errors_included(client: FlaskClient, path: str) -> None:
    reply = client.get(path, headers={"Origin": "https://clinic.example"})
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in reply.headers


def test_browser_asking_first_is_told_what_it_may_send(client: FlaskClient) -> None:
    reply = client.options("/api/v1/chat", headers={"Origin": "null", "Access-Control-Request-Method": "POST"})
    assert reply.status_code == 204
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Access-Control-Allow-Headers"] == "content-type"
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert int(reply.headers["Access-Control-Max-Age"]) > 0


def test_pages_are_not_opened_to_other_sites(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


# --- limits -----------------------------------------------------------------------------------


def test_too_many_questions_get_a_problem_that_says_how_long_to_wait(make_app: MakeApp) -> None:
    client = make_app(rate_limit=RateLimit(2, "minute")).test_client()
    replies = [ask(client) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert 1 <= int(replies[2].headers["Retry-After"]) <= 60
    assert replies[2].mimetype == "application/problem+json"
    assert replies[2].json["disclaimer"]


def test_crisis_gets_help_even_after_too_many_questions(make_app: MakeApp) -> None:
    client = make_app(rate_limit=RateLimit(1, "minute")).test_client()
    ask(client)
    assert ask(client).status_code == 429
    assert ask(client, CRISIS).json["verdict"] == "urgent"


def test_forwarded_address_counts_only_behind_a_trusted_proxy(make_app: MakeApp) -> None:
    def statuses(proxies: int) -> list[int]:
        client = make_app(rate_limit=RateLimit(1, "minute"), trusted_proxies=proxies).test_client()
        sent = [{"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.{number}"} for number in range(3)]
        return [client.post("/api/v1/chat", json={"question": "a"}, headers=each).status_code for each in sent]

    assert statuses(0) == [200, 429, 429]
    assert statuses(1) == [200, 200, 200]


def test_only_the_trusted_hop_of_a_forwarded_address_counts(make_app: MakeApp) -> None:
    client = make_app(rate_limit=RateLimit(1, "minute"), trusted_proxies=1).test_client()
    forged = [{"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.1"} for number in range(3)]
    statuses = [client.post("/api/v1/chat", json={"question": "a"}, headers=each).status_code for each in forged]
    assert statuses == [200, 429, 429]


def test_request_that_is_wrong_is_not_counted(make_app: MakeApp) -> None:
    client = make_app(rate_limit=RateLimit(1, "minute")).test_client()
    for _ in range(5):
        assert ask(client, "").status_code == 422
    assert ask(client).status_code == 200


# --- suggestions ------------------------------------------------------------------------------


def test_suggestions_to_start_with_are_all_answered(client: FlaskClient) -> None:
    reply = client.get("/api/v1/suggestions").json
    assert reply["suggestions"]
    for question in reply["suggestions"]:
        assert ask(client, question).json["verdict"] == "answered"


def test_typing_is_completed_from_questions_and_headings(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggestions?q=common&limit=1").json["suggestions"]
    assert found == ["Common side effects"]


def test_what_visitors_ask_never_becomes_a_suggestion(client: FlaskClient) -> None:
    ask(client, "zebra crossings and ketamine")
    assert client.get("/api/v1/suggestions?q=zebra").json["suggestions"] == []


@pytest.mark.parametrize(("query", "name"), [("limit=0", "limit"), ("limit=many", "limit"), ("q=" + "x" * 201, "q")])
def test_wrong_argument_is_named(client: FlaskClient, query: str, name: str) -> None:
    reply = client.get(f"/api/v1/suggestions?{query}")
    assert reply.status_code == 422
    assert reply.json["errors"][0]["pointer"] == f"#/{name}"


# --- feedback ---------------------------------------------------------------------------------


def noted(app: Flask, passage: str) -> list[tuple[int, dict[str, int]]]:
    """Return how often the passage helped, and why it did not."""
    wired: Services = app.extensions["chatbot"]
    wired.journal.flush()
    with wired.database.reading() as session:
        rated = ratings(session, datetime.now(tz=UTC) - timedelta(days=2))
    return [(each.helpful, dict(each.reasons)) for each in rated if each.passage == passage]


def send(client: FlaskClient, **members: object) -> int:
    body = {"corpus_version": "9f3c", "verdict": "answered", "helpful": False, **members}
    return client.post("/api/v1/feedback", json=body).status_code


def test_feedback_is_counted_by_passage_and_reason(app: Flask, client: FlaskClient) -> None:
    passage = first_passage(client)
    assert send(client, passage=passage, reason="unsafe") == 204
    assert noted(app, passage) == [(0, {"unsafe": 1})]


def test_feedback_on_a_passage_that_is_gone_is_taken_and_dropped(app: Flask, client: FlaskClient) -> None:
    assert send(client, passage="sciatica#words-of-a-visitor") == 204
    assert noted(app, "sciatica#words-of-a-visitor") == []


def test_feedback_on_the_answer_as_a_whole_is_counted(app: Flask, client: FlaskClient) -> None:
    assert send(client, verdict="nothing", helpful=True) == 204
    assert noted(app, "") == [(1, {})]


def test_feedback_holds_no_free_text(client: FlaskClient) -> None:
    assert send(client, reason="it hurts") == 422


def test_too_much_feedback_is_refused_but_questions_go_on(make_app: MakeApp) -> None:
    client = make_app(rate_limit=RateLimit(1, "minute")).test_client()
    assert [send(client), send(client)] == [204, 429]
    assert ask(client).status_code == 200


def test_urgent_answer_without_a_corpus_can_be_rated(make_app: MakeApp, tmp_path: Path) -> None:
    client = make_app(corpus=tmp_path / "none").test_client()
    version = ask(client, CRISIS).json["corpus_version"]
    assert send(client, verdict="urgent", corpus_version=version) == 204


# --- when things fail -------------------------------------------------------------------------


def test_no_corpus_is_a_problem_to_come_back_from(make_app: MakeApp, tmp_path: Path) -> None:
    client = make_app(corpus=tmp_path / "none").test_client()
    reply = ask(client)
    assert reply.status_code == 503
    assert reply.json["disclaimer"]
    assert int(reply.headers["Retry-After"]) > 0
    assert client.get("/api/v1/suggestions").status_code == 503


def test_crisis_gets_help_without_any_corpus(make_app: MakeApp, tmp_path: Path) -> None:
    reply = ask(make_app(corpus=tmp_path / "none").test_client(), CRISIS)
    assert reply.status_code == 200
    assert reply.json["verdict"] == "urgent"


class BrokenEngine:
    def search(self, query: object, limit: int) -> tuple[()]:
        raise RuntimeError(f"no index for {query}")


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    library = app.extensions["chatbot"].library
    object.__setattr__(library.snapshot(), "engine", BrokenEngine())
    return app.test_client()


def test_fault_is_a_problem_with_an_id_that_stands_in_the_log(
    broken: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    reply = ask(broken, "marked-question-text")
    assert reply.status_code == 500
    assert reply.json["disclaimer"]
    assert reply.json["error_id"] in caplog.text
    assert "RuntimeError" in caplog.text


def test_no_log_holds_the_question(broken: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ask(broken, "marked-question-text")
    broken.post("/api/v1/chat?q=marked-question-text", data=b'{"question": "marked-question-text"')
    ask(broken, f"{CRISIS} marked-question-text")
    assert "marked-question-text" not in caplog.text


def test_crisis_gets_help_when_the_search_fails(broken: FlaskClient) -> None:
    assert ask(broken, CRISIS).json["verdict"] == "urgent"


def test_general_help_is_shown_when_the_rules_fail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("chatbot.services.assess", fail)
    monkeypatch.setattr("chatbot.answering.answer.assess", fail)
    reply = ask(app.test_client()).json
    assert (reply["verdict"], reply["passages"]) == ("nothing", [])
    assert reply["notice"]["contacts"]
    assert reply["disclaimer"]
