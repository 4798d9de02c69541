"""What may happen to the corpus folder: the last good version stays, is marked, and gives way after repair."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.reader import read_file
from chatbot.corpus.readings import Reading
from chatbot.library import Library
from chatbot.settings import Settings
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus
from tests.databases import unprivileged
from tests.faults.conftest import MakeApp, asked, look, ready, unlistable
from tests.storage.test_faults import as_somebody_else
from tests.test_server import Server, StartServer

CHANGED = SCIATICA.replace("Small studies suggest", "Small reports suggest")
PATIENTLY_SECONDS = 10.0
# the 2 s of the contract, five times over: other programs run beside the tests


def deleted(corpus: Path) -> Callable[[], None]:
    shutil.rmtree(corpus)
    return lambda: None


def emptied(corpus: Path) -> Callable[[], None]:
    for file in (corpus / "articles").iterdir():
        file.unlink()
    return lambda: None


def renamed(corpus: Path) -> Callable[[], None]:
    away = corpus.rename(corpus.with_name("away"))
    return lambda: shutil.rmtree(away)


def replaced_by_a_file(corpus: Path) -> Callable[[], None]:
    shutil.rmtree(corpus)
    corpus.touch()
    return corpus.unlink


def replaced_by_a_link_to_nothing(corpus: Path) -> Callable[[], None]:
    shutil.rmtree(corpus)
    corpus.symlink_to(corpus.with_name("nowhere"))
    return corpus.unlink


def replaced_by_a_link_to_itself(corpus: Path) -> Callable[[], None]:
    shutil.rmtree(corpus)
    corpus.symlink_to(corpus)
    return corpus.unlink


HARMS = (
    deleted,
    emptied,
    renamed,
    replaced_by_a_file,
    replaced_by_a_link_to_nothing,
    replaced_by_a_link_to_itself,
)


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_folder_that_is_gone_stays_served_and_its_return_is_seen(
    make_app: MakeApp, corpus: Path, harm: Callable[[Path], Callable[[], None]]
) -> None:
    app = make_app()
    before = ready(app)
    clear = harm(corpus)
    look(app)
    said = ready(app)
    assert said["state"] == "articles_away"
    assert said["corpus_version"] == before["corpus_version"]
    assert len(said["last_good"]) == said["articles"] == 2
    assert str(corpus) not in json.dumps(said)
    assert "Small studies" in asked(app)
    clear()
    write_corpus(corpus, sciatica=CHANGED, effects=SIDE_EFFECTS)
    look(app)
    assert ready(app)["state"] == "ready"
    assert "Small reports" in asked(app)


def test_articles_replaced_by_a_link_out_of_the_folder_are_refused(make_app: MakeApp, corpus: Path) -> None:
    app = make_app()
    outside = write_corpus(corpus.with_name("outside"), sciatica=CHANGED, effects=SIDE_EFFECTS)
    shutil.rmtree(corpus / "articles")
    (corpus / "articles").symlink_to(outside / "articles")
    look(app)
    said = ready(app)
    assert (said["state"], len(said["last_good"])) == ("files_refused", 2)
    assert all("leads out of the folder" in problem["message"] for problem in said["problems"])
    assert "Small studies" in asked(app)


def test_folder_replaced_by_a_link_to_another_corpus_is_that_corpus(make_app: MakeApp, corpus: Path) -> None:
    app = make_app()
    write_corpus(corpus.with_name("release"), sciatica=CHANGED)
    shutil.rmtree(corpus)
    corpus.symlink_to(corpus.with_name("release"))
    look(app)
    assert ready(app)["articles"] == 1
    assert "Small reports" in asked(app)


def test_folder_whose_listing_fails_stays_served(
    make_app: MakeApp, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    with monkeypatch.context() as patch:
        for room in ("files", "fingerprint"):
            patch.setattr(f"chatbot.corpus.{room}.os", unlistable())
        look(app)
        said = ready(app)
        assert said["state"] == "articles_away"
        assert any("cannot be read (Input/output error)" in problem["message"] for problem in said["problems"])
        assert "Small studies" in asked(app)
    look(app)
    assert ready(app)["state"] == "ready"


def test_file_that_vanishes_while_it_is_read_is_gone_at_the_next_look(
    make_app: MakeApp, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    before = ready(app)

    def vanishing(path: Path, folder: Path) -> Reading:
        path.unlink(missing_ok=True)
        return read_file(path, folder)

    write_corpus(corpus, sciatica=CHANGED)
    with monkeypatch.context() as patch:
        patch.setattr("chatbot.corpus.reader.read_file", vanishing)
        look(app)
    assert ready(app)["last_good"] == ["articles/sciatica.md"]
    assert ready(app)["corpus_version"] == before["corpus_version"]
    assert "Small studies" in asked(app)
    look(app)
    assert (ready(app)["state"], ready(app)["articles"]) == ("ready", 1)


@pytest.mark.parametrize("seconds", [-86_400, 0, 86_400], ids=["a day back", "the same", "a day ahead"])
def test_edit_of_the_same_size_is_seen_whatever_its_time_says(make_app: MakeApp, corpus: Path, seconds: int) -> None:
    app = make_app()
    file = corpus / "articles" / "sciatica.md"
    before = file.stat()
    assert len(CHANGED) == len(SCIATICA)
    with file.open("r+", encoding="utf-8") as same_inode:
        same_inode.write(CHANGED)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + seconds * 10**9))
    look(app)
    assert "Small reports" in asked(app)


def test_folder_that_may_not_be_read_stays_served(settings: Settings, rules: SafetyRules) -> None:
    """Root may read anything, so this runs in a process of somebody else, who owns the folder."""
    home = Path(tempfile.mkdtemp(prefix="unreadable-"))
    corpus = write_corpus(home / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS)
    identity = unprivileged()
    if identity:
        for path in (home, *home.rglob("*")):
            os.chown(path, identity["user"], identity["group"])

    def run() -> str:
        library = Library(Settings(corpus=corpus, instance=home / "instance"), rules)
        said = []
        for place, mode in ((corpus, 0o000), (corpus, 0o500), (corpus / "articles", 0o000), (corpus, 0o700)):
            library.refresh()
            place.chmod(mode)
            library.refresh()
            paths = ",".join(problem.path for problem in library.problems)
            said.append(f"{place.name} {mode:o}: {len(library.snapshot().articles)} {paths}")
            place.chmod(0o700)
        return "\n".join(said)

    lines = as_somebody_else(identity, run).split("\n")
    shutil.rmtree(home)
    assert [line.split(":")[0] for line in lines] == ["corpus 0", "corpus 500", "articles 0", "corpus 700"]
    assert all(": 2 " in line for line in lines)
    assert [" ." in line for line in lines] == [True, False, True, False]


def states(server: Server, looks: int = 6) -> set[object]:
    return {server.get("/readyz")["state"] for _ in range(looks)}


def becomes(server: Server, state: str) -> bool:
    end = time.monotonic() + PATIENTLY_SECONDS
    while states(server) != {state}:
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_every_process_says_that_the_folder_is_gone_and_recovers_by_itself(
    start_server: StartServer, corpus: Path
) -> None:
    server = start_server("--workers=2", "--preload")
    before = server.ask()
    away = corpus.rename(corpus.with_name("away"))
    assert becomes(server, "articles_away")
    assert {server.ask() for _ in range(8)} == {before}
    away.rename(corpus)
    assert becomes(server, "ready")
    assert {server.ask() for _ in range(8)} == {before}
