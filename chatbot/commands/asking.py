"""`flask ask`: a question on the terminal."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from chatbot.answering.transcript import explanation, transcript
from chatbot.commands.telling import told
from chatbot.replies import explained
from chatbot.services import services
from chatbot.values import Question


@click.command("ask", epilog='Example: flask ask "does ketamine help sciatica?" --why')
@click.argument("question")
@click.option("--history", multiple=True, help="An earlier question of the conversation; give it again for more.")
@click.option("--limit", type=click.IntRange(1, 10), default=3, show_default=True, help="Passages shown at most.")
@click.option("--why", is_flag=True, help="Show what was looked for, what was found, and what each signal added.")
@with_appcontext
def ask(question: str, history: tuple[str, ...], limit: int, why: bool) -> None:
    """Answer a question as a visitor would be answered."""
    asked, ours = Question(question, history), services()
    with told():
        click.echo(transcript(ours.ask(asked, limit), datetime.now(UTC).date()))
        if why:
            click.echo(
                "\n"
                + explanation(
                    explained(ours.library.snapshot(), asked, rules=ours.rules, settings=ours.settings, limit=limit)
                )
            )
