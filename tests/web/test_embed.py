from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from chatbot.answering.notices import disclaimer
from chatbot.settings import Settings
from chatbot.web.embed import is_allowed
from chatbot.web.interface import static_version
from tests.web.scripted import make_stage

ALLOWED = "https://www.clinic.example"


@pytest.fixture
def visitor() -> FlaskClient:
    return make_stage(Settings(frame_ancestors=(ALLOWED,)))[0].test_client()


def packed(*contents: bytes) -> int:
    return sum(len(gzip.compress(content)) for content in contents)


def test_loader_weighs_at_most_3_kilobytes(visitor: FlaskClient) -> None:
    assert packed(visitor.get("/embed/v1.js").data) <= 3 * 1024


def test_files_are_packed_for_those_who_can_unpack_them(visitor: FlaskClient) -> None:
    plain = visitor.get("/embed/v1.js")
    small = visitor.get("/embed/v1.js", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert small.headers["ETag"] != plain.headers["ETag"]


def test_panels_scripts_and_styles_weigh_at_most_25_kilobytes(visitor: FlaskClient) -> None:
    page = LexborHTMLParser(visitor.get("/embed/v1/panel").text)
    styles = [node.attributes["href"] or "" for node in page.css("link[rel=stylesheet]")]
    scripts = [node.attributes["src"] or "" for node in page.css("script")]
    # One of each: every request more is paid for before the first question.
    assert (len(styles), len(scripts)) == (1, 1)
    contents = [visitor.get(address).data for address in (*styles, *scripts)]
    assert b"bindComposer" in contents[1]
    assert packed(*contents) <= 25 * 1024
    assert not re.search(rb"^import|^export", contents[1], re.MULTILINE)


def test_panel_is_framed_by_the_listed_sites_alone(visitor: FlaskClient) -> None:
    policy = visitor.get("/embed/v1/panel").headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors {ALLOWED}")


def test_no_listed_site_means_none() -> None:
    response = make_stage()[0].test_client().get("/embed/v1/panel")
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_our_own_pages_may_always_show_the_panel(visitor: FlaskClient) -> None:
    headers = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/demo"}
    response = visitor.get("/embed/v1/panel", headers=headers)
    assert response.headers["Content-Security-Policy"].endswith(f"frame-ancestors 'self' {ALLOWED}")
    assert "<form" in response.text


def test_site_that_is_not_listed_gets_a_readable_line_and_no_form(visitor: FlaskClient) -> None:
    headers = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site", "Referer": "https://other.example/"}
    response = visitor.get("/embed/v1/panel", headers=headers)
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "https://other.example" in response.text
    assert "not medical advice" in response.text
    assert "<form" not in response.text
    assert "<script" not in response.text


@pytest.mark.parametrize(
    ("origin", "allowed", "expected"),
    [
        ("https://a.example", ("https://a.example",), True),
        ("https://A.example", ("https://a.example",), True),
        ("https://x.a.example", ("https://*.a.example",), True),
        ("https://a.example", ("https://*.a.example",), False),
        ("http://a.example", ("https://a.example",), False),
        ("https://a.example.evil.example", ("https://a.example",), False),
        ("https://a.example", ("*",), True),
        ("https://a.example", (), False),
    ],
)
def test_list_of_sites_is_read_as_browsers_read_it(origin: str, allowed: tuple[str, ...], expected: bool) -> None:
    assert is_allowed(origin, allowed) is expected


def test_panel_answers_its_form_without_javascript(visitor: FlaskClient) -> None:
    form = LexborHTMLParser(visitor.get("/embed/v1/panel").text).css_first("form")
    assert form.attributes["action"] == "/embed/v1/panel#answer"
    response = visitor.post("/embed/v1/panel", data={"question": "ketamine"})
    assert "Small studies" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"].endswith(f"frame-ancestors {ALLOWED}")


def test_files_of_this_version_may_be_kept_for_ever_and_read_from_a_sandbox(visitor: FlaskClient) -> None:
    response = visitor.get(f"/embed/v1/files/{static_version()}/css/tokens.css")
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "immutable" not in visitor.get("/embed/v1/files/older/css/tokens.css").headers["Cache-Control"]


@pytest.mark.parametrize("name", ["../embed.py", "..%2fembed.py", "/etc/passwd", "none.css"])
def test_nothing_outside_the_static_folder_is_served(visitor: FlaskClient, name: str) -> None:
    assert visitor.get(f"/embed/v1/files/x/{name}").status_code in (308, 404)


def test_reader_gets_the_article_without_the_page_around_it(visitor: FlaskClient) -> None:
    response = visitor.get("/embed/v1/articles/sciatica")
    page = LexborHTMLParser(response.text)
    assert page.css_first("[data-article] #approval")
    assert not page.css("nav.site-nav, script, link")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert visitor.get("/embed/v1/articles/none").status_code == 404


@pytest.mark.parametrize("path", ["/articles/", "/articles/sciatica", "/help", "/privacy"])
def test_every_page_that_the_panel_links_to_can_be_read_inside_it(visitor: FlaskClient, path: str) -> None:
    inside, outside = visitor.get(f"/embed/v1{path}"), visitor.get(path)
    assert LexborHTMLParser(inside.text).css_first("[data-article] h1").text() in outside.text
    assert inside.headers["Access-Control-Allow-Origin"] == "*"
    assert "not medical advice" in inside.text


def test_links_of_the_panel_open_beside_it_without_a_script(visitor: FlaskClient) -> None:
    page = LexborHTMLParser(visitor.post("/embed/v1/panel", data={"question": "capital of France"}).text)
    links = [link for link in page.css("#answer a, .composer-privacy a") if link.attributes["href"]]
    assert links
    assert all(link.attributes.get("target") == "_blank" for link in links)


def test_questions_to_complete_are_the_approved_ones(visitor: FlaskClient) -> None:
    response = visitor.get("/embed/v1/questions.json")
    assert response.json["questions"][0] == "What happens on an infusion day?"
    again = visitor.get("/embed/v1/questions.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_snippets_name_the_real_address(visitor: FlaskClient) -> None:
    page = LexborHTMLParser(visitor.get("/embed", base_url="https://chat.clinic.example").text)
    script, frame = (page.css_first(f"[data-snippet={name}]").text() for name in ("script", "frame"))
    assert script == '<script async src="https://chat.clinic.example/embed/v1.js"></script>'
    assert 'src="https://chat.clinic.example/embed/v1/panel"' in frame


def test_pages_that_show_the_panel_may_frame_our_own_host_and_are_framed_by_nobody(visitor: FlaskClient) -> None:
    for address in ("/embed", "/demo"):
        policy = visitor.get(address).headers["Content-Security-Policy"]
        assert "frame-src 'self';" in policy
        assert policy.endswith("frame-ancestors 'none'")


def test_oembed_describes_our_pages(visitor: FlaskClient) -> None:
    body = visitor.get("/oembed?url=http://localhost/articles/sciatica&format=json&maxwidth=300").json
    assert (body["version"], body["type"], body["width"]) == ("1.0", "rich", 300)
    assert body["title"] == "Ketamine and sciatica"
    assert '<iframe src="http://localhost/embed/v1/panel"' in body["html"]
    assert '<blockquote><a href="http://localhost/articles/sciatica">' in body["html"]


def test_every_json_answer_of_the_visitors_side_carries_the_disclaimer(visitor: FlaskClient) -> None:
    asked = {"/oembed": "?url=http://localhost/"}
    rules = [
        rule
        for rule in visitor.application.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    ]
    replies = {rule.rule: visitor.get(rule.rule + asked.get(rule.rule, "")) for rule in rules}
    bodies = {address: reply.json for address, reply in replies.items() if reply.is_json and reply.status_code == 200}
    # These tell of the program and of nothing in the articles.
    about_the_program = {"/api/v1/openapi.json", "/healthz", "/readyz"}
    assert {"/oembed", "/api/v1/suggestions", "/embed/v1/questions.json"} == set(bodies) - about_the_program
    for address in set(bodies) - about_the_program:
        assert bodies[address]["disclaimer"] == disclaimer(Settings()), address


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=https://evil.example/", 404),
        ("url=http://localhost/staff/", 404),
        ("url=http://localhost/articles/none", 404),
        ("url=http://localhost/&format=xml", 501),
    ],
)
def test_oembed_refuses_what_is_not_ours(visitor: FlaskClient, query: str, status: int) -> None:
    assert visitor.get(f"/oembed?{query}").status_code == status


def test_pages_announce_their_oembed_description(visitor: FlaskClient) -> None:
    for address in ("/", "/articles/sciatica"):
        link = LexborHTMLParser(visitor.get(address).text).css_first('link[type="application/json+oembed"]')
        assert visitor.get(link.attributes["href"] or "").json["type"] == "rich"
