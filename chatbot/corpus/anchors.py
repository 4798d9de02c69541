"""Lasting names for passages and headings, made of their own words and nothing else."""

from __future__ import annotations

import hashlib

from chatbot.corpus.prose import slug, words

READABLE_WORDS = 5
HEX_DIGITS = 6


def anchor(text: str, digits: int = HEX_DIGITS) -> str:
    """Return the passage's name: its first words, then hexadecimal digits of SHA-256 over all of its words.

    Case, punctuation and white space do not count, nor does anything else in the article: only an edit of these very
    words changes the name.
    """
    digest = hashlib.sha256(" ".join(words(text)).encode()).hexdigest()
    readable = slug(" ".join(text.replace("\n", " ").split()[:READABLE_WORDS]))
    return f"{readable}-{digest[:digits]}".lstrip("-")


def section_anchor(heading: str) -> str:
    """Return the name of a heading on its page: the heading's words, "section" where none can be spelled in ASCII."""
    return slug(heading) or "section"
