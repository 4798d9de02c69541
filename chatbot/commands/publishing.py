"""`flask corpus digest|publish|withdraw|restore|due`: the console's steps for people at the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import msgspec
from flask.cli import with_appcontext

from chatbot.commands.corpus import corpus
from chatbot.commands.telling import told
from chatbot.publishing import digest as digests
from chatbot.publishing import live
from chatbot.publishing.live import Order
from chatbot.publishing.outside import notice
from chatbot.publishing.schedule import carry_out_due
from chatbot.publishing.steps import UNRECORDED, recover
from chatbot.services import services
from chatbot.storage import drafts, revisions

__all__ = ["corpus"]
# the group, with the commands below added

LIVE = "It is live. Running servers serve it within 2 seconds."
WHY = click.option("--why", required=True, help="For the history.")


@corpus.command("digest", epilog="Example: flask corpus digest")
@click.option("--json", "as_document", is_flag=True, help="Print it as JSON.")
@with_appcontext
def corpus_digest(as_document: bool) -> None:
    """Say what waits for staff: reviews that are overdue or due, drafts, refused files, steps that were stopped."""
    with told():
        found = digests.digest(services().desk, _now())
    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() if as_document else as_text(found))


@corpus.command("publish", epilog='Example: flask corpus publish 7 --why "the new trial"')
@click.argument("draft", type=int)
@click.option("--why", default="", help="For the history.")
@click.option("--override", default="", help="Why it is right that golden questions are lost.")
@with_appcontext
def corpus_publish(draft: int, why: str, override: str) -> None:
    """Publish DRAFT, by its number, as it was approved; without a number that fits, the drafts are listed."""
    desk = services().desk
    with told():
        with desk.database.reading() as session:
            found = drafts.find(session, draft)
            others = drafts.open_drafts(session)
        if found is None:
            listed = "\n".join(f"  {each.id}  {each.slug}, {each.state}" for each in others) or "  none"
            raise click.ClickException(f"There is no draft {draft}. Open drafts:\n{listed}")
        _say(live.publish(desk, draft, found.edits, Order(_now(), None, why, override)))


@corpus.command("withdraw", epilog='Example: flask corpus withdraw sciatica --why "a claim is wrong"')
@click.argument("slug")
@WHY
@with_appcontext
def corpus_withdraw(slug: str, why: str) -> None:
    """Take the article SLUG away; its file is moved to the folder `withdrawn`."""
    with told():
        _say(live.withdraw(services().desk, slug, Order(_now(), None, why)), "It is withdrawn.")


@corpus.command("restore", epilog='Example: flask corpus restore sciatica 12 --why "the old words were right"')
@click.argument("slug")
@click.argument("revision", type=int, required=False)
@click.option("--why", default="", help="For the history.")
@click.option("--override", default="", help="Why it is right that golden questions are lost.")
@with_appcontext
def corpus_restore(slug: str, revision: int | None, why: str, override: str) -> None:
    """Publish REVISION of the article SLUG again; without a number its revisions are listed."""
    desk = services().desk
    with told():
        with desk.database.reading() as session:
            history = revisions.history(session, slug)
        if revision is None:
            for each in history:
                click.echo(f"{each.id:>6}  {each.at:%Y-%m-%d %H:%M}  {each.kind}  {each.why}".rstrip())
            return
        if revision not in {each.id for each in history}:
            raise click.ClickException(f"{slug} has no revision {revision}; flask corpus restore {slug} lists them.")
        _say(live.restore(desk, revision, Order(_now(), None, why, override)))


@corpus.command("due", epilog="Example: flask corpus due")
@with_appcontext
def corpus_due() -> None:
    """Do what is scheduled and due, record edits from outside, and mend what was cut off.

    A running server does all of this by itself every ten seconds.
    """
    desk = services().desk
    with told():
        mended = recover(desk)
        noticed = notice(desk, _now())
        done = carry_out_due(desk, _now())
    for step, outcome in done:
        click.echo(f"{step.action} {step.slug}: {outcome}")
    click.echo(f"{len(done)} scheduled steps, {noticed} edits from outside recorded, {mended} cut-off steps mended")


def as_text(found: digests.Digest) -> str:
    """Return the digest as a mail would have it; what is empty is left out."""
    parts = [f"Articles on {found.day}"]
    for title, due in (
        ("Review overdue", found.overdue),
        ("Review due within 7 days", found.within_7_days),
        ("Review due within 30 days", found.within_30_days),
    ):
        parts += _listed(title, [f"{each.review_by}  {each.slug}: {each.title}" for each in due])
    parts += _listed("No review date", list(found.without_date))
    parts += _listed("Files that are refused", [str(problem) for problem in found.refused])
    for title, waiting in (
        ("Waiting for review", found.in_review),
        ("Approved, waiting to be published", found.approved),
        ("Scheduled", found.scheduled),
        ("Scheduled, but stopped", found.stopped),
    ):
        parts += _listed(title, [_waiting(each) for each in waiting])
    return "\n".join(parts if len(parts) > 1 else [*parts, "", "Nothing waits."])


def _listed(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}: {len(lines)}", *(f"  {line}" for line in lines)] if lines else []


def _waiting(each: digests.Waiting) -> str:
    about = [each.since, each.slug, f"by {each.who}" if each.who else "", each.words]
    return "  ".join(filter(None, about))


def _say(recorded: bool, words: str = LIVE) -> None:
    click.echo(words if recorded else UNRECORDED)


def _now() -> datetime:
    return datetime.now(tz=UTC)
