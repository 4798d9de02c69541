from __future__ import annotations

import re

import pytest

from chatbot.web.interface import SHEETS, STATIC, static_files
from chatbot.web.joining import compact_script, joined_script, joined_styles

KIT = "// @ts-check\n/** Fills.\n * @param {string} a\n */\nexport function fill(a) {\n  return a;\n}\n"
CARDS = 'import { fill } from "./kit.js";\nexport const card = () => fill(1);\n'
ENTRY = 'import { card } from "./cards.js";\nimport { fill } from "./kit.js";\ncard(fill);\n'


def test_modules_stand_before_those_that_import_them_and_each_once() -> None:
    joined = joined_script("chat.js", {"chat.js": ENTRY, "cards.js": CARDS, "kit.js": KIT, "other.js": "alone();"})
    assert re.findall(r"^const (\$\w+) =", joined, re.MULTILINE) == ["$kit", "$cards", "$chat"]
    assert "const { fill } = $kit;" in joined
    assert "return { card };" in joined
    assert "alone" not in joined


def test_no_comment_and_no_import_is_left() -> None:
    joined = joined_script("cards.js", {"cards.js": CARDS, "kit.js": KIT})
    assert not re.search(r"//|/\*|^import|^export", joined, re.MULTILINE)


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("a {}/* one */ b {}\n/* two\n   lines */\nc {}", "a {} b {}\nc {}\n"),
        ("a {}/* one /* two */b {} /**/", "a {}b {}\n"),
        ("a {}/*/ one */b {}", "a {}b {}\n"),
        ("a {}/* never closed", "a {}/* never closed\n"),
        ("a {} */ b {}", "a {} */ b {}\n"),
    ],
)
def test_style_sheets_lose_their_comments_and_nothing_else(written: str, joined: str) -> None:
    assert joined_styles([written]) == joined


def test_circle_of_imports_is_refused_by_name() -> None:
    sources = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        joined_script("a.js", sources)


@pytest.mark.parametrize("line", ['import kit from "./kit.js";', "export default 1;", "export { fill };"])
def test_import_or_export_that_cannot_be_joined_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line)):
        joined_script("a.js", {"a.js": f"{line}\n", "kit.js": KIT})


def test_addresses_and_casts_survive() -> None:
    assert compact_script('  go("https://a.example"); // why\n  /** @type {any} */ (window).go();\n') == (
        'go("https://a.example"); // why\n(window).go();\n'
    )


def test_styles_keep_their_order_and_every_rule() -> None:
    assert joined_styles(["/* one */\na {\n  b: c;\n}\n", "d {\n  e: f /* two */;\n}"]) == (
        "a {\nb: c;\n}\nd {\ne: f ;\n}\n"
    )


def test_every_style_sheet_of_the_visitors_side_is_served_in_some_joined_one() -> None:
    served = {part for parts in SHEETS.values() for part in parts}
    assert served == {path.stem for path in (STATIC / "css").glob("*.css") if not path.stem.startswith("staff")}


def test_every_module_of_the_chat_is_in_the_joined_script() -> None:
    served = static_files()["chat.js"].decode()
    for path in (STATIC / "js").glob("*.js"):
        assert path.stem == "types" or f"const ${path.stem} = " in served, path.name
