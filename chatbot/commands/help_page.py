"""`flask help-page`: what the front server shows when nothing behind it answers."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from markupsafe import Markup

from chatbot.answering.notices import all_resources, disclaimer, general_help
from chatbot.services import Services, services


@click.command("help-page", epilog="Example: flask help-page deploy/when-down/help.html")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def help_page(file: Path) -> None:
    """Write the page with help lines and disclaimer that a front server shows when all else is down."""
    try:
        file.write_text(page(services()), "utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error
    click.echo(f"{file} is written. Write it again after each change of the settings or of the help lines.")


def page(wired: Services) -> str:
    """Return the page: one file that needs no other, the same for the same settings and rules.

    Its style stands inside, since whatever a link leads to is down as well; the page's own policy allows this very
    style by its hash and nothing else.
    """
    settings, regions = wired.settings, all_resources(wired.rules)
    # Not render_template: that fills in what belongs to a visitor's request.
    templates = current_app.jinja_env
    style = templates.get_template("when_down.css").render()
    return templates.get_template("when_down.html").render(
        site_name=settings.name,
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
        help=general_help(settings.region),
        own=next(region for region in regions if region.code == settings.region),
        others=[region for region in regions if region.code != settings.region],
        disclaimer=disclaimer(settings),
    )
