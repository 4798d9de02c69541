"""The figures that a change may not lower: figure by name, 0..1, higher is better."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

POINT = 0.01
# a drop of more than this on any figure fails

Figures = Mapping[str, float]


def read_figures(path: Path) -> Figures:
    """Read a frozen file; an absent one holds nothing."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, float]) if path.exists() else {}


def write_figures(path: Path, figures: Figures) -> None:
    """Freeze the figures, rounded to four places and sorted by name."""
    rounded = {name: round(value, 4) for name, value in sorted(figures.items())}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(rounded), indent=2) + b"\n")


def drops(frozen: Figures, measured: Figures) -> tuple[str, ...]:
    """Name every figure that fell by more than one point, in words; what was not measured this time is no drop."""
    return tuple(
        f"{name} fell from {frozen[name]:.4f} to {measured[name]:.4f}"
        for name in sorted(frozen.keys() & measured.keys())
        # A hair's breadth for the rounding of the frozen figure.
        if frozen[name] - measured[name] > POINT + 0.00005
    )
