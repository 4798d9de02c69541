from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.app import create_app
from chatbot.errors import SettingsError
from chatbot.settings import Settings
from tests.conftest import SCIATICA, write_corpus

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
QUESTIONS = (
    "What is ketamine?",
    "Can ketamine help with sciatica?",
    "how long does pain relief last after an infusion",
)

MakeApp = Callable[..., Flask]


def test_app_answers_as_soon_as_it_is_made(app: Flask) -> None:
    reply = app.test_client().post("/api/v1/chat", json={"question": "can ketamine help sciatica?"})
    assert reply.json["verdict"] == "answered"


def test_settings_come_from_the_environment_when_none_are_given(monkeypatch: pytest.MonkeyPatch, corpus: Path) -> None:
    monkeypatch.setenv("CHATBOT_CORPUS", str(corpus))
    made = create_app()
    assert made.extensions["chatbot"].settings.corpus == corpus


def test_given_settings_leave_the_environment_alone(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("CHATBOT_REGION", "Mars")
    assert create_app(settings).extensions["chatbot"].settings is settings


def test_wrong_environment_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_COPRUS", "x")
    with pytest.raises(SettingsError, match="did you mean CHATBOT_CORPUS"):
        create_app()


def test_a_command_with_a_wrong_setting_says_what_to_mend_and_shows_no_traceback(corpus: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "CHATBOT_CORPUS": str(corpus), "CHATBOT_REGION": "Mars"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "corpus", "check"]
    ended = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.startswith("The chatbot cannot start:\nCHATBOT_REGION")
    assert "Traceback" not in ended.stderr


def test_an_app_whose_engine_is_away_answers_from_the_embedded_one_and_says_so(make_app: MakeApp) -> None:
    client = make_app(engine="opensearch", opensearch_url="http://127.0.0.1:9").test_client()
    reply = client.post("/api/v1/chat", json={"question": "can ketamine help sciatica?"}).get_json()
    assert reply["verdict"] == "answered"
    ready = client.get("/readyz").get_json()
    assert ready["engine"] == "bm25"
    assert "OpenSearch could not answer" in ready["engine_away"]
    assert b'chatbot_searches_total{engine="bm25"} 1.0' in client.get("/metrics").data


def test_an_app_indexes_its_articles_and_answers_from_opensearch_as_the_embedded_engine_does(
    make_app: MakeApp, opensearch_url: str
) -> None:
    remote = make_app(engine="opensearch", opensearch_url=opensearch_url)
    remote.extensions["chatbot"].library.share()
    asked = {"question": "can ketamine help siatica?"}
    found, expected = (app.test_client().post("/api/v1/chat", json=asked).get_json() for app in (remote, make_app()))
    assert found == expected
    client = remote.test_client()
    ready = client.get("/readyz").get_json()
    assert (ready["engine"], ready["engine_away"]) == ("opensearch", None)
    assert b'chatbot_searches_total{engine="opensearch"} 1.0' in client.get("/metrics").data


def test_two_apps_in_one_process_do_not_share_a_corpus(make_app: MakeApp, tmp_path: Path) -> None:
    other = make_app(corpus=write_corpus(tmp_path / "other", sciatica=SCIATICA))
    assert make_app().test_client().get("/readyz").json["articles"] == 2
    assert other.test_client().get("/readyz").json["articles"] == 1


def test_folder_of_bare_articles_is_served(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "sciatica.md").write_text(SCIATICA)
    assert make_app(corpus=tmp_path / "bare").test_client().get("/readyz").json["articles"] == 1


@pytest.mark.parametrize(
    ("path", "framed", "sharing"),
    [
        ("/", False, "same-origin"),
        ("/articles/", False, "same-origin"),
        ("/nothing", False, "same-origin"),
        ("/healthz", False, "same-origin"),
        ("/api/v1/suggestions", False, "cross-origin"),
        ("/embed/v1/panel", True, "cross-origin"),
    ],
)
def test_each_kind_of_page_has_its_headers(make_app: MakeApp, path: str, framed: bool, sharing: str) -> None:
    headers = make_app(frame_ancestors=("https://clinic.example",)).test_client().get(path).headers
    ancestors = "https://clinic.example" if framed else "'none'"
    assert headers["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")
    assert ("X-Frame-Options" in headers) is not framed
    assert headers["Cross-Origin-Resource-Policy"] == sharing
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_visitors_page_sets_a_cookie(client: FlaskClient) -> None:
    for path in ("/", "/articles/", "/articles/sciatica", "/embed/v1/panel", "/api/v1/suggestions", "/nothing"):
        assert "Set-Cookie" not in client.get(path).headers


def test_passage_address_leads_to_its_anchor(client: FlaskClient) -> None:
    best = client.post("/api/v1/chat", json={"question": "can ketamine help sciatica?"}).json["passages"][0]
    page, _, anchor = best["source"]["url"].partition("#")
    assert f'id="{anchor}"' in client.get(page).text


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real articles are not at {SEEDS}")
@pytest.mark.parametrize("question", QUESTIONS)
def test_real_articles_answer_with_their_own_words(make_app: MakeApp, question: str) -> None:
    client = make_app(corpus=SEEDS).test_client()
    reply = client.post("/api/v1/chat", json={"question": question}).json
    assert reply["verdict"] in ("answered", "unsure")
    source = " ".join("\n".join(path.read_text("utf-8") for path in SEEDS.glob("*.txt")).split())
    sentence = reply["passages"][0]["text"].split("\n")[-1].removeprefix("- ")
    assert " ".join(sentence.split()) in source
