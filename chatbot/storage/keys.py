"""The secret key: the one that is set, or one of its own that is made once and kept below the instance folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from chatbot.errors import DatabaseUnavailable
from chatbot.storage.files import prepare_folder

FILE_NAME = "secret_key"


class Keys:
    """Derives a key for each purpose, so that what one seals is worth nothing to another."""

    def __init__(self, given: str, instance: Path) -> None:
        self._key = given.encode()
        self._path = instance / FILE_NAME
        self._reading = threading.Lock()

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose. Raises DatabaseUnavailable when no key can be read or made."""
        with self._reading:
            self._key = self._key or _kept_key(self._path)
        return hmac.digest(self._key, purpose.encode(), "sha256")

    def seal(self, purpose: str, *parts: str) -> str:
        """Return 64 hexadecimal digits that only who has the key can make of these parts."""
        # The lengths keep ("ab", "c") and ("a", "bc") apart.
        said = b"".join(len(part.encode()).to_bytes(8) + part.encode() for part in parts)
        return hmac.new(self.derive(purpose), said, hashlib.sha256).hexdigest()


def _kept_key(path: Path) -> bytes:
    prepare_folder(path)
    try:
        if not path.exists():
            _make(path)
        # A backup that was put back may have opened it to everybody.
        path.chmod(0o600)
        key = path.read_bytes().strip()
    except OSError as error:
        raise DatabaseUnavailable(f"The secret key {path} cannot be read or made ({error.strerror}).") from error
    if not key:
        raise DatabaseUnavailable(f"The secret key {path} is empty: delete the file, a new one is made.")
    return key


def _make(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    # Of several workers that start at once the first one's key counts for all; it appears whole or not at all.
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
