"""A lane of its own for plain chat requests: answered before the framework reads them.

Most requests of a busy site are one POST of well-formed JSON. Finding its view, its request and its response through
the framework costs as much as two whole requests of an empty view: a question takes 0.81 of the CPU here.
Whatever is out of the ordinary goes on to the framework untouched, and a test holds both ways to the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING

from flask import Flask

from chatbot.services import Services
from chatbot.web.chat import BODY_LIMIT, COUNTED
from chatbot.web.limits import AskLimit
from chatbot.web.metrics import Metrics
from chatbot.web.security import READY
from chatbot.web.wire import answer_json, chat_request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "/api/v1/chat"
LENGTH_DIGITS = 6
# of a body that may be read here


class ChatLane:
    """Answers what `POST /api/v1/chat` would, byte for byte with the same headers, and nothing but what goes well.

    A body that is no question, an address that asked too often, any error: the framework takes the request from the
    start and says what is wrong.
    """

    def __init__(self, app: Flask) -> None:
        self._framework: WSGIApplication = app.wsgi_app
        self._wired = app.extensions

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        reply = self._reply(environ) if is_plain(environ) else None
        if reply is None:
            return self._framework(environ, start_response)
        start_response("200 OK", [*READY, ("Content-Length", str(len(reply)))])
        return [reply]

    def _reply(self, environ: WSGIEnvironment) -> bytes | None:
        wired: Services = self._wired["chatbot"]
        limit: AskLimit = self._wired["chatbot.limit"]
        counts: Metrics = self._wired["chatbot.metrics"]
        try:
            length = int(environ["CONTENT_LENGTH"])
            body = environ["wsgi.input"].read(length)
            environ["wsgi.input"] = BytesIO(body)
            if len(body) < length:
                return None
            started = perf_counter()
            question, shown = chat_request(body)
            if limit.wait_seconds(environ.get("REMOTE_ADDR")):
                # A refused question is not counted, so it may be refused once more.
                return None
            environ[COUNTED] = True
            found = wired.ask(question, shown)
            counts.answered(found.verdict, perf_counter() - started)
            wired.learn(question, found)
            return answer_json(found)
        except Exception:
            # Whatever it is, the framework meets it again, and there it is logged and told.
            return None


def is_plain(environ: WSGIEnvironment) -> bool:
    """Say whether a request is a question as our own pages send it, of a length that is told and may be read."""
    length = environ.get("CONTENT_LENGTH", "")
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("PATH_INFO") == ADDRESS
        and environ.get("CONTENT_TYPE") == "application/json"
        and "HTTP_TRANSFER_ENCODING" not in environ
        and length.isascii()
        and length.isdigit()
        and len(length) < LENGTH_DIGITS
        and int(length) <= BODY_LIMIT
    )
