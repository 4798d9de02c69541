from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from osmem_server import OsmemServer

from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.app import create_app
from chatbot.settings import Settings
from tests.databases import database, database_address, postgres_server, sqlite_template

__all__ = ["database", "database_address", "postgres_server", "sqlite_template"]

FAULT_REPEATS = int(os.environ.get("FAULT_REPEATS", "1"))
# how often each test of a fault runs: what goes well once may have been luck

# A test says the same today and tomorrow, on a slow machine as on a fast one.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")


def pytest_report_header() -> str:
    """Say loudly what stands for OpenSearch in this run."""
    if cluster := os.environ.get("OPENSEARCH"):
        return f"opensearch: the cluster at {cluster}"
    return "opensearch: osmem-server in its place; OPENSEARCH=URL,URL names a real cluster"


SCIATICA = """\
---
title: Sciatica
author: A. Writer
published: 2023-08-08
source:
  name: Example Clinic
  url: https://clinic.example/sciatica
questions:
  - ask: What is sciatica?
    section: What it is
  - ask: Can ketamine help sciatica?
    section: Ketamine for sciatica
---

## What it is

Sciatica is leg pain that follows the sciatic nerve from the lower back to the foot.

## Ketamine for sciatica

Small studies suggest that ketamine may ease sciatica for some people. The relief often lasts days to weeks.
"""
SIDE_EFFECTS = """\
---
title: Side effects of ketamine
questions:
  - ask: What are the side effects of ketamine?
    section: Common side effects
---

## Common side effects

Common side effects of ketamine are nausea, dizziness and a floating feeling during the infusion.

## Afterwards

Nobody should drive on the day of an infusion.
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if FAULT_REPEATS > 1 and "faults" in metafunc.module.__name__:
        metafunc.fixturenames.append("time_of_fault")
        metafunc.parametrize("time_of_fault", range(FAULT_REPEATS))


rules_once = functools.cache(read_rules)


def write_corpus(folder: Path, **articles: str) -> Path:
    """Write articles, a name and its text each, into folder/articles and return the folder."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    # A lexicon of its own: without one the shipped lexicon counts, whose words are another matter.
    (folder / "lexicon.toml").touch()
    for name, text in articles.items():
        (folder / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _rules_are_read_once() -> Iterator[None]:
    """Spare every app of every test the reading, which takes longer than the rest of its start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chatbot.app.shipped_rules", lambda _: rules_once())
        yield


@pytest.fixture
def rules() -> SafetyRules:
    return rules_once()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of two articles that a test may change."""
    return write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS)


@pytest.fixture
def settings(corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus=corpus, rate_limit=None, instance=tmp_path / "instance")


@pytest.fixture
def make_app(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """Build apps with some settings changed; their watching ends with the test."""
    apps: list[Flask] = []

    def make(**changes: object) -> Flask:
        apps.append(create_app(dataclasses.replace(settings, **changes)))  # type: ignore[arg-type]
        return apps[-1]

    yield make
    for app in apps:
        app.extensions["chatbot"].stop()
        app.extensions["chatbot"].database.close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def opensearch_url() -> Iterator[str]:
    """The address of a server on loopback that speaks OpenSearch's API from memory, or of a real cluster's nodes.

    OPENSEARCH names the latter, with commas between; deploy/opensearch/start.sh starts three.
    """
    if cluster := os.environ.get("OPENSEARCH"):
        yield cluster
        return
    with OsmemServer.start(japanese=False) as server:
        yield server.url
        assert server.process.stdout
        server.process.stdout.close()
