"""The articles as reading pages: each passage an anchor, lists rebuilt from their items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby, takewhile

from flask import Blueprint, Response, abort, render_template, url_for

from chatbot.answering.notices import all_resources
from chatbot.services import services
from chatbot.settings import Settings
from chatbot.values import Article, Passage, Reference
from chatbot.web.cards import facts, web_address
from chatbot.web.catalogue import Catalogue
from chatbot.web.interface import catalogue, kept_page

blueprint = Blueprint("reading", __name__)


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    anchor: str = ""
    # empty: the item is no passage of its own


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list with the sentence that opens it."""

    text: str
    anchor: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    heading: str
    level: int
    # 2 to 6, as in HTML
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    titles: tuple[Title, ...]
    # the headings that begin here, outermost first
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article, ready to read."""

    slug: str
    title: str
    summary: str
    facts: tuple[str, ...]
    due: str
    # says that its review is overdue, or nothing
    sections: tuple[Section, ...]
    contents: tuple[Title, ...]
    references: tuple[Reference, ...]
    original_url: str


@blueprint.get("/articles/")
def index() -> Response:
    """Show the list of all articles."""
    return kept_page(render_template("reading/index.html", articles=article_pages()))


@blueprint.get("/articles/<slug>")
def article(slug: str) -> Response:
    """Show one article; an unknown slug is a 404."""
    address = url_for("reading.article", slug=slug, _external=True)
    page = render_template(
        "reading/article.html",
        article=article_page(find_article(slug), catalogue(), current_day()),
        oembed=url_for("embed.oembed", url=address, format="json", _external=True),
    )
    return kept_page(page)


@blueprint.get("/help")
def help_lines() -> Response:
    """Show the help lines of every country."""
    return kept_page(render_template("reading/help.html", regions=all_resources(services().rules)))


@blueprint.get("/privacy")
def privacy() -> Response:
    """Say what is kept and what is not."""
    return kept_page(render_template("reading/privacy.html", **privacy_values(services().settings)))


def privacy_values(settings: Settings) -> Mapping[str, object]:
    """Name the sentences of the privacy page that hold for these settings, in order, and what they are filled with."""
    counts = ("counts",) if settings.question_log != "off" else ()
    limit = ("limit",) if settings.rate_limit else ()
    about = (f"question_{settings.question_log}", *counts, "browser", "others", "host", "feedback", "logs", *limit)
    return {"statements": (*about, "staff"), "days": settings.question_log_days}


def article_pages() -> list[ArticlePage]:
    """Lay out every served article, in the order of their titles."""
    say, today = catalogue(), current_day()
    return [article_page(article, say, today) for article in by_title(services().library.snapshot().articles)]


def find_article(slug: str) -> Article:
    """Find a served article by its slug, or abort with 404."""
    found = next((article for article in services().library.snapshot().articles if article.slug == slug), None)
    return found or abort(404)


def by_title(articles: Iterable[Article]) -> list[Article]:
    """Put articles in the order of their titles."""
    return sorted(articles, key=lambda article: article.title.casefold())


def article_page(article: Article, say: Catalogue, today: date) -> ArticlePage:
    """Lay an article out for reading; today decides whether its review is overdue."""
    source = article.source
    parts = tuple(sections(article.passages))
    return ArticlePage(
        slug=article.slug,
        title=article.title,
        summary=article.summary or "",
        facts=facts(source, say),
        due=say.say("articles.review_due", date=say.day(source.review_by))
        if source.review_by and source.review_by < today
        else "",
        sections=parts,
        contents=tuple(title for section in parts for title in section.titles if title.level == 2),
        references=tuple(replace(reference, url=web_address(reference.url)) for reference in article.references),
        original_url=web_address(source.url),
    )


def sections(passages: Sequence[Passage]) -> Iterator[Section]:
    """Group passages under their headings, in reading order; a heading stands once, where it begins."""
    above: tuple[str, ...] = ()
    number = 0
    for headings, group in groupby(passages, key=lambda passage: passage.headings):
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(above, headings, strict=False))))
        titles = []
        for depth, heading in enumerate(headings[shared:], start=shared):
            number += 1
            titles.append(Title(heading, min(depth + 2, 6), f"section-{number}"))
        above = headings
        yield Section(tuple(titles), tuple(blocks(tuple(group))))


def blocks(passages: Sequence[Passage]) -> Iterator[Block]:
    """Turn the passages of one section into paragraphs and lists; items of one list stand under one opening."""
    for lead_in, group in groupby(passages, key=lambda passage: passage.lead_in):
        if lead_in:
            yield Block(lead_in, items=tuple(Item(_without(lead_in, item.text), item.anchor) for item in group))
        else:
            yield from (_block(passage) for passage in group)


def _block(passage: Passage) -> Block:
    lines = passage.text.split("\n")
    items = tuple(Item(line.removeprefix("- ")) for line in lines if line.startswith("- "))
    text = "\n".join(line for line in lines if not line.startswith("- ")) if items else passage.text
    return Block(text, passage.anchor, items)


def _without(lead_in: str, text: str) -> str:
    return text.removeprefix(lead_in).lstrip("\n").removeprefix("- ")


def current_day() -> date:
    """Return today's date, which decides what is due for review."""
    return datetime.now(UTC).date()
