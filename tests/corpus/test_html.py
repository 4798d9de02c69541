from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.html import parse, read_fragment
from chatbot.corpus.html_guard import refuse_tangle, tags
from chatbot.errors import CorpusError
from chatbot.values import Block, Document

LONG = "Warm water loosens stiff muscles, and most people sleep a little better after a bath."


def page(body: str, head: str = "") -> Document:
    return parse(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


def shapes(body: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in page(body).blocks]


# --- blocks


def test_headings_paragraphs_items_and_quotations():
    assert shapes("<h2>Rest</h2><p>A day.</p><ol><li>One<ul><li>Two</ul></ol><blockquote>Slow.</blockquote>") == [
        *[("heading", "Rest"), ("paragraph", "A day."), ("item", "One"), ("item", "Two"), ("quote", "Slow.")],
    ]


def test_items_keep_depth_and_numbers():
    found = page("<ol><li>One<ul><li>Two</li></ul></li></ol>").blocks
    assert [(block.level, block.ordered) for block in found] == [(0, True), (1, False)]


def test_text_outside_of_paragraphs_is_kept():
    assert shapes("Rest <b>helps</b>.<div>Ice<span> too</span>.</div>tail") == [
        *[("paragraph", "Rest helps."), ("paragraph", "Ice too."), ("paragraph", "tail")],
    ]


def test_white_space_and_entities_are_folded():
    assert shapes("<p>Rest&nbsp;&nbsp;and\n ice&shy;packs &amp; <!-- x -->baths&#8203;</p>") == [
        ("paragraph", "Rest and icepacks & baths")
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>run()</script>",
        "<style>p{}</style>",
        "<noscript>Turn it on</noscript>",
        "<template><p>x</p></template>",
        "<svg><text>x</text></svg>",
        "<nav><p>Home</p></nav>",
        "<aside><p>Ad</p></aside>",
        "<footer>Us</footer>",
        "<form><p>Name</p></form>",
        "<button>Go</button>",
        "<select><option>x</select>",
        "<figure><img><figcaption>Photo</figcaption></figure>",
        '<div role="navigation">x</div>',
        '<div role="dialog">x</div>',
        '<div class="post-comments">x</div>',
        '<div id="cookie-notice">x</div>',
        '<div class="widget share_bar">x</div>',
        '<section class="newsletter-signup"><p>Join</p></section>',
        '<div class="entry author-box">x</div>',
        "<header><p>Hill Clinic</p></header>",
    ],
)
def test_what_the_markup_says_is_no_content_is_left_out(hidden):
    assert shapes(f"<p>{LONG}</p>{hidden}") == [("paragraph", LONG)]


@pytest.mark.parametrize(
    "kept",
    [
        '<div class="shared-decision"><p>Rest.</p></div>',
        '<div class="elementor-widget"><p>Rest.</p></div>',
        "<details><summary>Rest.</summary></details>",
        "<h3><button>Rest.</button></h3>",
        "<article><header><p>Rest.</p></header></article>",
    ],
)
def test_what_only_looks_so_is_kept(kept):
    assert [text for _, text in shapes(f"<p>{LONG}</p>{kept}")] == [LONG, "Rest."]


def test_a_class_does_not_hide_what_holds_the_article():
    assert shapes(f'<form class="content-sidebar-wrap"><p>{LONG}</p></form>') == [("paragraph", LONG)]


def test_a_bold_line_is_a_heading():
    assert shapes("<p><strong>How long?</strong></p><p><b>Rest is best.</b></p>") == [
        *[("heading", "How long?"), ("paragraph", "Rest is best.")],
    ]


def test_a_bold_line_above_a_break_heads_the_paragraph():
    assert shapes("<p><b>How long?</b><br>A day is enough for most people who hurt their back.</p>") == [
        *[("heading", "How long?"), ("paragraph", "A day is enough for most people who hurt their back.")],
    ]


def test_two_breaks_part_paragraphs_and_one_does_not():
    assert shapes(f"<p>{LONG}<br>{LONG}<br><br>{LONG}</p>") == [("paragraph", f"{LONG} {LONG}"), ("paragraph", LONG)]


def test_bullets_typed_between_breaks_are_items():
    assert shapes("<p>Bring:<br>- a cap<br>- a towel</p>") == [
        *[("paragraph", "Bring:"), ("item", "a cap"), ("item", "a towel")],
    ]


def test_the_name_of_an_item_above_a_break_stands_apart():
    assert shapes("<ul><li><b>Rest</b><br>A day.</li><li><b>Ice:</b> numbs.</li></ul>") == [
        *[("item", "Rest"), ("paragraph", "A day."), ("item", "Ice: numbs.")],
    ]


def test_a_table_of_data_gives_items_and_a_table_for_layout_gives_paragraphs():
    assert shapes("<table><tr><th>Sign<th>When<tr><td>ache<td>night</table>") == [
        *[("item", "Sign – When"), ("item", "ache – night")],
    ]
    assert shapes(f"<table><tr><td>Home<td><h2>Rest</h2><p>{LONG}</table>") == [
        *[("paragraph", "Home"), ("heading", "Rest"), ("paragraph", LONG)],
    ]


def test_terms_and_their_descriptions():
    assert shapes("<dl><dt>Ache</dt><dd>It dulls.</dd></dl>") == [("heading", "Ache"), ("paragraph", "It dulls.")]


def test_the_article_is_what_holds_most_of_the_running_text():
    teaser = f"<article><h2>Other</h2><p>{LONG[:30]}</p></article>"
    body = f"<main><article><h1>Baths</h1><p>{LONG}</p><p>{LONG} Again.</p></article>{teaser}{teaser}</main>"
    assert "Other" not in [text for _, text in shapes(body)]


def test_sections_that_are_articles_of_their_own_stay_together():
    body = "".join(f"<article><h2>Part {n}</h2><p>{LONG} Part {n}.</p></article>" for n in range(4))
    assert len(shapes(f"<main>{body}</main>")) == 8


def test_what_stands_above_the_title_is_dropped():
    assert shapes(f"<div>Hill Clinic</div><h1>Baths</h1><p>{LONG}</p>")[0] == ("heading", "Baths")


def test_a_fragment_gives_blocks_with_the_line_it_stands_on():
    assert read_fragment("<p>Rest.</p>", 7) == (Block(read_fragment("<p>x</p>", 1)[0].kind, "Rest.", 7),)


# --- what the page says of itself


def facts(head: str = "", body: str = "") -> dict[str, object]:
    return dict(page(f"{body}<p>{LONG}</p>", head).metadata)


def test_json_ld_is_read_wherever_it_is_nested():
    record = (
        '{"@graph":[{"@type":["MedicalWebPage"],"mainEntity":'
        '{"@type":"NewsArticle","author":[{"name":"Ann Lee"},"Bo Roe"],'
        '"datePublished":"2023-08-15T10:00:00Z","publisher":{"name":"Hill"}},"lastReviewed":"2024-01-02",'
        '"reviewedBy":{"name":"Dr. Cy Moe"}}]}'
    )
    assert facts(f'<script type="application/ld+json">{record}</script>') == {
        "author": "Ann Lee, Bo Roe",
        "reviewer": "Dr. Cy Moe",
        "published": date(2023, 8, 15),
        "reviewed": date(2024, 1, 2),
        "source": {"name": "Hill"},
    }


@pytest.mark.parametrize(
    "record", ["{", "[1, null]", '{"@type": 3}', '{"@type":"Article","author":{"name":[1]}}', '"x"', "[" * 5_000]
)
def test_broken_json_ld_is_passed_over(record):
    assert facts(f'<script type="application/ld+json">{record}</script>') == {}


def test_meta_elements_are_read():
    head = (
        '<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2023-08-15">'
        '<meta property="og:site_name" content="Hill"><link rel="canonical" href="https://hill.example/baths">'
    )
    assert facts(head) == {
        "author": "Ann Lee",
        "published": date(2023, 8, 15),
        "source": {"name": "Hill", "url": "https://hill.example/baths"},
    }


def test_microdata_and_marked_times_are_read():
    author = '<span itemprop="author"><b itemprop="name">Ann Lee</b></span>'
    body = author + '<time class="entry-date" datetime="2023-08-15T09:00">x</time>'
    assert facts(body=body) == {"author": "Ann Lee", "published": date(2023, 8, 15)}


def test_a_byline_that_is_only_shown_is_read():
    assert facts(body="<h1>Baths</h1><p>By Ann Lee | Aug 15, 2023</p>") == {
        "title": "Baths",
        "author": "Ann Lee",
        "published": date(2023, 8, 15),
    }


def test_a_byline_in_a_footer_is_read_by_its_class():
    body = (
        f'<article><h1>Baths</h1><p>{LONG}</p><footer class="submitted">By Ann Lee on Aug 15, 2023</footer></article>'
    )
    assert facts(body=body)["author"] == "Ann Lee"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="admin">',
        '<meta name="author" content="">',
        '<meta property="article:author" content="https://social.example/ann">',
        '<meta name="date" content="soon">',
        '<meta name="date" content="03/05/2024">',
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="/baths">',
        '<script type="application/ld+json">{"@type":"Article","dateModified":"2024-01-01"}</script>',
    ],
)
def test_what_is_of_no_use_stays_unknown(head):
    assert facts(head) == {}


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Baths - Hill</title>", "<h1>Baths</h1>", "Baths"),
        ("<title>Warm Baths - Hill</title>", "<h1>Hill</h1><h1>Warm Baths</h1>", "Warm Baths"),
        ('<meta property="og:title" content="Warm Baths | Hill">', "", "Warm Baths"),
        ('<title>Baths – Hill</title><meta property="og:site_name" content="Hill">', "", "Baths"),
        ("<title>Warm Baths | Hill Clinic</title>", "", "Warm Baths"),
        ('<script type="application/ld+json">{"@type":"Article","headline":"Baths"}</script>', "", "Baths"),
        ("<title> </title>", "<h1> </h1>", None),
        ("", "", None),
    ],
)
def test_title_of_the_page(head, body, title):
    assert page(f"{body}<p>{LONG}</p>", head).title == title


# --- what is refused


def test_tags_are_found_as_a_browser_finds_them():
    source = '<P a="<b>">x<!-- <i> --><script>"<u>"</script ><br/></p><1><a'
    assert [(tag.name, tag.closes) for tag in tags(source)] == [
        *[("p", False), ("script", False), ("script", True), ("br", False), ("p", True)],
    ]


@pytest.mark.parametrize(
    "source",
    ["<div>" * 501, "<b>" * 501, "<p " + "a " * 600 + ">", "<option>" * 2_001, "<div><span></div>" * 10 + "<i>" * 501],
)
def test_tangles_are_refused(source):
    if source.startswith("<p "):
        source = source.replace("a ", "a b ")
    with pytest.raises(CorpusError, match="save only the article itself"):
        refuse_tangle(source)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 400 + "</div>" * 400,
        "<p>" * 5_000,
        "<ul>" + "<li>x" * 5_000,
        "<br>" * 5_000,
        "<div><span></div>" * 5_000,
        '<img alt="' + "a b " * 5_000 + '">',
        "<!--" + "<div>" * 5_000 + "-->",
        "<script>" + "<div>" * 5_000 + "</script>",
        "a < b and c > d " * 5_000,
    ],
)
def test_large_but_ordinary_pages_are_not_refused(source):
    refuse_tangle(source)


@given(st.text(alphabet="<>/abp \"'!-=", max_size=300))
def test_any_page_is_read_or_refused(source):
    try:
        document = parse(source)
    except CorpusError:
        return
    assert all(block.text == " ".join(block.text.split()) for block in document.blocks)
