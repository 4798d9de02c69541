"""Fetches one document from the web: from the address that was looked at, within a time and a size."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin

from chatbot.corpus.importing.addresses import PORTS, Address, Resolve, address_of, public_address
from chatbot.corpus.importing.parts import ImportRefused

SECONDS = 5.0
# for everything: looking up, redirects, the last byte
LARGEST_BYTES = 2_000_000
# as it is sent, and unpacked
MOST_REDIRECTS = 3
CHUNK = 65_536

Connect = Callable[[str, int, float], socket.socket]
# IP address, port, seconds

_REDIRECTS = (301, 302, 303, 307, 308)
_NAMES = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
    "text/markdown": "page.md",
    "application/pdf": "page.pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "page.docx",
}
SLOW = f"The site took longer than {SECONDS:.0f} seconds; try again, or save the page and bring in the file."
LARGE = f"This page is larger than {LARGEST_BYTES // 1_000_000} MB; save the article and bring in the file."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    address: str
    # the last one, after redirects
    name: str
    # a file name whose ending says the format
    data: bytes
    charset: str
    # as the site says it, "" where it does not


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def open_socket(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches from the hosts that it may ask. What it uses of the network can be exchanged."""

    hosts: Sequence[str]
    # "*.clinic.example", "*" for all
    resolve: Resolve = look_up
    connect: Connect = open_socket
    ports: Sequence[int] = tuple(PORTS.values())
    seconds: float = SECONDS

    def fetch(self, url: str) -> Fetched:
        """Return the document at an address; raises ImportRefused with a sentence that says what to do."""
        ends = time.monotonic() + self.seconds
        for _ in range(MOST_REDIRECTS + 1):
            address = address_of(url, self.hosts, self.ports)
            found = self._ask(address, ends)
            if isinstance(found, Fetched):
                return found
            url = urljoin(address.url, found)
        raise ImportRefused(
            "The address leads on and on to other addresses; open it in a browser and copy the last one."
        )

    def _ask(self, address: Address, ends: float) -> Fetched | str:
        """Return what one address gives: a document, or the address that it leads to."""
        number = self._look_up(address, ends)
        try:
            connection = _Connection(address, self.connect(number, address.port, _left(ends)), _left(ends))
        except ssl.SSLError as error:
            raise ImportRefused(f"The site {address.host} has no valid certificate; nothing was fetched.") from error
        except OSError as error:
            raise ImportRefused(f"The site {address.host} cannot be reached; try again later.") from error
        try:
            return connection.answer()
        except TimeoutError as error:
            raise ImportRefused(SLOW) from error
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise ImportRefused(
                SLOW if _left(ends) < 0.01 else f"The site {address.host} did not answer as a web site does."
            ) from error
        finally:
            connection.close()

    def _look_up(self, address: Address, ends: float) -> str:
        """Look up the host's address; the system's own look-up knows no limit of time."""
        found: list[str | ImportRefused] = []

        def work() -> None:
            try:
                found.append(public_address(address, self.resolve))
            except ImportRefused as refusal:
                found.append(refusal)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(_left(ends))
        if not found:
            raise ImportRefused(SLOW)
        if isinstance(found[0], ImportRefused):
            raise found[0]
        return found[0]


class _Connection:
    """One request over a connection that is cut when the time is over, however slowly bytes come."""

    def __init__(self, address: Address, opened: socket.socket, seconds: float) -> None:
        self._address = address
        self._socket = opened
        self._is_over = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()
        self._http = http.client.HTTPConnection(address.host, address.port)
        try:
            if address.scheme == "https":
                self._socket = ssl.create_default_context().wrap_socket(opened, server_hostname=address.host)
        except BaseException:
            self.close()
            raise
        self._http.sock = self._socket

    def answer(self) -> Fetched | str:
        """Send the request and return the document, or where it leads to."""
        headers = {"Accept": ", ".join(_NAMES), "Accept-Encoding": "identity", "User-Agent": "article-chatbot"}
        self._http.request("GET", self._address.target, headers={"Connection": "close", **headers})
        with self._http.getresponse() as response:
            self._refuse_cut()
            found = self._taken(response)
            self._refuse_cut()
        return found

    def _refuse_cut(self) -> None:
        # To the reader of the answer it looks like an ordinary end.
        if self._is_over:
            raise TimeoutError

    def _taken(self, response: http.client.HTTPResponse) -> Fetched | str:
        if response.status in _REDIRECTS:
            return response.getheader("Location") or ""
        if response.status != 200:
            raise ImportRefused(
                f"The site {self._address.host} answered with {response.status}; open the page in a browser to see why."
            )
        name = _NAMES.get(response.headers.get_content_type()) if "Content-Type" in response.headers else None
        if name is None:
            raise ImportRefused("This address gives no page, text, PDF or Word document.")
        data = _unpacked(_read(response), response.headers)
        return Fetched(self._address.url, name, data, response.headers.get_content_charset() or "")

    def close(self) -> None:
        """Let go of it."""
        self._timer.cancel()
        self._http.close()
        self._socket.close()

    def _cut(self) -> None:
        self._is_over = True
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _read(response: http.client.HTTPResponse) -> bytes:
    data = b""
    while piece := response.read1(CHUNK):
        data += piece
        if len(data) > LARGEST_BYTES:
            raise ImportRefused(LARGE)
    if response.length:
        # Cut off, by the site or by us.
        raise http.client.IncompleteRead(b"", response.length)
    return data


def _unpacked(data: bytes, headers: Message) -> bytes:
    """Undo what a site packed although it was asked not to, as far as the limit goes."""
    packed = str(headers.get("Content-Encoding", "identity")).strip().lower()
    if packed in ("", "identity"):
        return data
    if packed not in ("gzip", "x-gzip", "deflate"):
        raise ImportRefused("The site packs its pages in an unusual way; save the page and bring in the file.")
    found = zlib.decompressobj(47).decompress(data, LARGEST_BYTES + 1)
    if len(found) > LARGEST_BYTES:
        raise ImportRefused(LARGE)
    return found


def _left(ends: float) -> float:
    return max(0.001, ends - time.monotonic())
