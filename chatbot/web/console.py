"""The way to the staff console, which is an app of its own: built when the first member of staff comes.

Most processes of a site never see one, and its rooms take as long to import as all that visitors need.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/staff"


class ConsoleDoor:
    """Leads what is below /staff/ to the console and everything else on."""

    def __init__(self, visitors: WSGIApplication, build: Callable[[], Flask]) -> None:
        self._visitors = visitors
        self._build = build
        self._building = threading.Lock()
        self._console: Flask | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        is_staff = path == PREFIX or path.startswith(f"{PREFIX}/")
        lead = self.console.wsgi_app if is_staff else self._visitors
        return lead(environ, start_response)

    @property
    def console(self) -> Flask:
        """The console, built now if it was not."""
        with self._building:
            if self._console is None:
                self._console = self._build()
            return self._console
