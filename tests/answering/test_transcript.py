"""An answer on the command line shows all that a page would."""

from dataclasses import replace
from datetime import date

from chatbot.answering.confidence import POLICY
from chatbot.answering.explaining import Explanation, candidates
from chatbot.answering.notices import Assessment
from chatbot.answering.transcript import explanation, marked, transcript
from chatbot.values import (
    Answer,
    ArticleLink,
    Concept,
    Contact,
    Correction,
    Excerpt,
    Hit,
    Match,
    Notice,
    Origin,
    Query,
    Question,
    Span,
    Term,
)
from tests.builders import make_passage, make_source

TODAY = date(2026, 11, 28)
WORDS = "Always ask a pain specialist."


def make_answer(verdict="answered", **fields) -> Answer:
    return Answer(Question("?"), verdict, WORDS, "v", **fields)


def test_the_verdict_comes_first_and_the_disclaimer_last():
    text = transcript(make_answer("nothing"), TODAY)
    assert text.startswith("verdict: nothing")
    assert text.endswith(WORDS)


def test_a_passage_shows_its_place_its_marked_sentence_and_its_source():
    source = replace(make_source(), author="A. Writer", publisher="Clinic", reviewed=date(2026, 11, 1))
    passage = replace(make_passage("First. Second.", anchor="p", headings=("Causes",)), source=source)
    excerpt = Excerpt(passage, "high", sentences=(Span(7, 14),), matched=(("drip", "infusion"),))
    text = transcript(make_answer(passages=(excerpt,)), TODAY)
    assert "1. Sciatica › Causes (high)" in text
    assert "First. «Second.»" in text
    assert "matched: drip = infusion" in text
    assert "source: A. Writer, Clinic, reviewed 2026-11-01, /articles/sciatica#p" in text


def test_a_passage_past_its_review_says_so():
    due = replace(make_source(), review_by=date(2026, 11, 27))
    not_yet = replace(make_source(), review_by=TODAY)
    told = [
        transcript(make_answer(passages=(Excerpt(replace(make_passage("Text."), source=source), "high"),)), TODAY)
        for source in (due, not_yet)
    ]
    assert "review due since 2026-11-27" in told[0]
    assert "review due" not in told[1]


def test_no_answer_shows_its_own_words_and_the_nearest_articles():
    reply = make_answer("nothing", no_answer="We name no clinics.", nearest=(ArticleLink("crps", "Ketamine and CRPS"),))
    text = transcript(reply, TODAY)
    assert text.index("We name no clinics.") < text.index("Ketamine and CRPS: /articles/crps") < text.index(WORDS)


def test_a_notice_shows_its_contacts_above_all_else():
    notice = Notice("crisis", "You are not alone", "Talk now.", (Contact("Lifeline", "988", "tel:988"),))
    text = transcript(make_answer("urgent", notice=notice), TODAY)
    assert text.index("[crisis] You are not alone") < text.index("Talk now.") < text.index("Lifeline 988 tel:988")


def test_a_correction_is_told():
    text = transcript(make_answer("nothing", corrections=(Correction("siatica", "sciatica"),)), TODAY)
    assert 'searched for "sciatica" instead of "siatica"' in text


def test_several_spans_are_marked_where_they_stand():
    assert marked("abcdef", (Span(0, 1), Span(3, 5))) == "«a»bc«de»f"
    assert marked("abc", ()) == "abc"


def test_the_lines_of_a_list_stay_lines():
    excerpt = Excerpt(make_passage("Signs are:\n- one\n- two"), "low")
    assert "   Signs are:\n   - one\n   - two" in transcript(make_answer("unsure", passages=(excerpt,)), TODAY)


def test_an_explanation_names_what_was_sought_found_and_added():
    term = Term(("infus",), 0.7, Origin.SYNONYM, "infusion")
    concept = Concept("drip", (term,), rarity=0.9)
    hits, parts = (Hit(concept, term, "heading"),), {"words": 1.0, "pairs": 0.5}
    match = Match(make_passage(anchor="p"), 1.5, 0.63, wording=0.4, hits=hits, parts=parts)
    text = explanation(make_explanation(Query((concept,)), match))
    assert "looked for: drip (rarity 0.90, weight 1.00)" in text
    assert "score 1.50 = words 1.00, pairs 0.50; coverage 0.63, wording 0.40" in text
    assert "drip: infus (synonym, in the heading)" in text


def test_nothing_to_look_for_is_said():
    assert "looked for: nothing" in explanation(make_explanation(Query(())))


def test_an_explanation_names_the_safety_rules_and_the_thresholds():
    text = explanation(make_explanation(Query(())))
    assert "safety rules: ketamine-suicide" in text
    assert f"answered from {POLICY.answered_at:.2f}, unsure from {POLICY.unsure_at:.2f}" in text


def make_explanation(query, *matches):
    assessment = Assessment(2, None, ("C3",), ("ketamine-suicide",))
    return Explanation(assessment, (), query, candidates(query, matches), POLICY, "nothing")
