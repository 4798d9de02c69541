"""Fetching by web address: no door of our own opens, whatever the address is spelled like or leads to."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from chatbot.corpus.importing import fetching
from chatbot.corpus.importing.addresses import address_of, is_public
from chatbot.corpus.importing.fetching import Fetcher, look_up
from chatbot.corpus.importing.parts import ImportRefused

PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\n"
PAGE = b"<html><body><h1>Sciatica</h1></body></html>"

PRIVATE = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.9.9",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "100::1", "fd00:ec2::254", "localhost", "",
)  # fmt: skip
SPELLINGS = (
    "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.0.0.1/",
    "http://127.0.0.1./", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://①②⑦.0.0.1/", "http://0/", "http://localhost/", "http://LOCALHOST./",
)  # fmt: skip
NO_WEB_PAGE = (
    "file:///etc/passwd", "gopher://clinic.example/", "ftp://clinic.example/", "data:text/html,hi", "javascript:a(1)",
    "//clinic.example/", "clinic.example", "", "http://", "http:///x", "https://user:secret@clinic.example/",
    "https://clinic.example@127.0.0.1/", "https://clinic.example:8080/", "https://clinic.example:22/",
    "https://clinic.example:99999/", "https://clinic.example/\r\nHost: x", "https://clinic.example/a b",
    "https://clinic.example\\@evil.example/", "https://[::1/", "https://" + "a" * 3_000, "https://clinic..example/",
    "http://\u0000/",
)  # fmt: skip


class Site:
    """A little server on this machine; each connection is answered with the next of its answers."""

    def __init__(self, *answers: bytes | Callable[[socket.socket], None]) -> None:
        self.answers = list(answers)
        self.requests: list[bytes] = []
        self.asked: list[str] = []
        self.reached: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        for answer in self.answers:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.requests.append(connection.recv(65_536))
                try:
                    answer(connection) if callable(answer) else connection.sendall(answer)
                except OSError:
                    continue

    def fetcher(
        self, *, hosts: tuple[str, ...] = ("*",), resolve: Callable[[str, int], list[str]] | None = None
    ) -> Fetcher:
        def known(host: str, port: int) -> list[str]:
            self.asked.append(host)
            return resolve(host, port) if resolve else [PUBLIC]

        def connect(address: str, port: int, seconds: float) -> socket.socket:
            self.reached.append(address)
            return socket.create_connection(self._socket.getsockname(), timeout=seconds)

        return Fetcher(hosts, known, connect)

    def close(self) -> None:
        # Closing alone leaves the thread waiting for a connection that never comes.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def site() -> Iterator[Callable[..., Site]]:
    opened: list[Site] = []

    def make(*answers: bytes | Callable[[socket.socket], None]) -> Site:
        opened.append(Site(*answers))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(target: str) -> bytes:
    return answer(b"", f"Location: {target}", status="302 Found")


def refused(fetcher: Fetcher, url: str = "http://clinic.example/") -> str:
    with pytest.raises(ImportRefused) as refusal:
        fetcher.fetch(url)
    words = str(refusal.value)
    assert words[:1].isupper() or words[0].isalnum()
    assert words.endswith(".")
    return words


# --- which addresses --------------------------------------------------------------------------


@pytest.mark.parametrize("number", PRIVATE)
def test_number_that_is_not_public_is_known_as_such(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", [PUBLIC, "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2606:4700::1111"])
def test_public_number_is_known_as_such(number):
    assert is_public(number)


@pytest.mark.parametrize("number", PRIVATE)
def test_host_that_leads_to_a_closed_number_is_not_asked(site, number):
    here = site()
    assert "not public" in refused(here.fetcher(resolve=lambda host, port: [number]))
    assert here.reached == []


def test_host_with_one_closed_number_among_its_numbers_is_not_asked(site):
    here = site()
    assert "not public" in refused(here.fetcher(resolve=lambda host, port: [PUBLIC, "10.0.0.1"]))
    assert here.reached == []


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_this_machine_is_asked(site, url):
    here = site()
    refused(here.fetcher(resolve=look_up), url)
    assert here.reached == []


@pytest.mark.parametrize("url", NO_WEB_PAGE)
def test_what_is_no_ordinary_web_page_is_not_even_looked_up(site, url):
    here = site()
    refused(here.fetcher(), url)
    assert here.asked == []


def test_host_is_looked_up_once_and_that_number_is_asked(site):
    """A name that changes its number between look and connection gains nothing."""
    here = site(answer())
    numbers = iter([[PUBLIC], ["127.0.0.1"]])
    here.fetcher(resolve=lambda host, port: next(numbers)).fetch("http://clinic.example/")
    assert here.asked == ["clinic.example"]
    assert here.reached == [PUBLIC]


def test_only_named_hosts_are_asked(site):
    fetcher = replace(site(answer()).fetcher(), hosts=("www.clinic.example", "*.uni.example"))
    assert "CHATBOT_IMPORT_FROM_WEB" in refused(fetcher, "http://other.example/")
    assert "CHATBOT_IMPORT_FROM_WEB" in refused(fetcher, "http://uni.example.evil.example/")
    assert fetcher.fetch("http://a.uni.example/").data == PAGE


def test_name_in_other_letters_is_asked_in_ascii():
    found = address_of("https://Ärzte.example/Über?q=ä#x", ["*"])
    assert (found.host, found.target) == ("xn--rzte-koa.example", "/%C3%9Cber?q=%C3%A4")


# --- redirects --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://inside.example/"]
)
def test_redirect_to_a_closed_number_is_not_followed(site, target):
    here = site(redirect(target), answer())
    closed = lambda host, port: [PUBLIC] if host == "clinic.example" else look_up("127.0.0.1", port)  # noqa: E731
    refused(here.fetcher(resolve=closed))
    assert here.reached == [PUBLIC]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://clinic.example/", "http://a:b@clinic.example/", "http://clinic.example:22/"]
)
def test_redirect_to_something_else_is_not_followed(site, target):
    here = site(redirect(target), answer())
    refused(here.fetcher())
    assert len(here.reached) == 1


def test_redirect_to_a_host_that_is_not_named_is_not_followed(site):
    assert "other.example" in refused(
        site(redirect("http://other.example/"), answer()).fetcher(hosts=("clinic.example",))
    )


def test_three_redirects_are_followed_and_a_fourth_is_not(site):
    leads = [redirect(f"/{number}") for number in range(3)]
    assert site(*leads, answer()).fetcher().fetch("http://clinic.example/").address == "http://clinic.example/2"
    assert "on and on" in refused(site(*leads, redirect("/3"), answer()).fetcher())


def test_redirect_without_an_address_ends(site):
    assert refused(site(*[answer(b"", status="302 Found")] * 4).fetcher())


# --- time and size ----------------------------------------------------------------------------


def drip(head: bytes = b"") -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)

    return send


@pytest.mark.parametrize(
    "slow",
    [drip(), drip(OK + b"X: "), drip(OK + b"Content-Type: text/html\r\n\r\n"), lambda _: time.sleep(3)],
    ids=["status", "header", "body", "nothing"],
)  # fmt: skip
def test_site_that_is_slow_anywhere_is_given_up(site, slow):
    begun = time.monotonic()
    assert "seconds" in refused(replace(site(slow).fetcher(), seconds=0.6))
    assert time.monotonic() - begun < 3


def test_name_that_is_looked_up_for_ever_is_given_up(site):
    fetcher = site().fetcher(resolve=lambda host, port: time.sleep(3) or [PUBLIC])
    assert "seconds" in refused(replace(fetcher, seconds=0.3))


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65_536)


def test_endless_page_is_given_up(site):
    assert "larger than 2 MB" in refused(site(endless).fetcher())


def test_page_larger_than_the_limit_is_refused(site):
    assert "larger than 2 MB" in refused(site(answer(b"x" * 2_000_001)).fetcher())


def test_page_packed_as_a_bomb_is_refused(site):
    assert "larger than 2 MB" in refused(
        site(answer(gzip.compress(b"\0" * 50_000_000), "Content-Encoding: gzip")).fetcher()
    )


def test_packed_page_is_unpacked(site):
    assert (
        site(answer(gzip.compress(PAGE), "Content-Encoding: gzip")).fetcher().fetch("http://clinic.example/").data
        == PAGE
    )


@pytest.mark.parametrize(
    "bad",
    [
        answer(PAGE, "Content-Encoding: br"),
        answer(PAGE, "Content-Encoding: gzip"),
        answer(PAGE)[:-5],
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        answer(b"MZ", kind="application/octet-stream"),
        answer(b"x", kind="image/png"),
        answer(status="404 Not Found"),
        answer(status="500 Oops"),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    ],
    ids=["brotli", "no gzip", "cut off", "ssh", "nothing", "program", "picture", "missing", "broken", "headers"],
)
def test_answer_that_is_no_document_is_refused(site, bad):
    refused(site(bad).fetcher())


# --- what comes back --------------------------------------------------------------------------


def test_page_comes_with_its_address_and_encoding(site):
    found = site(answer(kind="text/html; charset=iso-8859-1")).fetcher().fetch(" http://clinic.example/sciatica#top ")
    assert (found.address, found.name, found.charset) == ("http://clinic.example/sciatica", "page.html", "iso-8859-1")


def test_request_says_no_more_than_it_must(site):
    here = site(answer())
    here.fetcher().fetch("http://clinic.example/a?b=c")
    assert here.requests[0].startswith(b"GET /a?b=c HTTP/1.1\r\nHost: clinic.example\r\n")
    assert b"Cookie" not in here.requests[0]
    assert b"Referer" not in here.requests[0]


def test_site_without_a_valid_certificate_is_refused(site):
    refused(site(b"no TLS here").fetcher(), "https://clinic.example/")


def test_system_refuses_to_connect_is_told(site):
    def broken(address: str, port: int, seconds: float) -> socket.socket:
        raise ConnectionRefusedError

    assert "cannot be reached" in refused(replace(site().fetcher(), connect=broken))


def test_socket_goes_to_the_number_that_was_looked_at():
    server = socket.create_server(("127.0.0.1", 0))
    with server, fetching.open_socket("127.0.0.1", server.getsockname()[1], 1.0) as opened:
        assert opened.getpeername() == server.getsockname()
