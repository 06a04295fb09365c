"""``incidents locate``: whose airspace a point or a table of points lies in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.options import DAY, emit, format_option, out_option
from incidents.cli.session import Session

if TYPE_CHECKING:
    from geodata.territory import Territory


class Coordinates(click.Command):
    """A command whose negative numbers are arguments, not options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            return super().parse_args(ctx, args)
        for place, argument in enumerate(args):
            if _is_negative_number(argument) and (place == 0 or args[place - 1] not in _VALUED):
                args = [*_reordered(args)]
                break
        return super().parse_args(ctx, args)


_VALUED = {"--lon", "--lat", "--radius", "-r", "--on", "--format", "--out", "--csv"}


def _is_negative_number(text: str) -> bool:
    return len(text) > 1 and text[0] == "-" and (text[1].isdigit() or text[1] == ".")


def _reordered(args: list[str]) -> list[str]:
    """Return options first, then ``--``, then the plain arguments."""
    options, plain = [], []
    rest = iter(args)
    for argument in rest:
        if argument.startswith("-") and not _is_negative_number(argument):
            options.append(argument)
            if argument in _VALUED:
                options += [value for value in [next(rest, None)] if value is not None]
        else:
            plain.append(argument)
    return [*options, "--", *plain]


@click.command(cls=Coordinates)
@click.argument("point", nargs=-1, metavar="[LON LAT]")
@click.option("--lon", help="Longitude in degrees, in place of LON.")
@click.option("--lat", help="Latitude in degrees, in place of LAT.")
@click.option("--radius", "-r", type=float, default=0.0, metavar="M", help="Radius of uncertainty in metres.")
@click.option("--on", type=DAY, metavar="DATE", help="Day that membership is asked for.")
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="Locate every row of this CSV file."
)
@format_option(("text", "json", "geojson"), default="text")
@out_option()
@click.pass_obj
def locate(
    session: Session,
    point: tuple[str, ...],
    lon: str | None,
    lat: str | None,
    radius: float,
    on: date | None,
    table: Path | None,
    fmt: str,
    out: Path | None,
) -> None:
    """Say whose airspace a point lies in, and how sure that is.

    Longitude comes first. A CSV file needs columns lon and lat; radius_m and on are used where present.

    \b
    Example:
      incidents locate 26.36 59.817 --on 2025-09-19
      incidents locate 28.20 59.375 --radius 3000 --format json
      incidents locate --lon -3.7 --lat 40.4
      incidents locate --csv points.csv --out located.csv
    """
    if table is not None:
        if point or lon or lat:
            raise click.UsageError("Give a point or --csv, not both.")
        from incidents.cli.locate_table import locate_table

        locate_table(session, table, out, radius, on)
        return
    from geodata.geodesy import check_coordinates
    from geodata.territory import locate as find

    x, y = check_coordinates(*_pair(point, lon, lat))
    answer = find(lon=x, lat=y, radius_m=radius, on=on)
    renderer = {"text": _text, "json": _json, "geojson": _geojson}[fmt]
    emit(renderer(x, y, radius, on, answer), out)


def _pair(point: tuple[str, ...], lon: str | None, lat: str | None) -> tuple[str, str]:
    if lon is not None and lat is not None and not point:
        return lon, lat
    if len(point) == 1 and "," in point[0] and lon is None and lat is None:
        point = tuple(part.strip() for part in point[0].split(","))
    if len(point) == 2 and lon is None and lat is None:
        return point[0], point[1]
    raise click.UsageError("Give LON LAT, or --lon and --lat, or --csv FILE. Example: incidents locate 26.36 59.817")


def _plain(lon: float, lat: float, radius: float, on: date | None, answer: Territory) -> dict[str, Any]:
    asked = {"lon": lon, "lat": lat, "radius_m": radius, "on": on.isoformat() if on else None}
    return {**asked, **answer.to_dict()}


def _json(lon: float, lat: float, radius: float, on: date | None, answer: Territory) -> str:
    return json.dumps(_plain(lon, lat, radius, on, answer), ensure_ascii=False, indent=2) + "\n"


def _geojson(lon: float, lat: float, radius: float, on: date | None, answer: Territory) -> str:
    from geodata.manifest import attribution

    geometry: dict[str, Any] = {"type": "Point", "coordinates": [lon, lat]}
    if radius > 0:
        geometry = _disc(lon, lat, radius)
    feature = {"type": "Feature", "geometry": geometry, "properties": _plain(lon, lat, radius, on, answer)}
    collection = {"type": "FeatureCollection", "attribution": attribution(), "features": [feature]}
    return json.dumps(collection, ensure_ascii=False, indent=2) + "\n"


def _disc(lon: float, lat: float, radius: float) -> dict[str, Any]:
    """Return the disc as GeoJSON, cut in two where it crosses the antimeridian."""
    import shapely

    from geodata.geodesy import disc

    ring = disc(lon=lon, lat=lat, radius_m=radius)
    if all(-180.0 <= x <= 180.0 for x, _ in ring):
        return {"type": "Polygon", "coordinates": [[[round(x, 7), round(y, 7)] for x, y in ring]]}
    whole = shapely.Polygon(ring)
    parts = []
    for shift in (-360.0, 0.0, 360.0):
        piece = shapely.intersection(whole, shapely.box(-180.0 + shift, -90.0, 180.0 + shift, 90.0))
        parts += [
            [[[round(x - shift, 7), round(y, 7)] for x, y in part.exterior.coords]]
            for part in shapely.get_parts(shapely.orient_polygons(piece))
            if part.geom_type == "Polygon" and not part.is_empty
        ]
    return {"type": "MultiPolygon", "coordinates": parts}


def _text(lon: float, lat: float, radius: float, on: date | None, answer: Territory) -> str:
    from geodata.countries import get_country
    from geodata.manifest import attribution

    def name(code: str | None) -> str:
        known = code is not None and len(code) == 2
        return f"{get_country(code).name} ({code})" if known and code else code or "nobody"

    plain = answer.to_dict()
    lines = [
        ("point", f"{lon:g} {lat:g}" + (f" ± {radius:g} m" if radius else "")),
        ("airspace of", _owner(answer, name)),
        ("zone", _zone(answer)),
        ("determination", answer.determination + _GROUNDS[answer.determination]),
        ("member" + (f" on {on}" if on else ""), "yes" if answer.member_on_date else "no"),
        ("Article 6 area", "yes" if answer.article6 else "no"),
    ]
    if len(answer.candidates) > 1:
        lines.append(("candidates", ", ".join(f"{name(code)} {share:.0%}" for code, share in answer.candidates)))
    km = plain["border_distance_km"]
    if km is not None and answer.nearest_member_km:
        lines.append(("nearest member", f"{name(answer.nearest_member)}, {abs(km):.1f} km away"))
    elif km is not None:
        lines.append(("border", f"{abs(km):.1f} km inside; beyond it {name(answer.nearest_border)}"))
    watched = [f"{code} {away:.1f}" for code, away in plain["distance_km_to"].items() if away is not None]
    lines.append(("distance in km to", ", ".join(watched)))
    lines += [("note", note) for note in answer.notes]
    lines.append(("boundaries", f"{answer.boundary_version}, {attribution()}"))
    return "".join(_wrapped(label, text) for label, text in lines)


_GROUNDS = {
    "inside": "",
    "outside": ": no airspace of a member",
    "indeterminate": ": a border crosses the uncertainty, boundary accuracy included",
    "disputed": ": two states claim it",
}


def _owner(answer: Territory, name: Callable[[str | None], str]) -> str:
    if answer.country:
        return name(answer.country)
    if answer.determination == "disputed":
        return " or ".join(name(code) for code, _ in answer.candidates)
    return "no state in the boundaries (high seas)"


def _zone(answer: Territory) -> str:
    if answer.zone == "outside" and answer.sovereign_zone:
        return f"outside ({answer.sovereign_zone.replace('_', ' ')} of a state that never was a member)"
    return answer.zone.replace("_", " ")


def _wrapped(label: str, text: str) -> str:
    import textwrap

    return textwrap.fill(text, 80, initial_indent=f"{label:<21}", subsequent_indent=" " * 21) + "\n"
