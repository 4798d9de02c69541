"""Is it alive, is it ready? For those who run it, and their programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response

from chatbot.answering.notices import disclaimer
from chatbot.corpus.loading import NOTHING, refused
from chatbot.errors import NoCorpus
from chatbot.services import services
from chatbot.values import Problem
from chatbot.web.chat import json_response
from chatbot.web.problems import Trouble, respond
from chatbot.web.shapes import HealthBody, NoArticles, ReadyBody, Served
from chatbot.web.wire import refused_bodies

FOLDER = "."
# the path of what is wrong with the folder as a whole
SENTENCES: Mapping[Served | NoArticles, str] = {
    "ready": "Every article is served as its file stands.",
    "files_refused": "Some files cannot be served: see problems. Where a last good version is known, it is served.",
    "articles_away": "The corpus folder holds no article that can be read. The last good ones are served meanwhile.",
    "folder_away": "The corpus folder cannot be read. Put it back, or give the server leave to read it.",
    "no_articles": "There is no article in the corpus folder. Put .md, .html or .txt files into articles/.",
    "all_refused": "None of the files in the corpus folder can be served: see problems.",
}

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
    except NoCorpus:
        why = why_not(wired.library.problems)
        trouble = Trouble(503, SENTENCES[why], problems=wired.library.problems, state=why)
        return respond(trouble, disclaimer(wired.settings))
    remote, state, wrong = wired.library.remote, served(now.problems), refused(now.problems)
    return json_response(
        ReadyBody(
            status="ready",
            state=state,
            detail=SENTENCES[state],
            corpus_version=now.version,
            rules_version=wired.rules.version,
            articles=len(now.articles),
            passages=sum(len(article.passages) for article in now.articles),
            engine="opensearch" if remote and not remote.breaker.reason else "bm25",
            engine_away=(remote.breaker.reason or None) if remote else None,
            problems=refused_bodies(now.problems),
            last_good=tuple(each.source.path for each in now.articles if FOLDER in wrong or each.source.path in wrong),
            index=wired.library.index_state,
            database=wired.database_state,
        )
    )


def served(problems: Sequence[Problem]) -> Served:
    """Say whether articles that are served stand so in their files."""
    wrong = refused(problems)
    return "articles_away" if FOLDER in wrong else "files_refused" if wrong else "ready"


def why_not(problems: Sequence[Problem]) -> NoArticles:
    """Say why there is no article to serve."""
    if any(problem.path == FOLDER and problem.message != NOTHING for problem in problems):
        return "folder_away"
    return "all_refused" if set(refused(problems)) - {FOLDER} else "no_articles"


@blueprint.after_request
def never_cached(response: Response) -> Response:
    """Keep every cache from answering in the server's place."""
    response.headers["Cache-Control"] = "no-store"
    return response
