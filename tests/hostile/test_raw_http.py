"""Requests that no browser sends, byte by byte, to the real server and through the shipped front server."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import front
from tests.test_server import Server, StartServer, start_server

__all__ = ["start_server"]

BODY = b'{"question":"what is sciatica?"}'
POST = b"POST /api/v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
CLOSE = b"Connection: close\r\n"
PATIENCE_SECONDS = 8.0
# for reading; what is sent is always whole unless its name says otherwise


def get(
    target: bytes = b"/healthz", more: bytes = b"", version: bytes = b"HTTP/1.1", host: bytes = b"localhost"
) -> bytes:
    return b"GET %s %s\r\nHost: %s\r\n%s%s\r\n" % (target, version, host, more, CLOSE)


def post(more: bytes, body: bytes) -> bytes:
    return POST + more + CLOSE + b"\r\n" + body


def chunked(*chunks: bytes, more: bytes = b"") -> bytes:
    return post(b"Transfer-Encoding: chunked\r\n" + more, b"".join(chunks))


CHUNK = b"%x\r\n%s\r\n" % (len(BODY), BODY)
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
# A server that answers this one as well has read one request as two.

REQUESTS: Mapping[str, bytes] = {
    "two lengths": post(b"Content-Length: 32\r\nContent-Length: 5\r\n", BODY),
    "two equal lengths": post(b"Content-Length: 32\r\nContent-Length: 32\r\n", BODY),
    "length and chunks": post(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", CHUNK + b"0\r\n\r\n" + SMUGGLED),
    "chunks and length": post(b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", b"0\r\n\r\n" + SMUGGLED),
    "chunked twice": chunked(CHUNK, b"0\r\n\r\n", more=b"Transfer-Encoding: chunked\r\n"),
    "chunked and identity": chunked(CHUNK, b"0\r\n\r\n", more=b"Transfer-Encoding: identity\r\n"),
    "unknown coding": post(b"Transfer-Encoding: xchunked\r\nContent-Length: 32\r\n", BODY),
    "coding with a tab": post(b"Transfer-Encoding:\tchunked\r\n", CHUNK + b"0\r\n\r\n"),
    "coding folded": post(b"Transfer-Encoding:\r\n chunked\r\n", CHUNK + b"0\r\n\r\n"),
    "space before the colon": post(b"Content-Length : 32\r\n", BODY),
    "length with a plus": post(b"Content-Length: +32\r\n", BODY),
    "length negative": post(b"Content-Length: -1\r\n", BODY),
    "length in hex": post(b"Content-Length: 0x20\r\n", BODY),
    "length with an underscore": post(b"Content-Length: 3_2\r\n", BODY),
    "length that is enormous": post(b"Content-Length: 999999999999999999999\r\n", BODY),
    "length with a comma": post(b"Content-Length: 32, 32\r\n", BODY),
    "length of other digits": post("Content-Length: ٣٢\r\n".encode(), BODY),
    "no length": post(b"", b""),
    "chunk size negative": chunked(b"-1\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "chunk size no number": chunked(b"zz\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "chunk size with spaces": chunked(b" 20 \r\n" + BODY + b"\r\n0\r\n\r\n"),
    "chunk size with 0x": chunked(b"0x20\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "chunk size broken and kept open": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + SMUGGLED,
    "chunk cut short and kept open": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "chunk longer than said": chunked(b"5\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "chunk of bare newlines": chunked(b"20\n" + BODY + b"\n0\n\n"),
    "chunk size that is enormous": chunked(b"f" * 40 + b"\r\n" + BODY),
    "chunk extension of 8 KB": chunked(b"20;" + b"a" * 8192 + b"\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "trailer that names a length": chunked(CHUNK, b"0\r\nContent-Length: 50\r\n\r\n" + SMUGGLED),
    "header of 9 KB": get(more=b"X-Long: " + b"a" * 9216 + b"\r\n"),
    "150 headers": get(more=b"".join(b"X-Many-%d: 1\r\n" % number for number in range(150))),
    "address of 9 KB": get(b"/" + b"a" * 9216),
    "header without a name": get(more=b": value\r\n"),
    "header without a colon": get(more=b"X-None\r\n"),
    "header name with a space": get(more=b"X Bad: 1\r\n"),
    "header name with a NUL": get(more=b"X-\x00: 1\r\n"),
    "header value with a NUL": get(more=b"X-Nul: a\x00b\r\n"),
    "header value with a bare return": get(more=b"X-Cr: a\rb: c\r\n"),
    "header folded": get(more=b"X-Fold: a\r\n b\r\n"),
    "header name in other letters": get(more="X-Ünï: 1\r\n".encode()),
    "bare newlines": b"GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
    "bare returns": b"GET /healthz HTTP/1.1\rHost: localhost\r\r",
    "two hosts": get(more=b"Host: evil.example\r\n"),
    "no host": b"GET /healthz HTTP/1.1\r\n" + CLOSE + b"\r\n",
    "host with a path": get(host=b"localhost/evil"),
    "host with an at": get(host=b"user@evil.example"),
    "host with a space": get(host=b"local host"),
    "host with a NUL": get(host=b"local\x00host"),
    "absolute address": get(b"http://evil.example/healthz"),
    "address with a NUL": get(b"/healthz\x00.html"),
    "address with a bare percent": get(b"/articles/%"),
    "address with a broken escape": get(b"/articles/%zz"),
    "address with half a letter": get(b"/articles/%c3"),
    "address that climbs": get(b"/articles/../../../../etc/passwd"),
    "address that climbs in escapes": get(b"/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd"),
    "address with backslashes": get(b"/articles/..\\..\\etc\\passwd"),
    "address of slashes": get(b"//evil.example/healthz"),
    "address with a fragment": get(b"/healthz#x"),
    "address with a space": get(b"/healthz x"),
    "address that is a star": b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + b"\r\n",
    "address with letters of other scripts": get("/articles/схиза".encode()),
    "method unknown": b"BREW / HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + b"\r\n",
    "method in small letters": b"get / HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + b"\r\n",
    "method with a NUL": b"G\x00T / HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + b"\r\n",
    "method of 1 KB": b"G" * 1024 + b" / HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + b"\r\n",
    "method TRACE": b"TRACE /healthz HTTP/1.1\r\nHost: localhost\r\nX-Secret: zebra\r\n" + CLOSE + b"\r\n",
    "method CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n" + CLOSE + b"\r\n",
    "version 0.9": b"GET /healthz\r\n\r\n",
    "version 1.0": get(version=b"HTTP/1.0"),
    "version 2.0 in text": get(version=b"HTTP/2.0"),
    "version 9.9": get(version=b"HTTP/9.9"),
    "version without digits": get(version=b"HTTP/x.y"),
    "version of another protocol": get(version=b"RTSP/1.0"),
    "upgrade to HTTP/2": get(more=b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"),
    "upgrade to a socket": get(more=b"Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n"),
    "preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "expects to go on": post(b"Content-Length: 32\r\nExpect: 100-continue\r\n", BODY),
    "expects something else": post(b"Content-Length: 32\r\nExpect: the unexpected\r\n", BODY),
    "method overridden": get(more=b"X-HTTP-Method-Override: DELETE\r\n"),
    "path overridden": get(more=b"X-Original-URL: /staff/\r\nX-Rewrite-URL: /staff/\r\n"),
    "script name overridden": get(more=b"SCRIPT_NAME: /staff\r\nSCRIPT-NAME: /staff\r\nX-Script-Name: /staff\r\n"),
    "underscored header": get(more=b"X_Forwarded_For: 127.0.0.1\r\n"),
    "proxy header": get(more=b"Proxy: http://evil.example\r\n"),
    "range of many": get(b"/articles/", more=b"Range: bytes=" + b",".join(b"%d-" % n for n in range(400)) + b"\r\n"),
    "languages without end": get(b"/", more=b"Accept-Language: " + b"en;q=0.1," * 500 + b"\r\n"),
    "cookie of 4 KB": get(b"/staff/", more=b"Cookie: " + b"a=b; " * 800 + b"\r\n"),
    "TLS to a plain port": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
    "nothing but newlines": b"\r\n" * 200,
    "noise": bytes(range(256)) * 8,
    "pipelined": get().replace(CLOSE, b"") + get(),
}
PIPELINED = {"pipelined"}
# two requests on purpose


@pytest.fixture
def server(start_server: StartServer) -> Server:
    return start_server(CHATBOT_TRUSTED_PROXIES="1")


def exchange(request: bytes, port: int, tls: ssl.SSLContext | None = None) -> tuple[bytes, float]:
    """Send all of it and read until the server closes or says no more; returns the reply and the seconds it took."""
    began = time.monotonic()
    reply = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as plain:
        sock = tls.wrap_socket(plain, server_hostname="localhost") if tls else plain
        try:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR) if tls is None else None
            while piece := sock.recv(65536):
                reply += piece
        except OSError:
            # Closed without a word, or cut off: as good as a refusal.
            pass
        finally:
            sock.close()
    return reply, time.monotonic() - began


def statuses(reply: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"(?:^|\n)HTTP/1\.[01] (\d{3})", reply)]


def check(name: str, reply: bytes) -> None:
    found = [status for status in statuses(reply) if status != 100]
    assert len(found) <= (2 if name in PIPELINED else 1), (name, reply[:400])
    # 501 and 505 say that a coding, method or version is not spoken here; nothing broke.
    assert not [status for status in found if status >= 500 and status not in (501, 505)], (name, reply[:400])
    assert b"root:" not in reply, name
    assert b"zebra" not in reply, name
    assert b"Traceback" not in reply, name
    assert b"smuggled" not in reply, name


def exchange_all(port: int, tls: ssl.SSLContext | None = None) -> None:
    """Send every request over a connection of its own, several at a time: some are waited for until a time-out."""
    with ThreadPoolExecutor(12) as clients:
        replies = clients.map(lambda request: exchange(request, port, tls), REQUESTS.values())
        for name, (reply, seconds) in zip(REQUESTS, replies, strict=True):
            check(name, reply)
            assert seconds < PATIENCE_SECONDS, name


def test_no_request_breaks_the_server_or_is_read_as_two(server: Server) -> None:
    exchange_all(server.port)
    assert server.get("/healthz") == {"status": "alive"}
    assert server.ask()[1]


def test_no_request_breaks_the_front_server_or_is_read_as_two(server: Server) -> None:
    if front.nginx_program() is None:
        pytest.skip("nginx is not installed: THE FRONT SERVER WAS NOT TESTED")
    with front.running(server.port) as running:
        exchange_all(running.port, running.tls)
    assert server.ask()[1]
