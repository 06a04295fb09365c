"""One table of symbols for page, legend and picture: shape, letter and colour say the class, the outline the status."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Symbol:
    """How an object class is drawn."""

    label: str
    letter: str
    shape: str
    """A key of `SHAPES`."""
    colour: str
    """Okabe-Ito."""


@dataclass(frozen=True)
class Outline:
    """How a status is drawn."""

    label: str
    dash: str
    """SVG dash pattern; empty is solid."""
    is_hollow: bool
    is_struck: bool


SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -10), (10, 0), (0, 10), (-10, 0)),
    "triangle": ((0, -10), (9.5, 8), (-9.5, 8)),
    "square": ((-8, -8), (8, -8), (8, 8), (-8, 8)),
    "pentagon": ((0, -10), (9.5, -3), (6, 8), (-6, 8), (-9.5, -3)),
    "hexagon": ((-5, -9), (5, -9), (10, 0), (5, 9), (-5, 9), (-10, 0)),
    "kite": ((0, -10), (7, -2), (0, 10), (-7, -2)),
    "house": ((0, -10), (8, -2), (8, 8), (-8, 8), (-8, -2)),
    "octagon": ((-4, -9), (4, -9), (9, -4), (9, 4), (4, 9), (-4, 9), (-9, 4), (-9, -4)),
    "plus": (
        (-3.5, -9),
        (3.5, -9),
        (3.5, -3.5),
        (9, -3.5),
        (9, 3.5),
        (3.5, 3.5),
        (3.5, 9),
        (-3.5, 9),
        (-3.5, 3.5),
        (-9, 3.5),
        (-9, -3.5),
        (-3.5, -3.5),
    ),
}
"""Corners in pixels around the point, y down."""

SYMBOLS: dict[str, Symbol] = {
    "drone": Symbol("drone", "D", "diamond", "#0072B2"),
    "fighter": Symbol("fighter", "F", "triangle", "#D55E00"),
    "bomber": Symbol("bomber", "B", "house", "#D55E00"),
    "reconnaissance_aircraft": Symbol("reconnaissance aircraft", "R", "pentagon", "#D55E00"),
    "transport_aircraft": Symbol("transport aircraft", "T", "square", "#E69F00"),
    "helicopter": Symbol("helicopter", "H", "plus", "#E69F00"),
    "cruise_missile": Symbol("cruise missile", "C", "kite", "#000000"),
    "ballistic_missile": Symbol("ballistic missile", "M", "kite", "#000000"),
    "air_defence_missile": Symbol("air defence missile", "A", "kite", "#CC79A7"),
    "balloon": Symbol("balloon", "O", "octagon", "#009E73"),
    "light_aircraft": Symbol("light aircraft", "L", "square", "#56B4E9"),
    "unknown": Symbol("not known", "?", "hexagon", "#595959"),
}

STATUSES: dict[str, Outline] = {
    "confirmed": Outline("confirmed", "", is_hollow=False, is_struck=False),
    "probable": Outline("probable", "3 2", is_hollow=False, is_struck=False),
    "unresolved": Outline("unresolved", "", is_hollow=True, is_struck=False),
    "refuted": Outline("refuted", "", is_hollow=True, is_struck=True),
}

RAMP = ("#eff3f8", "#c6d6e8", "#8fb3d6", "#4f87bb", "#1d5a94", "#0b3460")
"""Light to dark, for counts; told apart in grey."""


def text_colour(colour: str) -> str:
    """Return black or white, whichever reads better on `colour`.

    >>> text_colour("#E69F00"), text_colour("#0072B2")
    ('#000', '#fff')
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#fff"
