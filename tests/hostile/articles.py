"""Articles that carry a hostile text in every field that an article has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

SECTIONS = 12
# hostile texts an article carries


def one_line(text: str) -> str:
    return " ".join(text.split())


def write_hostile(folder: Path, texts: Sequence[str]) -> Path:
    """Write as many articles as the texts need into folder/articles and return the folder."""
    (folder / "articles").mkdir(parents=True)
    (folder / "lexicon.toml").touch()
    for number, batch in enumerate(batched(texts, SECTIONS)):
        (folder / "articles" / f"hostile-{number}.md").write_text(article(batch), encoding="utf-8")
    for number, text in enumerate(texts):
        # Alone, since a block of HTML swallows what follows it.
        raw = f"---\ntitle: Raw {number}\n---\n\nRelief of raw{number} sciatica lasts.\n\n{text}\n\n```\n{text}\n```\n"
        (folder / "articles" / f"raw-{number}.md").write_text(raw, encoding="utf-8")
    return folder


def batched(texts: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    left = iter(texts)
    while batch := tuple(itertools.islice(left, size)):
        yield batch


def article(texts: Sequence[str]) -> str:
    """Return an article of one section for each text; its facts carry the first ones, too."""
    lines = [one_line(text) for text in texts]
    facts = {
        # Not the first: a heading that says the title again is no section.
        "title": lines[-1],
        "summary": lines[1 % len(lines)],
        "author": lines[2 % len(lines)],
        "reviewer": lines[3 % len(lines)],
        "published": "2026-01-02",
        "source": {"name": lines[4 % len(lines)], "url": "https://clinic.example/x"},
        "topics": lines[:2],
        "references": [{"text": line, "url": "https://journal.example/1"} for line in lines],
        "questions": [{"ask": f"{line} marker{number}?", "section": part(number)} for number, line in enumerate(lines)],
    }
    front = yaml.safe_dump(facts, allow_unicode=True, width=10_000)
    return f"---\n{front}---\n\n" + "\n\n".join(map(section, range(len(texts)), texts))


def part(number: int) -> str:
    return f"How long relief number{number} of sciatica lasts"


def section(number: int, text: str) -> str:
    line = one_line(text)
    return "\n\n".join(
        [
            f"## {part(number)}",
            f"### {line}",
            f"Relief number{number} of sciatica lasts {line} for many people.",
            f"- First {line}\n- Second sciatica {line}",
            f"> Quoted {line}",
            f"| Head {line.replace('|', '')} | b |\n| --- | --- |\n| {line.replace('|', '')} | d |",
        ]
    )
