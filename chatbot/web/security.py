"""Headers that keep visitors safe, one set for each kind of page, made once at the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from flask import Flask, Response, request

PageKind = Literal["page", "panel", "file", "api", "staff"]

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors "
)
NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# for what is no page: opened by itself it shows its text, at most
EVERYWHERE: Mapping[str, str] = {
    # Browsers heed this one over TLS only; always sending it spares a wrong guess about the proxy in front.
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
NEVER_FRAMED: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY + "'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# Pages of every site may read the API: it knows no cookie and no login, so there is nothing to steal.
EVERY_SITE: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
}


def register(app: Flask, frame_ancestors: Iterable[str]) -> None:
    """Set the security headers of every response, errors included; a header that a view has set stays.

    frame_ancestors: origins that may show the panel in a frame; none means nobody, and "*" must be said on purpose.
    """
    headers = headers_by_kind(tuple(frame_ancestors))

    def protect(response: Response) -> Response:
        if isinstance(response, ReadyResponse):
            return response
        for name, value in headers[page_kind(request.path, response.mimetype or "")].items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(protect)


def headers_by_kind(frame_ancestors: tuple[str, ...]) -> Mapping[PageKind, Mapping[str, str]]:
    """Return the headers of each kind of page."""
    ancestors = " ".join(frame_ancestors) or "'none'"
    shared = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return {
        "page": {**EVERYWHERE, **NEVER_FRAMED},
        # No X-Frame-Options: it knows no list, and a browser that reads both would shut every host out.
        "panel": {**EVERYWHERE, **shared, "Content-Security-Policy": CONTENT_POLICY + ancestors},
        # A panel in a sandbox has the origin "null", so its own files are cross-origin to it.
        "file": {**EVERYWHERE, **shared, "Content-Security-Policy": NOTHING_RUNS},
        "api": {
            **EVERYWHERE,
            **shared,
            "Content-Security-Policy": NOTHING_RUNS,
            "X-Frame-Options": "DENY",
            "Cache-Control": "no-store",
        },
        "staff": {**EVERYWHERE, **NEVER_FRAMED, "Cache-Control": "no-store"},
    }


class ReadyResponse(Response):
    """A reply of the API that is born with all its headers: setting them one by one costs more than finding them."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body, headers=READY)


def page_kind(path: str, mimetype: str) -> PageKind:
    """Say which headers a response takes."""
    if path.startswith("/api/"):
        return "api"
    if path.startswith("/embed/v1"):
        return "panel" if mimetype == "text/html" else "file"
    if path.startswith("/staff"):
        return "staff"
    return "page"


READY = [
    ("Content-Type", "application/json"),
    *EVERY_SITE.items(),
    *headers_by_kind(())["api"].items(),
]
