"""The documents of the golden-file tests, each made in the shape that one word processor or another gives it.

A name is that of the document; beside it in `documents/` stands the Markdown that it shall become. Documents that only
a real program can make are kept as files in the same folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from docx import Document
from fpdf import FPDF

from tests.corpus.importing.word_files import (
    bold,
    deleted,
    footnote,
    footnote_mark,
    inserted,
    link,
    numbering,
    paragraph,
    picture,
    run,
    styles,
    table,
    text_box,
    word_file,
)

NERVE = (
    "The sciatic nerve runs from the lower back to the foot. When it is pressed or inflamed, the whole leg can hurt."
)
RELIEF = (
    "In a low-dose infusion ketamine calms nerves that have learned to send too many signals. Some people feel relief "
    "for days or weeks afterwards."
)
WATCH = "During the infusion a nurse watches blood pressure, pulse and breathing, and nobody drives home that day."


def word_headings() -> bytes:
    """Word: headings by style, nested lists by numbering, a link, emphasis, smart quotes."""
    names = styles(Title="Title", Heading1="heading 1", Heading2="heading 2", ListParagraph="List Paragraph")
    body = "".join(
        (
            paragraph("Ketamine and Sciatica", style="Title"),
            paragraph("By Ines Duarte | March 9, 2022"),
            paragraph("Doctors call it “sciatica” when the ", bold("sciatic nerve"), " hurts; it isn’t a disease."),
            paragraph("What it is", style="Heading1"),
            paragraph(NERVE, " See ", link("study", "the study"), "."),
            paragraph("Call your doctor when you notice:"),
            paragraph("a weak foot", style="ListParagraph", number=(1, 0)),
            paragraph("numb skin", style="ListParagraph", number=(1, 0)),
            paragraph("between the legs", style="ListParagraph", number=(1, 1)),
            paragraph("on the inside of the thigh", style="ListParagraph", number=(1, 1)),
            paragraph("fever", style="ListParagraph", number=(1, 0)),
            paragraph("How a visit goes", style="Heading1"),
            paragraph("Before", style="Heading2"),
            paragraph("You arrive without breakfast and rest for ten minutes.", number=(2, 0)),
            paragraph("A nurse measures your blood pressure and your pulse.", number=(2, 1)),
            paragraph("A doctor asks what has changed since the last time.", number=(2, 1)),
            paragraph("You lie down, and the drip begins to run slowly.", number=(2, 0)),
        )
    )
    lists = numbering(["bullet", "bullet"], ["decimal", "lowerLetter"])
    return word_file(body, links={"study": "https://study.example/a_b"}, styles=names, numbering=lists)


def word_changes() -> bytes:
    """Word: tracked changes, a deleted paragraph, comments, hidden text, footnotes, a picture with its caption."""
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    body = "".join(
        (
            paragraph("Sciatica at Work", style="Title"),
            paragraph("Most people get better ", deleted("very quickly"), inserted("within some weeks"), ".", comment),
            paragraph(
                deleted("It never comes back, as we have always said."),
                mark='<w:del w:id="9" w:author="A. Editor" w:date="2026-05-01T09:00:00Z"/>',
            ),
            paragraph(NERVE, footnote_mark(2), run(" Ask Bob about this.", "<w:vanish/>")),
            paragraph(picture("The nerve from the back to the foot")),
            paragraph("Figure 1. The sciatic nerve", style="Caption"),
            paragraph(RELIEF),
        )
    )
    return word_file(
        body,
        styles=styles(Title="Title", Caption="caption"),
        footnotes=footnote(2, "Duarte I. Nerves of the leg. 2020."),
        comments=f'<w:comment w:id="0" w:author="A. Editor">{paragraph("Is that so?")}</w:comment>',
    )


def word_bold_headings() -> bytes:
    """Word without styles: headings in bold, bullets typed by hand, a table of contents, a text box, a quotation."""
    body = "".join(
        (
            paragraph(bold("Walking With Sciatica")),
            paragraph("What helps\t1", style="TOC1"),
            paragraph("When to stop\t2", style="TOC1"),
            paragraph("Walking keeps the nerve moving. Most people can begin again a few days after a flare."),
            paragraph(bold("What helps")),
            paragraph("Small things take the pressure off:"),
            paragraph("• soft soles"),
            paragraph("• a stick in the better hand"),
            paragraph("• a bench every five minutes"),
            paragraph("Five minutes are enough to begin with.", text_box("Never walk through numbness.")),
            paragraph(bold("When to stop")),
            paragraph("One walker put it in a sentence:"),
            paragraph("I stopped counting steps and began counting benches.", style="Quote"),
            paragraph(
                "Go home while it still feels easy, and rest the leg for an hour.",
                text_box("A day off helps.", with_fallback=False),
            ),
        )
    )
    return word_file(body, styles=styles(TOC1="toc 1", Quote="Quote"))


def word_table() -> bytes:
    """Word: a table without a marked head, a cell of two paragraphs, an empty cell and signs that Markdown uses."""
    rows = (("Way", "How long", "Notes"), ("Drip", "40 minutes", "a | b *first*"), ("Nose spray", "", "[at home]"))
    body = "".join(
        (
            paragraph("Ways to Take Ketamine", style="Title"),
            paragraph("There are several ways, and each of them has its own time and its own place."),
            table(*rows),
            paragraph("A pain specialist chooses the way together with you, after a long talk about your pain."),
        )
    )
    second = "</w:p><w:p><w:r><w:t>and 20 of rest</w:t></w:r></w:p>"
    body = body.replace("40 minutes</w:t></w:r></w:p>", f"40 minutes</w:t></w:r>{second}")
    return word_file(body, styles=styles(Title="Title"))


def google_docs() -> bytes:
    """Google Docs: its own style identifiers, everything set run by run, lists with three levels."""
    formats = '<w:rFonts w:ascii="Arial"/><w:sz w:val="22"/><w:rtl w:val="0"/>'
    body = "".join(
        (
            paragraph(run("Sleeping With Sciatica", formats), style="Title"),
            paragraph(run("A guide for bad nights", formats), style="Subtitle"),
            paragraph(
                run("Nights are long when a leg hurts. ", formats), run("Two pillows can shorten them.", formats)
            ),
            paragraph(run("On your side", formats), style="Heading1"),
            paragraph(run("Put one pillow between the knees:", formats)),
            paragraph(run("the sore leg on top", formats), number=(1, 0)),
            paragraph(run("the foot a little forward", formats), number=(1, 1)),
            paragraph(run("the toes loose", formats), number=(1, 2)),
            paragraph(run("the lower leg straight", formats), number=(1, 0)),
            paragraph(run("On your back", formats), style="Heading1"),
            paragraph(run("The second pillow goes under both knees, so that the back lies flat.", formats)),
            paragraph("", run("", formats)),
        )
    )
    names = styles(Title="Title", Subtitle="Subtitle", Heading1="heading 1", Normal="normal")
    return word_file(body, styles=names, numbering=numbering(["bullet", "bullet", "bullet"]))


def python_docx() -> bytes:
    """A report program: Word's own template, with its list and quotation styles."""
    made = Document()
    made.core_properties.title = "Sciatica and Sport"
    made.add_heading("Sciatica and Sport", 0)
    made.add_paragraph("Sport is good for most backs. It only has to begin again slowly, with a plan.")
    made.add_heading("Good to begin with", 1)
    for text in ("swimming on the back", "walking on flat ground", "cycling upright"):
        made.add_paragraph(text, style="List Bullet")
    made.add_heading("A plan for the first week", 1)
    for text in ("Walk for five minutes on the first day.", "Add a minute on every third day that stays calm."):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("Pain that goes when you rest is no reason to stop.", style="Intense Quote")
    rows = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*rows.rows[0].cells, *rows.rows[1].cells), ("Sport", "When", "Swimming", "week 1"), strict=True
    ):
        cell.text = text
    target = BytesIO()
    made.save(target)
    return target.getvalue()


class Leaflet(FPDF):
    """A PDF with something at the top and at the foot of every page."""

    top = "Harbor Spine Clinic – patient information"

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, self.top.replace("–", "-"), new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")

    def title_line(self, text: str) -> None:
        self.set_font("Helvetica", "B", 20)
        self.cell(0, 14, text, new_x="LMARGIN", new_y="NEXT")

    def heading(self, text: str) -> None:
        self.set_font("Helvetica", "B", 13)
        self.cell(0, 10, text, new_x="LMARGIN", new_y="NEXT")

    def text_block(self, text: str, width: float = 0) -> None:
        self.set_font("Times", size=11)
        self.multi_cell(width, 5, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(3)

    def bullet(self, text: str, indent: float = 0) -> None:
        self.set_font("Times", size=11)
        self.set_x(self.l_margin + indent)
        self.cell(5, 5, chr(149))
        self.multi_cell(0, 5, text, new_x="LMARGIN", new_y="NEXT")


def pdf_leaflet() -> bytes:
    """A leaflet: title, headings by size, lists of two levels, words broken at line ends, two pages."""
    made = Leaflet()
    made.add_page()
    made.title_line("Ketamine for Sciatica")
    made.text_block(f"{NERVE} {RELIEF}")
    made.heading("Signs to tell your doctor")
    made.text_block("Call the practice on the same day when you notice one of these:")
    made.bullet(
        "a weak foot that catches on the stairs, or a knee that gives way again and again while you walk on flat ground"
    )
    made.bullet("numb skin")
    made.bullet("between the legs", 8)
    made.bullet("on the inside of the thigh", 8)
    made.ln(4)
    made.heading("During the infusion")
    made.set_font("Times", size=11)
    for line in (
        "Most people lie down for the whole time. The anaes-",
        "thetic runs slowly, and a low-",
        "dose drip takes about forty minutes in all.",
    ):
        made.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    made.add_page()
    made.text_block(WATCH)
    return bytes(made.output())


def pdf_columns() -> bytes:
    """Two columns under one title, a file title of the word processor's own, footnotes in small print."""
    made = Leaflet()
    made.set_title("Microsoft Word - leaflet_final2.docx")
    made.add_page()
    made.title_line("Nights With Sciatica")
    with made.text_columns(ncols=2, gutter=10) as columns:
        for heading, text in (
            ("What the nerve does", NERVE),
            ("What ketamine does", RELIEF),
            ("What the nurse does", WATCH),
        ):
            made.set_font("Helvetica", "B", 13)
            with columns.paragraph(bottom_margin=2) as part:
                part.write(heading)
            made.set_font("Times", size=11)
            for _ in range(2):
                with columns.paragraph(bottom_margin=3) as part:
                    part.write(text if _ == 0 else f"{text} It was the same in every study of the last ten years.")
    made.set_y(-40)
    made.set_font("Times", size=8)
    made.cell(0, 5, "1 Duarte I. Nerves of the leg. 2020.", new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


MADE: Mapping[str, Callable[[], bytes]] = {
    "word_headings.docx": word_headings,
    "word_changes.docx": word_changes,
    "word_bold_headings.docx": word_bold_headings,
    "word_table.docx": word_table,
    "google_docs.docx": google_docs,
    "python_docx.docx": python_docx,
    "leaflet.pdf": pdf_leaflet,
    "columns.pdf": pdf_columns,
}
