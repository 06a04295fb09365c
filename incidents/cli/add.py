"""``incidents add``."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from incidents.cli.options import COUNTRY, DAY
from incidents.cli.session import Session
from incidents.cli.signing import signed
from incidents.model.vocabulary import Confidence, LegalClass, ObjectClass, SiteRole, Status

TEMPLATE = """\
# One incident, or a list of them. Without an id it gets the next free one. Lines that start with # are optional.
title: Drone over Exampletown
countries: [PL]
occurred:
  earliest: "2025-09-09T23:30+02:00"   # or a day: 2025-09-09
  latest: "2025-09-10T06:30+02:00"
  text: night of 9-10 September
# or restricted_airspace, air_traffic_rule, approach_no_entry, debris_found, sighting:
legal_class: sovereign_violation
assessments:
  - {status: probable, by: editors, on: 2025-09-10, sources: [example]}   # confirmed, probable, unresolved, refuted
objects:
  - object_class: drone
    # model: Gerbera
    # counts: [{low: 1, best: 1, high: 1, unit: objects, by: Example Ministry, sources: [example]}]
    sources: [example]
# sites:
#   - {name: Exampletown, role: over, country: PL, lon: 22.1, lat: 51.2, radius_m: 5000, method: gazetteer}
# attributions:
#   - {actor: RU, stance: suspects, by: Example Ministry, on: 2025-09-10, sources: [example]}
# responses:
#   - {type: scramble, by: Example Air Force, sources: [example]}
outcome: unknown                       # left, shot_down, crashed, landed, lost_track, recovered
sources:
  - key: example
    url: https://example.org/news/1
    publisher: Example News
    published_on: 2025-09-10
    reliability: C                     # A completely reliable ... E unreliable, F cannot be judged
    supports: [title, occurred]
confidence: low                        # high, moderate
# confidence_reason: one report
# unknowns: [who flew it]
"""


def _print_template(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(TEMPLATE, nl=False)
        ctx.exit()


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), required=False)
@click.option(
    "--template", is_flag=True, is_eager=True, expose_value=False, callback=_print_template, help="Print a template."
)
@click.option("--title", help="What happened, in one line.")
@click.option("--country", "-c", "countries", type=COUNTRY, multiple=True, help="Affected state. Repeatable.")
@click.option("--on", type=DAY, metavar="DATE", help="Local day of the event.")
@click.option("--until", type=DAY, metavar="DATE", help="Last day it can have been. [default: --on]")
@click.option("--class", "legal_class", type=click.Choice([c.value for c in LegalClass]), default="sighting")
@click.option("--object", "object_class", type=click.Choice([c.value for c in ObjectClass]), default="unknown")
@click.option("--status", type=click.Choice([s.value for s in Status]), default="unresolved", help="First assessment.")
@click.option("--by", default="editors", show_default=True, help="Who assesses.")
@click.option("--place", help="Name of the place.")
@click.option("--at", metavar="LON,LAT,RADIUS_M", help="Coordinates of the place in degrees, and how exact they are.")
@click.option("--source", metavar="URL", help="Where it was reported.")
@click.option("--publisher", help="Publisher of the source. [default: its host]")
@click.option("--published", type=DAY, metavar="DATE", help="Day it was published.")
@signed
@click.pass_obj
def add(session: Session, /, file: Any, author: str, reason: str, **given: Any) -> None:
    """Add an incident from a YAML or JSON FILE (- is stdin), or from options. Prints the new id.

    \b
    Example:
      incidents add --template > new.yaml
      incidents add new.yaml --reason "ministry statement"
      incidents add --title "Drone near Tartu" -c EE --on 2025-09-12 --object drone \\
        --source https://news.err.ee/1 --reason "press report"
    """
    from incidents.curation import NO_ID, CurationError, validated

    if file is not None:
        if given["title"]:
            raise click.UsageError("Give a FILE or --title and its companions, not both.")
        try:
            text = file.read()
        except UnicodeDecodeError as error:
            raise CurationError(f"{file.name}: not UTF-8 text. Save it as UTF-8.") from error
        data = _parsed(text, file.name)
    else:
        data = _from_options(given)
    listed = data if isinstance(data, list) else [data]
    for number, one in enumerate(listed, 1):
        if isinstance(one, dict) and one.get("territories"):
            raise CurationError(f"Entry {number}: territories are computed, never typed; delete them.")
        if not isinstance(one, dict):
            raise CurationError(f"Entry {number}: expected the fields of an incident, got {type(one).__name__}.")
        validated({**one, "id": one.get("id") or NO_ID})
    if not listed:
        raise CurationError("No incident given.")
    with session.store() as store:
        for record in store.add_new(listed, author=author, reason=reason):
            click.echo(record.id)


def _parsed(text: str, name: str) -> Any:
    """Return the data of a JSON or YAML document."""
    import json

    from incidents.dataset import DatasetError, parse_yaml

    try:
        if text.lstrip()[:1] in ("{", "["):
            try:
                return json.loads(text)
            except ValueError:
                return parse_yaml(text, name=name)
        return parse_yaml(text, name=name)
    except RecursionError as error:
        raise DatasetError(f"{name}: nested too deeply.") from error


def _from_options(given: dict[str, Any]) -> dict[str, Any]:
    from incidents.cli.citing import source_of

    missing = [f"--{name}" for name in ("title", "on", "source") if not given[name]]
    missing += [] if given["countries"] else ["--country"]
    if missing:
        raise click.UsageError(f"Give a FILE, or also {', '.join(missing)}. See incidents add --template.")
    on: date = given["on"]
    last: date = given["until"] or on
    source = source_of(given["source"], publisher=given["publisher"], published=given["published"])
    assert source is not None
    cited = [source.key]
    return {
        "title": given["title"],
        "countries": list(given["countries"]),
        "occurred": {"earliest": on.isoformat(), "latest": last.isoformat()},
        "legal_class": given["legal_class"],
        "assessments": [
            {
                "status": given["status"],
                "by": given["by"],
                "on": (given["published"] or last).isoformat(),
                "sources": cited,
            }
        ],
        "objects": [{"object_class": given["object_class"], "sources": cited}],
        "sites": _sites(given, cited),
        "sources": [source.model_dump(mode="json")],
        "confidence": Confidence.LOW.value,
    }


def _sites(given: dict[str, Any], cited: list[str]) -> list[dict[str, Any]]:
    if not given["place"]:
        if given["at"]:
            raise click.UsageError("--at needs the name of the place: give --place.")
        return []
    site: dict[str, Any] = {"name": given["place"], "role": SiteRole.OVER.value, "sources": cited}
    if given["at"]:
        try:
            lon, lat, radius = (float(part) for part in given["at"].split(","))
        except ValueError:
            raise click.UsageError(
                f"--at {given['at']!r} is not LON,LAT,RADIUS_M, for example 26.7,58.4,2000."
            ) from None
        site |= {"lon": lon, "lat": lat, "radius_m": radius, "method": "reported_coordinates"}
    return [site]
