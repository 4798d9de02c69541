"""Changes the front matter of a Markdown article and leaves every line that it need not touch as staff wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from chatbot.corpus.front_matter import FENCE, read_front_matter

ORDER = (
    "title slug summary author reviewer published reviewed review_by source topics references status questions".split()
)
# where a value that was not there is put: behind the last of those before it


class _Writer(yaml.SafeDumper):
    """Writes texts as they are: the reader makes no dates, numbers or yes and no of them, so few need quotes."""

    yaml_implicit_resolvers: Any = {}  # noqa: RUF012 (PyYAML's own way)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _text(writer: _Writer, text: str) -> yaml.Node:
    # Plain "null" and "~" are read as nothing at all.
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style='"' if text in ("", "~", "null") else None)


def _list(writer: _Writer, values: list[object]) -> yaml.Node:
    node = writer.represent_sequence("tag:yaml.org,2002:seq", values)
    node.flow_style = all(isinstance(each, str) for each in values)
    return node


_Writer.add_representer(str, _text)
_Writer.add_representer(list, _list)


def with_values(source: str, changes: Mapping[str, object]) -> str:
    """Return the article's text with these values in its front matter; an empty one is taken out.

    changes: texts, lists and mappings, by name. A value that is as it was leaves its lines untouched. Raises
    CorpusError when the front matter cannot be read.
    """
    front = read_front_matter(source)
    new = {name: value for name, value in changes.items() if (front.values.get(name) or "") != (value or "")}
    if not new:
        return source
    inside = source.split("\n")[1 : front.body_line - 2] if front.body_line > 1 else []
    blocks = _blocks(inside)
    if blocks is None:
        blocks = {name: _lines(name, value) for name, value in front.values.items()}
    for name, value in new.items():
        _put(blocks, name, _lines(name, value) if value else [])
    lines = [line for block in blocks.values() for line in block]
    body = "\n".join(source.split("\n")[front.body_line - 1 :])
    return "\n".join([FENCE, *lines, FENCE, body if front.body_line > 1 else "\n" + body])


def with_body(source: str, body: str) -> str:
    """Return the article's text with another body; raises CorpusError when its front matter is unreadable."""
    front = read_front_matter(source)
    head = source.split("\n")[: front.body_line - 1] if front.body_line > 1 else []
    return "\n".join([*head, body])


def _blocks(inside: list[str]) -> dict[str, list[str]] | None:
    """Cut the front matter into the lines of each value; "" holds what stands before the first. None: it is one line.

    Comments and blank lines below a value belong to the next one, whose lines they introduce.
    """
    node = yaml.compose("\n".join(inside), Loader=yaml.BaseLoader)
    if node is None:
        return {"": inside}
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    starts = [(key.value, key.start_mark.line) for key, _ in node.value]
    blocks, begin, name = {}, 0, ""
    for next_name, start in [*starts, ("", len(inside))]:
        end = start
        while end > begin and next_name and (not inside[end - 1].strip() or inside[end - 1].startswith("#")):
            end -= 1
        if name or end > begin:
            blocks[name] = inside[begin:end]
        begin, name = end, next_name
    return blocks


def _put(blocks: dict[str, list[str]], name: str, lines: list[str]) -> None:
    if name in blocks or name not in ORDER:
        kept = [line for line in blocks.get(name, []) if line.startswith("#")]
        blocks[name] = [*kept, *lines]
        return
    before = [each for each in ORDER[: ORDER.index(name)] if each in blocks]
    items = list(blocks.items())
    place = items.index((before[-1], blocks[before[-1]])) + 1 if before else int("" in blocks)
    items.insert(place, (name, lines))
    blocks.clear()
    blocks.update(items)


def _lines(name: str, value: object) -> list[str]:
    text: str = yaml.dump({name: value}, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1_000_000)
    return text.rstrip("\n").split("\n")
