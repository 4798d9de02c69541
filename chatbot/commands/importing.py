"""`flask corpus import`: documents become drafts in a folder of articles."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from chatbot.corpus.files import articles_folder
from chatbot.corpus.importing.documents import LARGEST_BYTES, Member
from chatbot.corpus.importing.parts import Imported, ImportRefused
from chatbot.corpus.importing.placing import free_slug, taken_slugs, write_draft
from chatbot.corpus.importing.sandbox import Outcome, import_file, import_page
from chatbot.services import services

_WEB = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
SWITCHED_OFF = "Bringing in by web address is switched off; the setting CHATBOT_IMPORT_FROM_WEB turns it on."


@click.command("import", epilog="Example: flask corpus import leaflet.docx folder/*.pdf --into corpus")
@click.argument("sources", nargs=-1, required=True, metavar="FILE…|URL…")
@click.option(
    "--into", "folder", required=True, type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of the corpus; the drafts go where its articles are.",
)  # fmt: skip
@click.option(
    "--replace", "replacing", is_flag=True, help="Write over an article of the same name; it becomes a draft."
)
@click.option("--rename", is_flag=True, help="Give a draft whose name is taken a number: sciatica-2.")
@click.option("--left-out", "show", is_flag=True, help="Show what was left out of each document, and why.")
@with_appcontext
def corpus_import(sources: tuple[str, ...], *, folder: Path, replacing: bool, rename: bool, show: bool) -> None:
    """Bring in Word, PDF, HTML, Markdown and text files, a .zip of them, or web addresses as drafts.

    A draft is not served until its front matter says "status: published". What could not be brought in is named with
    the reason, and the exit code is 1 then; everything else is brought in all the same.
    """
    place = _Place(folder, replacing=replacing, rename=rename)
    refused = 0
    for source in sources:
        for outcome in _outcomes(source):
            _clear()
            refused += not _kept(outcome, place, show=show)
    if refused:
        sys.exit(1)


def _kept(outcome: Outcome, place: _Place, *, show: bool) -> bool:
    """Write one draft, say so, and return whether it was written."""
    try:
        if outcome.imported is None:
            raise ImportRefused(outcome.refused)
        path = place.put(outcome.imported)
    except ImportRefused as error:
        click.echo(f"{outcome.name}: {error}", err=True)
        return False
    imported = outcome.imported
    click.echo(f"{outcome.name} → {path}: {len(imported.kept)} of {len(imported.parts)} blocks kept, a draft")
    for warning in imported.warnings:
        click.echo(f"  {warning}")
    for part in imported.left_out if show else ():
        click.echo(f"  - {part.block.text[:70]} ({part.reason})")
    return True


@dataclass
class _Place:
    """Where the drafts go, and which names are taken there."""

    folder: Path
    replacing: bool
    rename: bool
    taken: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.taken = taken_slugs(self.folder)

    def put(self, imported: Imported) -> Path:
        """Write a draft; raises ImportRefused where its name is taken and nobody said what then."""
        slug = imported.slug
        file = self.taken.get(slug)
        if file and self.rename:
            slug = free_slug(slug, self.taken)
            imported = replace(imported, metadata={**imported.metadata, "slug": slug})
        elif file and not self.replacing:
            raise ImportRefused(f'An article "{slug}" is there already ({file}); give --replace or --rename.')
        elif file and file != f"{slug}.md":
            raise ImportRefused(f'The article "{slug}" is {file}, which a draft cannot replace; give --rename.')
        path = write_draft(articles_folder(self.folder), slug, imported.markdown, replace=self.replacing)
        self.taken[slug] = path.name
        return path


def _outcomes(source: str) -> Iterator[Outcome]:
    try:
        yield from _from_web(source) if _WEB.match(source) else import_file(_bytes(source), source, _show)
    except ImportRefused as error:
        yield Outcome(source, refused=str(error))


def _from_web(address: str) -> Iterator[Outcome]:
    # Late: no other command needs the network.
    from chatbot.corpus.importing.fetching import Fetcher  # noqa: PLC0415

    hosts = services().settings.import_from_web
    if not hosts:
        raise ImportRefused(SWITCHED_OFF)
    found = Fetcher(hosts).fetch(address)
    yield import_page(found.data, found.name, address=found.address, charset=found.charset)


def _bytes(source: str) -> bytes:
    try:
        with Path(source).open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise ImportRefused(f"This file cannot be read ({error.strerror}).") from error


def _show(member: Member) -> None:
    """Say on a terminal which document is read; nothing in a pipe."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[Kreading {member.number + 1} of {member.count}: {member.name}", nl=False, err=True)


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
