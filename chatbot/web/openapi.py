"""The OpenAPI 3.1 document of the API, made of the types that the server itself reads and writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from flask import Blueprint, Response

from chatbot.web import shapes
from chatbot.web.problems import MEDIA_TYPE, SENTENCES

Part = Mapping[str, object]

REFERENCE = "#/components/schemas/{name}"
BODIES = (
    shapes.ChatRequest,
    shapes.FeedbackRequest,
    shapes.AnswerBody,
    shapes.SuggestionsBody,
    shapes.HealthBody,
    shapes.ReadyBody,
    shapes.ProblemBody,
)
ABOUT = (
    "Ask a question and get passages from the articles, word for word, with their source. Nothing is written by a "
    "machine. No cookie, no login, any site may ask. Offsets count Unicode characters (code points); JavaScript "
    "counts UTF-16 units, so take `Array.from(text)` before you cut. Every reply to a question and every problem "
    "carries `disclaimer`, which must be shown with it."
)
ANSWER_EXAMPLE = {"question": "does ketamine help siatica?", "history": ["what is ketamine?"], "limit": 3}

blueprint = Blueprint("openapi", __name__, url_prefix="/api/v1")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Give the document."""
    return Response(DOCUMENT, mimetype="application/json")


def document() -> Part:
    """Return the document as JSON values."""
    _, schemas = msgspec.json.schema_components(BODIES, ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Article chatbot", "version": "1", "description": ABOUT, "license": {"name": "MIT"}},
        "servers": [{"url": "/"}],
        "paths": paths(),
        "components": {"schemas": schemas},
    }


def paths() -> Part:
    """Return every address of the API with what it takes and gives."""
    return {
        "/api/v1/chat": {
            "post": _operation(
                "chat",
                "Ask a question",
                "The server keeps neither the question nor the conversation.",
                takes=shapes.ChatRequest,
                gives=shapes.AnswerBody,
                problems=(400, 413, 415, 422, 429, 500, 503),
            )
        },
        "/api/v1/suggestions": {
            "get": _operation(
                "suggestions",
                "Get questions to start with, or completions of what is being typed",
                "Taken from the articles' headings and approved questions, never from what visitors typed.",
                gives=shapes.SuggestionsBody,
                problems=(422, 500, 503),
            )
            | {"parameters": _parameters(shapes.SuggestionsRequest)}
        },
        "/api/v1/feedback": {
            "post": _operation(
                "feedback",
                "Say whether an answer helped",
                "Counts for a passage that is served now; for one that has gone it is dropped.",
                takes=shapes.FeedbackRequest,
                problems=(400, 413, 415, 422, 429, 500, 503),
            )
        },
        "/api/v1/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "Get this document",
                "responses": {"200": _reply("This document.", {"type": "object"}), "500": _problem(500)},
            }
        },
        "/healthz": {
            "get": _operation("health", "Is the process alive?", "", gives=shapes.HealthBody, problems=(500,))
        },
        "/readyz": {
            "get": _operation("readiness", "Are the articles loaded?", "", gives=shapes.ReadyBody, problems=(500, 503))
        },
    }


def _operation(  # one place to read each address as a sentence
    name: str,
    summary: str,
    description: str,
    *,
    takes: type[msgspec.Struct] | None = None,
    gives: type[msgspec.Struct] | None = None,
    problems: Sequence[int],
) -> dict[str, object]:
    reply = _reply(_about(gives), _reference(gives)) if gives else {"description": "Taken."}
    operation: dict[str, object] = {
        "operationId": name,
        "summary": summary,
        "description": description,
        "responses": {"200" if gives else "204": reply} | {str(status): _problem(status) for status in problems},
    }
    if takes:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _reference(takes)}}}
    return operation


def _reply(description: str, schema: Part, media_type: str = "application/json") -> Part:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _problem(status: int) -> Part:
    reply = _reply(SENTENCES.get(status, "A field is wrong."), _reference(shapes.ProblemBody), MEDIA_TYPE)
    if status == 429:
        header = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
        return {**reply, "headers": {"Retry-After": header}}
    return reply


def _parameters(shape: type[msgspec.Struct]) -> list[Part]:
    schema = msgspec.json.schema_components([shape], ref_template=REFERENCE)[1][shape.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": about.get("description", ""),
            "schema": {key: value for key, value in about.items() if key != "description"},
        }
        for name, about in schema["properties"].items()
    ]


def _about(shape: type[msgspec.Struct]) -> str:
    return (shape.__doc__ or "").strip().partition("\n")[0]


def _reference(shape: type[msgspec.Struct]) -> Part:
    return {"$ref": REFERENCE.format(name=shape.__name__)}


DOCUMENT = msgspec.json.encode(document())
