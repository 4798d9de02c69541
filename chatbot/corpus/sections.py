"""The names that staff give sections and passages, and the passages behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from chatbot.corpus.anchors import section_anchor
from chatbot.values import Article


def section_name(slug: str, heading: str) -> str:
    """Return the name of an article's section, `article#heading`; without a heading that of its opening, `article#`."""
    return f"{slug}#{section_anchor(heading) if heading else ''}"


def passages_by_name(articles: Iterable[Article]) -> Mapping[str, frozenset[str]]:
    """Return the passage ids behind every name: a passage's own id, a section, an article by its slug alone."""
    named: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for passage in article.passages:
            sections = [section_name(article.slug, heading) for heading in passage.headings or ("",)]
            for name in (article.slug, passage.id, *sections):
                named[name].add(passage.id)
    return {name: frozenset(ids) for name, ids in named.items()}
