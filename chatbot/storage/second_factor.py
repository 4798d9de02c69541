"""A second factor: codes of an app by RFC 6238 (TOTP), and codes on paper for the day the phone is lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import pyotp

from chatbot.storage.tables import Account

DRIFT = (-1, 0, 1)
# time steps of 30 s by which a phone's clock may be wrong
RECOVERY_CODES = 10


def fresh_secret() -> str:
    """Return a new secret of 160 bits for an app."""
    return pyotp.random_base32()


def app_link(secret: str, account: str, site: str) -> str:
    """Return the otpauth address that an app on the same device opens."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site)


def used_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step that a code belongs to, None when it is wrong now."""
    totp, typed = pyotp.TOTP(secret), code.replace(" ", "").encode()
    matching = [drift for drift in DRIFT if secrets.compare_digest(totp.at(at, counter_offset=drift).encode(), typed)]
    return totp.timecode(at) + matching[0] if matching else None


def turn_on(account: Account, secret: str, step: int) -> tuple[str, ...]:
    """Ask for a code at each sign-in from now on; return the recovery codes, which are never shown again."""
    codes = tuple(_fresh_code() for _ in range(RECOVERY_CODES))
    account.totp_secret, account.totp_step = secret, step
    account.recovery_codes = " ".join(map(_hash_of, codes))
    return codes


def turn_off(account: Account) -> None:
    """Ask for no code any more."""
    account.totp_secret, account.totp_step, account.recovery_codes = None, 0, ""


def passes(account: Account, code: str, at: datetime) -> bool:
    """Say whether a code lets this account in, and use it up: no code works twice."""
    if account.totp_secret is None:
        return True
    step = used_step(account.totp_secret, code, at)
    if step is not None and step > account.totp_step:
        account.totp_step = step
        return True
    left = account.recovery_codes.split()
    if _hash_of(code) in left:
        account.recovery_codes = " ".join(kept for kept in left if kept != _hash_of(code))
        return True
    return False


def _fresh_code() -> str:
    digits = secrets.token_hex(8)
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _hash_of(code: str) -> str:
    # 64 bits of chance each, so a plain hash cannot be guessed back.
    return hashlib.sha256(code.replace("-", "").replace(" ", "").lower().encode()).hexdigest()
