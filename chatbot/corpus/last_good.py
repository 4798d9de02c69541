"""The last good source of each article, kept on disk, so that a restart does not lose what a broken edit hides."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from chatbot.corpus.files import read_bytes
from chatbot.errors import CorpusError
from chatbot.loglines import Seldom
from chatbot.values import Article

KEPT = "last-good"
# below the instance folder

seldom = Seldom(logging.getLogger(__name__))


class LastGood:
    """Keeps one file an article: a line with the checksum, then the bytes. What does not fit its checksum is no file.

    It holds what is served now and nothing else: an article that is deleted or made a draft is forgotten here too.
    """

    def __init__(self, instance: Path, folder: Path) -> None:
        self._folder = folder
        # Two corpora may share an instance folder, and one must never answer from the other.
        self._place = instance / KEPT / _name(os.path.abspath(folder))  # noqa: PTH100
        self._kept: Mapping[str, str] = {}
        # path -> checksum
        self._keeping = threading.Lock()

    def keep(self, articles: Iterable[Article]) -> None:
        """Keep the sources of exactly these articles; a place that cannot be written costs only a restart's memory."""
        wanted = {article.source.path: article.checksum for article in articles}
        with self._keeping:
            if wanted != self._kept:
                self._keep(wanted)

    def recall(self, paths: Iterable[str]) -> tuple[Article, ...]:
        """Return the last good version of each of these files that was kept whole; raises nothing."""
        found = (self._recalled(path) for path in paths)
        return tuple(article for article in found if article)

    def _keep(self, wanted: Mapping[str, str]) -> None:
        try:
            self._place.mkdir(parents=True, exist_ok=True)
            for path, checksum in wanted.items():
                if self._kept.get(path) != checksum:
                    self._put(path, checksum)
            self._forget_all_but({_name(path) for path in wanted})
        except OSError as error:
            seldom.warning(
                "the last good articles are not kept: %s cannot be written (%s)", self._place, error.strerror
            )
        else:
            self._kept = wanted

    def _put(self, path: str, checksum: str) -> None:
        place = self._place / _name(path)
        if _kept(place)[0] == checksum:
            return
        try:
            data = read_bytes(self._folder / path, self._folder)
        except CorpusError:
            return
        if hashlib.sha256(data).hexdigest() != checksum:
            # Changed since it was read: whatever it is now, its own reading follows.
            return
        fresh = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            fresh.write_bytes(checksum.encode() + b"\n" + data)
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)

    def _forget_all_but(self, names: set[str]) -> None:
        for file in self._place.iterdir():
            # Those with a dot are being written by another process.
            if file.name not in names and not file.name.startswith("."):
                file.unlink(missing_ok=True)

    def _recalled(self, path: str) -> Article | None:
        # Only here: most starts recall nothing.
        from chatbot.corpus.reader import read_source  # noqa: PLC0415

        checksum, data = _kept(self._place / _name(path))
        return next(iter(read_source(data, path).articles), None) if checksum else None


def _name(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _kept(place: Path) -> tuple[str, bytes]:
    """Return checksum and bytes of what is kept there whole, or two times nothing."""
    try:
        checksum, _, data = place.read_bytes().partition(b"\n")
    except OSError:
        return "", b""
    whole = hashlib.sha256(data).hexdigest()
    return (whole, data) if checksum == whole.encode() else ("", b"")
