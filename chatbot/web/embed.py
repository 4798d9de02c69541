"""The chat on other sites: the panel, the loader, their files, and pages that show site owners how."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from werkzeug.exceptions import NotImplemented as FormatNotImplemented

from chatbot.answering.notices import all_resources, disclaimer
from chatbot.services import services
from chatbot.web import pages
from chatbot.web.interface import LOADER, catalogue, packed_file, static_files, static_version
from chatbot.web.reading import article_page, article_pages, current_day, find_article, privacy_values
from chatbot.web.security import CONTENT_POLICY

FRAME_WIDTH, FRAME_HEIGHT = 480, 680
SMALLEST_WIDTH, SMALLEST_HEIGHT = 280, 320
FOR_EVER = "public, max-age=31536000, immutable"
ONE_HOUR = "public, max-age=3600"
MEDIA_TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/v1/panel")
def panel() -> Response:
    """Show the chat to be framed; a site that is not on the list gets a readable line instead of a blank box."""
    site = framing_site()
    if site and not is_allowed(site, services().settings.frame_ancestors):
        return _framed(render_template("widget/refused.html", site=site), "*")
    return _framed(pages.chat_page("panel"), _ancestors())


@blueprint.post("/embed/v1/panel")
def panel_answer() -> Response:
    """Answer the form inside the frame, for visitors without JavaScript."""
    response = pages.answered_page("panel")
    response.headers["Content-Security-Policy"] = CONTENT_POLICY + _ancestors()
    return response


def framing_site() -> str:
    """Return the origin of the other site whose page frames this request, or nothing where that is not known."""
    if request.headers.get("Sec-Fetch-Dest") != "iframe" or request.headers.get("Sec-Fetch-Site") == "same-origin":
        return ""
    referrer = urlsplit(request.referrer or "")
    return f"{referrer.scheme}://{referrer.netloc}" if referrer.netloc else ""


def is_allowed(origin: str, allowed: Sequence[str]) -> bool:
    """Say whether an origin is on the list, as a browser would judge it by frame-ancestors."""
    return any(known == "*" or fnmatch.fnmatchcase(origin.lower(), known.lower()) for known in allowed)


def _ancestors() -> str:
    """Return who may frame the panel: the sites of the list, and our own pages that show it."""
    own = ("'self'",) if request.headers.get("Sec-Fetch-Site") == "same-origin" else ()
    return " ".join((*own, *services().settings.frame_ancestors)) or "'none'"


def _framed(page: str, ancestors: str) -> Response:
    response = make_response(page)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY + ancestors
    # Whether it may be framed depends on who asks, so no cache may hand it to another.
    response.headers["Cache-Control"] = "no-store"
    return response


# The panel's reader finds each page of ours below /embed/v1, without the frame of a page around it.


@blueprint.get("/embed/v1/articles/")
def articles() -> Response:
    """Return the list of articles for the reader."""
    return _bare("reading/_index.html", articles=article_pages())


@blueprint.get("/embed/v1/articles/<slug>")
def article(slug: str) -> Response:
    """Return one article for the reader."""
    return _bare("reading/_article.html", article=article_page(find_article(slug), catalogue(), current_day()))


@blueprint.get("/embed/v1/help")
def help_lines() -> Response:
    """Return the help lines for the reader."""
    return _bare("reading/_help.html", regions=all_resources(services().rules))


@blueprint.get("/embed/v1/privacy")
def privacy() -> Response:
    """Return what is kept and what is not, for the reader."""
    return _bare("reading/_privacy.html", **privacy_values(services().settings))


def _bare(template: str, **values: object) -> Response:
    return _readable_anywhere(make_response(render_template(template, **values)))


@blueprint.get("/embed/v1/questions.json")
def questions() -> Response:
    """List what typing may be completed to, so that the browser completes it and no typed letter leaves the page."""
    response = _json({"questions": list(services().library.snapshot().phrases.values())})
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return _readable_anywhere(response)


@blueprint.get("/embed/v1.js")
def loader() -> Response:
    """Return the script that puts the chat on a page."""
    return _file(LOADER, ONE_HOUR)


@blueprint.get("/embed/v1/files/<version>/<path:name>")
def asset(version: str, name: str) -> Response:
    """Return a script, style sheet or picture; under the version that is served now it may be kept for ever."""
    return _file(name, FOR_EVER if version == static_version() else "no-cache")


def _file(name: str, cache: str) -> Response:
    if name not in static_files():
        abort(404)
    packed = request.accept_encodings.quality("gzip") > 0
    content = packed_file(name) if packed else static_files()[name]
    response = Response(content, mimetype=MEDIA_TYPES[name.rpartition(".")[2]])
    response.headers["Cache-Control"] = cache
    response.vary.add("Accept-Encoding")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.add_etag()
    response.make_conditional(request)
    return _readable_anywhere(response)


def _readable_anywhere(response: Response) -> Response:
    """Let every origin read it: in a sandbox even our own panel has the origin "null"."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


# --- for site owners --------------------------------------------------------------------------


@blueprint.get("/embed")
def snippets() -> Response:
    """Show site owners how to put the chat on their pages, with the real address filled in."""
    return _showing_frames(render_template("widget/embed.html", loader=_loader()))


@blueprint.get("/demo")
def demo() -> Response:
    """Show the chat on a page like a clinic's."""
    return _showing_frames(render_template("widget/demo.html", loader=_loader()))


def _loader() -> str:
    return url_for("embed.loader")


def _showing_frames(page: str) -> Response:
    response = make_response(page)
    policy = CONTENT_POLICY.replace("base-uri", "frame-src 'self'; base-uri")
    response.headers["Content-Security-Policy"] = policy + "'none'"
    return response


@blueprint.get("/oembed")
def oembed() -> Response:
    """Describe the chat as oEmbed 1.0 "rich" content for one of our own addresses; another address is a 404."""
    if request.args.get("format", "json") != "json":
        raise FormatNotImplemented
    target = _embeddable(request.args.get("url", ""))
    width = _size("maxwidth", FRAME_WIDTH, SMALLEST_WIDTH)
    height = _size("maxheight", FRAME_HEIGHT, SMALLEST_HEIGHT)
    name = services().settings.name
    body = {
        "version": "1.0",
        "type": "rich",
        "provider_name": name,
        "provider_url": request.url_root,
        "title": target.title or name,
        "width": width,
        "height": height,
        "html": render_template("widget/_oembed.html", target=target, width=width, height=height),
        "cache_age": 3600,
    }
    return _readable_anywhere(_json(body))


def _json(body: Mapping[str, object]) -> Response:
    """Return values as JSON, with the disclaimer beside them."""
    told = {**body, "disclaimer": disclaimer(services().settings)}
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")


@dataclass(frozen=True, slots=True)
class Embeddable:
    """One of our own pages."""

    url: str
    title: str = ""


def _embeddable(url: str) -> Embeddable:
    address, home = urlsplit(url), urlsplit(request.url_root)
    if not url:
        abort(400)
    if (address.scheme, address.netloc) != (home.scheme, home.netloc):
        abort(404)
    if address.path in ("", "/", "/demo", "/embed", "/articles/", "/embed/v1/panel"):
        return Embeddable(url)
    folder, _, slug = address.path.rpartition("/")
    if folder != "/articles":
        abort(404)
    return Embeddable(url, find_article(slug).title)


def _size(name: str, preferred: int, smallest: int) -> int:
    given = request.args.get(name, "")
    most = int(given) if given.isascii() and given.isdigit() else preferred
    return max(smallest, min(preferred, most))
