"""``incidents brief``: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from incidents.cli.options import filters
from incidents.cli.session import Session
from incidents.query import Query


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write.")
@click.option("--title", default="Airspace incidents over NATO members", show_default=True, help="Title of the pages.")
@click.option("--marking", default="", help='Banner on every page, such as "TLP:CLEAR".')
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of an earlier briefing to list changes against.",
)
@click.option("--zip", "zipped", is_flag=True, help="Also write the folder as a zip file beside it.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier briefing; other files in the folder stay.")
@filters
@click.pass_obj
def brief(
    session: Session,
    out: Path,
    title: str,
    marking: str,
    previous: Path | None,
    zipped: bool,
    overwrite: bool,
    query: Query,
) -> None:
    """Write a briefing folder: index, map, country reports, incident sheets, tables.

    Every link is relative and nothing is fetched: the folder works from a USB stick. The same records give the same
    bytes.

    \b
    Example:
      incidents brief --out briefing
      incidents brief --country PL --country RO --since 2025-09-01 --until 2025-09-30 --out sept --zip
    """
    from incidents.brief.folder import building, read_manifest, write_zip
    from incidents.brief.pack import Pack, fill
    from incidents.query import excluding

    before = None if previous is None else read_manifest(previous)
    with building(out, overwrite=overwrite) as folder:
        records = session.records(Query(include_refuted=True))
        pack = Pack(
            title=title,
            query=query,
            marking=marking,
            previous=before,
            previous_name="" if previous is None else previous.name,
        )
        fill(folder, records, pack, progress=lambda what: session.say(f"Writing {what} ..."))
    reasons = excluding(records, query)
    if reasons:
        session.say(f"No incident matches: nothing is left after {', '.join(reasons)}. The briefing says so.")
    if zipped:
        archive = out.parent / f"{out.name}.zip"
        write_zip(out, archive)
        session.say(f"Wrote {archive}.")
    session.say(f"Wrote {out}. Open {out / 'index.html'}.")
