from __future__ import annotations

import json
import logging
import logging.config
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.loglines import JSONLines, KindsOnly, logging_setup

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


# --- gunicorn's own lines -----------------------------------------------------------------------

SECRET = "I want to die"
ADDRESS = "198.51.100.7"


def told(logger: str, message: str, *values: object, error: Exception | None = None) -> str:
    """Return the line of a record that is made while an error is handled, as gunicorn's are."""
    try:
        raise error or ValueError(SECRET)
    except ValueError as caught:
        trace = (ValueError, caught, caught.__traceback__) if error else None
        record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, values, trace)
        assert KindsOnly().filter(record)
        return JSONLines().format(record)


@pytest.mark.parametrize(
    ("message", "values"),
    [
        (f"Invalid request from ip={ADDRESS}: Invalid HTTP Version: '{SECRET} HTTP/1.1'", ()),
        ("Error handling request %s %s", ("GET", f"/?question={SECRET}")),
        ("Error handling request (no URI read)", ()),
        ("Ignored premature client disconnection. %s", (ValueError(SECRET),)),
        ("%s %s", ("GET", f"/{SECRET}")),
        ("%(what)s", ({"what": SECRET},)),
        ("%d bytes", (SECRET,)),
        ("too few %s %s", (SECRET,)),
        (f"Traceback (most recent call last):\n  ValueError: {SECRET} {ADDRESS}", ()),
    ],
)
@pytest.mark.parametrize("logger", ["gunicorn.error", "gunicorn.http.wsgi"])
@pytest.mark.parametrize("error", [None, ValueError(f"{SECRET} {ADDRESS}")], ids=["line", "traceback"])
def test_line_of_gunicorn_tells_the_kind_of_error_and_nothing_of_the_visitor(
    logger: str, message: str, values: tuple[object, ...], error: Exception | None
) -> None:
    line = told(logger, message, *values, error=error)
    assert "ValueError" in line
    assert SECRET not in line
    assert ADDRESS not in line
    assert ("test_loglines.py" in line) == (error is not None)


def test_words_and_numbers_of_gunicorn_stay() -> None:
    assert "Worker exiting (pid: 4711)" in told("gunicorn.error", "Worker exiting (pid: %s)", 4711)
    assert "Error handling request (no URI read)" in told("gunicorn.error", "Error handling request (no URI read)")


def test_lines_of_other_rooms_stay_as_they_are() -> None:
    assert "a folder is away" in told("chatbot.library", "%s is away", "a folder")
