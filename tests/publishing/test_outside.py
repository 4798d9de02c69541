from __future__ import annotations

from chatbot.publishing.live import Order, publish
from chatbot.publishing.outside import notice
from chatbot.storage import revisions
from tests.publishing.conftest import AT, KNEE, Office


def whys(office: Office, slug: str = "knee") -> list[tuple[str, str]]:
    with office.desk.database.reading() as session:
        return [(each.kind, each.why) for each in reversed(revisions.history(session, slug))]


def look(office: Office) -> int:
    office.desk.library.refresh()
    return notice(office.desk, AT)


def test_first_look_records_every_article_and_the_next_one_nothing(both: Office) -> None:
    assert look(both) == 3
    assert whys(both) == [("outside", "first seen in the folder")]
    assert look(both) == 0
    assert both.audit() == ["article.outside"] * 3


def test_edit_by_hand_becomes_a_revision_with_its_text(office: Office) -> None:
    look(office)
    (office.desk.folder / "articles" / "knee.md").write_text(KNEE.replace("ache", "pain"))
    assert look(office) == 1
    with office.desk.database.reading() as session:
        newest = revisions.history(session, "knee")[0]
    assert newest.source == KNEE.replace("ache", "pain")
    assert "by git or by hand" in newest.why


def test_file_that_was_taken_out_is_told_from_one_that_cannot_be_read(office: Office) -> None:
    look(office)
    path = office.desk.folder / "articles" / "knee.md"
    path.write_text("---\ntitle: broken")
    assert look(office) == 0
    path.unlink()
    assert look(office) == 1
    assert whys(office)[-1] == ("outside", "taken out of the folder, by git or by hand")
    path.write_text(KNEE)
    look(office)
    assert [why for _, why in whys(office)][-1].startswith("changed in the folder")


def test_what_was_published_from_here_is_not_from_outside(office: Office) -> None:
    look(office)
    draft = office.draft()
    publish(office.desk, draft.id, draft.edits, Order(AT))
    assert look(office) == 0


def test_refused_change_that_is_mended_is_noticed_once(office: Office) -> None:
    look(office)
    path = office.desk.folder / "articles" / "knee.md"
    path.write_bytes(b"\xff\xfe")
    look(office)
    path.write_text(KNEE)
    assert look(office) == 0
