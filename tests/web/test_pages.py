from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from chatbot.settings import Settings, Specialist
from chatbot.values import Answer, Question
from tests.web.scripted import CRISIS, DISCLAIMER, NEAREST, NO_CLINICS, SUGGESTIONS, ScriptedServices, make_stage

FIXED_WORDS = "not medical advice"


@pytest.fixture
def stage() -> tuple[FlaskClient, ScriptedServices]:
    specialist = Specialist("Ana Ruiz", "+1 555 010 2030", "https://pain.example")
    app, wired = make_stage(Settings(rate_limit=None, specialist=specialist))
    return app.test_client(), wired


@pytest.fixture
def visitor(stage: tuple[FlaskClient, ScriptedServices]) -> FlaskClient:
    return stage[0]


def ask(visitor: FlaskClient, question: str, *earlier: str) -> LexborHTMLParser:
    return LexborHTMLParser(visitor.post("/", data={"question": question, "earlier": list(earlier)}).text)


def shown(page: LexborHTMLParser) -> str:
    """Everything a visitor without JavaScript can read: templates and hidden parts left out."""
    page.strip_tags(["template", "script", "style"])
    return " ".join((page.body.text(separator=" ") if page.body else "").split())


def test_first_screen_greets_suggests_and_carries_the_disclaimer(visitor: FlaskClient) -> None:
    text = shown(LexborHTMLParser(visitor.get("/").text))
    assert FIXED_WORDS in text
    assert SUGGESTIONS[0] in text
    assert "automatic search" in text
    assert "+1 555 010 2030" in text


def test_form_sends_the_question_in_the_body_and_to_the_answer(visitor: FlaskClient) -> None:
    form = LexborHTMLParser(visitor.get("/").text).css_first("form")
    assert form.attributes["method"] == "post"
    assert form.attributes["action"] == "/#answer"


def test_answer_stands_on_the_page_without_any_script(visitor: FlaskClient) -> None:
    page = ask(visitor, "does ketamine help sciatica?")
    card = page.css_first("#answer .passage")
    assert card.css_first("mark").text() == "Small studies have looked at ketamine for it."
    assert card.css_first(".passage-title a").attributes["href"] == "/articles/sciatica#opening"
    text = shown(page)
    assert "By Dana Reyes" in text
    assert "Close match" in text
    assert "Matched: infusion = drip" in text


def test_passage_is_shown_byte_for_byte(visitor: FlaskClient) -> None:
    from tests.web.scripted import LEAD_IN, OPENING, STEPS  # noqa: PLC0415

    quotes = ask(visitor, "ketamine").css("#answer .quote")
    assert quotes[0].text() == OPENING
    assert quotes[1].text() == f"{LEAD_IN}\n{STEPS[1]}"


@pytest.mark.parametrize("question", ["ketamine", "yoga?", "capital of France", "I want to end it", "is it for me"])
def test_every_answer_carries_the_disclaimer(visitor: FlaskClient, question: str) -> None:
    notes = [note.text() for note in ask(visitor, question).css("#answer .disclaimer")]
    assert len(notes) == 1
    assert FIXED_WORDS in notes[0]


def test_unsure_answer_says_so_before_its_passages(visitor: FlaskClient) -> None:
    text = shown(ask(visitor, "yoga?"))
    assert text.index("We are not sure") < text.index("Ketamine has not been approved")


def test_no_answer_is_honest_and_points_onwards(visitor: FlaskClient) -> None:
    page = ask(visitor, "capital of France")
    assert not page.css("#answer .passage")
    text = shown(page)
    assert "The articles do not answer this" in text
    assert "A pain specialist can" in text
    assert SUGGESTIONS[1] in text
    assert page.css_first("#answer .articles-link a").attributes["href"] == "/articles/"
    links = {link.text(): link.attributes["href"] for link in page.css("#answer .nearest a")}
    assert links == {link.title: link.url for link in NEAREST}


def test_no_answer_about_clinics_has_words_of_its_own(visitor: FlaskClient) -> None:
    text = shown(ask(visitor, "best clinic"))
    assert NO_CLINICS in text
    assert "A pain specialist can answer" not in text


def test_urgent_answer_names_no_articles(visitor: FlaskClient) -> None:
    assert not ask(visitor, "I want to end it").css("#answer .nearest")


def test_crisis_shows_help_first_and_never_the_words_that_brought_it_up(visitor: FlaskClient) -> None:
    page = ask(visitor, "I want to end it")
    notice = page.css_first("#answer .notice")
    assert notice.css_first("a").attributes["href"] == "tel:988"
    assert CRISIS.text in notice.text()
    assert not page.css("#answer .passage")
    text = shown(page)
    assert "I want to end it" not in text
    assert text.index("Help is there now") < text.index("Crisis line") < text.index("A trained counselor")


def test_advice_stands_above_the_passages(visitor: FlaskClient) -> None:
    text = shown(ask(visitor, "is it for me"))
    assert text.index("We cannot judge") < text.index("places a drip")


def test_follow_up_carries_the_earlier_questions(stage: tuple[FlaskClient, ScriptedServices]) -> None:
    visitor, wired = stage
    page = ask(visitor, "what is ketamine?")
    kept = [hidden.attributes["value"] or "" for hidden in page.css("input[name=earlier]")]
    ask(visitor, "and for migraine?", *kept)
    assert wired.asked[-1].history == ("what is ketamine?",)


def test_private_details_stand_neither_in_the_page_nor_in_what_it_sends_on(visitor: FlaskClient) -> None:
    page = visitor.post("/", data={"question": "ketamine? I am at ana@clinic.example, 555 664 7788"}).text
    assert "ana@" not in page
    assert "7788" not in page
    assert 'name="earlier" value="ketamine? I am at •••, •••"' in page


def test_at_most_ten_earlier_questions_are_carried(stage: tuple[FlaskClient, ScriptedServices]) -> None:
    visitor, wired = stage
    page = ask(visitor, "last", *(f"number {number}" for number in range(15)))
    assert wired.asked[-1].history[0] == "number 5"
    assert len(page.css("input[name=earlier]")) == 10


def test_suggestion_button_asks_its_own_question(stage: tuple[FlaskClient, ScriptedServices]) -> None:
    visitor, wired = stage
    visitor.post("/", data={"question": "half typed", "suggestion": SUGGESTIONS[0]})
    assert wired.asked[-1].text == SUGGESTIONS[0]


def test_correction_offers_the_words_as_typed(visitor: FlaskClient) -> None:
    page = ask(visitor, "does siatica hurt?")
    assert "Searched for “sciatica” instead of “siatica”." in shown(page)
    undo = page.css_first(".correction button").attributes["value"]
    assert undo == 'does "siatica" hurt?'
    assert not ask(visitor, undo or "").css(".correction")


@pytest.mark.parametrize(("question", "words"), [("  ", "Please type a question"), ("x" * 2001, "Please shorten")])
def test_question_that_cannot_be_asked_comes_back_with_a_sentence(
    visitor: FlaskClient, question: str, words: str
) -> None:
    response = visitor.post("/", data={"question": question})
    page = LexborHTMLParser(response.text)
    box = page.css_first("textarea")
    assert response.status_code == 422
    assert words in page.css_first("#composer-problem").text()
    assert "composer-problem" in (box.attributes["aria-describedby"] or "")
    assert box.text().strip() == question.strip()


def test_question_is_escaped_wherever_it_stands(visitor: FlaskClient) -> None:
    response = visitor.post("/", data={"question": '<script>alert(1)</script>"><img src=x onerror=alert(1)>'})
    assert "<script>alert" not in response.text
    assert "<img" not in response.text


def test_answer_is_kept_by_no_cache_and_sets_no_cookie(visitor: FlaskClient) -> None:
    response = visitor.post("/", data={"question": "ketamine"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_no_page_holds_inline_script_or_style(visitor: FlaskClient) -> None:
    for address in ("/", "/articles/", "/articles/sciatica", "/embed/v1/panel", "/embed", "/demo", "/nowhere"):
        page = LexborHTMLParser(visitor.get(address).text)
        assert all("src" in script.attributes for script in page.css("script")), address
        assert not page.css("style, [style]"), address
        assert not [name for node in page.css("*") for name in node.attributes if name.startswith("on")], address


def test_no_page_names_another_host(visitor: FlaskClient) -> None:
    for address in ("/", "/articles/sciatica", "/embed/v1/panel", "/embed", "/demo"):
        page = LexborHTMLParser(visitor.get(address).text)
        fetched = [node.attributes.get("src") or "" for node in page.css("[src]")]
        fetched += [node.attributes.get("href") or "" for node in page.css("link[rel=stylesheet], link[rel=icon]")]
        assert fetched
        assert all(name.startswith("/") for name in fetched), address


def test_spanish_page_speaks_spanish_and_says_that_the_articles_are_english(visitor: FlaskClient) -> None:
    page = LexborHTMLParser(visitor.get("/?lang=es").text)
    assert page.css_first("html").attributes["lang"] == "es"
    text = shown(page)
    assert "¿Qué le gustaría saber?" in text
    assert "Los artículos y los avisos de seguridad están en inglés" in text
    assert page.css_first("form").attributes["action"] == "/?lang=es#answer"
    assert page.css_first(".site-nav a:last-child").attributes["href"] == "/articles/?lang=es"


def test_error_page_is_a_page_and_carries_the_disclaimer(visitor: FlaskClient) -> None:
    response = visitor.get("/nowhere")
    assert response.status_code == 404
    text = shown(LexborHTMLParser(response.text))
    assert FIXED_WORDS in text
    assert "There is nothing at this address." in text


def test_without_articles_the_page_says_so_but_a_crisis_still_gets_help(
    stage: tuple[FlaskClient, ScriptedServices],
) -> None:
    visitor, wired = stage
    wired.loaded = False
    assert visitor.get("/").status_code == 503
    assert visitor.post("/", data={"question": "ketamine"}).status_code == 503
    assert "988" in shown(ask(visitor, "I want to end it"))


def test_question_that_meets_a_fault_still_gets_the_help_lines(stage: tuple[FlaskClient, ScriptedServices]) -> None:
    visitor, wired = stage

    def fail(question: Question) -> Answer:
        raise RuntimeError

    wired.answer = fail
    page = ask(visitor, "I want to end it")
    links = [link.attributes["href"] for link in page.css(".problem .notice a")]
    assert links[:3] == ["tel:911", "tel:988", "sms:988"]
    assert page.css_first('.problem a[href="/help"]')
    assert "tel:988" not in visitor.get("/nowhere").text


@pytest.mark.parametrize(("log", "words"), [("off", "is not stored"), ("counts", "counted"), ("redacted", "9 days")])
def test_line_beside_the_box_says_what_is_kept(log: str, words: str) -> None:
    app, _ = make_stage(Settings(question_log=log, question_log_days=9))  # type: ignore[arg-type]
    assert words in LexborHTMLParser(app.test_client().get("/").text).css_first(".composer-privacy").text()


def test_nameless_specialist_is_not_promised() -> None:
    app, _ = make_stage()
    assert not LexborHTMLParser(app.test_client().get("/").text).css(".composer .specialist")
    assert DISCLAIMER
