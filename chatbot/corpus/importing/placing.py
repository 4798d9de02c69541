"""Puts a draft's file into a folder of articles, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from chatbot.corpus.files import article_paths
from chatbot.corpus.importing.parts import ImportRefused
from chatbot.corpus.reader import read_corpus

MOST_TRIES = 100


def taken_slugs(folder: Path) -> dict[str, str]:
    """Return the names that articles of a corpus folder have, each with its file; drafts' files count, too."""
    found = {path.stem: path.name for path in article_paths(folder)}
    return found | {article.slug: Path(article.source.path).name for article in read_corpus(folder).articles}


def free_slug(slug: str, taken: dict[str, str]) -> str:
    """Return the name with a number behind it that no article has; raises ImportRefused when there are too many."""
    for number in range(2, MOST_TRIES):
        if (found := f"{slug}-{number}") not in taken:
            return found
    raise ImportRefused(f"There are {MOST_TRIES} articles called {slug} already; give this one another title.")


def write_draft(place: Path, slug: str, text: str, *, replace: bool = False) -> Path:
    """Write slug.md into a folder and return its path; raises ImportRefused where it is there or cannot be written.

    Readers see the old file or the new one, never a part. A file of that name stays unless `replace` is said.
    """
    target = place / f"{slug}.md"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=place, prefix=".", suffix=".tmp", delete=False
        ) as file:
            fresh = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            fresh.chmod(0o644)
            fresh.replace(target) if replace else os.link(fresh, target)
        finally:
            fresh.unlink(missing_ok=True)
    except FileExistsError as error:
        raise ImportRefused(f"{target} is there already.") from error
    except OSError as error:
        raise ImportRefused(f"{target} cannot be written ({error.strerror}).") from error
    return target
