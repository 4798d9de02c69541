from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from chatbot.settings import Settings
from chatbot.values import Reference
from chatbot.web.catalogue import read_catalogue
from chatbot.web.reading import article_page, blocks, sections
from tests.web.scripted import INFUSION_DAY, LEAD_IN, OPENING, SCIATICA, STEPS, make_stage, passage

ENGLISH = read_catalogue("en")


@pytest.fixture
def visitor() -> FlaskClient:
    return make_stage()[0].test_client()


def read(visitor: FlaskClient, slug: str) -> LexborHTMLParser:
    return LexborHTMLParser(visitor.get(f"/articles/{slug}").text)


def test_list_names_every_article_with_a_link(visitor: FlaskClient) -> None:
    page = LexborHTMLParser(visitor.get("/articles/").text)
    links = [(link.text(), link.attributes["href"]) for link in page.css(".article-entry a")]
    assert links == [
        ("Ketamine and sciatica", "/articles/sciatica"),
        ("What happens on an infusion day", "/articles/infusion-day"),
    ]


def test_every_passage_is_an_anchor_with_its_own_words(visitor: FlaskClient) -> None:
    page = read(visitor, "sciatica")
    for held in SCIATICA.passages:
        text = page.css_first(f"#{held.anchor}").text(separator=" ")
        assert held.text.replace("- ", "").split() == text.split()


def test_items_of_one_list_stand_under_one_opening_sentence(visitor: FlaskClient) -> None:
    page = read(visitor, "infusion-day")
    assert [item.text() for item in page.css("ul li[data-anchor]")] == list(STEPS)
    assert page.text().count(LEAD_IN) == 1


def test_heading_stands_once_and_deeper_ones_below_it(visitor: FlaskClient) -> None:
    page = read(visitor, "sciatica")
    titles = [(node.tag, node.text()) for node in page.css(".article-body h2, .article-body h3")]
    assert titles == [
        ("h2", "Is it approved?"),
        ("h2", "What do studies say?"),
        ("h3", "Injections"),
        ("h3", "Infusions"),
        ("h2", "When to get help"),
    ]


def test_contents_lead_to_the_sections(visitor: FlaskClient) -> None:
    page = read(visitor, "sciatica")
    for link in page.css(".contents a"):
        assert page.css_first((link.attributes["href"] or "").replace("#", "#")).text() == link.text()


def test_disclaimer_stands_at_the_top_and_at_the_end(visitor: FlaskClient) -> None:
    page = read(visitor, "sciatica")
    assert page.css_first(".article-header .disclaimer")
    assert page.css_first(".article-footer .disclaimer")


def test_page_says_who_wrote_it_when_and_who_reviewed_it(visitor: FlaskClient) -> None:
    facts = read(visitor, "sciatica").css_first(".article-header .facts").text(separator=" ")
    for words in ("By Dana Reyes", "Published August 8, 2023", "Reviewed November 1, 2026 by Dr. Ana Ruiz"):
        assert words in facts
    overdue = read(visitor, "infusion-day").css_first(".article-header .facts").text(separator=" ")
    assert "Reviewed September 1, 2024, not yet by a clinician" in overdue


def test_references_and_the_original_page_are_linked(visitor: FlaskClient) -> None:
    page = read(visitor, "sciatica")
    assert [item.text(strip=True) for item in page.css(".references li")][1] == "A book. 2020."
    assert page.css_first(".references a").attributes["href"] == "https://doi.example/1"
    assert "https://clinic.example/blog/sciatica" in page.html


def test_unknown_article_is_a_page_that_says_so(visitor: FlaskClient) -> None:
    response = visitor.get("/articles/none")
    assert response.status_code == 404
    assert "not medical advice" in response.text


def test_overdue_review_is_said_from_the_day_after() -> None:
    assert article_page(INFUSION_DAY, ENGLISH, date(2025, 9, 1)).due == ""
    assert "September 1, 2025" in article_page(INFUSION_DAY, ENGLISH, date(2025, 9, 2)).due


def test_article_without_headings_is_one_section() -> None:
    (section,) = sections((passage("a", OPENING), passage("b", "Another paragraph.")))
    assert section.titles == ()
    assert [block.anchor for block in section.blocks] == ["a", "b"]


def test_text_back_under_an_outer_heading_repeats_no_heading() -> None:
    found = list(
        sections(
            (passage("a", "One.", "Outer"), passage("b", "Two.", "Outer", "Inner"), passage("c", "Three.", "Outer"))
        )
    )
    assert [[title.heading for title in section.titles] for section in found] == [["Outer"], ["Inner"], []]


def test_bare_list_keeps_its_opening_and_one_anchor() -> None:
    (block,) = blocks((SCIATICA.passages[-1],))
    assert block.text == "Get help at once for:"
    assert block.anchor == "help"
    assert [item.text for item in block.items] == ["numbness between the legs", "weak legs"]


def test_two_lists_in_a_row_stay_two() -> None:
    one = passage("a", "First:\nx", lead_in="First:")
    other = passage("b", "Second:\ny", lead_in="Second:")
    assert [block.text for block in blocks((one, other))] == ["First:", "Second:"]


def test_help_lines_of_every_country_are_one_link_away_in_a_crisis(visitor: FlaskClient) -> None:
    page = LexborHTMLParser(visitor.post("/", data={"question": "I want to end it"}).text)
    links = [link.attributes["href"] for link in page.css("#answer .articles-link a")]
    assert links == ["/articles/", "/help"]
    page = LexborHTMLParser(visitor.get("/help").text)
    assert {"tel:988", "tel:999", "tel:112"} <= {link.attributes.get("href") for link in page.css(".contact-link")}
    assert page.css_first(".disclaimer")


@pytest.mark.parametrize(
    ("settings", "says", "is_silent_of"),
    [
        (Settings(), "No question is stored", "30 days"),
        (Settings(question_log="counts"), "Only counts are kept", "No question is stored"),
        (Settings(question_log="counts"), "The counts are deleted", "may be kept"),
        (Settings(question_log="redacted"), "30 days", "No question is stored"),
        (Settings(question_log="redacted", question_log_days=7), "7 days", "30 days"),
        (Settings(), "“not helpful” are counted", "The counts are deleted"),
        (Settings(), "for 12 months", "may be kept"),
        (Settings(rate_limit=None), "no cookie", "network address"),
    ],
)
def test_privacy_page_follows_from_the_settings(settings: Settings, says: str, is_silent_of: str) -> None:
    text = make_stage(settings)[0].test_client().get("/privacy").text
    assert says in text
    assert is_silent_of not in text


def test_unchanged_page_is_not_sent_twice(visitor: FlaskClient) -> None:
    first = visitor.get("/articles/sciatica")
    again = visitor.get("/articles/sciatica", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "Accept-Language" in first.headers["Vary"]


def test_link_of_an_article_that_is_no_web_address_is_none() -> None:
    source = replace(SCIATICA.source, url="javascript:alert(1)")
    references = (Reference("A book.", "javascript:alert(2)"),)
    page = article_page(replace(SCIATICA, source=source, references=references), ENGLISH, date(2026, 11, 22))
    assert page.original_url == ""
    assert page.references[0].url == ""
