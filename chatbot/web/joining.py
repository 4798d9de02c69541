"""Joins the scripts and the style sheets of a page into one file each when the process starts.

The files stay as they are written, one behaviour each. A browser that gets 14 small modules pays for each request on
its way to the first question: from the press of the button until the panel can be typed into took 3.3 times as long as
an empty frame with 21 files, and 2.2 times with two (`python -m benchmarks.widget`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w/]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function|const|let|class) (\w+)", re.MULTILINE)


def joined_script(entry: str, sources: Mapping[str, str]) -> str:
    """Return one module that does what `entry` and all that it imports do, without their comments.

    sources: file name -> module, all in one folder; imports must be written `import { a, b } from "./name.js";`. Each
    module keeps a scope of its own, so that two may use one name. Raises ValueError for modules that import one another
    in a circle and for an import or export that is written otherwise, KeyError for one that is not there.
    """
    done: dict[str, str] = {}
    _add(entry, sources, done, ())
    return "".join(done.values())


def _add(name: str, sources: Mapping[str, str], done: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"these modules import one another: {' → '.join((*above, name))}")
    if name in done:
        return
    source = sources[name]
    for _, imported in IMPORT.findall(source):
        _add(imported, sources, done, (*above, name))
    done[name] = _scoped(name, source)


def _scoped(name: str, source: str) -> str:
    names = [found for _, found in EXPORT.findall(source)]
    body = IMPORT.sub(lambda found: f"const {{ {found[1]} }} = {_scope(found[2])};", source)
    body = compact_script(EXPORT.sub(r"\1 \2", body))
    if wrong := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"{name}: this line cannot be joined: {wrong[0]}")
    return f"const {_scope(name)} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();\n"


def _scope(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def compact_script(source: str) -> str:
    """Return a script without its JSDoc, its lines of comment and its indentation."""
    lines = (line.strip() for line in _without_comments(source, "/**").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def joined_styles(sources: Sequence[str]) -> str:
    """Return style sheets as one, in this order, without their comments and indentation."""
    lines = (line.strip() for line in _without_comments("\n".join(sources), "/*").splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _without_comments(source: str, opening: str) -> str:
    """Return a text without what stands from `opening` to the next `*/`; what never ends stays. Linear in the text."""
    kept, at = [], 0
    while (start := source.find(opening, at)) >= 0 and (end := source.find("*/", start + len(opening))) >= 0:
        kept.append(source[at:start])
        at = end + len("*/")
    return "".join(kept) + source[at:]
