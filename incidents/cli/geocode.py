"""``incidents geocode``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from incidents.cli.options import COUNTRY, format_option
from incidents.errors import IncidentsError

if TYPE_CHECKING:
    from geodata.geocode import Place


@click.command()
@click.argument("place", nargs=-1, required=True)
@click.option("--country", "-c", type=COUNTRY, help="Only this state: code or name.")
@click.option("--region", help="Only places in this region, county or commune.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many at most.")
@click.option("--online", is_flag=True, help="Ask OpenStreetMap's Nominatim where the gazetteer has no exact answer.")
@format_option(["text", "json"], default="text")
def geocode(
    place: tuple[str, ...], country: str | None, region: str | None, limit: int, online: bool, fmt: str
) -> None:
    """Turn a place name into coordinates with a radius.

    Understands codes, other spellings, pasted coordinates, and wordings such as "near X", "off X", "between X and Y",
    "eastern X". Homonyms that nothing settles are marked "?"; an unknown name ends with exit status 1 and suggestions.
    Coordinates that begin with a minus sign go after "--".

    \b
    Example:
      incidents geocode "10 km south of Chilia Veche" --country RO
      incidents geocode "Osiny, Łuków county"
      incidents geocode 59.817N 26.361E
    """
    from geodata.geocode import geocode as search

    text = " ".join(place).strip()
    if not text:
        raise IncidentsError("The place name is empty. Give a name, for example: incidents geocode Tulcea")
    found = search(text, country=country, region=region, limit=limit)
    if online and not any(item.is_exact for item in found):
        from geodata.online import ask

        found = ask(text, country=country, limit=limit) or found
    if not any(item.is_known for item in found):
        names = list(dict.fromkeys(f"{item.name} ({item.country or 'sea'})" for item in found))
        hint = f" Did you mean {', '.join(names)}?" if names else " Try the name alone, another spelling, or --online."
        raise IncidentsError(f"No place named {text!r} is known.{hint}")
    found = [item for item in found if item.is_known]
    if fmt == "json":
        click.echo(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=2))
        return
    for item in found:
        click.echo(_line(item))
    if not found[0].is_exact:
        click.echo("No exact answer: add --country, --region or the commune to choose.", err=True)


def _line(place: Place) -> str:
    where = ", ".join(part for part in (place.admin.replace(" / ", ", "), place.country or "") if part)
    reasons = "; ".join(place.reasons)
    spot = f"{place.lon:9.4f} {place.lat:8.4f}  ± {place.radius_m / 1000:g} km"
    name = place.name if place.is_exact else f"{place.name}?"
    return f"{spot}  {name} ({place.kind}{', ' if where else ''}{where})  {place.score:.2f}  {reasons}"
