"""Names that staff can write down for a place in the articles."""

from dataclasses import replace

from chatbot.corpus.sections import passages_by_name, section_name
from tests.builders import make_article, make_passage


def test_a_section_is_named_by_its_article_and_heading():
    assert section_name("sciatica", "Can it wait? Don’t count on it") == "sciatica#can-it-wait-dont-count-on-it"
    assert section_name("sciatica", "") == "sciatica#"


def test_passages_are_found_by_id_section_outer_section_and_article():
    opening = make_passage("Opening.", anchor="a")
    inner = make_passage("Inner.", anchor="b", headings=("Outer", "Inner"))
    names = passages_by_name([replace(make_article(), passages=(opening, inner))])
    assert names["sciatica#a"] == names["sciatica#"] == {"sciatica#a"}
    assert names["sciatica#outer"] == names["sciatica#inner"] == {"sciatica#b"}
    assert names["sciatica"] == {"sciatica#a", "sciatica#b"}
