from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.cleaning import clean
from chatbot.corpus.plain import parse
from chatbot.values import Document

LONG = "Warm water loosens stiff muscles, and most people sleep a little better after a bath."
MORE = "Cold water wakes people up, so a cold shower is better in the morning than at night."


def cleaned(*lines: str) -> Document:
    return clean(parse("\n\n".join(lines)))


def left(*lines: str) -> list[str]:
    return [block.text for block in cleaned(*lines).blocks]


def test_an_article_alone_keeps_every_word():
    lines = [LONG, "How warm?", MORE, "Tell your nurse about:", "- fever", "- cramps", "Call 911 if somebody faints."]
    assert left("Warm Baths", *lines) == [line.removeprefix("- ") for line in lines]


def test_title_author_and_date_are_taken_from_the_top():
    document = cleaned("Warm Baths", "By Ann Lee", "August 15, 2023", LONG)
    assert document.title == "Warm Baths"
    assert document.metadata == {"author": "Ann Lee", "published": date(2023, 8, 15)}
    assert [block.text for block in document.blocks] == [LONG]


def test_a_bare_name_beside_a_date_is_the_author_but_the_only_title_is_not():
    assert cleaned("Warm Baths", "Ann Lee", "Aug 15, 2023", LONG).metadata["author"] == "Ann Lee"
    document = cleaned("Ann Lee", "Aug 15, 2023", LONG)
    assert (document.title, "author" in document.metadata) == ("Ann Lee", False)


def test_a_byline_may_stand_above_the_title():
    document = cleaned("Ann Lee", "Aug 15, 2023", "3 min read", "Warm Baths", LONG)
    assert (document.title, document.metadata["author"]) == ("Warm Baths", "Ann Lee")


def test_what_the_file_says_itself_counts_before_what_it_shows():
    document = clean(Document("Baths", {"author": "Bo Roe"}, parse(f"By Ann Lee\n\n{LONG}").blocks))
    assert (document.title, document.metadata["author"]) == ("Baths", "Bo Roe")


def test_the_title_is_the_first_candidate_below_the_navigation():
    document = cleaned("Hill Clinic", "Home", "About", "Sleep Therapy", "Contact", "Warm Baths", "A Guide", LONG)
    assert document.title == "Warm Baths"


def test_an_article_that_begins_with_text_has_no_title():
    assert cleaned(LONG, "How warm?", MORE).title is None


def test_comments_are_cut_to_the_end():
    assert left("Warm Baths", LONG, MORE, "2 Comments", "Gus says:", LONG.replace("Warm", "My"), "Reply") == [
        LONG,
        MORE,
    ]


def test_a_count_of_comments_above_the_article_cuts_nothing():
    assert left("Warm Baths", "2 Comments", LONG, MORE) == [LONG, MORE]


def test_a_heading_about_comments_is_no_comment_section():
    assert left(LONG, MORE, "Comments on the Evidence", LONG + " Yes.") == [
        LONG,
        MORE,
        "Comments on the Evidence",
        LONG + " Yes.",
    ]


def test_a_box_of_links_below_the_article_is_cut_with_its_teasers():
    assert left(
        LONG,
        MORE,
        "Related Posts",
        "Cold Showers",
        "A teaser that says in a dozen words or more what the other is about.",
    ) == [
        LONG,
        MORE,
    ]


def test_a_box_of_links_amid_the_article_ends_with_its_links():
    assert left(LONG, "Related Articles", "- Cold Showers", "- Saunas", "How warm?", MORE, MORE + " Really.") == [
        *[LONG, "How warm?", MORE, MORE + " Really."],
    ]


def test_a_box_under_a_marked_heading_ends_at_the_next_of_its_rank():
    teaser = "### Cold Showers\n\nA teaser of a dozen words or a little more than that is here."
    source = f"{LONG}\n\n{MORE}\n\n## Related Articles\n\n{teaser}\n\n## When to get help\n\nA fever."
    kept = [block.text for block in clean(parse(source)).blocks]
    assert kept == [LONG, MORE, "When to get help", "A fever."]


def test_a_heading_like_a_sign_up_line_does_not_take_the_rest_along():
    assert left(LONG, MORE, "Sign up", LONG + " Yes.") == [LONG, MORE, LONG + " Yes."]


def test_a_list_between_the_title_and_a_date_stays():
    assert left("Warm Baths", "Bring:", "- a cap", "- a towel", "Updated: May 3, 2020", LONG)[-3:] == [
        "a cap",
        "a towel",
        LONG,
    ]


def test_titles_of_neighbouring_articles_go_with_their_labels():
    assert left(LONG, MORE, "Previous", "Cold Showers", "Next", "Saunas and Sleep") == [LONG, MORE]


def test_a_title_below_navigation_at_the_top_stays():
    assert cleaned("Previous", "Next", "Warm Baths", LONG).title == "Warm Baths"


def test_a_table_of_contents_goes_and_its_headings_stay():
    lines = ["In This Article", "How warm?", "How long?", LONG, "How warm?", MORE, "How long?", MORE + " Yes."]
    assert left("Warm Baths", *lines) == lines[3:]


def test_a_menu_goes_and_a_list_of_content_stays():
    menu = ["- Home", "- Services", "- Sleep Therapy", "- Contact"]
    assert left(
        "Warm Baths", *menu, LONG, "Ways to reach your nurse:", "- Email", "- Phone call", "- Letter to the ward"
    ) == [
        *[LONG, "Ways to reach your nurse:", "Email", "Phone call", "Letter to the ward"],
    ]


def test_the_portrait_of_the_author_goes():
    bio = "Ann Lee writes about water and has done so for a dozen years in three towns."
    assert left("Warm Baths", "By Ann Lee", LONG, MORE, "About the Author", bio) == [LONG, MORE]
    assert left("Warm Baths", "By Ann Lee", LONG, MORE, "Ann Lee", bio) == [LONG, MORE]


def test_a_quotation_signed_by_the_author_cuts_nothing():
    assert left(
        "Warm Baths", "By Ann Lee", LONG, MORE, "“Water is patient with us.”", "Ann Lee", "How long?", LONG + " Yes."
    )[-1] == (LONG + " Yes.")


def test_what_sells_goes_and_what_helps_in_danger_stays():
    call = "Call our office right away at (555) 010-2233 if you have a fever."
    assert left(LONG, MORE, call, "Call us today at (555) 010-2233 to book your first bath.") == [LONG, MORE, call]


def test_an_offer_at_the_end_of_a_paragraph_is_cut():
    assert left(f"{LONG} We offer complete bath packages for our patients.", MORE) == [LONG, MORE]


def test_short_lines_below_the_last_furniture_go_but_never_help_in_danger():
    assert left(LONG, MORE, "Share this", "joints", "Hill Street", "Call 911 in an emergency") == [
        *[LONG, MORE, "Call 911 in an emergency"],
    ]


def test_an_article_in_short_sentences_is_an_article_too():
    assert left("Warm Baths", "Fill the tub.", "Get in slowly.", "Stay for a while.") == [
        *["Fill the tub.", "Get in slowly.", "Stay for a while."],
    ]


@given(
    st.lists(
        st.sampled_from(
            [LONG, MORE, "Home", "Related Posts", "Comments", "Next", "Ann Lee", "By Ann Lee", "- Share", "How warm?"]
        )
    )
)
def test_only_whole_blocks_go_and_their_order_stays(lines):
    kept = left(*lines)
    rest = iter(line.removeprefix("- ") for line in lines)
    assert all(text in rest for text in kept)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_page_can_be_cleaned(lines):
    assert len(cleaned(*lines).blocks) <= len(parse("\n\n".join(lines)).blocks)
