"""What a staff browser holds: the token of its session, and a mark by which it is known again."""

from __future__ import annotations

import ipaddress
import secrets
from typing import Literal

from flask import Response, request

from chatbot.services import services
from chatbot.storage.accounts import folded

Cookie = Literal["session", "browser"]
KNOWN_SECONDS = 365 * 24 * 3600
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "CrOS", "Linux")
BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SHOWN = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "Mac", "CrOS": "ChromeOS"}


def is_private_enough() -> bool:
    """Say whether a password may travel over this connection: TLS, or this very machine.

    On the first day there is no certificate, and `make run` serves http://127.0.0.1:8000. Browsers trust that address,
    but not all of them keep a cookie marked Secure there, so it gets one of another name without the mark.
    """
    return request.is_secure or (_is_loopback(request.remote_addr) and _is_loopback(_host_name()))


def cookie_name(cookie: Cookie) -> str:
    """Return a cookie's name; the prefix keeps other hosts and plain connections from setting it."""
    return f"__Host-staff-{cookie}" if request.is_secure else f"staff-{cookie}"


def read_cookie(cookie: Cookie) -> str:
    """Return a cookie's value, empty where there is none."""
    return request.cookies.get(cookie_name(cookie), "")


def set_cookie(response: Response, cookie: Cookie, value: str) -> None:
    """Give the browser a cookie that only our own pages send back; an empty value takes it away."""
    response.set_cookie(
        cookie_name(cookie),
        value,
        max_age=0 if not value else KNOWN_SECONDS if cookie == "browser" else None,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def fresh_mark() -> str:
    """Return a mark for a browser that nobody has signed in with."""
    return secrets.token_urlsafe(16)


def known_mark(name: str) -> str:
    """Return a mark that says: somebody has signed in to this account with this browser."""
    mark = fresh_mark()
    return f"{mark}.{_known_seal(name, mark)}"


def is_known_to(name: str) -> bool:
    """Say whether this browser has signed in to the account before.

    Its wrong tries are counted apart from everybody else's, so that a stranger who guesses cannot keep the owner out.
    """
    mark, _, seal = read_cookie("browser").partition(".")
    return bool(seal) and secrets.compare_digest(seal.encode(), _known_seal(name, mark).encode())


def describe_browser() -> str:
    """Return words like "Firefox on Linux", by which people tell their own sessions apart."""
    agent = request.user_agent.string
    system = next((name for name in SYSTEMS if name in agent), "")
    browser = next((name for name in BROWSERS if name in agent), "")
    words = [SHOWN.get(name, name) for name in (browser, system) if name]
    return " on ".join(words) or "Unknown browser"


def _known_seal(name: str, mark: str) -> str:
    return services().keys.seal("known browser", folded(name), mark)


def _host_name() -> str:
    return request.host.rsplit(":", 1)[0].strip("[]") if not request.host.endswith("]") else request.host.strip("[]")


def _is_loopback(address: str | None) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
