from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from chatbot.storage import second_factor
from chatbot.storage.tables import Account

AT = datetime(2026, 11, 27, 9, 30, 15, tzinfo=UTC)
STEP = timedelta(seconds=30)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


@pytest.fixture
def account() -> Account:
    made = Account(name="ana", totp_secret=None, totp_step=0, recovery_codes="")
    second_factor.turn_on(made, SECRET, 0)
    return made


def test_code_of_now_or_a_step_beside_it_passes() -> None:
    now = int(AT.timestamp()) // 30
    found = [second_factor.used_step(SECRET, code(AT + drift * STEP), AT) for drift in range(-2, 3)]
    assert found == [None, now - 1, now, now + 1, None]


@pytest.mark.parametrize("wrong", ["", "000000 ", "12345", "abcdef", "１２３４５６", "9" * 500])
def test_wrong_code_does_not_pass(account: Account, wrong: str) -> None:
    assert not second_factor.passes(account, wrong, AT)


def test_no_code_passes_twice(account: Account) -> None:
    assert second_factor.passes(account, code(AT), AT)
    assert not second_factor.passes(account, code(AT), AT)
    assert not second_factor.passes(account, code(AT - STEP), AT)
    assert second_factor.passes(account, code(AT + STEP), AT + STEP)


def test_code_may_be_typed_in_two_halves(account: Account) -> None:
    assert second_factor.passes(account, f"{code(AT)[:3]} {code(AT)[3:]}", AT)


def test_recovery_code_passes_once_however_it_is_typed() -> None:
    account = Account(name="ana", totp_secret=None, totp_step=0, recovery_codes="")
    codes = second_factor.turn_on(account, SECRET, 0)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert not any(part in account.recovery_codes for part in codes)
    assert second_factor.passes(account, codes[3].upper().replace("-", " "), AT)
    assert not second_factor.passes(account, codes[3], AT)
    assert len(account.recovery_codes.split()) == second_factor.RECOVERY_CODES - 1


def test_account_without_a_second_factor_needs_no_code(account: Account) -> None:
    second_factor.turn_off(account)
    assert second_factor.passes(account, "", AT)
    assert account.recovery_codes == ""


def test_link_holds_what_an_app_needs() -> None:
    secret = second_factor.fresh_secret()
    link = urlsplit(second_factor.app_link(secret, "ana", "Ask our articles"))
    assert (link.scheme, link.netloc) == ("otpauth", "totp")
    assert parse_qs(link.query)["secret"] == [secret]
    assert parse_qs(link.query)["issuer"] == ["Ask our articles"]


def test_secret_has_160_bits_and_is_new_each_time() -> None:
    secrets = {second_factor.fresh_secret() for _ in range(10)}
    assert len(secrets) == 10
    assert {len(secret) for secret in secrets} == {32}
