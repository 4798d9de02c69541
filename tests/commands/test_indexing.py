"""`flask corpus index`."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

MakeApp = Callable[..., Flask]


def index(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["corpus", "index", "--engine", "opensearch"])
    return result.exit_code, result.output


def test_passages_are_indexed_once(make_app: MakeApp, opensearch_url: str) -> None:
    app = make_app(engine="opensearch", opensearch_url=opensearch_url)
    first, second = index(app), index(app)
    assert first[0] == second[0] == 0
    assert "passages of version" in first[1]
    assert "are there already" in second[1]


def test_a_cluster_that_is_away_changes_nothing_and_says_what_to_do(make_app: MakeApp) -> None:
    code, said = index(make_app(engine="opensearch", opensearch_url="http://127.0.0.1:9"))
    assert code == 1
    assert "Nothing was changed" in said


def test_without_the_setting_it_says_what_to_set(make_app: MakeApp) -> None:
    code, said = index(make_app())
    assert code == 2
    assert "CHATBOT_ENGINE=opensearch" in said
