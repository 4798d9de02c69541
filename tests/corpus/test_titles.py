from __future__ import annotations

from pathlib import PurePath

import pytest

from chatbot.corpus.titles import fallback_title, name_title, opening_title, topic_title, without_site, without_title
from chatbot.values import Block, BlockKind


def head(text: str) -> Block:
    return Block(BlockKind.HEADING, text)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("sore-hips_in-winter.txt", "Sore hips in winter"),
        ("03 Sleep and pain.html", "Sleep and pain"),
        ("001_47dc830f568f0c12.txt", None),
        ("d41d8cd98f00b204e9800998ecf8427e.txt", None),
        ("2023-08-15.txt", None),
        ("IMG_4711.txt", None),
        ("_.txt", None),
    ],
)
def test_a_file_name_made_of_words_is_a_title(name, title):
    assert name_title(PurePath(name)) == title


def test_the_heading_of_what_the_article_speaks_of_most_is_the_title():
    blocks = [
        *(head("What is it?"), paragraph("Gout hurts.")),
        *(head("Rest"), paragraph("Gout attacks pass.")),
        *(head("Treating Gout Attacks"), paragraph("Treating gout early helps.")),
    ]
    assert topic_title(blocks) == "Treating Gout Attacks"


def test_without_words_in_name_or_headings_the_first_words_are_the_title():
    text = "Gout comes from crystals of uric acid in a joint, and the big toe is the place where it begins most often."
    title = fallback_title(PurePath("47dc830f568f0c12.txt"), [paragraph(text)])
    assert title == "Gout comes from crystals of uric acid in a joint, and the big toe is…"
    assert opening_title([paragraph("x" * 200)]) != "x" * 200


def test_a_title_is_never_empty():
    assert fallback_title(PurePath("0.txt"), []) == "0"


def test_the_name_of_the_site_is_cut_from_a_title():
    assert without_site("Sore Hips | Hill Clinic") == "Sore Hips"
    assert without_site("Sore Hips - Hill Clinic", "Hill Clinic") == "Sore Hips"
    assert without_site("Sore Hips — Hill Clinic", "hill clinic") == "Sore Hips"
    assert without_site("Gout - A Guide") == "Gout - A Guide"
    assert without_site("Gout | Hill Clinic") == "Gout | Hill Clinic"
    assert without_site("Low-Back Pain", "Pain") == "Low-Back Pain"


def test_headings_at_the_top_that_repeat_the_title_are_dropped():
    blocks = [head("Sore Hips:"), paragraph("They hurt."), head("Sore hips")]
    assert without_title(blocks, "Sore hips") == tuple(blocks[1:])
