from __future__ import annotations

import sys
import time

import pytest

from chatbot.corpus.importing import sandbox
from chatbot.corpus.importing.documents import Member
from chatbot.corpus.importing.parts import ImportRefused
from chatbot.corpus.importing.sandbox import import_file, import_page
from tests.corpus.importing.hostile import TEXT
from tests.corpus.importing.word_files import zipped

GOOD = {
    "a.txt": TEXT,
    "b.md": b"---\ntitle: B\n---\n\nKetamine is given as a drip in most of the clinics we know of.\n",
}


def test_zip_gives_an_outcome_for_each_document_and_tells_each_beginning():
    told: list[Member] = []
    outcomes = import_file(zipped({**GOOD, "c.exe": b"MZ"}), "all.zip", told.append)
    assert [(each.name, bool(each.imported)) for each in outcomes] == [
        ("a.txt", True),
        ("b.md", True),
        ("c.exe", False),
    ]
    assert [(each.name, each.number, each.count) for each in told] == [("a.txt", 0, 3), ("b.md", 1, 3), ("c.exe", 2, 3)]


def test_document_that_takes_too_long_is_given_up_and_the_next_ones_are_read(monkeypatch, tmp_path):
    """A stand-in for the worker hangs at the second document, and goes on with the third when it is asked again."""
    package = tmp_path / "chatbot" / "corpus" / "importing"
    package.mkdir(parents=True)
    (package / "worker.py").write_text(
        "import json, sys, time\n"
        "order = json.loads(sys.stdin.buffer.readline()); sys.stdin.buffer.read()\n"
        "for number in range(order['first'] if 'first' in order else 0, 3):\n"
        "    member = {'name': f'{number}.txt', 'number': number, 'count': 3}\n"
        "    print(json.dumps({'member': member}), flush=True)\n"
        "    if number == 1: time.sleep(60)\n"
        "    print(json.dumps({'member': member, 'refused': 'read'}), flush=True)\n"
    )
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)
    monkeypatch.setattr(sandbox, "TIMEOUT_SECONDS", 1.5)
    begun = time.monotonic()
    outcomes = import_file(TEXT, "x.txt")
    assert [(each.name, each.refused) for each in outcomes] == [
        ("0.txt", "read"),
        ("1.txt", sandbox.TOO_MUCH),
        ("2.txt", "read"),
    ]
    assert time.monotonic() - begun < 20


def test_process_that_cannot_even_start_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)
    assert import_file(TEXT, "x.txt")[0].refused == sandbox.TOO_MUCH


def test_process_gets_none_of_the_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("CHATBOT_SECRET_KEY", "secret")
    package = tmp_path / "chatbot" / "corpus" / "importing"
    package.mkdir(parents=True)
    (package / "worker.py").write_text(
        "import json, os, sys\n"
        "sys.stdin.buffer.read()\n"
        "member = {'name': 'x', 'number': 0, 'count': 1}\n"
        "print(json.dumps({'member': member, 'refused': ' '.join(sorted(os.environ))}), flush=True)\n"
    )
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)
    assert "CHATBOT" not in import_file(TEXT, "x.txt")[0].refused


def test_file_refused_at_sight_needs_no_process(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with pytest.raises(ImportRefused, match="program"):
        import_file(b"MZ", "a.txt")


def test_page_from_the_web_names_its_address():
    page = b"<html><body><h1>Sciatica</h1><p>" + TEXT + b"</p></body></html>"
    outcome = import_page(page, "page.html", address="https://clinic.example/sciatica")
    assert outcome.imported is not None
    assert outcome.imported.metadata["source"] == {"url": "https://clinic.example/sciatica"}


def test_confined_process_can_write_no_file_and_take_no_more_memory(tmp_path):
    import subprocess  # noqa: PLC0415

    program = (
        "from chatbot.corpus.importing.worker import confine\nimport sys\nconfine()\n"
        "try:\n    open(sys.argv[1], 'w').write('x' * 100_000)\nexcept OSError as error:\n    print(error.strerror)\n"
        "try:\n    bytes(500_000_000)\nexcept MemoryError:\n    print('no memory')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "file")],
        capture_output=True,
        text=True,
        check=False,
        cwd=sandbox.ROOT,
    )
    assert run.stdout.splitlines() == ["File too large", "no memory"]


def test_time_for_one_document_is_counted_from_its_beginning():
    import subprocess  # noqa: PLC0415

    program = (
        "import resource, chatbot.corpus.importing.worker as w\nw.CPU_SECONDS = 1\nw.allow_time()\nwhile True: pass\n"
    )
    run = subprocess.run([sys.executable, "-c", program], check=False, cwd=sandbox.ROOT, timeout=60)
    assert run.returncode < 0
