"""What is proposed to staff, to approve or reject."""

from __future__ import annotations

from flask import Response, abort

from chatbot.errors import ChatbotError
from chatbot.publishing.lists import add_out_of_scope, add_synonym
from chatbot.services import services
from chatbot.storage.suggestions import decide, waiting
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.rooms import Room, needs

room = Room("suggestions", __name__, role="author", link="Suggestions")
guard(room)


@room.get("/")
def index() -> Response:
    """Show what waits for a decision."""
    with services().database.reading() as session:
        found = waiting(session)
    return page("staff/suggestions.html", suggestions=found, may_decide=current_member().may("publisher"))


@room.post("/<int:number>/approve")
@needs("publisher")
def approve(number: int) -> Response:
    """Do what is proposed: the file is changed and the decision kept, or neither."""
    folder = services().settings.corpus
    try:
        with services().database.writing() as session:
            found = decide(session, number, "approved", by=current_member().id, at=now())
            note(session, "suggestion.approved", f"suggestion {number}", detail=found.kind)
            if found.kind == "synonym":
                add_synonym(folder, found.text, found.section)
            else:
                add_out_of_scope(folder, found.text)
    except ChatbotError as error:
        abort(409, str(error))
    say("Approved. Visitors get it within two seconds." if found.kind == "synonym" else "Approved.")
    return back_to("staff_suggestions.index")


@room.post("/<int:number>/reject")
@needs("publisher")
def reject(number: int) -> Response:
    """Leave everything as it is."""
    try:
        with services().database.writing() as session:
            decide(session, number, "rejected", by=current_member().id, at=now())
            note(session, "suggestion.rejected", f"suggestion {number}")
    except ChatbotError as error:
        abort(409, str(error))
    say("Rejected: nothing has changed.")
    return back_to("staff_suggestions.index")
