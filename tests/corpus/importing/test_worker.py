"""What the process that takes documents apart does with an order, without the process."""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec
import pytest

from chatbot.corpus.importing import worker
from chatbot.corpus.importing.worker import Order, Step
from tests.corpus.importing.hostile import TEXT
from tests.corpus.importing.word_files import zipped

PAGE = b"<html><head><title>Heat and cold</title></head><body><h1>Heat and cold</h1><p>%s</p></body></html>" % TEXT
ADDRESS = "https://clinic.example/heat"


@pytest.fixture(autouse=True)
def limited() -> Iterator[list[str]]:
    """This process keeps its memory, files and time; what would be limited is noted instead."""
    noted: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "allow_time", lambda: noted.append("time"))
        patch.setattr(worker, "confine", lambda: noted.append("all"))
        yield noted


def steps(order: Order, data: bytes) -> list[Step]:
    told: list[Step] = []
    worker.work(order, data, told.append)
    return told


def test_document_is_begun_and_done() -> None:
    begun, done = steps(Order("a.txt"), TEXT)
    assert (begun.member.name, begun.imported, begun.refused) == ("a.txt", None, "")
    assert done.imported
    assert done.imported.format == "txt"


def test_each_document_gets_its_time_and_those_before_the_first_are_passed_over(limited: list[str]) -> None:
    told = steps(Order("all.zip", first=1), zipped({"a.txt": TEXT, "b.txt": TEXT, "c.exe": b"MZ"}))
    assert [step.member.name for step in told] == ["b.txt", "b.txt", "c.exe", "c.exe"]
    assert told[1].imported
    assert told[3].refused
    assert limited == ["time", "time"]


def test_archive_that_cannot_be_opened_is_refused_as_a_whole() -> None:
    (refused,) = steps(Order("all.zip"), b"PK\x03\x04 no archive at all")
    assert refused.member.name == "all.zip"
    assert refused.refused


@pytest.mark.parametrize(("name", "data"), [("heat.html", PAGE), ("heat.txt", TEXT)])
def test_what_came_from_the_web_says_where_from(name: str, data: bytes) -> None:
    done = steps(Order(name, address=ADDRESS, charset="utf-8"), data)[-1]
    assert done.imported
    assert done.imported.metadata["source"] == {"url": ADDRESS}
    assert f"url: {ADDRESS}" in done.imported.markdown


def test_document_that_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(worker, "read_document", too_large)
    assert "more memory than there is" in steps(Order("a.txt"), TEXT)[-1].refused


def test_order_comes_as_a_line_before_the_document_and_each_step_goes_as_one(limited: list[str]) -> None:
    told = io.BytesIO()
    worker.main(io.BytesIO(msgspec.json.encode(Order("a.txt")) + b"\n" + TEXT), told)
    first, second = [msgspec.json.decode(line, type=Step) for line in told.getvalue().splitlines()]
    assert first.member == second.member
    assert second.imported
    assert limited == ["all", "time"]
