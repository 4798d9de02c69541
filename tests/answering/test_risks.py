from __future__ import annotations

from dataclasses import replace

from chatbot.answering.risks import with_risks
from chatbot.values import Article, Excerpt, Source
from tests.builders import make_passage

RISKS = Article("side-effects-and-risks", "Side effects", Source("a.md"), (), "0")
OTHER = Article("sciatica", "Sciatica", Source("b.md"), (), "1")
PLAIN = Excerpt(replace(make_passage(), slug="sciatica", title="Sciatica", text="A nerve hurts."), "high")
TREATMENT = Excerpt(replace(PLAIN.passage, text="Ketamine is used off-label."), "high")
TITLED = Excerpt(replace(PLAIN.passage, title="Ketamine and sciatica"), "high")
OWN = Excerpt(replace(TREATMENT.passage, slug="side-effects-and-risks"), "high")


def test_passages_on_the_treatment_lead_to_the_risks() -> None:
    found = with_risks([PLAIN, TREATMENT, TITLED, OWN], [OTHER, RISKS])
    assert [excerpt.risks_url for excerpt in found] == [
        None,
        "/articles/side-effects-and-risks",
        "/articles/side-effects-and-risks",
        None,
    ]
    assert [replace(excerpt, risks_url=None) for excerpt in found] == [PLAIN, TREATMENT, TITLED, OWN]


def test_folder_without_an_article_on_risks_adds_no_link() -> None:
    assert with_risks([TREATMENT], [OTHER]) == (TREATMENT,)
