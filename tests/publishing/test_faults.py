from __future__ import annotations

import itertools
import os
import random
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.corpus import writer
from chatbot.corpus.writer import digest, hold
from chatbot.errors import Busy, StaleEdit, Unwritable
from chatbot.publishing.live import Order, publish, withdraw
from chatbot.publishing.steps import Step, carry_out, checksum_of, recover
from chatbot.storage import revisions
from chatbot.storage.tables import Draft, Revision
from tests.databases import unprivileged
from tests.publishing.conftest import AT, KNEE, MIGRAINE, Office
from tests.publishing.faults import broken_disk, dying_at, full_disk, in_child, with_fault

PATH = "articles/knee.md"
ENOUGH = 80
# more steps than a publish has


def step(office: Office, text: str) -> Step:
    before = checksum_of(office.desk, PATH)
    return Step("knee", "published", PATH, text.encode(), before, AT, publisher_id=office.people["pat"])


def assert_one_of_both(office: Office, draft_id: int, old: str) -> bool:
    """After the clean-up the file, the history and the draft say the same: it has happened, or it has not."""
    recover(office.desk)
    text, draft = office.file(), office.reread(draft_id)
    assert text in (old, MIGRAINE)
    happened = text == MIGRAINE
    assert draft.state == ("published" if happened else "approved")
    assert office.revisions() == ([("migraine", "published")] if happened else [])
    assert office.begun() == 0
    assert office.left_over() == []
    office.audit()
    return happened


def put_back(office: Office, draft_id: int) -> None:
    """Make everything as it was before the draft was published."""

    (office.desk.folder / "articles" / "migraine.md").unlink(missing_ok=True)
    with office.desk.database.writing() as session:
        session.get_one(Draft, draft_id).state = "approved"
        for revision in session.query(Revision):
            session.delete(revision)


@pytest.mark.parametrize("fault", [broken_disk, full_disk])
def test_whichever_file_operation_fails_the_article_is_old_or_new(office: Office, fault: Callable[[], None]) -> None:
    draft = office.draft()
    seen = set()
    for number in range(1, ENOUGH):
        raised: list[Unwritable] = []

        def attempt(raised: list[Unwritable] = raised) -> None:
            try:
                publish(office.desk, draft.id, draft.edits, Order(AT))
            except Unwritable as error:
                raised.append(error)

        faulty = with_fault(number, fault, attempt)
        happened = assert_one_of_both(office, draft.id, "")
        # Who is told that it failed can try again, and who is told nothing has published.
        assert happened or raised
        seen.add(happened)
        if faulty.calls < number:
            break
        put_back(office, draft.id)
    assert seen == {True, False}
    assert number > 10, "there are more than ten steps that can fail"
    assert number < ENOUGH - 1


def test_whichever_file_operation_fails_a_withdrawn_article_is_here_or_there(office: Office) -> None:
    away = office.desk.folder / "withdrawn" / "knee.md"
    for number in range(1, ENOUGH):

        def attempt() -> None:
            try:
                withdraw(office.desk, "knee", Order(AT, why="wrong"))
            except Unwritable:
                return

        faulty = with_fault(number, broken_disk, attempt)
        recover(office.desk)
        is_away = away.exists()
        assert (office.file("knee") == "") == is_away
        assert office.revisions()[1:] == ([("knee", "withdrawn")] if is_away else [])
        if is_away:
            break
    assert number > 5
    assert away.read_text() == KNEE
    assert faulty.calls


def test_killed_at_any_step_it_is_completed_or_taken_back_at_the_next_start(both: Office) -> None:
    draft = both.draft()
    both.desk.database.close()
    seen = set()
    for number in range(1, ENOUGH):
        ended = dying_at(number, lambda: publish(both.desk, draft.id, draft.edits, Order(AT)))
        assert ended in (0, -signal.SIGKILL)
        seen.add(assert_one_of_both(both, draft.id, ""))
        if ended == 0:
            break
        put_back(both, draft.id)
        both.desk.database.close()
    assert seen == {True, False}
    assert 10 < number < ENOUGH - 1


def test_readers_see_the_old_or_the_new_text_at_100_random_deaths(office: Office) -> None:
    """A child publishes two texts in turn until it is killed; two readers read all the while."""
    texts = [KNEE, KNEE.replace("kneecap", "kneecap. " + "It aches. " * 2000)]
    path, torn, reads, done = office.desk.folder / PATH, [], [0], threading.Event()
    chance = random.Random(7)

    def read() -> None:
        while not done.is_set():
            reads[0] += 1
            found = path.read_text("utf-8")
            if found not in texts:
                torn.append(found)
            # Leaves the processor to the one that is to be killed.
            time.sleep(0.001)

    def publish_in_turn(ready: int) -> None:
        recover(office.desk)
        os.write(ready, b".")
        for text in itertools.cycle(reversed(texts)):
            if digest(text.encode()) != checksum_of(office.desk, PATH):
                carry_out(office.desk, step(office, text))

    begun = time.monotonic()
    for text in reversed(texts):
        carry_out(office.desk, step(office, text))
    # So that on a busy machine, too, some are done before they are killed.
    longest = min(0.3, max(0.03, time.monotonic() - begun))
    office.desk.database.close()
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(100):
        told, ready = os.pipe()
        child = os.fork()
        if child == 0:
            publish_in_turn(ready)
        os.read(told, 1)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.close(told)
        os.close(ready)
        os.waitpid(child, 0)
    done.set()
    for reader in readers:
        reader.join()
    recover(office.desk)
    assert torn == []
    assert reads[0] > 100
    assert office.left_over() == []
    assert office.begun() == 0
    assert len(office.revisions()) > 5
    assert digest(office.file("knee").encode()) == newest_checksum(office)
    office.audit()


def newest_checksum(office: Office) -> str:

    with office.desk.database.reading() as session:
        return revisions.latest(session)["knee"].checksum


def test_of_two_publishers_at_once_one_wins_and_the_other_loses_nothing(both: Office) -> None:
    texts = [KNEE.replace("joint", word) for word in ("hinge", "bend")]
    first = step(both, texts[0])
    steps, results = [first, replace(first, data=texts[1].encode())], []

    def go(mine: Step) -> None:
        try:
            carry_out(both.desk, mine)
            results.append("done")
        except StaleEdit as error:
            results.append(error.current)

    threads = [threading.Thread(target=go, args=(mine,)) for mine in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = both.file("knee")
    assert winner in texts
    # The other one is shown what stands there now; their draft is still theirs.
    assert sorted(results) == sorted(["done", winner])
    assert both.revisions() == [("knee", "outside"), ("knee", "published")]


def test_two_processes_take_turns(office: Office) -> None:
    # All begin from the same version: made one by one, a later step might begin from what an earlier one published.
    steps = [step(office, KNEE.replace("joint", word)) for word in ("hinge", "bend", "elbow")]
    office.desk.database.close()
    children = []
    for mine in steps:
        child = os.fork()
        if child == 0:
            try:
                carry_out(office.desk, mine)
                os._exit(0)
            except StaleEdit:
                os._exit(3)
        children.append(child)
    ended = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert ended == [0, 3, 3]
    assert office.revisions() == [("knee", "outside"), ("knee", "published")]


def test_who_waits_too_long_is_told_so(office: Office) -> None:
    with hold(office.desk.folder), pytest.raises(Busy, match="Somebody else"), hold(office.desk.folder, 0.05):
        pass


def test_who_is_killed_lets_go(office: Office) -> None:
    def hold_and_die() -> None:
        with hold(office.desk.folder):
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(hold_and_die) == -signal.SIGKILL
    with hold(office.desk.folder, 0.05):
        pass


def test_full_disk_is_told_in_words_and_changes_nothing(office: Office) -> None:
    """RLIMIT_FSIZE: the system itself cuts the write off, at 4 KB."""
    long = KNEE + "\n" + "Knee pain may come back after a long walk on a steep path. " * 200 + "\n"
    mine = step(office, long)
    office.desk.database.close()

    def write_too_much() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        with pytest.raises(Unwritable, match="may not write files of this size"):
            writer.write(office.desk.folder, PATH, long.encode())

    assert in_child(write_too_much) == 0
    assert office.file("knee") == KNEE
    assert office.left_over() == []
    with_fault(ENOUGH, full_disk, lambda: carry_out(office.desk, mine))
    assert office.file("knee") == long


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB; only root may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], check=False, stderr=subprocess.DEVNULL
        ).returncode
    ):
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["/bin/umount", str(place)], check=True)


def test_really_full_disk_refuses_the_publish_and_keeps_the_old_text(office: Office, small_disk: Path) -> None:
    (small_disk / "articles").mkdir()
    (small_disk / PATH).write_text(KNEE)
    full = replace(office.desk, settings=replace(office.desk.settings, corpus=small_disk))
    long = KNEE + "\n" + "Knee pain may come back after a long walk. " * 3000 + "\n"
    mine = Step("knee", "published", PATH, long.encode(), digest(KNEE.encode()), AT)
    with pytest.raises(Unwritable, match="the disk is full"):
        carry_out(full, mine)
    assert (small_disk / PATH).read_text() == KNEE
    assert [path.name for path in (small_disk / "articles").iterdir()] == ["knee.md"]
    assert office.begun() == 0
    assert office.revisions() == [("knee", "outside")]


def test_read_only_folder_refuses_in_words(office: Office) -> None:
    folder = office.desk.folder / "articles"
    mine = step(office, MIGRAINE)
    office.desk.database.close()
    folder.chmod(0o555)
    identity = unprivileged()

    def try_it() -> None:

        if identity:
            for place in (folder, *folder.parents):
                if str(place).startswith("/tmp/"):
                    place.chmod(place.stat().st_mode | 0o055)
            os.setgid(identity["group"])
            os.setuid(identity["user"])
        with pytest.raises(Unwritable, match="may not write into this folder"):
            writer.write(office.desk.folder, PATH, b"new")

    assert in_child(try_it) == 0
    folder.chmod(0o755)
    assert office.file("knee") == KNEE
    carry_out(office.desk, mine)


def test_folder_that_is_gone_refuses_in_words(office: Office) -> None:
    mine = step(office, MIGRAINE)
    office.desk.folder.rename(office.desk.folder.with_name("elsewhere"))
    with pytest.raises(Unwritable, match="the folder is gone"):
        carry_out(office.desk, mine)
    assert office.revisions() == []
