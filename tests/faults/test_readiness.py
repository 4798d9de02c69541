"""/readyz tells each state apart: a word for programs, a sentence for people."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from chatbot.errors import DatabaseUnavailable
from chatbot.web.operations import SENTENCES
from chatbot.web.shapes import NoArticles, Served
from tests.conftest import SCIATICA, write_corpus
from tests.faults.conftest import BROKEN, MakeApp, asked, look, ready


def test_every_state_has_a_sentence_of_its_own() -> None:
    assert {*SENTENCES} == {*get_args(Served), *get_args(NoArticles)}
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_all_is_well(make_app: MakeApp) -> None:
    said = ready(make_app())
    assert (said["status"], said["state"], said["index"], said["last_good"]) == ("ready", "ready", "kept", [])
    assert said["detail"] == SENTENCES["ready"]
    assert said["rules_version"]


def test_file_that_never_was_good_is_refused_and_has_no_earlier_version(make_app: MakeApp, corpus: Path) -> None:
    write_corpus(corpus, bad=BROKEN)
    said = ready(make_app())
    assert (said["state"], said["last_good"], said["articles"]) == ("files_refused", [], 2)


def test_refused_file_is_named_as_served_in_an_earlier_version(make_app: MakeApp, corpus: Path) -> None:
    app = make_app()
    write_corpus(corpus, sciatica=BROKEN)
    look(app)
    said = ready(app)
    assert (said["state"], said["last_good"]) == ("files_refused", ["articles/sciatica.md"])
    assert "last good version" in said["detail"]
    write_corpus(corpus, sciatica=SCIATICA)
    look(app)
    assert ready(app)["state"] == "ready"


def test_advice_refuses_nothing(make_app: MakeApp, corpus: Path) -> None:
    lapsed = SCIATICA.replace("---\n", "---\nreview_by: 2020-01-01\n", 1)
    write_corpus(corpus, sciatica=lapsed)
    said = ready(make_app())
    assert (said["state"], [each["severity"] for each in said["problems"]]) == ("ready", ["advice"])


@pytest.mark.parametrize(
    ("what", "state"),
    [("missing", "folder_away"), ("empty", "no_articles"), ("all broken", "all_refused"), ("a file", "folder_away")],
)
def test_without_an_article_it_says_which_of_the_reasons(
    make_app: MakeApp, tmp_path: Path, what: str, state: str
) -> None:
    folder = tmp_path / "other"
    if what == "a file":
        folder.touch()
    elif what != "missing":
        write_corpus(folder, **({"bad": BROKEN} if what == "all broken" else {}))
    client = make_app(corpus=folder).test_client()
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json["state"]) == (503, state)
    assert reply.json["detail"] == SENTENCES[state]  # type: ignore[index]
    assert str(tmp_path) not in reply.text
    asked_anyway = client.post("/api/v1/chat", json={"question": "what is sciatica?"})
    assert asked_anyway.status_code == 503
    assert "state" not in asked_anyway.json
    assert asked_anyway.json["disclaimer"]


def test_failing_database_is_said_and_answers_go_on(make_app: MakeApp, tmp_path: Path) -> None:
    place = tmp_path / "instance" / "chatbot.db"
    place.parent.mkdir(mode=0o700)
    place.write_bytes(b"not a database at all" * 1000)
    app = make_app()
    assert ready(app)["database"] == "unopened"
    with pytest.raises(DatabaseUnavailable), app.extensions["chatbot"].database.reading():
        pass
    said = ready(app)
    assert (said["database"], said["state"]) == ("failing", "ready")
    assert "ketamine" in asked(app)


def test_engine_that_is_away_is_said_and_answers_go_on(make_app: MakeApp) -> None:
    app = make_app(engine="opensearch", opensearch_url="http://127.0.0.1:9")
    assert "ketamine" in asked(app)
    said = ready(app)
    assert (said["engine"], said["state"]) == ("bm25", "ready")
    assert said["engine_away"]
