"""A process of its own that takes documents apart: it may use little time, little memory, and writes no file.

Reads from standard input a line of JSON (an Order) and the bytes of the document; writes a line of JSON for every step.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

import msgspec

from chatbot.corpus.importing.documents import Member, documents, read_document
from chatbot.corpus.importing.parts import Imported, ImportRefused

MEMORY_BYTES = 400_000_000
# of address space beyond that of the program itself
CPU_SECONDS = 20
# for one document; the largest that can be served takes a quarter of it here
FILES = 32


class Order(msgspec.Struct, frozen=True):
    """What to do."""

    name: str
    first: int = 0
    # number of the archive's document to begin with
    charset: str = ""
    # encoding that a web server gave
    address: str = ""
    # where the document comes from; "" for a file


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happened: a document is begun, or done one way or the other."""

    member: Member
    imported: Imported | None = None
    refused: str = ""


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Take one order."""
    order = msgspec.json.decode(source.readline(), type=Order)
    data = source.read()
    confine()

    def tell(step: Step) -> None:
        target.write(msgspec.json.encode(step) + b"\n")
        target.flush()

    work(order, data, tell)


def work(order: Order, data: bytes, tell: Callable[[Step], None]) -> None:
    """Read every document of the order, telling each step."""
    whole = Member(order.name, 0, 1)
    try:
        for member, read in documents(data, order.name):
            if member.number < order.first:
                continue
            tell(Step(member))
            allow_time()
            tell(_done(order, member, read))
    except ImportRefused as error:
        tell(Step(whole, refused=str(error)))


def _done(order: Order, member: Member, read: Callable[[], bytes]) -> Step:
    try:
        if order.address:
            return Step(member, imported=_from_web(order, read()))
        return Step(member, imported=read_document(read(), member.name))
    except ImportRefused as error:
        return Step(member, refused=str(error))
    except MemoryError:
        return Step(member, refused="This file would need more memory than there is; split it.")


def _from_web(order: Order, data: bytes) -> Imported:
    from chatbot.corpus.importing.pages import read_page  # noqa: PLC0415

    if order.name.endswith(".html"):
        found = read_page(data, order.address, declared=order.charset)
    else:
        found = replace(read_document(data, order.name), name=order.address)
    return found.from_address(order.address)


def confine() -> None:
    """Take from this process what it does not need: more memory, files to write, core dumps."""
    used = _address_space()
    for limit, value in (
        (resource.RLIMIT_AS, used + MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        resource.setrlimit(limit, (value, value))


def allow_time() -> None:
    """Give the next document its time, counted from now; the hard limit stays where it was."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _address_space() -> int:
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * resource.getpagesize()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
