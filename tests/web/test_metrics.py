from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from chatbot.settings import RateLimit
from tests.conftest import write_corpus

MakeApp = Callable[..., Flask]
TOKEN = "a-token-of-enough-letters"


def counts(client: FlaskClient, **headers: str) -> dict[str, float]:
    reply = client.get("/metrics", headers=headers)
    assert reply.status_code == 200, reply.text
    families = text_string_to_metric_families(reply.text)
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def ask(client: FlaskClient, question: str) -> int:
    return client.post("/api/v1/chat", json={"question": question}).status_code


def test_answers_are_counted_by_verdict(client: FlaskClient) -> None:
    for question in ("What is sciatica?", "What is sciatica?", "zzzz", "I want to kill myself"):
        ask(client, question)
    found = counts(client)
    assert found["chatbot_answers_total[answered]"] == 2
    assert found["chatbot_answers_total[nothing]"] == 1
    assert found["chatbot_answers_total[urgent]"] == 1
    assert found["chatbot_answer_seconds_count"] == 4
    assert found["chatbot_answer_seconds_sum"] > 0


def test_count_that_fails_costs_no_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(app.extensions["chatbot.metrics"]._seconds, "observe", full)
    reply = app.test_client().post("/api/v1/chat", json={"question": "I want to kill myself"})
    assert (reply.status_code, reply.json["verdict"]) == (200, "urgent")


def test_form_is_counted_like_the_api(client: FlaskClient) -> None:
    client.post("/", data={"question": "What is sciatica?"})
    assert counts(client)["chatbot_answers_total[answered]"] == 1


def test_what_is_served_is_told(client: FlaskClient) -> None:
    ready = client.get("/readyz").json
    found = counts(client)
    assert found["chatbot_articles"] == ready["articles"]
    assert found["chatbot_passages"] == ready["passages"]
    assert found["chatbot_refused_files"] == 0
    assert found[f"chatbot_corpus_info[{ready['rules_version']}][{ready['corpus_version']}]"] == 1


def test_refused_file_is_counted(make_app: MakeApp, corpus: Path) -> None:
    write_corpus(corpus, bad="---\ntitle: [\n---\n\nText.\n")
    assert counts(make_app().test_client())["chatbot_refused_files"] == 1


def test_corpus_that_is_missing_counts_as_no_article(make_app: MakeApp, tmp_path: Path) -> None:
    found = counts(make_app(corpus=tmp_path / "none").test_client())
    assert (found["chatbot_articles"], found["chatbot_failures_total"]) == (0, 0)


def test_failures_and_refusals_are_counted(make_app: MakeApp, tmp_path: Path) -> None:
    client = make_app(corpus=tmp_path / "none", rate_limit=RateLimit(1, "hour")).test_client()
    assert ask(client, "What is sciatica?") == 503
    assert ask(client, "What is sciatica?") == 429
    found = counts(client)
    assert found["chatbot_failures_total"] == 1
    assert found["chatbot_rate_limited_total"] == 1


def test_no_question_address_or_passage_is_told(client: FlaskClient) -> None:
    ask(client, "What is sciatica? zebra-token")
    text = client.get("/metrics").text
    assert not any(word in text for word in ("zebra", "sciatica", "127.0.0.1"))


def test_two_apps_count_for_themselves(make_app: MakeApp) -> None:
    one, other = make_app().test_client(), make_app().test_client()
    ask(one, "What is sciatica?")
    assert counts(other)["chatbot_answers_total[answered]"] == 0


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.3", "2001:db8::1", ""])
def test_other_machines_find_nothing(client: FlaskClient, address: str) -> None:
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": address}).status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_came_through_a_proxy_here_finds_nothing(client: FlaskClient, name: str) -> None:
    assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def test_trusted_proxy_cannot_lend_its_address(make_app: MakeApp) -> None:
    client = make_app(trusted_proxies=1).test_client()
    reply = client.get(
        "/metrics", headers={"X-Forwarded-For": "127.0.0.1"}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert reply.status_code == 404


def test_token_opens_from_anywhere_and_nothing_else_does(make_app: MakeApp) -> None:
    client = make_app(metrics_token=TOKEN).test_client()
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 404
    far = {"REMOTE_ADDR": "192.0.2.7"}
    reply = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, environ_overrides=far)
    assert reply.status_code == 200
