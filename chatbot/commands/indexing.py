"""`flask corpus index`: bring the articles into an engine outside the server's processes."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from chatbot.errors import EngineUnavailable
from chatbot.services import services


@click.command("index", epilog="Example: flask corpus index --engine opensearch")
@click.option("--engine", type=click.Choice(["opensearch"]), default="opensearch", help="Where the passages go.")
@with_appcontext
def corpus_index(engine: str) -> None:
    """Bring the articles as they stand now into the engine at CHATBOT_OPENSEARCH_URL, and switch to them in one step.

    The server does this by itself after every change; call it to fill a new cluster before it is used.
    """
    library = services().library
    if library.remote is None:
        raise click.UsageError(f"set CHATBOT_ENGINE={engine} and CHATBOT_OPENSEARCH_URL first")
    now = library.snapshot()
    try:
        known = library.remote.is_indexed(now.index_version)
        count = library.remote.index(now.embedded, now.index_version)
    except EngineUnavailable as error:
        click.echo(f"{error} Nothing was changed; look after the cluster and call this again.", err=True)
        sys.exit(1)
    done = "are there already" if known else "were indexed, and are asked from now on"
    click.echo(f"{count} passages of version {now.index_version} {done}.")
