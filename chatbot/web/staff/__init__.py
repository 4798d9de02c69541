"""The staff console: pages below /staff/ for those who keep the articles right.

How a part is added:

1. A file beside this one makes a room and puts it under guard:

       room = Room("drafts", __name__, role="author", link="Drafts")
       guard(room)

       @room.get("/")
       def index() -> Response:
           with services().database.reading() as session:
               found = drafts.open_drafts(session)
           return page("staff/drafts.html", drafts=found)

       @room.post("/<int:number>/publish")
       @needs("publisher")
       def publish(number: int) -> Response: ...

   Its addresses begin with /staff/drafts, its endpoints with `staff_drafts.`; a room with a `link` stands in the
   navigation of those who may enter it and needs a view `index`. Roles go up: author, reviewer, publisher, admin; each
   may do what those before it may. `@takes(11 * 2**20)` lets a view be sent more than 1 MB.
2. It is named in ROOMS below, which is also the order of the navigation.
3. Its template extends "staff/base.html". Every form is `<form method="post">` and begins with
   `{{ parts.form_token() }}` (see "staff/_parts.html"); a script sends the token, which stands in
   `<meta name="form-token">`, as the header X-Form-Token.
4. Storage is written in `with services().database.writing() as session:`, short, with nothing slow inside, and
   `note(session, "draft.published", slug, before=…, after=…)` writes the audit line in the same step. Then
   `say("Published.")` and `return back_to("staff_drafts.index")`. Queries live in `chatbot/storage/`: SQLAlchemy is
   not imported here (`from chatbot.storage.database import Session` names the session's type).
5. `tests/web/staff/test_every_route.py` finds the new routes by itself and fails until each stands in its table.

Who is signed in is `current_member()`. A view's errors: `abort(404, "There is no such draft.")` shows a page.
"""

from __future__ import annotations

from flask import Flask

from chatbot.web.staff import (
    articles,
    audit,
    bench,
    bring_in_result,
    deciding,
    door,
    factor,
    learn,
    own,
    people,
    start,
    suggested,
)

ROOMS = (
    door.room,
    start.room,
    articles.room,
    bring_in_result.room,
    deciding.room,
    learn.room,
    suggested.room,
    bench.room,
    own.room,
    factor.room,
    people.room,
    audit.room,
)


def register(app: Flask) -> None:
    """Add the console to the app."""
    for room in ROOMS:
        app.register_blueprint(room)
