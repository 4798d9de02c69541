"""The README tells of every setting and every command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from chatbot.app import create_app
from chatbot.commands.ours import OURS
from chatbot.settings import variables

README = Path("README.md").read_text("utf-8")


@pytest.mark.parametrize("variable", variables())
def test_every_setting_is_in_the_readme(variable: str) -> None:
    assert f"`{variable}`" in README


def own_commands() -> list[str]:
    found: list[str] = []
    for command in OURS:
        name = str(command.name)
        found += [f"{name} {sub}" for sub in command.commands] if isinstance(command, click.Group) else [name]
    return found


def test_every_command_is_in_the_readme() -> None:
    known = own_commands()
    assert len(known) >= 3
    assert [command for command in known if f"`flask {command}" not in README] == []


def test_every_command_shows_an_example_in_its_help() -> None:
    runner = create_app().test_cli_runner()
    for command in own_commands():
        assert "Example: flask" in runner.invoke(args=[*command.split(), "--help"]).output


def test_the_readme_shows_the_chat() -> None:
    assert "](screenshot.png)" in README
    assert Path("screenshot.png").stat().st_size > 10_000
