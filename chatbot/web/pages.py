"""The chat as a page: a form, and the answer at the same address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from flask import Blueprint, Response, make_response, render_template, request, url_for

from chatbot.answering.notices import masked
from chatbot.services import services
from chatbot.values import Answer, Question
from chatbot.web import chat
from chatbot.web.cards import BLANK_ANSWER, BLANK_PASSAGE, answer_card
from chatbot.web.interface import address, catalogue, dialled, kept_page, spelled_out, template_values
from chatbot.web.reading import by_title, current_day
from chatbot.web.shapes import QUESTION_LIMIT

HISTORY_LIMIT = 10
Kind = Literal["page", "panel"]
THEMES = ("light", "dark")
STARTERS: Mapping[Kind, int] = {"page": 6, "panel": 4}

blueprint = Blueprint("pages", __name__)
blueprint.app_context_processor(template_values)
blueprint.add_app_template_filter(dialled)
blueprint.add_app_template_filter(spelled_out)


@blueprint.get("/")
def home() -> Response:
    """Show the chat with nothing asked yet."""
    return kept_page(chat_page("page"))


@blueprint.post("/")
def ask() -> Response:
    """Answer the form's question on the page itself, for visitors without JavaScript."""
    return answered_page("page")


def answered_page(kind: Kind) -> Response:
    """Answer the question in the form; an empty or overlong one gets the form back with a sentence, and 422."""
    question, problem = read_form()
    if problem:
        response = make_response(chat_page(kind, typed=question.text, history=question.history, problem=problem), 422)
    else:
        response = make_response(
            chat_page(kind, reply=chat.ask(question), history=(*question.history, masked(question.text)))
        )
    # An answer speaks of the visitor's health: no cache may keep it.
    response.headers["Cache-Control"] = "no-store"
    return response


def read_form() -> tuple[Question, str]:
    """Read the question from the form, and what is wrong with it; a suggestion's button counts before typed words."""
    text = (request.form.get("suggestion") or request.form.get("question") or "").strip()
    earlier = tuple(line.strip()[:QUESTION_LIMIT] for line in request.form.getlist("earlier") if line.strip())
    question = Question(text, earlier[-HISTORY_LIMIT:])
    if not text:
        return question, catalogue().say("page.empty_question")
    return question, catalogue().say("page.long_question") if len(text) > QUESTION_LIMIT else ""


def chat_page(
    kind: Kind,
    *,
    reply: Answer | None = None,
    history: tuple[str, ...] = (),
    typed: str = "",
    problem: str = "",
) -> str:
    """Render the chat as a page or as the embedded panel, with an answer where there is one."""
    say, wired = catalogue(), services()
    # Help in a crisis is shown even while no article could be read.
    now = None if reply else wired.library.snapshot()
    return render_template(
        "widget/panel.html" if kind == "panel" else "chat/page.html",
        kind=kind,
        theme=request.args.get("theme") if request.args.get("theme") in THEMES else None,
        action=address("embed.panel" if kind == "panel" else "pages.home"),
        script_texts=json.dumps(say.for_scripts(), ensure_ascii=False),
        starters=now.starters[: STARTERS[kind]] if now else (),
        covered=by_title(now.articles) if now and kind == "page" else (),
        turn=answer_card(reply, say, current_day()) if reply else None,
        blank_answer=BLANK_ANSWER,
        blank_passage=BLANK_PASSAGE,
        history=history[-HISTORY_LIMIT:],
        typed=typed,
        problem=problem,
        privacy=say.say(f"page.privacy_{wired.settings.question_log}", days=wired.settings.question_log_days),
        oembed=url_for("embed.oembed", url=url_for("pages.home", _external=True), format="json", _external=True),
    )
