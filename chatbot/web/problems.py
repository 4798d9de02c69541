"""Errors → responses, the only place. Programs get a problem document (RFC 9457), people a page."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import msgspec
from flask import Flask, Response, make_response, render_template, request
from gunicorn.http.errors import NoMoreData, ParseException
from msgspec import UNSET, UnsetType
from werkzeug.exceptions import HTTPException, InternalServerError

from chatbot.errors import EngineUnavailable, NoCorpus
from chatbot.values import Problem
from chatbot.web.shapes import NoArticles, ProblemBody, WrongField
from chatbot.web.wire import NotJSON, WrongFields, refused_bodies

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics", "/oembed")

SENTENCES: Mapping[int, str] = {
    400: "The request could not be read.",
    404: "There is nothing at this address.",
    405: "This address cannot be used in this way.",
    413: "The request is too large: 64 KB is the most that is read.",
    414: "The address is too long.",
    415: "The request must be JSON, with the header Content-Type: application/json.",
    417: "The request expects something that this server does not do.",
    429: "Too many questions in a short time. Please wait a moment and ask again.",
    431: "The head of the request is too large. Deleting this site's cookies in your browser may help.",
    500: "Something went wrong on our side. Please try again.",
    501: "The request is written in a way that this server does not read.",
    503: "The articles are not available at the moment. Please try again soon.",
}

TITLES: Mapping[int, str] = {
    404: "There is no such page",
    413: "That was too much text",
    414: "That address is too long",
    429: "One moment, please",
    503: "The articles are not available",
}
# for people; programs get the status in HTTP's own words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request gets no ordinary reply."""

    status: int
    detail: str
    # a sentence that people understand
    headers: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    # name of a field -> what it must be
    error_id: str | None = None
    # stands in the log
    problems: Sequence[Problem] = ()
    # files that were refused
    state: NoArticles | UnsetType = UNSET
    # why there is no article


def register(app: Flask, disclaimer: str) -> None:
    """Turn every error of every view into a response that carries the disclaimer; no traceback leaves the server."""

    def reply(error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.response is not None:
            return make_response(error.response)
        return respond(trouble(error), disclaimer)

    app.register_error_handler(Exception, reply)
    # Flask would log errors of its own layers with their text, which may hold the visitor's words; `log` does not.
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]


def trouble(error: Exception) -> Trouble:
    """Say what an error means to the one who asked; one that nobody foresaw is logged under an id."""
    match error:
        case NotJSON() | ParseException() | NoMoreData():
            # The last two are gunicorn's, raised while the body is read: its chunks are broken or end too soon.
            return Trouble(400, str(error) if isinstance(error, NotJSON) else SENTENCES[400])
        case WrongFields():
            return Trouble(422, str(error), wrong=error.fields)
        case NoCorpus() | EngineUnavailable():
            return Trouble(503, SENTENCES[503], headers={"Retry-After": str(RETRY_SECONDS)})
        case InternalServerError():
            return Trouble(500, SENTENCES[500], error_id=log(error.original_exception or error))
        case HTTPException():
            return _http_trouble(error)
    return Trouble(500, SENTENCES[500], error_id=log(error))


def _http_trouble(error: HTTPException) -> Trouble:
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name.lower() not in ("content-type", "location")}
    return Trouble(status, SENTENCES.get(status, HTTPStatus(status).description + "."), headers=headers)


def log(error: BaseException) -> str:
    """Log where an error came from and return the id it is logged under.

    Neither the error's own text nor the address's query is logged: both may hold the visitor's words.
    """
    error_id = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("error %s: %s in %s %r\n%s", error_id, type(error).__name__, request.method, request.path, frames)
    return error_id


def respond(found: Trouble, disclaimer: str) -> Response:
    """Return the response for a trouble: a problem document, or a page for people."""
    response = _document(found, disclaimer) if request.path.startswith(FOR_PROGRAMS) else _page(found, disclaimer)
    response.headers.extend(found.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(found: Trouble, disclaimer: str) -> Response:
    body = ProblemBody(
        type="about:blank",
        title=HTTPStatus(found.status).phrase,
        status=found.status,
        detail=found.detail,
        disclaimer=disclaimer,
        errors=tuple(WrongField(detail, f"#/{name}" if name else "#") for name, detail in found.wrong.items()) or UNSET,
        problems=refused_bodies(found.problems) or UNSET,
        state=found.state,
        error_id=found.error_id or UNSET,
    )
    return Response(msgspec.json.encode(body), found.status, mimetype=MEDIA_TYPE)


def _page(found: Trouble, disclaimer: str) -> Response:
    title = TITLES.get(found.status, "Something went wrong")
    try:
        page = render_template("problem.html", status=found.status, title=title, detail=found.detail)
    except Exception as error:
        # The last resort: when even the page for errors fails, the words and the disclaimer still arrive.
        log(error)
        return Response(f"{title}. {found.detail}\n\n{disclaimer}\n", found.status, mimetype="text/plain")
    return Response(page, found.status, mimetype="text/html")
