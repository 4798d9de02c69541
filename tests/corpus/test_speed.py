"""No file holds the reader up, however odd: each takes less than a second of the processor's time."""

from __future__ import annotations

import pytest

from chatbot.corpus.reader import read_file
from tests.cpu import cpu_seconds

SENTENCE = "Warm water loosens stiff muscles, and most people sleep a little better after a bath. "
HEAD = "---\ntitle: Baths\n---\n\n"

# At or just below the limits of size and number, so none of them is turned away before the work begins.
LARGE = {
    "md: paragraphs": ("x.md", HEAD + (SENTENCE * 8 + "\n\n") * 1_200),
    "md: list items": ("x.md", HEAD + "- a cold pack\n" * 1_900),
    "md: telling list items": ("x.md", HEAD + f"- {SENTENCE}\n" * 1_900),
    "md: nested list": ("x.md", HEAD + "".join("  " * depth + "- x\n" for depth in range(900))),
    "md: nested quotations": ("x.md", HEAD + (">" * 200 + " rest\n") * 2_000),
    "md: headings": ("x.md", HEAD + "## Rest\n\nRest for a day.\n\n" * 480),
    "md: open brackets": ("x.md", HEAD + "[" * 9_999 + "\n\nRest.\n"),
    "md: open images": ("x.md", HEAD + "![" * 4_999 + "\n\nRest.\n"),
    "md: open links": ("x.md", HEAD + "[a](" * 2_499 + "\n\nRest.\n"),
    "md: stars": ("x.md", HEAD + "*a **b " * 3_000 + "\n\nRest.\n"),
    "md: backticks": ("x.md", HEAD + " ".join("`" * size for size in range(1, 135)) + "\n\nRest.\n"),
    "md: less-than signs": ("x.md", HEAD + "<" * 9_999 + "\n\nRest.\n"),
    "md: wide table": ("x.md", HEAD + "|a" * 4_000 + "\n" + "|-" * 4_000 + "\n" + "|b" * 4_000 + "\n\nRest.\n"),
    "md: long table": ("x.md", HEAD + "|a|b|\n|-|-|\n" + "|c|d|\n" * 1_900),
    "md: references": ("x.md", HEAD + "".join(f"[r{n}]: /x\n" for n in range(2_000)) + "\nRest.\n"),
    "md: HTML blocks": ("x.md", HEAD + "<div>rest</div>\n\n" * 1_200),
    "txt: paragraphs": ("x.txt", "Baths\n\n" + (SENTENCE * 8 + "\n\n") * 1_200),
    "txt: wrapped lines": ("x.txt", ("word " * 18 + "\n") * 1_900),
    "txt: headings": ("x.txt", "What Is Rest?\n" * 1_900),
    "txt: colons": ("x.txt", "Rest for these:\n" * 1_900),
    "txt: deep list": ("x.txt", "".join(" " * depth + "- x\n" for depth in range(1_300))),
    "txt: capitals": ("x.txt", "Baths\n\n" + "Warm Water And Rest " * 900 + "help.\n"),
    "txt: furniture": ("x.txt", "Baths\n\n" + SENTENCE + "\nShare this:\nRelated posts\nNext\n" * 600),
    "txt: names": ("x.txt", "By Ann Lee\n" * 1_900),
    "txt: bars": ("x.txt", "Baths\n\n" + ("Home | " * 80 + "\n") * 1_000 + SENTENCE),
    "txt: one word": ("x.txt", "a" * 900_000),
    "txt: offers": ("x.txt", "Baths\n\n" + "We offer our patients a complete package of care today. " * 300),
    "txt: spaces": ("x.txt", "Baths\n\n" + "rest" + " " * 900_000 + "now.\n"),
    "txt: dashes": ("x.txt", "Baths\n\n" + "- " * 400_000),
    "txt: quotation marks": ("x.txt", "Baths\n\n" + "“" * 19_000 + "\n"),
    "html: paragraphs": ("x.html", "<h1>Baths</h1>" + f"<p>{SENTENCE * 5}</p>" * 1_900),
    "html: list items": ("x.html", "<ul>" + "<li>a cold pack" * 1_900),
    "html: paragraphs of one item": ("x.html", "<ul><li>Rest." + f"<p>{SENTENCE}</p>" * 1_900),
    "html: nested elements": ("x.html", "<div>" * 490 + f"<p>{SENTENCE}</p>" * 1_900),
    "html: nested candidates": ("x.html", "<div class=content>" * 490 + f"<p>{SENTENCE}</p>" * 1_900),
    "html: nested bylines": ("x.html", "<div class=author>" * 490 + f"<p>{SENTENCE}</p>" * 1_900),
    "html: nested furniture": ("x.html", "<div class=nav>" * 490 + f"<p>{SENTENCE}</p>" * 1_900),
    "html: nested tables": ("x.html", "<table><tr><td>a<td>b<tr><td>" * 160 + SENTENCE),
    "html: line breaks": ("x.html", "<p>" + "rest<br>" * 100_000),
    "html: less-than signs": ("x.html", f"<p>{SENTENCE}</p>" + "<" * 900_000),
    "html: open tags": ("x.html", f"<p>{SENTENCE}</p>" + "<a " * 300_000),
    "html: open comments": ("x.html", f"<p>{SENTENCE}</p>" + "<!--" * 200_000),
    "html: comments": ("x.html", f"<p>{SENTENCE}</p>" + "<!-- x -->" * 90_000),
    "html: quotation marks": ("x.html", f"<p>{SENTENCE}</p>" + '<a b="' * 150_000),
    "html: scripts": ("x.html", f"<p>{SENTENCE}</p>" + "<script>x</script>" * 50_000),
    "html: open scripts": ("x.html", f"<p>{SENTENCE}</p>" + "<script>" * 110_000),
    "html: entities": ("x.html", "<p>" + "&amp; " * 3_000 + f"</p><p>{SENTENCE}</p>"),
    "html: false ends": ("x.html", "<div>" * 490 + "</b>" * 200_000 + f"<p>{SENTENCE}</p>"),
    "html: nested records": (
        "x.html",
        '<script type="application/ld+json">' + '{"@graph":[' * 15_000 + f"</script><p>{SENTENCE}</p>",
    ),
    "html: records": (
        "x.html",
        '<script type="application/ld+json">[' + '{"@type":"Article"},' * 9_000 + "{}]</script>" + f"<p>{SENTENCE}</p>",
    ),
}


@pytest.mark.parametrize("case", LARGE)
def test_file_at_the_limits_is_read_or_refused_within_a_second(case, tmp_path):
    name, source = LARGE[case]
    (tmp_path / name).write_text(source, "utf-8")
    readings = []
    assert cpu_seconds(lambda: readings.append(read_file(tmp_path / name, tmp_path))) < 1
    assert readings[0].articles or readings[0].problems
