from __future__ import annotations

import json
import logging
import logging.config
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.loglines import JSONLines, logging_setup

HOSTILE = [
    "a\r\nb",
    "\x1b[31mred\x1b[0m",
    "%s %d {} {0}",
    "\u2028\u2029\x85",
    "\ud800",
    "x" * 1_000_000,
    '"}\n{"level":"x"',
]


def line(message: str, *arguments: object, exc_info: object = None) -> str:
    record = logging.LogRecord("chatbot.web", logging.ERROR, __file__, 1, message, arguments, exc_info)  # type: ignore[arg-type]
    return JSONLines().format(record)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_an_event_is_one_line(text: str) -> None:
    for written in (line("%s", text), line(text)):
        assert len(written.splitlines()) == 1
        assert written.isprintable()
        assert json.loads(written)["message"] == text


@given(st.text())
def test_any_text_comes_back_from_its_line(text: str) -> None:
    assert json.loads(line("%s", text))["message"] == text


def test_line_says_when_where_and_how_bad() -> None:
    event = json.loads(line("it failed"))
    assert event["level"] == "error"
    assert event["room"] == "chatbot.web"
    assert event["process"]
    assert datetime.fromisoformat(event["time"]).utcoffset() is not None


def test_exception_is_in_the_same_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        written = line("oh", exc_info=(ValueError, error, error.__traceback__))
    assert len(written.splitlines()) == 1
    assert "ValueError: two\nlines" in json.loads(written)["error"]


def test_setup_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logging.config.dictConfig(dict(logging_setup(for_people=False)))
        logging.getLogger("gunicorn.error").info("once")
        assert [json.loads(text)["message"] for text in capsys.readouterr().err.splitlines()] == ["once"]
    finally:
        root.handlers[:], root.level = before
