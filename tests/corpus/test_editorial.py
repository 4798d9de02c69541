"""The editor's helper: each rule catches its fault, names the line, and leaves a sound article alone."""

from dataclasses import replace
from datetime import date

import pytest

from chatbot.corpus.editorial import HELP_HEADING, Manuscript, article_readability, line_of, own_text, review
from chatbot.values import Article, Problem, Reference
from tests.builders import make_article, make_passage, make_source

TODAY = date(2026, 11, 22)
LONG_ENOUGH = (
    "Ketamine is a drug that may ease pain for some people, and the use is off-label. A nurse stays close by and looks "
    "at the breath, the pulse and the skin. Relief can fade in a few days, and some people get none, so talk first."
)
HELP = (
    "Call for help at once when a person is hard to wake, has trouble with each breath, or has a rash that grows fast. "
    "A pain doctor can talk with you about all that can wait, such as what the drug might do for you and what it harms."
)
LINK = "Read about [what can go wrong](/articles/side-effects-and-risks)."
RISKS_ARTICLE = Manuscript(make_article("Short.", slug="side-effects-and-risks"), "Short.")


def make_treatment(*texts: str, slug: str = "sciatica", heading: str | None = None) -> Article:
    article = make_article(*(texts or (LONG_ENOUGH,)), slug=slug, heading=heading)
    help_section = make_passage(HELP, slug=slug, anchor="help", headings=(HELP_HEADING,))
    return replace(
        article,
        passages=(*article.passages, help_section),
        references=(Reference("Example A. A study. 2020", "https://example.org/study"),),
    )


def problems_of(article: Article, text: str | None = None, today: date = TODAY) -> tuple[Problem, ...]:
    file = text or "\n".join([LINK, *(passage.text for passage in article.passages)])
    found = review([Manuscript(article, file), RISKS_ARTICLE], today)
    return tuple(problem for problem in found if problem.path == article.source.path)


def severities(problems: tuple[Problem, ...], word: str) -> list[str]:
    return [problem.severity for problem in problems if word in problem.message]


def test_a_sound_article_has_nothing_to_mend():
    assert problems_of(make_treatment()) == ()


def test_an_amount_of_a_medicine_is_an_error_at_its_line():
    article = make_treatment(f"{LONG_ENOUGH} Most get 50 mg.")
    (problem,) = problems_of(article, f"# Title\n\n{LINK}\n\n{article.passages[0].text}\n")
    assert problem.severity == "error"
    assert '"50 mg"' in problem.message
    assert problem.line == 5


def test_an_amount_in_a_heading_is_an_error_too():
    assert severities(problems_of(make_treatment(heading="Is 50 mg a lot?")), "dose") == ["error"]


def test_an_advertising_word_is_an_error_and_a_promise_is_advice():
    problems = problems_of(make_treatment(f"{LONG_ENOUGH} A miracle. Get home safely."))
    assert severities(problems, "advertises") == ["error"]
    assert severities(problems, "may promise") == ["advice"]


@pytest.mark.parametrize("sentence", ["Take half a vial every morning.", "You should take ketamine twice a day."])
def test_a_schedule_is_an_error(sentence):
    assert severities(problems_of(make_treatment(f"{LONG_ENOUGH} {sentence}")), "dose") == ["error"]


def test_telling_the_reader_what_to_do_is_advice_outside_the_section_on_getting_help():
    article = make_treatment(f"{LONG_ENOUGH} You should rest.")
    helping = make_passage("You should call 911 when breathing is hard.", anchor="now", headings=(HELP_HEADING,))
    problems = problems_of(replace(article, passages=(*article.passages, helping)))
    assert severities(problems, "tells the reader") == ["advice"]


def test_an_opening_pronoun_is_advice():
    assert severities(problems_of(make_treatment(f"It helps. {LONG_ENOUGH}")), "begins with") == ["advice"]


@pytest.mark.parametrize("text", ["Ketamine, off-label, is short.", f"{LONG_ENOUGH} " * 3])
def test_a_paragraph_too_short_or_too_long_is_advice(text):
    assert severities(problems_of(make_treatment(text.strip())), "words;") == ["advice"]


def test_an_item_of_a_list_may_be_short():
    article = make_treatment()
    item = make_passage("Tell the team about:\nallergies", lead_in="Tell the team about:", anchor="item")
    assert problems_of(replace(article, passages=(*article.passages, item))) == ()


def test_a_list_of_more_than_seven_items_is_advice():
    lead = "Tell the team about:"
    items = tuple(make_passage(f"{lead}\nthing {n}", lead_in=lead, anchor=f"i{n}") for n in range(8))
    article = make_treatment()
    assert severities(problems_of(replace(article, passages=(*article.passages, *items))), "8 items") == ["advice"]


def test_a_treatment_article_needs_references():
    assert severities(problems_of(replace(make_treatment(), references=())), "no references") == ["error"]


def test_a_reference_needs_an_address_and_is_named_at_its_line():
    article = replace(make_treatment(), references=(Reference("Example A. A long study of pain. 2020"),))
    text = f'---\nreferences:\n  - title: "A long study of pain"\n---\n{LINK}'
    (problem,) = problems_of(article, text)
    assert (problem.line, problem.severity) == (3, "error")


def test_a_treatment_article_says_off_label():
    article = make_treatment(LONG_ENOUGH.replace("off-label", "common"))
    assert severities(problems_of(article), "off-label") == ["error"]


def test_a_treatment_article_links_to_the_risks():
    assert severities(problems_of(make_treatment(), LONG_ENOUGH), "risks") == ["error"]


def test_a_link_elsewhere_does_not_count_as_one_to_the_risks():
    assert severities(problems_of(make_treatment(), "[Paper](https://example.org/risks)"), "risks") == ["error"]


def test_the_article_on_risks_needs_no_link_to_itself():
    article = make_treatment(slug="risks-of-repeat-use")
    assert severities(problems_of(article, LONG_ENOUGH), "article on risks") == []


def test_a_treatment_article_ends_with_getting_help():
    article = make_treatment()
    assert severities(problems_of(replace(article, passages=article.passages[:1])), HELP_HEADING) == ["error"]


def test_an_article_that_names_no_treatment_needs_none_of_this():
    plain = LONG_ENOUGH.replace("Ketamine", "A brace").replace("off-label", "common")
    assert problems_of(make_article(plain), plain) == ()


def test_a_passed_review_date_is_advice():
    article = make_treatment()
    overdue = replace(article, source=replace(article.source, review_by=TODAY))
    assert problems_of(overdue) == ()
    assert severities(problems_of(overdue, today=date(2026, 11, 23)), "2026-11-22") == ["advice"]


@pytest.mark.parametrize(
    ("link", "word"),
    [("/articles/gone", "no article"), ("/articles/sciatica#gone", "no passage"), ("sciatica.md", "names a file")],
)
def test_a_link_that_leads_nowhere_is_an_error_at_its_line(link, word):
    (problem,) = problems_of(make_treatment(), f"{LINK}\n\nSee [this]({link}).\n")
    assert word in problem.message
    assert (problem.line, problem.severity) == (3, "error")


@pytest.mark.parametrize("link", ["/articles/sciatica#help", "https://example.org/gone", "#help", "mailto:a@b.org"])
def test_a_link_that_leads_somewhere_is_left_alone(link):
    assert problems_of(make_treatment(), f"{LINK} See [this]({link}).") == ()


def test_a_paragraph_that_stands_in_another_article_too_is_advice_at_the_second():
    twin = make_treatment(slug="twin")
    found = review([Manuscript(make_treatment(), LINK), Manuscript(twin, LINK), RISKS_ARTICLE], TODAY)
    copies = [problem for problem in found if "stands in" in problem.message]
    assert [(problem.path, problem.severity) for problem in copies] == [("twin.md", "advice")] * 2


def test_numbers_that_disagree_are_advice_that_shows_both():
    one = make_article("About 619 million people in the world had low back pain.", slug="one")
    two = make_article("Low back pain: 540 million people in the world had it.", slug="two")
    found = review([Manuscript(one, ""), Manuscript(two, "")], TODAY)
    (problem,) = [problem for problem in found if "which number" in problem.message]
    assert "619 million" in problem.message
    assert "540 million" in problem.message
    assert problem.severity == "advice"


def test_hard_reading_is_advice_with_the_grade():
    hard = "Considerable pharmacological uncertainty surrounds subsequent administration, off-label ketamine included. "
    assert severities(problems_of(make_treatment(hard * 5)), "reading grade") == ["advice"]


def test_a_page_brought_in_as_it_is_gets_only_advice():
    article = replace(make_treatment("Ketamine 50 mg is a miracle."), source=make_source("page.html"), references=())
    problems = problems_of(article, "Ketamine")
    assert len(problems) >= 4
    assert {problem.severity for problem in problems} == {"advice"}


def test_problems_come_sorted_by_file_and_line():
    article = make_treatment(f"{LONG_ENOUGH} 50 mg.", slug="b")
    other = make_treatment(f"{LONG_ENOUGH} 60 mg.", slug="a")
    found = review([Manuscript(article, LINK), Manuscript(other, LINK)], TODAY)
    assert [problem.path for problem in found] == sorted(problem.path for problem in found)


def test_the_line_of_a_paragraph_is_found_behind_its_markup():
    manuscript = Manuscript(make_article(), "# Title\n\nThe **pain** of [sciatica](/articles/sciatica) runs down.\n")
    assert line_of(manuscript, "The pain of sciatica runs down.") == 3
    assert line_of(manuscript, "Nowhere to be found.") == 1


def test_readability_counts_the_sentence_that_opens_a_list_once():
    lead = "Tell the team about:"
    article = make_article()
    items = tuple(make_passage(f"{lead}\n{thing}", lead_in=lead, anchor=thing) for thing in ("drugs", "falls"))
    assert article_readability(replace(article, passages=items)).words == 6


def test_the_own_text_of_an_item_leaves_out_its_lead():
    assert own_text(make_passage("Tell us:\n50 things", lead_in="Tell us:")) == "50 things"
