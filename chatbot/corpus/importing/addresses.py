"""Which web addresses a document may be fetched from: public ones of the web, and nothing behind our own door."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit

from chatbot.corpus.importing.parts import ImportRefused

LONGEST = 2_000
PORTS = {"http": 80, "https": 443}
ANY_HOST = "*"

Resolve = Callable[[str, int], Sequence[str]]
# host and port -> every address of it, as text

_SOUND = re.compile(r"[\x21-\x7e\u00a1-\uffff]+")
# The unicast addresses of IPv6 that are given out, less those that carry another address inside or lead nowhere.
_GIVEN_OUT = ip_network("2000::/3")
_CLOSED = tuple(
    ip_network(each)
    for each in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "192.88.99.0/24",
        "192.0.0.0/24",
        "240.0.0.0/4",
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address, taken apart."""

    url: str
    scheme: str
    host: str
    # in ASCII, lower case; an IPv6 address without brackets
    port: int
    target: str
    # path and query, as they are sent


def address_of(url: str, hosts: Sequence[str], ports: Sequence[int] = tuple(PORTS.values())) -> Address:
    """Take a web address apart; raises ImportRefused for one that may not be fetched.

    hosts: the names that may be asked, "*.clinic.example" for all below one, "*" for all.
    """
    text = url.strip()
    if len(text) > LONGEST or not _SOUND.fullmatch(text) or "\\" in text:
        raise ImportRefused("This is no web address; write it with https://, without spaces.")
    try:
        parts = urlsplit(text)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = _ascii_host(parts)
    except ValueError as error:
        raise ImportRefused("This is no web address; write it with https://, as the browser shows it.") from error
    if parts.scheme not in PORTS or not host:
        raise ImportRefused("Only addresses that begin with https:// or http:// can be fetched.")
    if "@" in parts.netloc:
        raise ImportRefused(
            "The address holds a name or a password; only pages that everybody may read can be fetched."
        )
    if port not in ports:
        raise ImportRefused("The address names a port of its own; only ordinary web pages can be fetched.")
    if not any(pattern == ANY_HOST or fnmatchcase(host, pattern) for pattern in hosts):
        raise ImportRefused(
            f"Pages of {host} may not be fetched here; the setting CHATBOT_IMPORT_FROM_WEB says which may."
        )
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
    )
    return Address(parts._replace(fragment="").geturl(), parts.scheme, host, port, target)


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if ":" in host else host.encode("idna").decode("ascii").lower()


def public_address(address: Address, resolve: Resolve) -> str:
    """Look a host up, once, and return one of its addresses; raises ImportRefused unless all of them are public."""
    try:
        found = list(resolve(address.host, address.port))
    except (OSError, UnicodeError) as error:
        raise ImportRefused(f"There is no site {address.host}; is the address right?") from error
    if not found or not all(map(is_public, found)):
        raise ImportRefused(
            f"The site {address.host} is not public; pages inside a network of one's own are not fetched."
        )
    return found[0]


def is_public(text: str) -> bool:
    """Say whether an IP address belongs to the public internet; what carries another one inside does not."""
    try:
        found = ip_address(text)
    except ValueError:
        return False
    return _is_open(found) and found.is_global and not found.is_multicast and not found.is_reserved


def _is_open(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address) and (found.scope_id or found not in _GIVEN_OUT):
        return False
    return not any(found in network for network in _CLOSED if network.version == found.version)
