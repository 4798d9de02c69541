"""What an HTML page says of itself where no visitor looks: meta elements, JSON-LD, the canonical address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chatbot.corpus.dates import date_in
from chatbot.corpus.prose import one_line
from chatbot.corpus.titles import without_site

_ARTICLE = re.compile(r"(?:Article|Posting|WebPage|Report|MedicalWebPage|FAQPage)$")
# Names of accounts, not of people.
_NOBODY = re.compile(
    r"(?:admin\w*|administrator|editor|web ?master|staff|user ?\d*|author|root|https?://.*)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]{3,1000}")
_LONGEST_SCRIPT = 200_000

Record = Mapping[str, object]


def page_facts(tree: LexborHTMLParser) -> dict[str, object]:
    """Return author, reviewer, published, reviewed and source of a page, keyed as in the front matter.

    JSON-LD counts before meta elements, these before microdata. What the page does not say, or says in a form that is
    not understood, is left out. A change of the file is no review: dateModified is not read.
    """
    records = list(_records(tree))
    found: dict[str, object] = {
        "author": _first(
            _person(_named(records, "author")), _meta(tree, "author", "article:author"), _marked(tree, "author")
        ),
        "reviewer": _first(_person(_named(records, "reviewedBy"))),
        "published": _date(
            _named(records, "datePublished"),
            _meta(
                tree,
                "article:published_time",
                "datePublished",
                "date",
                "dc.date",
                "dcterms.date",
                "dcterms.created",
                "pubdate",
            ),
            _moment(tree, "datePublished"),
        ),
        "reviewed": _date(_named(records, "lastReviewed"), _meta(tree, "lastReviewed"), _moment(tree, "lastReviewed")),
        "source": _source(tree, records),
    }
    return {key: value for key, value in found.items() if value}


def page_title(tree: LexborHTMLParser) -> str | None:
    """Return the page's title: its first-rank heading, else what it tells other sites, else its tab's."""
    tab = one_line(_text(tree.css_first("head > title")))
    headings = [text for node in tree.css("h1") if (text := one_line(node.text()))]
    others = [text for node in tree.css("h2") if (text := one_line(node.text()))]
    # A site's name is often a heading of the first rank too; the article's is the one that the tab repeats.
    repeated = [text for text in (*headings, *others) if tab.casefold().startswith(text.casefold())]
    if repeated or headings:
        return repeated[0] if repeated else headings[-1]
    shared = _meta(tree, "og:title", "twitter:title") or str(_named(list(_records(tree)), "headline") or "")
    return without_site(one_line(shared) or tab, _meta(tree, "og:site_name")) or None


def _records(tree: LexborHTMLParser) -> Iterator[Record]:
    """Yield the JSON-LD objects that describe an article or a page, wherever they are nested."""
    waiting: list[object] = []
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text()
        if len(text) <= _LONGEST_SCRIPT:
            try:
                waiting.append(json.loads(text))
            except (ValueError, RecursionError):
                continue
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            kinds = value.get("@type")
            if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield value
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _named(records: list[Record], key: str) -> object:
    return next((record[key] for record in records if record.get(key)), None)


def _person(value: object) -> str:
    """Return the name of a JSON-LD person; several are joined."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_person, value)))
    if isinstance(value, dict):
        value = value.get("name")
    return one_line(value) if isinstance(value, str) else ""


def _meta(tree: LexborHTMLParser, *names: str) -> str:
    for name in names:
        for key in ("name", "property", "itemprop"):
            node = tree.css_first(f'meta[{key}="{name}"]')
            content = one_line((node.attributes.get("content") or "") if node else "")
            if content:
                return content
    return ""


def _marked(tree: LexborHTMLParser, name: str) -> str:
    for selector in (
        f'[itemprop="{name}"] [itemprop="name"]',
        f'[itemprop="{name}"]',
        f'a[rel="{name}"]',
        f".{name} .fn",
    ):
        text = one_line(_text(tree.css_first(selector)))
        if text and len(text) <= 100:
            return re.sub(r"^by:?\s+", "", text, flags=re.IGNORECASE)
    return ""


def _moment(tree: LexborHTMLParser, name: str) -> str:
    selectors = [f'[itemprop="{name}"]']
    if name == "datePublished":
        selectors += ["time.published[datetime]", "time.entry-date[datetime]", "time[pubdate][datetime]"]
    for selector in selectors:
        if node := tree.css_first(selector):
            return node.attributes.get("datetime") or node.attributes.get("content") or one_line(node.text())
    return ""


def _date(*values: object) -> date | None:
    for value in values:
        text = value if isinstance(value, str) else ""
        stamp = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ]|$)", text)
        found = date_in(stamp[1] if stamp else text)
        if found:
            return found
    return None


def _source(tree: LexborHTMLParser, records: list[Record]) -> dict[str, str]:
    canonical = tree.css_first('link[rel="canonical"]')
    addresses = (canonical.attributes.get("href") if canonical else "", _meta(tree, "og:url"))
    address = next((each for each in addresses if each and _ADDRESS.fullmatch(each)), "")
    name = _first(_person(_named(records, "publisher")), _meta(tree, "og:site_name"))
    return {key: value for key, value in (("name", name), ("url", address)) if value}


def _first(*texts: str) -> str:
    usable = (text for text in texts if text and len(text) <= 200 and text.isprintable())
    return next((text for text in usable if not _NOBODY.fullmatch(text)), "")


def _text(node: LexborNode | None) -> str:
    return node.text() if node else ""
