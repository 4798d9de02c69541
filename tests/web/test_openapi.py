from __future__ import annotations

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import msgspec
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from schemathesis.config import SchemathesisConfig

from chatbot.web.openapi import DOCUMENT

CASES_PER_OPERATION = int(os.environ.get("API_CASES", "240")) // 6
# API_CASES=2000 for the long run


def test_document_is_valid_openapi() -> None:
    validate(msgspec.json.decode(DOCUMENT), cls=OpenAPIV31SpecValidator)


def test_document_is_served_to_every_site(client: FlaskClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.data == DOCUMENT
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json["openapi"].startswith("3.1")


def test_every_api_address_is_in_the_document(app: Flask) -> None:
    served = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith(("/api/", "/healthz", "/readyz")) and method not in ("HEAD", "OPTIONS")
    }
    documented = msgspec.json.decode(DOCUMENT)["paths"]
    assert served == {(path, method) for path, methods in documented.items() for method in methods}


class Later:
    """A WSGI app that becomes known when a test runs; the cases are made when the file is read."""

    app: Flask

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


REFUSALS = ["400", "404", "405", "413", "415", "422"]
# 413: an invalid body may be too large besides
RULES = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})

schema = schemathesis.openapi.from_dict(msgspec.json.decode(DOCUMENT), config=RULES)
schema.app = Later()


@schema.parametrize()
@settings(max_examples=CASES_PER_OPERATION, suppress_health_check=list(HealthCheck))
def test_server_answers_as_the_document_says(case: schemathesis.Case, app: Flask) -> None:
    schema.app.app = app
    case.call_and_validate()
