"""A checked frame as one page: `render_html` is all that callers need."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from maps.basemap import to_basemap
from maps.errors import MapsError
from maps.figure import IncidentLayer, OfflineFigure, OfflineMap
from maps.frame import check_frame, safe_url
from maps.payload import script_json, to_payload
from maps.style import RAMP, SHAPES, STATUSES, SYMBOLS, text_colour

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

STYLES = ("incidents", "choropleth", "density")
_STATIC_ROWS = 300


class StyleError(MapsError, ValueError):
    """There is no such way to draw, or the tiles' address is none."""


def render_html(
    frame: GeoDataFrame,
    *,
    title: str,
    marking: str | None = None,
    on: date | None = None,
    focus: str | None = None,
    tiles: str | None = None,
    embed: bool = False,
    style: str = "incidents",
    data_version: str = "",
) -> str:
    """Return a page that opens anywhere without a network; the same frame gives the same bytes.

    Parameters
    ----------
    frame
        Keeps `maps.frame.COLUMNS`, EPSG:4326, one row a site.
    marking
        Banner, such as ``TLP:CLEAR``.
    on
        Day whose membership shades the states; None shades all who ever acceded.
    focus
        ISO alpha-2 code of a state to fit and highlight.
    tiles
        Address of online tiles with ``{z}/{x}/{y}``: off until ticked, and the only host the page may then reach.
    embed
        Map alone, without header and list.
    style
        ``incidents``, ``choropleth`` (incidents per member) or ``density``.

    Raises
    ------
    FrameError, StyleError
    """
    check_frame(frame)
    if style not in STYLES:
        raise StyleError(f"No map style {style!r}. Known: {', '.join(STYLES)}.")
    hosts = (_tile_host(tiles),) if tiles else ()
    config = _config(focus=focus, tiles=tiles, embed=embed, style=style)
    payload = to_payload(frame)
    rows, sources = _static_rows(frame)
    from markupsafe import Markup, escape

    page = {
        "title": escape(title),
        "marking": escape(marking) if marking else "",
        "style": style,
        "count": len(payload["incidents"]),
        "rows": rows,
        "sources": sources,
        "credit": escape(credit(on, data_version, tiles)),
        "config": Markup(script_json(config)),
        "basemap": Markup(script_json(to_basemap(on))),
        "payload": Markup(script_json(payload)),
    }
    figure = OfflineFigure(page, image_hosts=hosts)
    scene = OfflineMap()
    scene.add_child(IncidentLayer())
    figure.add_child(scene, name="map")
    return figure.render()


def _config(*, focus: str | None, tiles: str | None, embed: bool, style: str) -> dict[str, Any]:
    return {
        "style": style,
        "focus": focus,
        "tiles": tiles,
        "embed": embed,
        "ramp": RAMP,
        "shapes": SHAPES,
        "symbols": {key: {**asdict(symbol), "ink": text_colour(symbol.colour)} for key, symbol in SYMBOLS.items()},
        "statuses": {
            key: {"label": o.label, "dash": o.dash, "hollow": o.is_hollow, "struck": o.is_struck}
            for key, o in STATUSES.items()
        },
    }


def _tile_host(tiles: str) -> str:
    parts = urlsplit(tiles)
    if not safe_url(tiles.replace("{", "").replace("}", "")) or "{z}" not in tiles or "{s}" in tiles or ";" in tiles:
        raise StyleError(
            f"{tiles!r} is no tile address. Give one http(s) host, as in https://tiles.example.org/{{z}}/{{x}}/{{y}}.png."
        )
    return f"{parts.scheme}://{parts.netloc}"


def credit(on: date | None, data_version: str, tiles: str | None) -> str:
    """Return the attribution that page and picture both show, with the source's view of disputed ground."""
    from geodata.manifest import attribution, boundary_version

    data = f"Data set {data_version}. " if data_version else ""
    members = f"Membership as of {on}. " if on else ""
    online = f" Online tiles: {urlsplit(tiles).netloc}." if tiles else ""
    return (
        f"{data}Boundaries {boundary_version()}: {attribution()}. {members}Dashed lines are territorial sea; dotted "
        "ground is claimed by two states. Crimea is drawn as Ukraine's, Northern Cyprus as Cyprus's, Kosovo apart."
        f"{online}"
    )


def _static_rows(frame: GeoDataFrame) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    from markupsafe import escape

    seen: dict[str, dict[str, Any]] = {}
    for row in frame.drop(columns=frame.geometry.name).to_dict("records"):
        seen.setdefault(row["incident_id"], row)
    ordered = sorted(seen.values(), key=lambda row: (row["latest"], row["incident_id"]), reverse=True)[:_STATIC_ROWS]
    numbers: dict[tuple[str, str], int] = {}
    rows = []
    for row in ordered:
        refs = []
        for source in row["sources"]:
            text = f"{source['publisher']}{', ' + str(source['date']) if source['date'] else ''}"
            key = (safe_url(str(source["url"])), text)
            refs.append(numbers.setdefault(key, len(numbers) + 1))
        rows.append(
            {
                "id": escape(row["incident_id"]),
                "when": escape(row["when"]),
                "title": escape(row["title"][:400]),
                "countries": escape(", ".join(row["countries"])),
                "status": escape(row["status_words"]),
                "refs": ", ".join(map(str, refs)),
            }
        )
    return rows, [{"url": str(escape(url)), "text": str(escape(text[:400]))} for url, text in numbers]
