"""HTML pages: the article's own text as blocks, and what the page says of its title, author and dates."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chatbot.corpus.bylines import Facts, read_byline
from chatbot.corpus.html_blocks import blocks_of
from chatbot.corpus.html_facts import page_facts, page_title
from chatbot.corpus.html_guard import refuse_tangle
from chatbot.corpus.page import page_of
from chatbot.corpus.page_top import byline_facts
from chatbot.corpus.prose import is_prose, one_line, words
from chatbot.values import Block, BlockKind, Document

MOST_PROSE = 0.6
# share of the page's running text from which an element is taken to hold the whole article
MOST_CANDIDATES = 20
# looked at, in the order of the page; each look goes through all that the element holds

_CANDIDATES = (
    "article, main, [role=main], [itemprop=articleBody], .entry-content, .post-content, .article-content, "
    ".article-body, .post-body, .blog-post-content, .blog-item-content, .node__content, .field--name-body, "
    "#content, .content"
)
_BYLINES = (
    "[class*=byline], [class*=submitted], [class*=posted-on], [class*=post-meta], [class*=entry-meta], [class*=author]"
)
_TOP_BLOCKS = 40
# of the page, in which a byline is looked for


def parse(source: str) -> Document:
    """Parse an HTML page.

    The article is the smallest element that holds most of the page's running text. Navigation, forms, comments and the
    like are left out by their tag, role or class; what is not marked as such is left to cleaning. Lines are not known:
    every block has line 1. Raises CorpusError for a page that is nested beyond all reason.
    """
    refuse_tangle(source)
    tree = LexborHTMLParser(source)
    body = tree.body
    if body is None:
        return Document(None, {}, ())
    page = blocks_of(body)
    article = _article(tree, body)
    blocks = page if article.mem_id == body.mem_id else blocks_of(article)
    facts = {**byline_facts(page_of(_around_title(page, blocks))), **_marked_bylines(tree), **page_facts(tree)}
    title = page_title(tree)
    return Document(title, {**facts, **({"title": title} if title else {})}, _from_title(blocks, title))


def read_fragment(source: str, line: int) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML that stands in another text; `line` is given to each."""
    refuse_tangle(source)
    body = LexborHTMLParser(source).body
    return blocks_of(body, line) if body else ()


def _article(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    whole = _prose(body)
    holding = [node for node in tree.css(_CANDIDATES)[:MOST_CANDIDATES] if _prose(node) >= MOST_PROSE * whole]
    return min(holding, key=lambda node: len(node.text()), default=body)


def _prose(node: LexborNode) -> int:
    """Return how many characters of paragraphs and list items an element holds outside what is marked as furniture."""
    found = sum(len(each.text()) for each in node.css("p, li, blockquote"))
    return found - sum(_inside(each) for each in node.css("nav, footer, aside, #comments, .comments"))


def _inside(node: LexborNode) -> int:
    return sum(len(each.text()) for each in node.css("p, li, blockquote"))


def _around_title(page: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the top of the page down to the article's first paragraph: where bylines stand."""
    first = next((block.text for block in blocks if is_prose(block.text)), None)
    end = next((index for index, block in enumerate(page) if block.text == first), len(page))
    return tuple(page[max(0, end - _TOP_BLOCKS) : end + 1])


def _marked_bylines(tree: LexborHTMLParser) -> Facts:
    """Return what elements say whose class names them as bylines; they may stand in a footer, where nobody reads."""
    facts: Facts = {}
    for node in tree.css(_BYLINES)[:MOST_CANDIDATES]:
        facts = {**(read_byline(one_line(node.text(separator=" "))) or {}), **facts}
    return facts


def _from_title(blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """Return the blocks from the title on, where it stands among them above all prose."""
    for index, block in enumerate(blocks):
        if is_prose(block.text):
            break
        if title and block.kind is BlockKind.HEADING and words(block.text) == words(title):
            return tuple(blocks[index:])
    return tuple(blocks)
