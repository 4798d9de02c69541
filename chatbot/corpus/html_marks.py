"""What the markup of an HTML element says of its place on the page."""

from __future__ import annotations

import re
from itertools import pairwise

from selectolax.lexbor import LexborNode

SKIPPED = frozenset(
    "script style noscript template svg math nav footer aside button select textarea input iframe object embed dialog "
    "canvas audio video map figcaption head menu label datalist progress meter search".split()
)
UNSEEN = frozenset("script style noscript template svg math iframe object embed canvas audio video map head".split())
# of these, what shows no text of the page
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar form".split()
)
# Parts of class names and ids, as site builders join them with hyphens and underscores.
_PARTS = frozenset(
    "comment comments commentlist respond disqus share sharing sharedaddy social addtoany related relatedposts "
    "sidebar breadcrumb breadcrumbs cookie cookies consent gdpr newsletter subscribe subscription signup optin popup "
    "modal promo promotion cta advert advertisement advertisements ads ad sponsored nav navbar navigation pagination "
    "pager toc tags tagcloud footer masthead menu skip wpcf7 gform authorbox screen sr visually".split()
)
_PAIRS = frozenset(
    "author-box author-bio author-info author-card about-author author-profile post-navigation widget-area "
    "reading-time read-more back-top site-header site-footer".split()
)
MOST = 0.5
# share of the text from which an element holds the article itself, whatever its class says


def is_marked_furniture(node: LexborNode) -> bool:
    """Say whether an element's tag, role, class or id says that it is no content."""
    attributes = node.attributes
    if node.tag in SKIPPED or (attributes.get("role") or "").lower() in _ROLES:
        return True
    for token in f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split():
        parts = re.split(r"[-_]+", token)
        pairs = {f"{first}-{second}" for first, second in pairwise(parts)}
        if not _PARTS.isdisjoint(parts) or not _PAIRS.isdisjoint(pairs):
            return True
    return False
