"""The chat for programs: questions, suggestions and feedback in JSON."""

from __future__ import annotations

from time import perf_counter

import msgspec
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests, UnsupportedMediaType

from chatbot.answering.notices import disclaimer
from chatbot.answering.suggestions import complete
from chatbot.services import services
from chatbot.values import Answer, Question
from chatbot.web.limits import AskLimit
from chatbot.web.metrics import metrics
from chatbot.web.security import EVERY_SITE, ReadyResponse
from chatbot.web.shapes import SuggestionsBody
from chatbot.web.wire import answer_json, chat_request, feedback_request, suggestions_request

BODY_LIMIT = 64 * 1024
# bytes
PREFLIGHT_SECONDS = 86_400
COUNTED = "chatbot.counted"
# stands in a request whose question has been counted against the limit already

blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")


@blueprint.post("/chat")
def chat() -> Response:
    """Answer a question."""
    question, limit = chat_request(json_body())
    return ReadyResponse(answer_json(ask(question, limit)))


@blueprint.get("/suggestions")
def suggestions() -> Response:
    """Suggest questions to start with, or completions of what has been typed."""
    wanted = suggestions_request(request.args)
    now = services().library.snapshot()
    typed = wanted.q.strip()
    found = complete(typed, now.phrases, wanted.limit) if typed else now.starters[: wanted.limit]
    return json_response(SuggestionsBody(found, disclaimer(services().settings), now.version))


@blueprint.post("/feedback")
def feedback() -> Response:
    """Keep what a visitor thinks of an answer."""
    noted = feedback_request(json_body())
    spend_one("feedback")
    services().note(noted)
    return empty()


@blueprint.after_app_request
def allow_every_site(response: Response) -> Response:
    """Let pages of every site read the API: it knows no cookie and no login, so there is nothing to steal."""
    if request.path.startswith("/api/") and not isinstance(response, ReadyResponse):
        response.headers.update(EVERY_SITE)
        if request.method == "OPTIONS" and response.status_code == 200:
            response.status_code = 204
            response.headers.pop("Content-Type")
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "content-type"
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response


def ask(question: Question, limit: int = 3) -> Answer:
    """Answer a visitor's question, from the API or a page's form, unless their address has asked too often.

    Who needs help at once gets it however often they asked. Raises TooManyRequests with the seconds to wait.
    """
    started = perf_counter()
    found = _asked(question, limit)
    metrics().answered(found.verdict, perf_counter() - started)
    services().learn(question, found)
    return found


def _asked(question: Question, limit: int) -> Answer:
    try:
        spend_one("ask")
    except TooManyRequests:
        if urgent := services().urgent(question):
            return urgent
        raise
    return services().ask(question, limit)


def spend_one(action: str) -> None:
    """Count one action of the visitor's address; raise TooManyRequests when it was one too many."""
    if COUNTED in request.environ:
        return
    limit: AskLimit = current_app.extensions["chatbot.limit"]
    if seconds := limit.wait_seconds(request.remote_addr, action):
        metrics().limited()
        raise TooManyRequests(retry_after=seconds)


def json_body() -> bytes:
    """Return the body of a request that says it is JSON; raises UnsupportedMediaType or RequestEntityTooLarge."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    body = request.get_data(cache=False)
    if len(body) > BODY_LIMIT:
        raise RequestEntityTooLarge
    return body


def json_response(body: msgspec.Struct) -> Response:
    """Return a body as JSON."""
    return Response(msgspec.json.encode(body), mimetype="application/json")


def empty() -> Response:
    """Return a response without a body."""
    response = Response(status=204)
    response.headers.pop("Content-Type")
    return response
