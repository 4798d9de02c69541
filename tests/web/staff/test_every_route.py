"""Every route of the console × every role. A route that is not in the table fails, so nobody forgets to think of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from chatbot.app import create_app
from chatbot.settings import Settings
from chatbot.storage.accounts import ROLES
from chatbot.web.staff.rooms import Room, role_of
from tests.web.staff.conftest import HOME, Browser

# endpoint -> the lowest role that may call it; "" is everybody
EXPECTED = {
    "staff_accounts.add": "admin",
    "staff_accounts.edit": "admin",
    "staff_accounts.index": "admin",
    "staff_articles.article": "author",
    "staff_articles.begin": "author",
    "staff_articles.cancel": "publisher",
    "staff_articles.edit": "author",
    "staff_articles.index": "author",
    "staff_articles.restore": "publisher",
    "staff_articles.revision": "author",
    "staff_articles.verify": "reviewer",
    "staff_articles.weigh_withdrawal": "publisher",
    "staff_articles.withdraw": "publisher",
    "staff_audit.check": "admin",
    "staff_audit.export": "admin",
    "staff_audit.index": "admin",
    "staff_bench.ask": "author",
    "staff_bench.index": "author",
    "staff_bring_in.begin": "author",
    "staff_bring_in.index": "author",
    "staff_bring_in.job": "author",
    "staff_bring_in.choose": "author",
    "staff_bring_in.save": "author",
    "staff_bring_in.show": "author",
    "staff_door.enter": "",
    "staff_door.sign_in": "",
    "staff_door.sign_out": "author",
    "staff_drafts.autosave": "author",
    "staff_drafts.check": "author",
    "staff_drafts.drop": "author",
    "staff_drafts.edit": "author",
    "staff_drafts.hand_in": "author",
    "staff_drafts.opinion": "reviewer",
    "staff_drafts.publish": "publisher",
    "staff_drafts.save": "author",
    "staff_drafts.show": "author",
    "staff_drafts.take_back": "author",
    "staff_drafts.take_new_base": "author",
    "staff_factor.begin": "author",
    "staff_factor.turn_off": "author",
    "staff_factor.turn_on": "author",
    "staff_own.change_password": "author",
    "staff_own.end_session": "author",
    "staff_own.erase": "author",
    "staff_own.export": "author",
    "staff_own.index": "author",
    "staff_learn.dismiss": "author",
    "staff_learn.draft": "author",
    "staff_learn.group": "author",
    "staff_learn.index": "author",
    "staff_learn.out_of_scope": "author",
    "staff_learn.question": "author",
    "staff_learn.synonym": "author",
    "staff_start.index": "author",
    "staff_suggestions.approve": "publisher",
    "staff_suggestions.index": "author",
    "staff_suggestions.reject": "publisher",
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WHO = ("", *ROLES)

AsRole = Callable[[str], Browser]


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff")]


def calls(app: Flask, methods: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield the endpoint, method and a filled-in address of each call."""
    for rule in rules(app):
        values = {
            name: 1 if type(converter).__name__ == "IntegerConverter" else "x"
            for name, converter in rule._converters.items()
        }
        _, path = rule.build({**(rule.defaults or {}), **values}) or ("", "")
        for method in sorted(set(rule.methods or ()) & set(methods)):
            yield rule.endpoint, method, path


ANY_APP = create_app(Settings()).extensions["chatbot.console"].console
EVERY_CALL = list(calls(ANY_APP, ("GET", *UNSAFE)))
UNSAFE_CALLS = [call for call in EVERY_CALL if call[1] != "GET"]


def test_every_route_is_in_the_table_and_has_the_role_that_it_says() -> None:
    found = {rule.endpoint: role_of(ANY_APP, rule.endpoint) or "" for rule in rules(ANY_APP)}
    assert found == EXPECTED


def test_console_is_made_of_guarded_rooms_only() -> None:
    for rule in rules(ANY_APP):
        room = ANY_APP.blueprints[rule.endpoint.rpartition(".")[0]]
        assert isinstance(room, Room)
        assert "_judge" in {step.__name__ for step in ANY_APP.before_request_funcs[room.name]}


def test_part_that_is_no_room_has_no_role() -> None:
    with pytest.raises(LookupError):
        role_of(ANY_APP, "chat.chat")


@pytest.mark.parametrize(("endpoint", "method", "path"), EVERY_CALL, ids=str)
def test_route_lets_in_exactly_its_roles(as_role: AsRole, endpoint: str, method: str, path: str) -> None:
    needed = EXPECTED[endpoint]
    for who in WHO:
        browser = as_role(who)
        reply = browser.get(path) if method == "GET" else browser.post(path)
        if needed and not who:
            assert reply.status_code == (303 if method == "GET" else 401)
            assert "/staff/sign-in" in (reply.location or reply.text)
        elif needed and WHO.index(who) < WHO.index(needed):
            assert reply.status_code == 403
            assert f"for the role {needed}" in reply.text
        else:
            assert "for the role" not in reply.text
            assert "/staff/sign-in" not in (reply.location or "") or endpoint == "staff_door.sign_out"
            assert reply.status_code < 500


@pytest.mark.parametrize(("endpoint", "method", "path"), UNSAFE_CALLS, ids=str)
@pytest.mark.parametrize(
    ("headers", "with_token"),
    [
        ({"Origin": HOME, "Sec-Fetch-Site": "same-origin"}, False),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://chat.example"}, True),
        ({"Origin": HOME, "Sec-Fetch-Site": "cross-site"}, True),
        ({"Origin": HOME, "Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({}, True),
    ],
    ids=["no token", "other site", "null", "no TLS", "cross-site", "same-site", "typed address", "says nothing"],
)
def test_unsafe_route_does_nothing_without_its_guard(
    as_role: AsRole, endpoint: str, method: str, path: str, headers: dict[str, str], with_token: bool
) -> None:
    browser = as_role("admin")
    form = {"token": browser.form_token} if with_token else {}
    reply = browser.client.open(path, method=method, data=form, headers=headers, base_url=HOME)
    assert reply.status_code == 403
    assert "nothing was done" in reply.text
    assert browser.get("/staff/").status_code == 200


@pytest.mark.parametrize("path", sorted({path for _, method, path in EVERY_CALL if method == "GET"}))
def test_page_of_the_console_is_never_framed_and_never_kept(as_role: AsRole, path: str) -> None:
    headers = as_role("admin").get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
