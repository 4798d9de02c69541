from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from chatbot.web.security import PageKind, headers_by_kind, page_kind

HOSTS = ("https://a.example", "https://*.b.example")
KINDS: tuple[PageKind, ...] = ("page", "panel", "file", "api", "staff")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_has_the_headers_that_all_have(kind: PageKind) -> None:
    headers = headers_by_kind(HOSTS)[kind]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    for power in ("camera", "microphone", "geolocation", "browsing-topics"):
        assert f"{power}=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("kind", ["page", "api", "staff"])
def test_only_the_panel_may_be_framed(kind: PageKind) -> None:
    headers = headers_by_kind(HOSTS)[kind]
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert headers["X-Frame-Options"] == "DENY"


def test_panel_may_be_framed_by_the_listed_sites_alone() -> None:
    headers = headers_by_kind(HOSTS)["panel"]
    assert headers["Content-Security-Policy"].endswith("frame-ancestors https://a.example https://*.b.example")
    assert "X-Frame-Options" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_empty_list_lets_nobody_frame_the_panel() -> None:
    assert headers_by_kind(())["panel"]["Content-Security-Policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize("kind", ["page", "panel", "staff"])
def test_no_page_runs_what_is_not_ours(kind: PageKind) -> None:
    policy = headers_by_kind(HOSTS)[kind]["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("kind", ["api", "staff"])
def test_what_is_personal_is_never_cached(kind: PageKind) -> None:
    assert headers_by_kind(HOSTS)[kind]["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "mimetype", "kind"),
    [
        ("/", "text/html", "page"),
        ("/articles/sciatica", "text/html", "page"),
        ("/embed/v1/panel", "text/html", "panel"),
        ("/embed/v1/articles/sciatica", "text/html", "panel"),
        ("/embed/v1.js", "text/javascript", "file"),
        ("/embed/v1/abc/css/panel.css", "text/css", "file"),
        ("/embed/", "text/html", "page"),
        ("/api/v1/chat", "application/json", "api"),
        ("/api/nothing", "application/problem+json", "api"),
        ("/staff/login", "text/html", "staff"),
        ("/nothing", "text/html", "page"),
    ],
)
def test_address_decides_the_kind(path: str, mimetype: str, kind: str) -> None:
    assert page_kind(path, mimetype) == kind


def test_an_answer_has_the_headers_of_every_other_reply_of_the_api(client: FlaskClient) -> None:
    answered = client.post("/api/v1/chat", json={"question": "what is sciatica?"})
    other = client.get("/api/v1/suggestions")
    assert {**answered.headers, "Content-Length": ""} == {**other.headers, "Content-Length": ""}
