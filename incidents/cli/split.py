"""``incidents split``."""

from __future__ import annotations

import click

from incidents.cli.options import COUNTRY
from incidents.cli.session import Session
from incidents.cli.signing import signed


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--site", "sites", type=click.IntRange(min=1), multiple=True, help="Site of the second part, from 1.")
@click.option("--object", "objects", type=click.IntRange(min=1), multiple=True, help="Object group of it, from 1.")
@click.option("--country", "-c", "countries", type=COUNTRY, multiple=True, help="State the second part affects.")
@click.option("--title", default="", help="Title of the first part.")
@click.option("--second-title", default="", help="Title of the second part.")
@signed
@click.pass_obj
def split(
    session: Session,
    id_: str,
    sites: tuple[int, ...],
    objects: tuple[int, ...],
    countries: tuple[str, ...],
    title: str,
    second_title: str,
    author: str,
    reason: str,
) -> None:
    """Split an incident that was two events. Both parts get new ids; the old id leads to both.

    The second part takes the sites, objects and countries that are named; claims and sources stay with both, to be
    edited afterwards.

    \b
    Example:
      incidents split PL-2025-007 --site 2 --second-title "Drone at Mniszków" --reason "two separate drones"
    """
    from incidents.curation import split_fields

    with session.store() as store:
        made = store.split(
            id_,
            lambda record: split_fields(
                record,
                sites=[number - 1 for number in sites],
                objects=[number - 1 for number in objects],
                countries=countries,
                titles=(title, second_title),
            ),
            author=author,
            reason=reason,
        )
    for part in made[1:]:
        click.echo(part.incident_id)
    session.say(f"{made[0].incident_id} now leads to {' and '.join(made[0].redirect)}.")
