"""What every part of the console is made of: a blueprint that lets nobody in whom its role does not name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Flask

from chatbot.storage.accounts import Role

View = TypeVar("View", bound=Callable[..., object])


class Room(Blueprint):
    """A part of the console below /staff/NAME.

    role: who may enter; None: everybody, for the pages of signing in alone. link: words for the navigation, which lead
    to the room's view `index`; empty: not in the navigation.
    """

    def __init__(self, name: str, module: str, *, role: Role | None, link: str = "", at_root: bool = False) -> None:
        super().__init__(f"staff_{name}", module, url_prefix="/staff" if at_root else f"/staff/{name}")
        self.role = role
        self.link = link


def needs(role: Role) -> Callable[[View], View]:
    """Let only this role and those above it call a view, where its room lets in more."""

    def mark(view: View) -> View:
        view.staff_role = role  # type: ignore[attr-defined]
        return view

    return mark


def takes(size: int) -> Callable[[View], View]:
    """Let a view be sent so many bytes; without this it is BODY_LIMIT."""

    def mark(view: View) -> View:
        view.staff_body = size  # type: ignore[attr-defined]
        return view

    return mark


def before_change(view: View) -> View:
    """Let a view be called even by a member who must change their password first."""
    view.staff_before_change = True  # type: ignore[attr-defined]
    return view


def role_of(app: Flask, endpoint: str) -> Role | None:
    """Return who may call an endpoint of the console; None: everybody. Raises LookupError for any other endpoint."""
    room = app.blueprints.get(endpoint.rpartition(".")[0])
    if not isinstance(room, Room):
        raise LookupError(f"{endpoint} is no part of the console")
    own: Role | None = getattr(app.view_functions[endpoint], "staff_role", None)
    return own or room.role
