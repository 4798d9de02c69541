"""Whatever is uploaded, the answer is a plain sentence, soon, and the process that asked has not grown."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from chatbot.corpus.details import READERS
from chatbot.corpus.importing import worker
from chatbot.corpus.importing.documents import read_document, refuse_at_sight
from chatbot.corpus.importing.parts import ImportRefused, slug_for
from chatbot.corpus.importing.sandbox import import_file
from chatbot.corpus.importing.worker import Order, Step, work
from tests.corpus.importing.hostile import MADE, NAMES, TEXT

MOST_SECONDS = 2
# of processor time, the other process's included: the wall clock also counts what else the machine does
MOST_KILOBYTES = 50_000
# What could hold its process up goes into one of its own; the others are taken apart here, which is quicker.
APART = (
    "word bomb in the text",
    "word nested deep",
    "word that laughs",
    "zip that lies",
    "zip in a zip",
    "pdf bomb",
    "pdf packed twice",
    "pdf in a circle",
    "pdf of many pages",
    "one line of nine megabytes",
    "html nested deep",
)


def processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def answers(case: str, name: str, data: bytes) -> list[str]:
    """Return what is said of each document, "" for one that was brought in."""
    steps: list[Step] = []
    try:
        if case in APART:
            return [each.refused for each in import_file(data, name)]
        refuse_at_sight(name, data)
    except ImportRefused as refusal:
        return [str(refusal)]
    work(Order(name), data, steps.append)
    return [step.refused for step in steps if step.imported or step.refused]


@pytest.mark.parametrize("case", MADE)
def test_hostile_upload_is_refused_in_a_plain_sentence(case, monkeypatch):
    monkeypatch.setattr(worker, "allow_time", lambda: None)
    name, data = MADE[case]()
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, processor_seconds()
    said = answers(case, name, data)
    assert processor_seconds() - begun < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_KILOBYTES
    assert said
    for words in said:
        assert words[:1].isupper()
        assert words.endswith(".")
        assert 20 < len(words) < 250
        assert not [sign for sign in ("Traceback", "Error", "/usr", "None", "0x") if sign in words]


@pytest.mark.parametrize("name", NAMES)
def test_strange_name_is_shown_without_harm_and_gives_a_sound_address(name):
    imported = read_document(TEXT, name)
    assert imported.name == NAMES[name]
    assert READERS["slug"](imported.slug)
    assert imported.slug not in ("con", "nul")


@pytest.mark.parametrize("title", ["CON", "nul", "", "???", "日本語", "../../x", "a" * 300])
def test_every_title_gives_a_sound_address(title):
    found = slug_for(title, "file.txt")
    assert READERS["slug"](found)
    assert len(found) <= 60
    assert found not in ("con", "nul")


def test_nothing_is_unpacked_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worker, "allow_time", lambda: None)
    for case in ("zip slip", "zip slip of windows", "zip to the root", "zip with a link"):
        answers(case, *MADE[case]())
    assert list(tmp_path.rglob("*")) == []
    assert not Path("/tmp/escaped.txt").exists()
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_there_are_enough_cases_to_mean_something():
    assert len(MADE) + len(NAMES) >= 60
