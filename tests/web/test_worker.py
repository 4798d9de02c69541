"""What gunicorn's worker of ours says and writes down when it refuses a request or the app fails."""

from __future__ import annotations

import html
import logging
import re
import socket
from types import SimpleNamespace

import pytest
from flask import Flask
from gunicorn.http import errors

from chatbot.answering.notices import disclaimer
from chatbot.settings import Settings, Specialist
from chatbot.web.problems import SENTENCES
from chatbot.web.worker import Worker, page, status_of

SECRET = b"I want to die"
ADDRESS = ("198.51.100.7", 40000)
CASES = [
    (errors.InvalidRequestLine(SECRET.decode()), 400),
    (errors.InvalidHTTPVersion(SECRET.decode()), 400),
    (errors.InvalidHeader(SECRET.decode()), 400),
    (errors.InvalidChunkSize(SECRET), 400),
    (errors.LimitRequestLine(9000, 4094), 414),
    (errors.ExpectationFailed(SECRET.decode()), 417),
    (errors.LimitRequestHeaders(SECRET.decode()), 431),
    (errors.InvalidResponseHeader(SECRET.decode()), 500),
    (ValueError(SECRET.decode()), 500),
    (errors.UnsupportedTransferCoding(SECRET.decode()), 501),
]


def answered(app: Flask, error: Exception) -> bytes:
    """Return what a visitor gets on whose request the error was raised."""
    visitor, server = socket.socketpair()
    with visitor, server:
        try:
            raise error
        except Exception as caught:
            Worker.handle_error(SimpleNamespace(wsgi=app), None, server, ADDRESS, caught)
        server.close()
        return b"".join(iter(lambda: visitor.recv(65536), b""))


@pytest.mark.parametrize(("error", "status"), CASES, ids=lambda case: type(case).__name__)
def test_page_and_log_tell_what_happened_and_nothing_of_what_was_sent(
    app: Flask, caplog: pytest.LogCaptureFixture, error: Exception, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    reply = answered(app, error)
    assert reply.startswith(b"HTTP/1.1 %d " % status)
    text = html.unescape(reply.decode())
    assert SENTENCES[status] in text
    assert disclaimer(Settings()) in text
    assert type(error).__name__ in caplog.text
    for place in (text, caplog.text):
        assert SECRET.decode() not in place
        assert ADDRESS[0] not in place


def test_page_is_as_long_as_it_says_and_escapes_what_the_site_added() -> None:
    words = disclaimer(Settings(specialist=Specialist(name="<b>Ärzte & Co</b>")))
    head, _, body = page(400, words).partition(b"\r\n\r\n")
    found = re.search(rb"Content-Length: (\d+)", head)
    assert found
    assert int(found[1]) == len(body)
    assert b"<b>" not in body
    assert words in html.unescape(body.decode())


def test_visitor_who_has_gone_is_no_error(app: Flask) -> None:
    visitor, server = socket.socketpair()
    visitor.close()
    with server:
        Worker.handle_error(SimpleNamespace(wsgi=app), None, server, ADDRESS, errors.InvalidRequestLine("x"))


def test_every_error_of_the_reader_has_a_status_with_a_sentence() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.ParseException) and kind is not errors.ParseException
    ]
    assert len(kinds) > 15
    assert {status_of(kind.__new__(kind)) for kind in kinds} | {500} <= set(SENTENCES)
