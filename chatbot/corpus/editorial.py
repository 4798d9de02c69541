"""The editor's helper: what the house's guide asks of an article, checked by machine.

Errors stop publishing: a dose, a promise or a word of advertising, a reference without address, a link that leads
nowhere, and in an article on treatment no references, no off-label sentence, no link to the risks or no section on
getting help. Advice does not: length, style, "you should", reading grade, an overdue review, repetition, numbers that
may not agree.
A page brought in as it is (HTML or plain text has no room for references) gets all of it as advice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from chatbot.corpus.grade import Readability, readability
from chatbot.corpus.repetition import conflicting_numbers, near_duplicates
from chatbot.corpus.wording import claims, opening_pronoun, promises, tellings
from chatbot.text.dosing import doses
from chatbot.text.subject import RISKS, TREATMENT
from chatbot.values import Article, Passage, Problem

PARAGRAPH_WORDS = (40, 120)
LIST_ITEMS = 7
GRADE = 8.0
# Flesch-Kincaid, for a reading age of 12 to 14
OFF_LABEL = re.compile(r"\boff[-\s‑]label\b", re.IGNORECASE)
HELP_HEADING = "When to get help now"

_LINK = re.compile(r"\]\(\s*([^()\s]+)(?:\s[^()]*)?\)|\bhref\s*=\s*[\"']([^\"']+)[\"']")

Severity = Literal["error", "advice"]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article beside the file that it was read from: links and lines stand only there."""

    article: Article
    text: str
    # the whole file


Finding = tuple[int, str, Severity]
# line, what and how to mend it, and whether it stops publishing


def review(manuscripts: Sequence[Manuscript], today: date) -> tuple[Problem, ...]:
    """Read every article as an editor would and return what there is to mend, sorted by file and line."""
    anchors = {each.article.slug: {passage.anchor for passage in each.article.passages} for each in manuscripts}
    problems = [problem for each in manuscripts for problem in _article_problems(each, anchors, today)]
    problems += _across(manuscripts)
    return tuple(sorted(problems, key=lambda problem: (problem.path, problem.line, problem.message)))


def article_readability(article: Article) -> Readability:
    """Measure the article's passages, each opening sentence of a list once."""
    texts = dict.fromkeys(text for passage in article.passages for text in (passage.lead_in, own_text(passage)) if text)
    return readability(list(texts))


def own_text(passage: Passage) -> str:
    """Return the passage without the sentence that opens its list."""
    return passage.text.removeprefix(passage.lead_in).lstrip() if passage.lead_in else passage.text


def line_of(manuscript: Manuscript, text: str) -> int:
    """Return the line of the file where the text begins, by its first words; 1 when it is not found."""
    start = " ".join(_plain(text).split()[:6])
    for number, line in enumerate(manuscript.text.splitlines(), start=1):
        if start and start in _plain(line):
            return number
    return 1


def _article_problems(each: Manuscript, anchors: dict[str, set[str]], today: date) -> Iterator[Problem]:
    checks: tuple[Callable[[Manuscript], Iterator[Finding]], ...] = (
        _doses,
        _claims,
        _promises,
        _tellings,
        _openings,
        _lengths,
        _long_lists,
        _references,
        _treatment,
        _grade,
    )
    findings = [finding for check in checks for finding in check(each)]
    findings += [*_links(each, anchors), *_dates(each.article, today)]
    for line, message, severity in findings:
        problem = Problem(each.article.source.path, line, message, severity)
        yield problem if _is_written_here(each) else replace(problem, severity="advice")


def _doses(each: Manuscript) -> Iterator[Finding]:
    for text in _texts(each.article):
        for amount in doses(text):
            message = f'"{amount}" reads as a dose; articles name no amounts and no schedules, take it out'
            yield line_of(each, text), message, "error"


def _claims(each: Manuscript) -> Iterator[Finding]:
    for text in _texts(each.article):
        for claim in claims(text):
            yield line_of(each, text), f'"{claim}" promises or advertises; say what was found instead', "error"


def _promises(each: Manuscript) -> Iterator[Finding]:
    for text in _texts(each.article):
        for word in promises(text):
            yield line_of(each, text), f'"{word}" may promise too much; hedge it or choose another word', "advice"


def _tellings(each: Manuscript) -> Iterator[Finding]:
    help_text = {own_text(passage) for passage in each.article.passages if HELP_HEADING in passage.headings}
    for text in _texts(each.article):
        for words in tellings(text) if text not in help_text else ():
            message = f'"{words}" tells the reader what to do; say what is known, or what to ask'
            yield line_of(each, text), message, "advice"


def _openings(each: Manuscript) -> Iterator[Finding]:
    for passage in each.article.passages:
        pronoun = opening_pronoun(passage.text)
        if pronoun:
            message = f'the paragraph begins with "{pronoun}"; name its subject, because it is shown alone'
            yield line_of(each, passage.text), message, "advice"


def _lengths(each: Manuscript) -> Iterator[Finding]:
    fewest, most = PARAGRAPH_WORDS
    for passage in each.article.passages:
        words = len(passage.text.split())
        # An item or a list may be short: its opening sentence carries it.
        is_listed = bool(passage.lead_in) or "\n" in passage.text
        if words > most or (words < fewest and not is_listed):
            message = f"the paragraph has {words} words; {fewest} to {most} read well alone"
            yield line_of(each, own_text(passage)), message, "advice"


def _long_lists(each: Manuscript) -> Iterator[Finding]:
    leads = [passage.lead_in for passage in each.article.passages if passage.lead_in]
    for lead in dict.fromkeys(leads):
        if leads.count(lead) > LIST_ITEMS:
            message = f"the list has {leads.count(lead)} items; split it into lists of at most {LIST_ITEMS}"
            yield line_of(each, lead), message, "advice"


def _references(each: Manuscript) -> Iterator[Finding]:
    if not each.article.references and _is_on_treatment(each.article):
        yield 1, "the article has no references; list the sources of its claims in the front matter", "error"
    for reference in each.article.references:
        if not reference.url:
            message = f'the reference "{reference.text}" has no address; add its url or doi'
            yield _reference_line(each, reference.text), message, "error"


def _treatment(each: Manuscript) -> Iterator[Finding]:
    article = each.article
    if not _is_on_treatment(article):
        return
    if not any(OFF_LABEL.search(passage.text) for passage in article.passages):
        yield 1, "no sentence says that the treatment is off-label; add one", "error"
    if RISKS not in article.slug and not any(_leads_to_risks(link) for _, link in _addresses(each)):
        yield 1, "no link leads to the article on risks; add one where a benefit is named", "error"
    if not any(HELP_HEADING in passage.headings for passage in article.passages):
        yield 1, f'there is no section "{HELP_HEADING}"; end the article with it', "error"


def _grade(each: Manuscript) -> Iterator[Finding]:
    grade = article_readability(each.article).grade
    if grade > GRADE:
        yield 1, f"the reading grade is {grade:.1f}; shorter sentences and words bring it to {GRADE:.0f}", "advice"


def _links(each: Manuscript, anchors: dict[str, set[str]]) -> Iterator[Finding]:
    for line, link in _addresses(each):
        page, _, anchor = link.partition("#")
        slug = page.removeprefix("/articles/").rstrip("/")
        if page.startswith("/articles/") and slug and slug not in anchors:
            yield line, f"the link {link} leads to no article here", "error"
        elif page.startswith("/articles/") and slug and anchor and anchor not in anchors[slug]:
            yield line, f'the link {link} leads to the right article, but it has no passage "{anchor}"', "error"
        elif re.fullmatch(r"[^:/]+\.(?:md|html?|txt)", page):
            yield line, f"the link {link} names a file; write it as /articles/{page.rpartition('.')[0]}", "error"


def _dates(article: Article, today: date) -> Iterator[Finding]:
    due = article.source.review_by
    if due and due < today:
        yield 1, f"the review was due on {due}; review the article and set a new review_by", "advice"


def _across(manuscripts: Sequence[Manuscript]) -> Iterator[Problem]:
    places = [(each, passage) for each in manuscripts for passage in each.article.passages]
    texts = [own_text(passage) for _, passage in places]

    def at(position: int, message: str) -> Problem:
        manuscript, passage = places[position]
        return Problem(manuscript.article.source.path, line_of(manuscript, own_text(passage)), message, "advice")

    for first, second, share in near_duplicates(texts):
        yield at(second, f"{share:.0%} of this paragraph stands in {places[first][1].id} too; link to it instead")
    for found in conflicting_numbers(texts):
        mine, theirs = found.values
        message = f'"{theirs} {found.quantity}" here, "{mine} {found.quantity}" in {places[found.first][1].id}'
        yield at(found.second, f"{message}: check which number is right")


def _texts(article: Article) -> list[str]:
    # The opening sentence of a list stands in each of its items; it is looked at once.
    own = [text for passage in article.passages for text in (passage.lead_in, own_text(passage)) if text]
    headings = [heading for passage in article.passages for heading in passage.headings]
    return list(dict.fromkeys([article.title, article.summary or "", *headings, *own]))


def _is_written_here(each: Manuscript) -> bool:
    return each.article.source.path.endswith(".md")


def _is_on_treatment(article: Article) -> bool:
    return any(TREATMENT.search(passage.text) for passage in article.passages)


def _addresses(each: Manuscript) -> list[tuple[int, str]]:
    lines = enumerate(each.text.splitlines(), start=1)
    return [(number, match[1] or match[2]) for number, line in lines for match in _LINK.finditer(line)]


def _leads_to_risks(link: str) -> bool:
    return link.startswith("/articles/") and RISKS in link.partition("#")[0]


def _reference_line(each: Manuscript, text: str) -> int:
    # The reader joins a reference's parts with full stops; the longest part is its title, as the file has it.
    return line_of(each, max(text.split(". "), key=len))


def _plain(text: str) -> str:
    unlinked = re.sub(r"!?\[([^\][]*)\]\([^()]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`#>]|<[^<>]*>", " ", unlinked).split())
