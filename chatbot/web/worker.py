"""gunicorn's worker with threads; what it refuses before the app sees it gets a page of ours and a line that tells
nothing of the visitor, and an app that cannot start stops the server with the reason."""

from __future__ import annotations

import html
import logging
import socket
import sys
import traceback
from collections.abc import Mapping
from http import HTTPStatus

from gunicorn import util
from gunicorn.arbiter import Arbiter
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from chatbot.answering.notices import disclaimer
from chatbot.web.problems import SENTENCES, TITLES
from chatbot.web.security import EVERYWHERE, NEVER_FRAMED

STATUSES: Mapping[type[Exception], int] = {
    errors.LimitRequestLine: 414,
    errors.LimitRequestHeaders: 431,
    errors.ExpectationFailed: 417,
    errors.UnsupportedTransferCoding: 501,
    errors.ConfigurationProblem: 500,
    errors.InvalidResponseHeader: 500,
    errors.InvalidResponseHeaderName: 500,
}
# of what gunicorn's reader raises; the rest of it is 400, and whatever else comes out of the app is 500
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<p>{sentence}</p>
<p>{disclaimer}</p>
</body>
</html>
"""

logger = logging.getLogger(__name__)


class Worker(ThreadWorker):  # type: ignore[misc]
    """Serves the app; see the module."""

    def load_wsgi(self) -> None:
        """Load the app; when it says why it cannot start, say so and stop the whole server.

        gunicorn would try for ever, and visitors would wait: stopped, the front server shows them the help lines.
        """
        try:
            super().load_wsgi()
        except SystemExit as stopped:
            if not isinstance(stopped.code, str):
                raise
            print(stopped.code, file=sys.stderr, flush=True)
            sys.exit(Arbiter.WORKER_BOOT_ERROR)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception) -> None:
        """Log the kind of error, and answer with a page that has the disclaimer and nothing of what was sent.

        In place of gunicorn's own, which writes the request's first line and the visitor's address into the log, and
        parts of the request into its page.
        """
        status = status_of(exc)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(exc, errors.UnsupportedTransferCoding):
            logger.warning("refused a request that cannot be read (%s)", type(exc).__name__)
        else:
            frames = "".join(traceback.format_tb(exc.__traceback__))
            logger.error("a request failed (%s)\n%s", type(exc).__name__, frames)
        try:
            util.write_nonblock(client, page(status, disclaimer(self.wsgi.extensions["chatbot"].settings)))
        except OSError as error:
            logger.debug("the visitor has gone (%s)", type(error).__name__)


def status_of(error: Exception) -> int:
    """Return the HTTP status for what gunicorn's reader or the app raised."""
    known = [status for kind, status in STATUSES.items() if isinstance(error, kind)]
    return known[0] if known else 400 if isinstance(error, errors.ParseException) else 500


def page(status: int, words: str) -> bytes:
    """Return a whole response, head and body: what happened and the disclaimer, in words of ours alone."""
    told = {
        "title": TITLES.get(status, "The request was not answered"),
        "sentence": SENTENCES[status],
        "disclaimer": words,
    }
    body = PAGE.format_map({name: html.escape(text) for name, text in told.items()}).encode()
    headers = {
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **EVERYWHERE,
        **NEVER_FRAMED,
    }
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*head, "", ""]).encode("ascii") + body
