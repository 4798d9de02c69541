"""Imports go down only; what stands on which floor is said in FLOORS, and nothing else knows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# The longest name that begins a module's name decides; strangers on one floor have different rooms.
FLOORS: Mapping[str, float] = {
    "wsgi": 6.5,
    "chatbot.app": 6,
    "chatbot.web": 5,
    "chatbot.commands": 5,
    "chatbot.services": 4.5,
    "chatbot.office": 4.4,
    "chatbot.housekeeping": 4,
    "chatbot.library": 4,
    "chatbot.journal": 4,
    "chatbot.intake": 4,
    "chatbot.publishing": 4.25,  # tries a version of the library's before it writes one
    "chatbot.replies": 4.1,
    "chatbot.shelf": 3.75,
    "chatbot.snapshots": 3.5,
    "chatbot.corpus": 3,
    "chatbot.retrieval": 3,
    "chatbot.answering": 3,
    "chatbot.storage": 3,
    "chatbot.text": 2,
    "chatbot.settings": 1,
    "chatbot.loglines": 1,
    "chatbot.kept": 1,
    "chatbot.values": 0,
    "chatbot.errors": 0.5,  # carries values
    "chatbot": 0,
}
LOWEST_FLASK = 4
SQLALCHEMY = ("chatbot.storage", "chatbot.publishing", "chatbot.services", "chatbot.office")
CLOCKS = ("time.time", "datetime.now", "datetime.utcnow", "datetime.today", "date.today")
ENVIRONMENT = ("os.environ", "os.getenv")

Imports = Mapping[str, frozenset[str]]
# module -> what it imports, by full name


def sources() -> dict[str, str]:
    paths = [ROOT / "wsgi.py", *sorted((ROOT / "chatbot").rglob("*.py"))]
    return {_module(path): path.read_text("utf-8") for path in paths}


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(texts: Mapping[str, str]) -> Imports:
    return {module: frozenset(_imported(ast.parse(text), frozenset(texts))) for module, text in texts.items()}


def _imported(tree: ast.Module, ours: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide the floor; write the full name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in ours else str(node.module)


def room(module: str) -> str:
    return max((name for name in FLOORS if f"{module}.".startswith(f"{name}.")), key=len)


def complaints(found: Imports) -> list[str]:
    return [
        f"{module} (floor {FLOORS[room(module)]}) imports {imported} (floor {FLOORS[room(imported)]})"
        for module, names in found.items()
        for imported in sorted(names)
        if imported.startswith("chatbot.") and not _may(module, imported)
    ]


def _may(module: str, imported: str) -> bool:
    own, other = room(module), room(imported)
    return own == other or FLOORS[other] < FLOORS[own]


def circle(found: Imports) -> list[str]:
    try:
        TopologicalSorter({module: names & found.keys() for module, names in found.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def mentions(text: str, names: tuple[str, ...]) -> list[str]:
    """Return which of the names are used: "date.today" also stands in "datetime.date.today"."""
    used = [ast.unparse(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)]
    return [name for name in used if any(f".{name}".endswith(f".{wanted}") for wanted in names)]


TEXTS = sources()
IMPORTS = imports(TEXTS)


def test_imports_go_down_only() -> None:
    assert complaints(IMPORTS) == []


def test_no_module_imports_itself_in_a_circle() -> None:
    assert circle(IMPORTS) == []


def test_every_module_stands_on_a_floor() -> None:
    assert [module for module in TEXTS if room(module) == "chatbot" and module != "chatbot"] == []


def test_flask_stays_on_the_upper_floors() -> None:
    users = [module for module, names in IMPORTS.items() if any(name.split(".")[0] == "flask" for name in names)]
    assert [module for module in users if FLOORS[room(module)] < LOWEST_FLASK] == []


def test_sqlalchemy_stays_in_its_rooms() -> None:
    users = [module for module, names in IMPORTS.items() if any(name.split(".")[0] == "sqlalchemy" for name in names)]
    assert [module for module in users if not module.startswith(SQLALCHEMY)] == []


@pytest.mark.parametrize("module", [module for module in TEXTS if FLOORS[room(module)] < LOWEST_FLASK])
def test_no_clock_below_the_library(module: str) -> None:
    assert mentions(TEXTS[module], CLOCKS) == []


def test_only_the_app_hands_the_environment_to_the_settings() -> None:
    assert [module for module, text in TEXTS.items() if mentions(text, ENVIRONMENT)] == ["chatbot.app"]


# --- does the guard bite? ---------------------------------------------------------------------


def test_import_of_an_upper_floor_is_found() -> None:
    bad = imports({"chatbot.text.tokens": "from chatbot.library import Library", "chatbot.library": ""})
    assert complaints(bad) == ["chatbot.text.tokens (floor 2) imports chatbot.library (floor 4)"]


def test_import_of_a_stranger_on_the_same_floor_is_found() -> None:
    bad = imports({"chatbot.answering.answer": "def late():\n    import chatbot.retrieval.bm25"})
    assert complaints(bad) == ["chatbot.answering.answer (floor 3) imports chatbot.retrieval.bm25 (floor 3)"]


def test_commands_and_web_are_strangers() -> None:
    assert complaints(imports({"chatbot.commands": "from chatbot.web.wire import answer_json"}))


def test_library_may_not_look_up_to_the_services() -> None:
    assert complaints(imports({"chatbot.library": "import chatbot.services"}))
    assert not complaints(imports({"chatbot.services": "import chatbot.library"}))


def test_circle_is_found() -> None:
    bad = {
        "chatbot.web.a": "from chatbot.web import b",
        "chatbot.web.b": "from chatbot.web.a import x",
        "chatbot.web": "",
    }
    assert set(circle(imports(bad))) == {"chatbot.web.a", "chatbot.web.b"}


def test_relative_import_is_refused() -> None:
    with pytest.raises(AssertionError, match="full name"):
        imports({"chatbot.web.chat": "from . import wire"})


def test_clock_is_found() -> None:
    text = "import datetime as d\nnow = d.datetime.now(d.UTC)\nname = d.date.today().isoformat()"
    assert mentions(text, CLOCKS) == ["d.datetime.now", "d.date.today"]
