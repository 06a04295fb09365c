"""Tracks on one page that needs no network and no script: an overview and a close-up of each passage, as SVG."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import shapely

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1d2530;background:#fff}
.marking{text-align:center;font-weight:700;background:#1d2530;color:#fff;padding:.2rem}
svg{width:100%;height:auto;border:1px solid #8a8577;background:#dfe8f0}
figure{margin:1rem 0}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem .25rem 0;
border-bottom:1px solid #ccc;vertical-align:top}.wide{overflow-x:auto}
.land{fill:#f2efe9;stroke:#8a8577;stroke-width:.6}.sea{fill:#c3d9ee;stroke:#5f83a8;stroke-width:.8;
stroke-dasharray:4 3}.track{fill:none;stroke:#5a6470;stroke-width:1.6}.inside{fill:none;stroke:#b00020;stroke-width:4}
.near{fill:none;stroke:#a05a00;stroke-width:4;stroke-dasharray:6 4}.dot{fill:#b00020;stroke:#fff;stroke-width:1.2}
text{font:13px system-ui,sans-serif;fill:#1d2530;paint-order:stroke;stroke:#fff;stroke-width:3px}
"""
WIDTH, HEIGHT = 1000.0, 560.0

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Passage:
    """A highlighted part of a track with its words; the caller formats times and numbers."""

    title: str
    path: Points
    marks: Sequence[tuple[float, float, str]]
    """Longitude, latitude and label, such as the entry with its time."""
    facts: Sequence[tuple[str, str]]
    is_near: bool = False


@dataclass(frozen=True)
class View:
    """A plane window: degrees scaled to fit, longitude shrunk by the middle latitude."""

    west: float
    north: float
    scale: float
    shrink: float

    def xy(self, points: Any) -> Any:
        """Return picture coordinates, one decimal."""
        array = np.asarray(points, dtype=float).reshape(-1, 2)
        x, y = (array[:, 0] - self.west) * self.shrink * self.scale, (self.north - array[:, 1]) * self.scale
        return np.stack([x, y], -1).round(1)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        east = self.west + WIDTH / self.scale / self.shrink
        return self.west, self.north - HEIGHT / self.scale, east, self.north


def render_tracks(
    tracks: Sequence[tuple[str, Points]],
    passages: Sequence[Passage],
    *,
    title: str,
    marking: str | None = None,
    note: str = "",
) -> str:
    """Return the page; the same tracks give the same bytes. All words are escaped.

    Parameters
    ----------
    tracks
        Name and points (longitude, latitude) of each track; a track with gaps comes as several.
    passages
        Parts to highlight; each gets a close-up and a row of the table.
    """
    from geodata.manifest import attribution, boundary_version

    everything = [points for _, points in tracks] + [item.path for item in passages]
    parts = [_figure(_view(everything, 0.15), tracks, passages, "All tracks", labels=len(passages) <= 12)]
    for item in passages[:200]:
        parts.append(_figure(_view([item.path], 0.6), tracks, [item], item.title, labels=True))
    head = "".join(f"<th>{escape(name)}</th>" for name, _ in passages[0].facts) if passages else ""
    body = "".join("<tr>" + "".join(f"<td>{escape(v)}</td>" for _, v in item.facts) + "</tr>" for item in passages)
    listing = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if passages else "<p>None.</p>"
    banner = f'<p class="marking">{escape(marking)}</p>' if marking else ""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    credit = f"Boundaries {boundary_version()}: {attribution()}. Dashed: limit of territorial sea. Red: inside."
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{policy}"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{banner}<main><h1>{escape(title)}</h1>"
        f'<p>{escape(note)}</p><h2>Passages</h2><div class="wide">{listing}</div>{"".join(parts)}</main>'
        f"<footer><p>{escape(credit)}</p></footer></body></html>\n"
    )


def _view(lines: Sequence[Points], margin: float) -> View:
    points = np.concatenate(
        [np.asarray(line, dtype=float).reshape(-1, 2) for line in lines] or [np.array([[20.0, 55]])]
    )
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    shrink = max(0.05, math.cos(math.radians(float(middle[1]))))
    wide = max(float(high[0] - low[0]) * shrink * (1 + 2 * margin), 0.2)
    tall = max(float(high[1] - low[1]) * (1 + 2 * margin), 0.1)
    scale = min(WIDTH / wide, HEIGHT / tall)
    return View(float(middle[0]) - WIDTH / scale / shrink / 2, float(middle[1]) + HEIGHT / scale / 2, scale, shrink)


def _figure(
    view: View, tracks: Sequence[tuple[str, Points]], passages: Sequence[Passage], caption: str, *, labels: bool
) -> str:
    from geodata.boundaries import display, land

    shapes = [_area(display(), view, "sea"), _area(land(), view, "land")]
    shapes += [_line(view, points, "track", name) for name, points in tracks if _touches(view, points)]
    for item in passages:
        shapes.append(_line(view, item.path, "near" if item.is_near else "inside", item.title))
        for number, (lon, lat, words) in enumerate(item.marks):
            x, y = view.xy([(lon, lat)])[0].tolist()
            shapes.append(f'<circle class="dot" cx="{x}" cy="{y}" r="4"/>')
            if labels:
                side = "end" if x > WIDTH * 0.6 else "start"
                away = -8 if side == "end" else 8
                down = 18 if number % 2 else -8
                shapes.append(
                    f'<text x="{x + away:.1f}" y="{y + down:.1f}" text-anchor="{side}">{escape(words)}</text>'
                )
    picture = "".join(shapes)
    return (
        f"<figure><figcaption><h2>{escape(caption)}</h2></figcaption>"
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-label="{escape(caption)}">{picture}</svg></figure>'
    )


def _touches(view: View, points: Points) -> bool:
    array = np.asarray(points, dtype=float).reshape(-1, 2)
    west, south, east, north = view.bounds
    low, high = array.min(axis=0), array.max(axis=0)
    return bool(low[0] <= east and high[0] >= west and low[1] <= north and high[1] >= south)


def _line(view: View, points: Points, kind: str, name: str) -> str:
    xy = view.xy(points)
    keep = np.ones(len(xy), dtype=bool)
    keep[1:] = np.any(np.diff(xy, axis=0) != 0, axis=1)
    text = " ".join(f"{x:g},{y:g}" for x, y in xy[keep].tolist())
    return f'<polyline class="{kind}" points="{text}"><title>{escape(name)}</title></polyline>'


def _area(frame: Any, view: View, kind: str) -> str:
    west, south, east, north = view.bounds
    near = frame.geometry.cx[west:east, south:north]
    clipped = shapely.clip_by_rect(near.values, west - 0.1, south - 0.1, east + 0.1, north + 0.1)
    rings = shapely.get_rings(shapely.get_parts(shapely.simplify(clipped, 0.5 / view.scale)))
    path = "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in view.xy(shapely.get_coordinates(ring)).tolist()) + "Z"
        for ring in rings
        if len(shapely.get_coordinates(ring)) > 3
    )
    return f'<path class="{kind}" fill-rule="evenodd" d="{path}"/>'
