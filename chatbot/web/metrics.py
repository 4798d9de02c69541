"""What is counted for those who run it, in Prometheus's format. Never a question, an address or a passage."""

from __future__ import annotations

import contextlib
import hmac
import ipaddress
from collections.abc import Iterator
from typing import get_args

from flask import Blueprint, Flask, Response, abort, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from chatbot.errors import NoCorpus
from chatbot.services import Services, services
from chatbot.values import Verdict

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
# An answer takes about a millisecond; the upper ones tell a slow disk or engine.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")

blueprint = Blueprint("metrics", __name__)


class Metrics:
    """Counts answers, refusals and failures of this process, or of all where they share a folder."""

    def __init__(self, wired: Services, shared_folder: str | None = None) -> None:
        """shared_folder: where the processes count together, the one that prometheus_client was imported with."""
        self._shared_folder = shared_folder
        self._registry = CollectorRegistry()
        answers = Counter("chatbot_answers", "Answers by verdict", ["verdict"], registry=self._registry)
        # Looking a label up for every answer would cost four times the counting itself.
        self._answers = {verdict: answers.labels(verdict) for verdict in get_args(Verdict)}
        self._seconds = Histogram(
            "chatbot_answer_seconds", "Time from question to answer", buckets=SECONDS, registry=self._registry
        )
        self._limited = Counter("chatbot_rate_limited", "Requests refused by the rate limit", registry=self._registry)
        self._failures = Counter("chatbot_failures", "Responses with a status of 500 or more", registry=self._registry)
        self._now = Now(wired)

    def answered(self, verdict: Verdict, seconds: float) -> None:
        """Count an answer and how long it took; a count that cannot be kept costs nobody the answer."""
        with contextlib.suppress(OSError, ValueError):
            # What several processes share is a file: its disk may be full.
            self._answers[verdict].inc()
            self._seconds.observe(seconds)

    def limited(self) -> None:
        """Count a request that came too often."""
        self._limited.inc()

    def finished(self, response: Response) -> Response:
        """Count a response where it is a failure; returns it as it is."""
        if response.status_code >= 500:
            self._failures.inc()
        return response

    def text(self) -> bytes:
        """Return everything in Prometheus's text format."""
        shown = CollectorRegistry()
        shown.register(self._now)
        if self._shared_folder:
            MultiProcessCollector(shown, self._shared_folder)  # type: ignore[no-untyped-call]
            return generate_latest(shown)
        return generate_latest(self._registry) + generate_latest(shown)


class Now(Collector):
    """What is served at the moment of asking."""

    def __init__(self, wired: Services) -> None:
        self._wired = wired

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; a corpus that is not loaded counts as no article."""
        library, database_state = self._wired.library, self._wired.database_state
        try:
            now = library.snapshot()
        except NoCorpus:
            articles, passages, version = 0, 0, "none"
        else:
            articles, version = len(now.articles), now.version
            passages = sum(len(article.passages) for article in now.articles)
        refused = {problem.path for problem in library.problems if problem.severity == "error"}
        yield GaugeMetricFamily("chatbot_articles", "Articles served", value=articles)
        yield GaugeMetricFamily("chatbot_passages", "Passages served", value=passages)
        yield GaugeMetricFamily("chatbot_refused_files", "Files of the corpus that cannot be read", value=len(refused))
        yield GaugeMetricFamily(
            "chatbot_database_failing", "1 while staff's database cannot be used", value=database_state == "failing"
        )
        if library.remote:
            breaker = library.remote.breaker
            yield GaugeMetricFamily(
                "chatbot_engine_away", "1 while the embedded engine stands in", value=bool(breaker.reason)
            )
            answers = CounterMetricFamily("chatbot_searches", "Searches by engine", labels=["engine"])
            answers.add_metric(["opensearch"], breaker.answers["first"])
            answers.add_metric(["bm25"], breaker.answers["second"])
            yield answers
        yield InfoMetricFamily(
            "chatbot_corpus", "What is served", value={"version": version, "rules": self._wired.rules.version}
        )


def register(app: Flask) -> None:
    """Count this app's failures, and show the counts at /metrics."""
    counted: Metrics = app.extensions["chatbot.metrics"]
    app.after_request(counted.finished)
    app.register_blueprint(blueprint)


def metrics() -> Metrics:
    """Return the counts of the current app."""
    found: Metrics = current_app.extensions["chatbot.metrics"]
    return found


@blueprint.get("/metrics")
def show() -> Response:
    """Show the counts to programs on this machine, or to whoever has the token; to others nothing is here."""
    token = services().settings.metrics_token
    if not (_has_token(token) if token else _is_from_here()):
        abort(404)
    response = Response(metrics().text(), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def _has_token(token: str) -> bool:
    given = request.headers.get("Authorization", "").encode()
    return hmac.compare_digest(given, f"Bearer {token}".encode())


def _is_from_here() -> bool:
    """Say whether the request comes from this machine itself, and not through a proxy on it."""
    original = request.environ.get("werkzeug.proxy_fix.orig", {})
    address = original.get("REMOTE_ADDR") or request.environ.get("REMOTE_ADDR") or ""
    try:
        is_local = ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
    return is_local and not any(name in request.headers for name in FORWARDED)
