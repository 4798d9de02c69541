from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from chatbot.errors import SettingsError
from chatbot.settings import RateLimit, Settings
from chatbot.web.limits import AskLimit, hashed, network, refuse_many_workers
from chatbot.web.windows import StorageAway

DAY = date(2026, 11, 22)
THREE = Settings(rate_limit=RateLimit(3, "minute"))


def test_address_may_ask_as_often_as_the_limit_says() -> None:
    limit = AskLimit(THREE)
    assert [limit.wait_seconds("192.0.2.1") for _ in range(3)] == [0, 0, 0]
    assert 1 <= limit.wait_seconds("192.0.2.1") <= 60


def test_wait_is_told_in_whole_seconds_rounded_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Waiting:
        def wait_seconds(self, _: str) -> float:
            return 2.1

    limit = AskLimit(THREE)
    monkeypatch.setattr(limit, "_counter", Waiting())
    assert limit.wait_seconds("192.0.2.1") == 3


def test_address_without_a_name_is_counted_as_well() -> None:
    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")))
    assert limit.wait_seconds(None) == 0
    assert limit.wait_seconds(None) > 0


def test_name_of_an_address_is_another_one_on_the_next_day() -> None:
    days = iter([DAY, DAY, date(2026, 11, 23)])
    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")), today=lambda: next(days))
    assert [bool(limit.wait_seconds("192.0.2.1")) for _ in range(3)] == [False, True, False]


def test_refused_question_does_not_lengthen_the_wait() -> None:
    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")))
    limit.wait_seconds("192.0.2.1")
    waits = [limit.wait_seconds("192.0.2.1") for _ in range(50)]
    assert max(waits) == waits[0]


def test_addresses_are_counted_apart() -> None:
    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")))
    assert [limit.wait_seconds(f"192.0.2.{number}") for number in range(5)] == [0] * 5


def test_actions_are_counted_apart() -> None:
    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")))
    assert limit.wait_seconds("192.0.2.1", "ask") == 0
    assert limit.wait_seconds("192.0.2.1", "feedback") == 0


def test_household_with_many_ipv6_addresses_is_one_visitor() -> None:
    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")))
    assert limit.wait_seconds("2001:db8::1") == 0
    assert limit.wait_seconds("2001:db8::ffff:2") > 0
    assert limit.wait_seconds("2001:db8:0:1::1") == 0


def test_limit_that_is_off_never_waits() -> None:
    limit = AskLimit(Settings(rate_limit=None))
    assert not any(limit.wait_seconds("192.0.2.1") for _ in range(200))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_what_counts_as_one_visitor(address: str, counted: str) -> None:
    assert network(address) == counted


def test_name_of_an_address_tells_nothing_and_changes_daily() -> None:
    name = hashed("192.0.2.7", b"secret", DAY)
    assert "192" not in name
    assert len(name) == 32
    assert name == hashed("192.0.2.7", b"secret", DAY)
    assert name != hashed("192.0.2.7", b"secret", date(2026, 11, 23))
    assert name != hashed("192.0.2.7", b"other", DAY)


def test_nothing_that_is_kept_holds_the_address() -> None:
    limit = AskLimit(THREE)
    limit.wait_seconds("192.0.2.77")
    assert "192.0.2.77" not in repr(vars(limit._counter))


def test_two_processes_without_a_shared_key_name_addresses_apart() -> None:
    assert AskLimit(THREE)._secret != AskLimit(THREE)._secret
    keyed = dataclasses.replace(THREE, secret_key="k")
    assert AskLimit(keyed)._secret == AskLimit(keyed)._secret


def test_storage_that_is_away_lets_visitors_through(caplog: pytest.LogCaptureFixture) -> None:
    class Away:
        def wait_seconds(self, _: str) -> float:
            raise StorageAway("no route")

    limit = AskLimit(Settings(rate_limit=RateLimit(1, "minute")))
    limit._counter = Away()
    assert [limit.wait_seconds("192.0.2.1") for _ in range(3)] == [0, 0, 0]
    assert "cannot be reached" in caplog.text


def test_shared_storage_needs_a_key_by_which_all_processes_name_addresses_alike() -> None:
    with pytest.raises(SettingsError, match="CHATBOT_SECRET_KEY must be set"):
        AskLimit(dataclasses.replace(THREE, rate_limit_storage="redis://cache"))
    off = Settings(rate_limit=None, rate_limit_storage="redis://cache")
    assert AskLimit(off).wait_seconds("192.0.2.1") == 0


@pytest.mark.parametrize("storage", ["nonsense", "memcached://localhost:11211", "async+memory://"])
def test_storage_that_cannot_be_used_stops_the_start(storage: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_RATE_LIMIT_STORAGE"):
        AskLimit(Settings(rate_limit_storage=storage, secret_key="k"))


@pytest.mark.parametrize(
    ("settings", "workers"),
    [
        (Settings(), 1),
        (Settings(rate_limit=None), 4),
        (Settings(rate_limit_storage="redis://cache"), 4),
    ],
)
def test_start_with_a_limit_that_holds_goes_on(settings: Settings, workers: int) -> None:
    refuse_many_workers(settings, workers)


def test_start_with_a_limit_for_each_worker_is_refused_with_what_to_do() -> None:
    with pytest.raises(SettingsError, match=r"^2 workers .* 2 times .*WEB_CONCURRENCY=1"):
        refuse_many_workers(Settings(), 2)
