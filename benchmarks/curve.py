"""What each threshold declines, and the same as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, EDGE = 640, 360, 48
# pixels; EDGE is left free around the curve
COLOURS = ("#b3261e", "#1a5fb4", "#2e7d32", "#6a4c93")


@dataclass(frozen=True, slots=True)
class Point:
    """What is declined when the cut stands here."""

    threshold: float
    declined: Mapping[str, float]
    # group of questions -> share declined, 0..1


def svg(points: Sequence[Point], marks: Mapping[str, float]) -> str:
    """Draw the share declined over the threshold, one line a group, and a dotted upright at each mark.

    points: by rising threshold, at least one. marks: name -> threshold.
    """
    drawing = "".join([*_axes(), *(_mark(name, at) for name, at in marks.items()), *_lines(points)])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    return f'{head} font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>{drawing}</svg>\n'


def _axes() -> list[str]:
    ticks = [number / 5 for number in range(6)]
    across = [_text(_x(tick), HEIGHT - EDGE + 18, f"{tick:.1f}", "middle") for tick in ticks]
    upwards = [_text(EDGE - 8, _y(tick) + 4, f"{tick:.0%}", "end") for tick in ticks]
    grid = [f'<path d="M{_x(0)} {_y(tick)}H{_x(1)}" stroke="#ddd"/>' for tick in ticks]
    return [*grid, *across, *upwards, _text(WIDTH / 2, HEIGHT - 10, "confidence from which is answered", "middle")]


def _mark(name: str, at: float) -> str:
    line = f'<path d="M{_x(at)} {_y(0)}V{_y(1)}" stroke="#555" stroke-dasharray="3 3"/>'
    return line + _text(_x(at), _y(1) - 8, f"{name} {at:g}", "middle")


def _lines(points: Sequence[Point]) -> list[str]:
    parts = []
    for number, (group, colour) in enumerate(zip(points[0].declined, COLOURS, strict=False)):
        way = " ".join(f"{_x(point.threshold)},{_y(point.declined[group])}" for point in points)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(_x(0.9), _y(0.72) + 16 * number, f"{group}, declined", "end", colour))
    return parts


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#222") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _x(value: float) -> float:
    return round(EDGE + value * (WIDTH - 2 * EDGE), 1)


def _y(share: float) -> float:
    return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)
