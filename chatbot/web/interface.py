"""What every page of the visitor's side shares: its language, its texts, the addresses of its files."""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from flask import Response, g, make_response, request, url_for

from chatbot.answering.notices import disclaimer, help_for_now
from chatbot.services import services
from chatbot.web.catalogue import LANGUAGES, Catalogue, choose_catalogue, read_catalogue
from chatbot.web.joining import compact_script, joined_script, joined_styles

STATIC = Path(__file__).parent / "static"
LOADER = "v1.js"
SHEETS: Mapping[str, tuple[str, ...]] = {
    "panel.css": ("tokens", "base", "notes", "composer", "chat", "cards", "notices", "reading", "panel", "print"),
    "chat.css": ("tokens", "base", "notes", "composer", "chat", "cards", "notices", "reading", "print"),
    "reading.css": ("tokens", "base", "notes", "cards", "notices", "reading", "print"),
    "embed.css": ("tokens", "base", "notes", "cards", "embed", "print"),
    "plain.css": ("tokens", "base", "notes", "notices", "panel", "print"),
}
# one style sheet a kind of page -> what it is joined of, in this order


def catalogue() -> Catalogue:
    """Return the texts in the language of this request."""
    if "catalogue" not in g:
        g.catalogue = choose_catalogue(request.args.get("lang"), request.accept_languages)
    found: Catalogue = g.catalogue
    return found


def template_values() -> dict[str, object]:
    """Return what every template may use."""
    say, wired = catalogue(), services()
    settings = wired.settings
    return {
        "say": say,
        "text": say.say,
        "languages": [read_catalogue(language) for language in LANGUAGES],
        "address": address,
        "asset": asset,
        "home": request.url_root.rstrip("/"),
        "site_name": settings.name,
        "specialist": settings.specialist,
        "disclaimer": disclaimer(settings),
        "help_for_now": help_for_now(wired.rules, settings.region),
    }


def address(endpoint: str, slug: str | None = None) -> str:
    """Return the address of a page, keeping the language that the visitor chose."""
    chosen = "lang" in request.args
    return url_for(endpoint, slug=slug, lang=catalogue().language if chosen else None)


def kept_page(page: str) -> Response:
    """Return a page that browsers may keep and ask about again; an unchanged one is not sent twice."""
    response = make_response(page)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Accept-Language")
    response.add_etag()
    response.make_conditional(request)
    return response


def asset(name: str) -> str:
    """Return the address of a file below static/; it changes when any of them does, so it may be kept for ever."""
    return url_for("embed.asset", version=static_version(), name=name)


@functools.cache
def static_files() -> Mapping[str, bytes]:
    """Return all files below static/ by their names, as they were when the process first needed them, and those joined.

    What is not among them cannot be asked for, so no address leads out of the folder.
    """
    paths = sorted(path for path in STATIC.rglob("*") if path.is_file())
    files = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in paths}
    return {**files, **_joined_files({name: content.decode() for name, content in files.items()})}


def _joined_files(files: Mapping[str, str]) -> dict[str, bytes]:
    modules = {name.removeprefix("js/"): source for name, source in files.items() if name.startswith("js/")}
    sheets = {name: joined_styles([files[f"css/{part}.css"] for part in parts]) for name, parts in SHEETS.items()}
    scripts = {LOADER: compact_script(files[LOADER]), "chat.js": joined_script("chat.js", modules)}
    return {name: text.encode() for name, text in {**sheets, **scripts}.items()}


@functools.cache
def packed_file(name: str) -> bytes:
    """Return a file below static/ packed by gzip; a time of 0 keeps the bytes, and so the ETag, the same everywhere."""
    return gzip.compress(static_files()[name], mtime=0)


@functools.cache
def static_version() -> str:
    """Return a short digest of all files below static/."""
    return hashlib.sha256(repr(static_files()).encode()).hexdigest()[:12]


def dialled(phone: str) -> str:
    """Return a phone number as a tel: address wants it: digits and a leading plus."""
    return re.sub(r"[^\d+]", "", phone)


def spelled_out(url: str) -> str:
    """Return the address of a help line as people write it down: without https:// and a last slash."""
    return url.removeprefix("https://").removesuffix("/")
