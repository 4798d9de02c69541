"""Is it alive, is it ready? For those who run it, and their programs."""

from __future__ import annotations

from flask import Blueprint, Response

from chatbot.answering.notices import disclaimer
from chatbot.errors import NoCorpus
from chatbot.services import services
from chatbot.web.chat import json_response
from chatbot.web.problems import Trouble, respond
from chatbot.web.shapes import HealthBody, ReadyBody
from chatbot.web.wire import refused_bodies

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the process lives; looks at nothing, so that a slow disk gets no process killed."""
    return json_response(HealthBody("alive"))


@blueprint.get("/readyz")
def readiness() -> Response:
    """Say which articles are served and which files were refused; 503 with the reasons while there is none."""
    wired = services()
    try:
        now = wired.library.snapshot()
    except NoCorpus as error:
        trouble = Trouble(503, str(error), problems=wired.library.problems)
        return respond(trouble, disclaimer(wired.settings))
    remote = wired.library.remote
    return json_response(
        ReadyBody(
            status="ready",
            corpus_version=now.version,
            rules_version=wired.rules.version,
            articles=len(now.articles),
            passages=sum(len(article.passages) for article in now.articles),
            engine="opensearch" if remote and not remote.breaker.reason else "bm25",
            engine_away=(remote.breaker.reason or None) if remote else None,
            problems=refused_bodies(now.problems),
            database=wired.database.state,
        )
    )


@blueprint.after_request
def never_cached(response: Response) -> Response:
    """Keep every cache from answering in the server's place."""
    response.headers["Cache-Control"] = "no-store"
    return response
