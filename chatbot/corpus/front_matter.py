"""The YAML at the head of a Markdown article, read with care: plain texts, lists and mappings, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from chatbot.corpus.files import refusal

LARGEST_CHARACTERS = 8_000
DEEPEST = 10
FENCE = "---"
# No tag is resolved and no object is made: a date, a number or "yes" stays the text that staff wrote.
# libyaml's loader is ten times faster than the one in Python; not every build of PyYAML has it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_EMPTY = ("", "~", "null")


class _Mark(Protocol):
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article says about itself, and the text below."""

    values: Mapping[str, object] = field(default_factory=dict)
    # texts, lists and mappings as written; what is empty is left out
    lines: Mapping[str, int] = field(default_factory=dict)
    # where each value stands: "title", "questions.0.section"
    body: str = ""
    body_line: int = 1
    # line of the file that the body begins on


def read_front_matter(source: str) -> FrontMatter:
    """Split a Markdown file into its front matter and its body.

    Without "---" on the first line there is no front matter. Raises CorpusError (with an empty path) where it does not
    end, is longer than LARGEST_CHARACTERS, nests deeper than DEEPEST, is not YAML, or uses tags, anchors or aliases.
    """
    first, _, rest = source.partition("\n")
    if first.rstrip() != FENCE:
        return FrontMatter(body=source)
    inside = rest.split("\n")
    end = next((number for number, line in enumerate(inside) if line.rstrip() in (FENCE, "...")), None)
    if end is None:
        raise refusal(1, f"the front matter does not end; put a line {FENCE} below it")
    text = "\n".join(inside[:end])
    if len(text) > LARGEST_CHARACTERS:
        raise refusal(
            1, f"the front matter has {len(text):,} characters; it may have {LARGEST_CHARACTERS:,}: shorten it"
        )
    values, lines = _parsed(text)
    return FrontMatter(values, lines, "\n".join(inside[end + 1 :]), end + 3)


def _parsed(text: str) -> tuple[Mapping[str, object], Mapping[str, int]]:
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refusal(
            _line(mark), f"{_explained(error)}; put texts that hold a colon or begin with a sign in quotes"
        ) from error
    except yaml.YAMLError as error:
        raise refusal(2, "the front matter holds a character that YAML does not allow; delete it") from error
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise refusal(
            _line(node.start_mark), "the front matter is no list of names and values; write lines such as title: …"
        )
    lines: dict[str, int] = {}
    value = _value(node, "", lines)
    return (value if isinstance(value, dict) else {}), lines


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        line = _line(event.start_mark)
        if depth > DEEPEST:
            raise refusal(line, f"the front matter is nested more than {DEEPEST} deep; write it flat")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refusal(line, "anchors (&) and aliases (*) are not read; write the value out, or put it in quotes")
        # An explicit tag; for quoted texts without one the parser says "not plain" instead.
        if getattr(event, "tag", None) is not None:
            raise refusal(
                line, f'the tag "{getattr(event, "tag", "")}" is not read; leave it out, or put the value in quotes'
            )


def _value(node: yaml.Node, name: str, lines: dict[str, int]) -> object:
    """Return a node as text, list or mapping, and note the line of each value below its dotted name."""
    if name:
        lines[name] = _line(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return dict(_members(node, name, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, f"{name}.{number}", lines) for number, each in enumerate(node.value)]
    empty = isinstance(node, yaml.ScalarNode) and not node.style and node.value in _EMPTY
    return "" if empty else node.value


def _members(node: yaml.MappingNode, name: str, lines: dict[str, int]) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for key, each in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise refusal(
                _line(key.start_mark), "a name in the front matter is a single word; write lines such as title: …"
            )
        if key.value in seen:
            raise refusal(_line(key.start_mark), f"{key.value} is given twice; keep one")
        seen.add(key.value)
        inner = f"{name}.{key.value}".lstrip(".")
        value = _value(each, inner, lines)
        lines[inner] = _line(key.start_mark)
        if value not in ("", [], {}):
            yield key.value, value


def _line(mark: _Mark | None) -> int:
    # Marks count from 0 within the front matter, which begins on the file's second line.
    return mark.line + 2 if mark else 2


def _explained(error: yaml.MarkedYAMLError) -> str:
    return f"the front matter is not valid YAML ({error.problem or error.context or 'unclear'})"
