from __future__ import annotations

import contextlib
import statistics
import threading
import time

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from chatbot.errors import Busy
from chatbot.storage import passwords
from chatbot.storage.passwords import HASHER, LONGEST, NOBODYS, common, faults
from tests import cheap

GOOD = "heron lantern gravel tuba"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short 1", "fewer than 8"),
        ("x1y2z3" * 50, "more than 256"),
        ("password", "most common"),
        ("PassWord", "most common"),
        ("qwertyuiop", "most common"),
        ("ana.lopez rules", "name of the account"),
        ("ANA.LOPEZ", "name of the account"),
        ("ababababab", "same few characters"),
    ],
)
def test_what_may_not_be_a_password_is_said(password: str, words: str) -> None:
    assert any(words in fault for fault in faults(password, "ana.lopez"))


@pytest.mark.parametrize(
    "password", [GOOD, "x7Kq-92mm", "пароль из слов", "  spaces count  ", "🙂🙃🙂🦉🐘🐟🦔🐝", "a9" + "z8y7" * 60]
)
def test_every_other_text_may_be_one(password: str) -> None:
    assert faults(password, "ana.lopez") == []


def test_shortest_longest_and_plainest_password_are_where_they_should_be() -> None:
    assert [faults(text) for text in ("xk27qmzw", "xk27" * 64, "xkxkxk2q")] == [[], [], []]
    assert [len(faults(text)) for text in ("xk27qmz", "xk27" * 64 + "q", "xkxkxkx2")] == [1, 1, 1]


def test_fault_says_how_long_a_good_one_is() -> None:
    assert faults("xk27qmz") == ["It has fewer than 8 characters; 15 or more are better."]


def test_name_counts_within_the_password_and_around_it_and_an_empty_one_never() -> None:
    told = "It holds the name of the account."
    assert told in faults("12 Ana-Lopez!", "site", "ana-lopez")
    assert told in faults("ana-lopez", "the ANA-LOPEZ clinic")
    assert faults("heron lantern", "", "site") == []


def test_common_passwords_are_read_once() -> None:
    assert common() is common()


def test_list_of_common_passwords_holds_three_thousand_that_could_be_chosen() -> None:
    assert sum(len(password) >= 8 for password in common()) >= 3000


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert all(fault.endswith(".") for fault in faults(text, "ana"))


def test_only_the_right_password_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", cheap.HASHER)
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert passwords.hashed(GOOD) != kept
    assert passwords.is_right(GOOD, kept)
    for wrong in ("", GOOD + " ", GOOD.upper(), GOOD[:-1]):
        assert not passwords.is_right(wrong, kept)
    assert not passwords.is_right(GOOD, None)
    assert not passwords.is_right(GOOD, "no hash at all")


def test_same_letters_are_the_same_password_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", cheap.HASHER)
    assert passwords.is_right("cafe\u0301 terrace", passwords.hashed("caf\u00e9 terrace"))


def test_nobodys_hash_costs_what_everybodys_does() -> None:
    assert extract_parameters(NOBODYS) == extract_parameters(HASHER.hash("x"))
    assert HASHER.memory_cost >= 46 * 1024


def test_hash_with_weaker_costs_is_outdated() -> None:
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("x"))
    assert not passwords.is_outdated(NOBODYS)


def test_hashes_are_made_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    counting = threading.Lock()

    class Slow:
        def hash(self, password: str) -> str:
            nonlocal running, most
            with counting:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with counting:
                running -= 1
            return password

    monkeypatch.setattr(passwords, "HASHER", Slow())
    threads = [threading.Thread(target=passwords.hashed, args=("x",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.01)
    with passwords._turn, pytest.raises(Busy, match="Try again"):
        passwords.hashed(GOOD)


def test_unknown_account_takes_as_long_as_a_known_one() -> None:
    """Hashes of the real cost, in turns; the whole sign-in is measured in tests/web/staff/test_door.py."""
    kept, took = HASHER.hash(GOOD), {"known": [], "unknown": []}
    for _ in range(7):
        for who, value in (("known", kept), ("unknown", None)):
            started = time.process_time()
            passwords.is_right("wrong", value)
            took[who].append(time.process_time() - started)
    assert 0.8 < statistics.median(took["known"]) / statistics.median(took["unknown"]) < 1.25


def test_overlong_password_costs_no_more() -> None:
    assert len(passwords._normal("x" * 100_000)[:LONGEST]) == LONGEST
    assert not passwords.is_right("x" * 1_000_000, None)


def test_turn_is_given_back_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def hash(self, password: str) -> str:
            raise MemoryError

    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.01)
    for hasher, expected in ((Broken(), pytest.raises(MemoryError)), (cheap.HASHER, contextlib.nullcontext())):
        monkeypatch.setattr(passwords, "HASHER", hasher)
        with expected:
            passwords.hashed(GOOD)
