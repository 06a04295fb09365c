"""``incidents map``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from incidents.cli.options import emit, filters
from incidents.cli.session import Session
from incidents.query import Query

_PICTURES = ("png", "svg", "pdf")


@click.command("map")
@click.option(
    "--out", type=click.Path(path_type=Path, allow_dash=True), required=True, help=".html, .png, .svg or .pdf."
)
@click.option("--title", default="Airspace incidents over NATO members", show_default=True, help="Title of the map.")
@click.option("--marking", help='Banner, such as "TLP:CLEAR".')
@click.option(
    "--style",
    type=click.Choice(["incidents", "choropleth", "density"]),
    default="incidents",
    show_default=True,
    help="Incidents one by one, incidents per member, or where they are dense.",
)
@click.option(
    "--tiles", metavar="URL", help="Online tiles with {z}/{x}/{y}: off until ticked; no other host is reached."
)
@click.option("--embed", is_flag=True, help="Map alone, without header and list.")
@filters
@click.pass_obj
def map_(
    session: Session,
    out: Path,
    title: str,
    marking: str | None,
    style: str,
    tiles: str | None,
    embed: bool,
    query: Query,
) -> None:
    """Draw incidents as one offline page or a picture.

    Refuted incidents are on the page, struck out and off until ticked; pictures show them only with --include-refuted.
    The page opens from an e-mail on a closed network: nothing is fetched. One --country fits and highlights that state.
    The same records give the same bytes.

    \b
    Example:
      incidents map --out map.html
      incidents map --country EE --since 2025-01-01 --marking "TLP:CLEAR" --out estonia.html
      incidents map --style choropleth --out members.png
    """
    from incidents.frame import to_frame
    from incidents.version import DATASET_VERSION
    from maps import render_html, render_picture

    kind = "html" if str(out) == "-" else out.suffix.lower().lstrip(".")
    if kind not in ("html", *_PICTURES):
        raise click.UsageError(f"Cannot draw {out.name!r}. Known endings: .html, .png, .svg, .pdf.")
    session.say("Reading incidents ...")
    records = session.records(dataclasses.replace(query, include_refuted=True))
    frame = to_frame(records)
    on = query.until or max((record.occurred.last_day for record in records), default=None)
    focus = next(iter(query.countries)) if len(query.countries) == 1 else None
    session.say(f"Drawing {len(records)} incidents ...")
    if kind == "html":
        page = render_html(
            frame,
            title=title,
            marking=marking,
            on=on,
            focus=focus,
            tiles=tiles,
            embed=embed,
            style=style,
            data_version=DATASET_VERSION,
        )
        emit(page, out)
    else:
        if not query.include_refuted:
            frame = frame[frame["status"] != "refuted"]
        picture = render_picture(
            frame, fmt=kind, title=title, marking=marking, on=on, focus=focus, style=style, data_version=DATASET_VERSION
        )
        emit(picture, out)
    if str(out) != "-":
        session.say(f"Wrote {out}.")
