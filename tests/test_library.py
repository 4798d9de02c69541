from __future__ import annotations

import dataclasses
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.loading import Loaded, keep_last_good
from chatbot.corpus.reader import read_file
from chatbot.corpus.readings import Reading
from chatbot.errors import NoCorpus
from chatbot.library import LOOK_SECONDS, Library
from chatbot.settings import Settings
from chatbot.snapshots import version_of
from chatbot.text.query import understand
from chatbot.values import Problem
from tests.builders import make_article
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus

PATIENTLY_SECONDS = 10.0
# for a thread to come round on a busy machine; the 2 seconds of the contract are measured in test_server.py
BROKEN = "---\ntitle: [\n---\n\nText.\n"
SLOW_LOOK = 3600
# a watching that does not happen within the test: what is read is read by refresh() alone

TODAY = date(2026, 11, 27)
MakeLibrary = Callable[..., Library]


@pytest.fixture
def make_library(settings: Settings, rules: SafetyRules) -> Iterator[MakeLibrary]:
    made: list[Library] = []

    def make(
        *, look_seconds: float = SLOW_LOOK, today: Callable[[], date] = lambda: TODAY, **changes: object
    ) -> Library:
        wanted = dataclasses.replace(settings, **changes)  # type: ignore[arg-type]
        made.append(Library(wanted, rules, look_seconds, today=today))
        made[-1].refresh()
        return made[-1]

    yield make
    for library in made:
        library.stop()


def titles(library: Library) -> list[str]:
    return [article.title for article in library.snapshot().articles]


def texts(library: Library) -> str:
    return " ".join(passage.text for article in library.snapshot().articles for passage in article.passages)


def edit(corpus: Path, name: str, text: str) -> None:
    (corpus / "articles" / f"{name}.md").write_text(text, encoding="utf-8")


# --- what a snapshot is -----------------------------------------------------------------------


def test_snapshot_holds_everything_that_a_question_needs(make_library: MakeLibrary) -> None:
    snapshot = make_library().snapshot()
    assert [article.slug for article in snapshot.articles] == ["effects", "sciatica"]
    assert "Can ketamine help sciatica?" in snapshot.suggestions["sciatica"]
    assert "Can ketamine help sciatica?" in snapshot.starters
    assert snapshot.phrases["what is sciatica?"] == "What is sciatica?"
    assert snapshot.problems == ()


def test_article_whose_review_lapsed_answers_nothing_from_that_day_on(make_library: MakeLibrary, corpus: Path) -> None:
    day = [date(2027, 11, 22)]
    file = corpus / "articles" / "sciatica.md"
    file.write_text(file.read_text("utf-8").replace("---\n", "---\nreview_by: 2026-11-22\n", 1), "utf-8")
    library = make_library(today=lambda: day[0])
    before = library.snapshot()
    assert "sciatica" in before.suggestions
    day[0] = date(2027, 11, 23)
    assert library.has_changed(library.marks())
    assert library.refresh()
    now = library.snapshot()
    assert now.version != before.version
    assert [article.slug for article in now.articles] == ["effects", "sciatica"]
    assert "sciatica" not in now.suggestions
    assert not any("sciatica" in phrase for phrase in now.phrases)
    query = understand("what is sciatica?", (), now.language)
    assert {match.passage.slug for match in now.engine.search(query, 10)} <= {"effects"}
    assert ["12 months ago" in problem.message for problem in now.problems] == [True]


def test_corpus_whose_every_review_lapsed_answers_nothing_and_stands(make_library: MakeLibrary, corpus: Path) -> None:
    for path in (corpus / "articles").glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("---\n", "---\nreview_by: 2020-01-01\n", 1), "utf-8")
    snapshot = make_library().snapshot()
    assert snapshot.articles
    assert snapshot.starters == ()
    assert snapshot.engine.search(understand("what is sciatica?", (), snapshot.language), 3) == ()


def test_untouched_folder_is_not_read_again(make_library: MakeLibrary) -> None:
    library = make_library()
    before = library.snapshot()
    assert library.refresh() is False
    assert library.snapshot() is before


def test_touched_but_equal_files_give_no_new_version(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    before = library.snapshot()
    edit(corpus, "sciatica", SCIATICA)
    assert library.refresh() is False
    assert library.snapshot().engine is before.engine


def test_two_libraries_agree_on_the_version(make_library: MakeLibrary, tmp_path: Path) -> None:
    copy = write_corpus(tmp_path / "copy", effects=SIDE_EFFECTS, sciatica=SCIATICA)
    assert make_library().snapshot().version == make_library(corpus=copy).snapshot().version


def test_version_names_articles_lexicon_and_rules(rules: SafetyRules) -> None:
    loaded = Loaded(articles=(make_article("One."), make_article("Two.", slug="b")), lexicon_checksum="1")
    versions = {
        version_of(loaded, rules),
        version_of(dataclasses.replace(loaded, articles=loaded.articles[:1]), rules),
        version_of(dataclasses.replace(loaded, lexicon_checksum="2"), rules),
        version_of(loaded, dataclasses.replace(rules, checksum="other")),
    }
    assert len(versions) == 4


def test_snapshot_of_a_request_does_not_change_under_it(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    held = library.snapshot()
    edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain in the leg"))
    library.refresh()
    assert "leg pain" in held.articles[1].passages[0].text
    assert library.snapshot().version != held.version


# --- changes ----------------------------------------------------------------------------------


def test_edit_new_file_and_deletion_are_served(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    edit(corpus, "sciatica", SCIATICA.replace("title: Sciatica", "title: Leg pain"))
    assert library.refresh()
    assert titles(library) == ["Side effects of ketamine", "Leg pain"]
    edit(corpus, "back", SCIATICA.replace("title: Sciatica", "title: Back"))
    assert library.refresh()
    assert "Back" in titles(library)
    (corpus / "articles" / "effects.md").unlink()
    assert library.refresh()
    assert titles(library) == ["Back", "Leg pain"]


def test_broken_edit_keeps_the_last_good_version_and_is_listed(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    version = library.snapshot().version
    edit(corpus, "sciatica", BROKEN)
    edit(corpus, "effects", SIDE_EFFECTS.replace("nausea", "sickness"))
    library.refresh()
    assert "leg pain" in texts(library)
    assert "sickness" in texts(library)
    assert [problem.path for problem in library.snapshot().problems] == ["articles/sciatica.md"]
    assert library.snapshot().version != version


def test_mended_file_is_served_and_no_longer_listed(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    edit(corpus, "sciatica", BROKEN)
    library.refresh()
    edit(corpus, "sciatica", SCIATICA.replace("leg pain", "mended pain"))
    assert library.refresh()
    assert "mended pain" in texts(library)
    assert library.snapshot().problems == ()


def test_broken_file_that_is_deleted_takes_its_last_good_version_along(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    edit(corpus, "sciatica", BROKEN)
    library.refresh()
    (corpus / "articles" / "sciatica.md").unlink()
    library.refresh()
    assert titles(library) == ["Side effects of ketamine"]
    assert library.snapshot().problems == ()


def test_all_files_broken_at_once_change_nothing_but_the_list(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    before = library.snapshot()
    for name in ("sciatica", "effects"):
        edit(corpus, name, BROKEN)
    assert library.refresh() is False
    assert library.snapshot().version == before.version
    assert len(library.snapshot().problems) == 2


def test_file_that_never_was_good_is_listed_and_the_others_are_served(make_library: MakeLibrary, corpus: Path) -> None:
    edit(corpus, "back", BROKEN)
    library = make_library()
    assert len(titles(library)) == 2
    assert library.problems[0].path == "articles/back.md"


@pytest.mark.parametrize("harm", ["deleted", "emptied"])
def test_folder_out_of_reach_keeps_the_last_articles_and_says_so(
    make_library: MakeLibrary, corpus: Path, harm: str
) -> None:
    library = make_library()
    version = library.snapshot().version
    away = corpus.with_name("away")
    (corpus if harm == "deleted" else corpus / "articles").rename(away)
    library.refresh()
    assert library.snapshot().version == version
    assert library.snapshot().problems[0].path == "."
    away.rename(corpus if harm == "deleted" else corpus / "articles")
    library.refresh()
    assert library.snapshot().problems == ()


def test_only_touched_and_refused_files_are_read_again(
    make_library: MakeLibrary, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_corpus(corpus, bad=BROKEN)
    library = make_library()
    read: list[str] = []

    def noting(path: Path, folder: Path) -> Reading:
        read.append(path.name)
        return read_file(path, folder)

    monkeypatch.setattr("chatbot.corpus.reader.read_file", noting)
    edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain in the leg"))
    library.refresh()
    assert read == ["bad.md", "sciatica.md"]
    assert len(titles(library)) == 2


def test_readable_file_takes_the_place_of_a_refused_one_of_its_slug() -> None:
    last = (make_article("Old.", slug="a"), make_article("Other.", slug="b"))
    reading = Reading(
        (dataclasses.replace(make_article("New.", slug="a"), checksum="1"),), (Problem("b.md", 1, "bad"),)
    )
    reading = dataclasses.replace(reading, problems=(*reading.problems, Problem("a.md", 1, "bad")))
    assert [article.passages[0].text for article in keep_last_good(reading, last)] == ["New.", "Other."]


def test_advice_on_an_article_does_not_refuse_it() -> None:
    new = make_article("New.", slug="a")
    reading = Reading((new,), (Problem("a.md", 1, "long", severity="advice"),))
    assert keep_last_good(reading, (make_article("Old.", slug="a"),)) == (new,)


# --- the lexicon ------------------------------------------------------------------------------

DRIP = '[[words]]\nsay = ["drip"]\nmean = ["infusion"]\n'


def test_lexicon_of_the_folder_is_used_and_changes_the_version(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library()
    version = library.snapshot().version
    (corpus / "lexicon.toml").write_text(DRIP)
    assert library.refresh()
    assert library.snapshot().language.lexicon.meanings
    assert library.snapshot().version != version


def test_folder_without_a_lexicon_uses_the_shipped_one(make_library: MakeLibrary, corpus: Path) -> None:
    (corpus / "lexicon.toml").unlink()
    assert make_library().snapshot().language.lexicon.meanings


def test_untouched_lexicon_is_not_read_again(make_library: MakeLibrary, corpus: Path) -> None:
    (corpus / "lexicon.toml").write_text(DRIP)
    library = make_library()
    before = library.snapshot().language.lexicon
    edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain in the leg"))
    assert library.refresh()
    assert library.snapshot().language.lexicon is before


def test_broken_lexicon_keeps_the_last_good_one_and_is_listed(make_library: MakeLibrary, corpus: Path) -> None:
    (corpus / "lexicon.toml").write_text(DRIP)
    library = make_library()
    before = library.snapshot()
    (corpus / "lexicon.toml").write_text("[[words")
    library.refresh()
    assert library.snapshot().language.lexicon == before.language.lexicon
    assert library.snapshot().version == before.version
    assert library.snapshot().problems[0].path == "lexicon.toml"


def test_lexicon_that_is_a_folder_is_listed(make_library: MakeLibrary, corpus: Path) -> None:
    (corpus / "lexicon.toml").unlink()
    (corpus / "lexicon.toml").mkdir()
    assert make_library().snapshot().problems[0].path == "lexicon.toml"


def test_staff_choose_what_stands_first_on_the_first_screen(make_library: MakeLibrary, corpus: Path) -> None:
    (corpus / "questions.toml").write_text('starters = ["Is sciatica leg pain?", "Who won the cup?"]')
    starters = make_library().snapshot().starters
    assert starters[0] == "Is sciatica leg pain?"
    assert "Who won the cup?" not in starters


@pytest.mark.parametrize("wrong", ["starters = [", 'starters = "What is sciatica?"', "starters = [1]"])
def test_broken_starters_keep_the_last_ones_and_are_listed(make_library: MakeLibrary, corpus: Path, wrong: str) -> None:
    (corpus / "questions.toml").write_text('starters = ["Is sciatica leg pain?"]')
    library = make_library()
    (corpus / "questions.toml").write_text(wrong)
    library.refresh()
    assert library.snapshot().starters[0] == "Is sciatica leg pain?"
    assert library.snapshot().problems[0].path == "questions.toml"


# --- no corpus --------------------------------------------------------------------------------


def test_no_article_at_all_is_no_corpus_with_the_reasons(make_library: MakeLibrary, tmp_path: Path) -> None:
    library = make_library(corpus=write_corpus(tmp_path / "other", bad=BROKEN))
    with pytest.raises(NoCorpus):
        library.snapshot()
    assert [problem.path for problem in library.problems] == [".", "articles/bad.md"]


def test_missing_folder_is_no_corpus_until_it_appears(make_library: MakeLibrary, tmp_path: Path) -> None:
    library = make_library(corpus=tmp_path / "later")
    with pytest.raises(NoCorpus):
        library.snapshot()
    assert library.problems
    write_corpus(tmp_path / "later", sciatica=SCIATICA)
    assert library.refresh()
    assert titles(library) == ["Sciatica"]


@pytest.mark.parametrize("fault", [MemoryError(), OSError(5, "Input/output error", "/srv/articles")], ids=repr)
def test_fault_in_reading_keeps_the_last_version(
    make_library: MakeLibrary,
    corpus: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    library = make_library()
    version = library.snapshot().version

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("chatbot.library.load", fail)
    edit(corpus, "sciatica", SCIATICA + "\nMore studies of ketamine for sciatica are on their way.\n")
    assert library.refresh() is False
    assert library.snapshot().version == version
    assert type(fault).__name__ in library.problems[0].message
    assert "/srv" not in library.problems[0].message
    assert "/srv" in caplog.text or isinstance(fault, MemoryError)
    monkeypatch.undo()
    assert library.refresh(again=True)
    assert "More studies" in texts(library)


# --- watching ---------------------------------------------------------------------------------


def eventually(claim: Callable[[], bool], within_seconds: float = PATIENTLY_SECONDS) -> bool:
    end = time.monotonic() + within_seconds
    while time.monotonic() < end:
        if claim():
            return True
        time.sleep(0.02)
    return False


def test_change_is_served_without_being_asked_for(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library(look_seconds=LOOK_SECONDS)
    library.start()
    edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain in the leg"))
    assert eventually(lambda: "pain in the leg" in texts(library))


def test_folder_that_never_rests_is_read_all_the_same(make_library: MakeLibrary, corpus: Path) -> None:
    look = 0.1
    library = make_library(look_seconds=look)
    library.start()
    edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain in the leg"))
    end = time.monotonic() + PATIENTLY_SECONDS
    while time.monotonic() < end and "pain in the leg" not in texts(library):
        (corpus / "articles" / "noise.txt").write_text("x" * int(time.monotonic() * 1000 % 997))
        time.sleep(look / 3)
    assert "pain in the leg" in texts(library)


def test_file_that_is_being_written_is_not_served_half(make_library: MakeLibrary, corpus: Path) -> None:
    look = 0.1
    library = make_library(look_seconds=look)
    library.start()
    seen = set()
    long = SCIATICA + "\n".join(f"Paragraph {number} of the new text.\n" for number in range(10))
    with (corpus / "articles" / "sciatica.md").open("w", encoding="utf-8") as file:
        for start in range(0, len(long), len(long) // 6):
            file.write(long[start : start + len(long) // 6])
            file.flush()
            seen.add(texts(library))
            time.sleep(look / 3)
    assert eventually(lambda: "Paragraph 9" in texts(library))
    assert len(seen) == 1


def test_refused_file_is_tried_again_by_itself(
    make_library: MakeLibrary, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.library.RETRY_LOOKS", 3)
    edit(corpus, "back", BROKEN)
    library = make_library(look_seconds=0.02)
    library.start()
    read = threading.Event()
    monkeypatch.setattr("chatbot.library.load", lambda *_: read.set() or Loaded())
    assert read.wait(PATIENTLY_SECONDS)


def test_second_start_is_none(make_library: MakeLibrary) -> None:
    library = make_library()
    before = threading.active_count()
    library.start()
    library.start()
    library.snapshot()
    assert threading.active_count() == before + 1


def test_watching_ends_with_the_library(settings: Settings, rules: SafetyRules) -> None:
    before = set(threading.enumerate())
    library = Library(settings, rules, look_seconds=0.01)
    library.start()
    (watching,) = set(threading.enumerate()) - before
    del library
    watching.join(PATIENTLY_SECONDS)
    assert not watching.is_alive()


def test_child_process_brings_its_own_snapshot_up_to_date(make_library: MakeLibrary, corpus: Path) -> None:
    library = make_library(look_seconds=0.05)
    library.start()
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        # Only the child's first look at its snapshot counts, so the file is changed before it.
        edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain in the leg"))
        first = "pain in the leg" in texts(library)
        edit(corpus, "sciatica", SCIATICA.replace("leg pain", "pain down the leg"))
        later = eventually(lambda: "pain down the leg" in texts(library))
        os.write(send, b"yes" if first and later else b"no")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(receive, 3) == b"yes"


# --- the kept index ---------------------------------------------------------------------------


def index_file(settings: Settings) -> Path:
    return settings.instance / "index" / "passages"


def answers(library: Library) -> list[tuple[str, float]]:
    now = library.snapshot()
    query = understand("can ketamine help sciatica", (), now.language)
    return [(match.passage.id, match.score) for match in now.engine.search(query, 5)]


def test_a_second_start_takes_the_kept_index_and_answers_alike(
    settings: Settings, rules: SafetyRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Library(settings, rules)
    first.refresh()
    expected = answers(first)

    def never(_: object) -> None:
        raise AssertionError("the index was made again")

    monkeypatch.setattr("chatbot.retrieval.bm25.make_index", never)
    second = Library(settings, rules)
    second.refresh()
    assert answers(second) == expected


def test_a_second_start_suggests_the_same_without_asking_again(
    settings: Settings, rules: SafetyRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Library(settings, rules)
    first.refresh()
    expected = first.snapshot()
    assert expected.starters

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the suggestions were asked again")

    with monkeypatch.context() as patch:
        patch.setattr("chatbot.snapshots.answer", never)
        second = Library(settings, rules)
        second.refresh()
        assert second.snapshot().suggestions == expected.suggestions
        assert second.snapshot().starters == expected.starters
    write_corpus(settings.corpus, sciatica=SCIATICA.replace("What is sciatica?", "Why sciatica?"))
    third = Library(settings, rules)
    third.refresh()
    assert third.snapshot().version != expected.version
    assert third.problems == ()


@pytest.mark.parametrize("damage", [b"", b"torn", None])
def test_a_start_with_a_damaged_index_makes_it_again(
    settings: Settings, rules: SafetyRules, damage: bytes | None
) -> None:
    first = Library(settings, rules)
    first.refresh()
    whole = index_file(settings).read_bytes()
    index_file(settings).write_bytes(whole[:-9] if damage is None else damage)
    second = Library(settings, rules)
    second.refresh()
    assert answers(second) == answers(first)
    assert index_file(settings).read_bytes() == whole


def test_a_place_that_cannot_be_written_keeps_nobody_from_answers(settings: Settings, rules: SafetyRules) -> None:
    settings.instance.write_text("a file where the folder should be")
    library = Library(settings, rules)
    library.refresh()
    assert answers(library)


def test_an_edit_is_kept_for_the_next_start(settings: Settings, rules: SafetyRules) -> None:
    library = Library(settings, rules)
    library.refresh()
    before = index_file(settings).read_bytes()
    write_corpus(settings.corpus, sciatica=SCIATICA.replace("days", "hours"))
    assert library.refresh()
    library.keep()
    assert index_file(settings).read_bytes() != before
    fresh = Library(settings, rules)
    fresh.refresh()
    assert answers(fresh) == answers(library)


def test_after_an_edit_all_is_as_after_a_start(settings: Settings, rules: SafetyRules) -> None:
    library = Library(settings, rules)
    library.refresh()
    write_corpus(
        settings.corpus, sciatica=SCIATICA.replace("days", "hours"), new=SCIATICA.replace("title: S", "title: N")
    )
    library.refresh()
    (settings.corpus / "articles" / "effects.md").unlink()
    library.refresh()
    fresh = Library(settings, rules)
    fresh.refresh()
    changed, whole = library.snapshot(), fresh.snapshot()
    assert answers(library) == answers(fresh)
    for part in ("articles", "suggestions", "starters", "phrases", "version", "problems", "index_version"):
        assert getattr(changed, part) == getattr(whole, part)
    assert changed.language.spelling.shapes == whole.language.spelling.shapes
