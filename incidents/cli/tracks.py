"""``incidents tracks``: screen positions, draw them, write a synthetic sample."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.options import COUNTRY, emit
from incidents.cli.session import Session

if TYPE_CHECKING:
    from incidents.tracks.positions import Tally
    from incidents.tracks.readers import Reading
    from incidents.tracks.rules import Rules

_SCREEN = [
    click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path)),
    click.option("--member", type=COUNTRY, multiple=True, help="Only this member's airspace. Repeatable."),
    click.option("--aircraft-of", "nations", multiple=True, metavar="STATE",
                 help="Only aircraft with an ICAO24 address of this state, or 'unknown'. Repeatable."),
    click.option("--callsign", "callsigns", multiple=True, metavar="PREFIX", help="Only these callsigns. Repeatable."),
    click.option("--operators", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                 help="Only aircraft in this list: an ICAO24 address or callsign prefix a line."),
    click.option("--exclude-own", is_flag=True, help="Leave out aircraft registered in the state they fly over."),
    click.option("--exclude-allied", is_flag=True, help="Leave out aircraft registered in any member."),
    click.option("--min-depth-km", type=click.FloatRange(0), default=0.0, help="Least depth."),
    click.option("--min-duration-s", type=click.FloatRange(0), default=0.0, help="Least duration."),
    click.option("--ceiling-m", type=click.FloatRange(0), help="Ignore flight above this altitude. [default: none]"),
    click.option("--accuracy-m", type=click.FloatRange(0, 50_000), default=100.0, show_default=True,
                 help="Position accuracy where the data state none."),
    click.option("--max-gap-s", type=click.FloatRange(1), default=600.0, show_default=True,
                 help="Join no positions further apart."),
    click.option("--no-near-misses", is_flag=True, help="Leave out passages outside within the accuracy."),
    click.option("--column", "columns", multiple=True, metavar="ROLE=NAME",
                 help="Column of aircraft, time, lon, lat, altitude, callsign, accuracy_m, position_time or age_s."),
    click.option("--altitude-unit", type=click.Choice(["m", "ft", "km", "fl"]), help="Unit of the altitude column."),
    click.option("--time-zone", default="UTC", show_default=True, help="Zone of times without an offset."),
    click.option("--start", metavar="TIME", help="When lines without times begin (ISO 8601)."),
    click.option("--end", metavar="TIME", help="When they end."),
    click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes."),
    click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786."),
]  # fmt: skip


def _screening(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_SCREEN):
        command = option(command)
    return command


@click.group()
def tracks() -> None:
    """Screen position tracks for incursions.

    \b
    Example:
      incidents tracks sample --out sample.parquet
      incidents tracks screen sample.parquet --out incursions.geojson
      incidents tracks map sample.parquet --out tracks.html
    """


@tracks.command()
@click.option("--out", type=click.Path(path_type=Path, allow_dash=True), help=".geojson, .csv or .gpkg; - is CSV.")
@click.option("--candidates", "queue", is_flag=True, help="Also put the incursions in the review queue.")
@_screening
@click.pass_obj
def screen(session: Session, /, out: Path | None, queue: bool, **options: Any) -> None:
    """Compute who entered whose airspace, when, how deep, for how long.

    Reads Parquet, CSV, JSON (readsb and tar1090 traces, traffic frames), GPX, KML and GeoJSON; .gz too. Aircraft of
    every state count unless filtered.

    \b
    Example:
      incidents tracks screen positions.parquet --aircraft-of RU --member EE --out incursions.geojson
      incidents tracks screen day/ --workers 8 --exclude-allied --out incursions.csv
    """
    from incidents.tracks.output import WRITERS, render, summary

    is_file = out is not None and str(out) != "-"
    if is_file and out is not None and out.suffix.lower() not in WRITERS:
        raise click.UsageError(f"{out}: give an ending of {', '.join(WRITERS)}.")
    done = _screened(session, options)
    if out is not None:
        emit(render(done.incursions, out.suffix if is_file else ".csv"), out)
    if out is None:
        import shutil

        cells = shutil.get_terminal_size((110, 24)).columns if sys.stdout.isatty() else 110
        click.echo(summary(done.incursions, cells=cells), nl=False)
    if queue:
        from incidents import review
        from incidents.tracks.candidates import to_candidates, to_documents

        source = ", ".join(path.name for path in options["paths"])
        found = to_candidates(done.incursions, source)
        documents = to_documents(done.incursions, source)
        with session.store() as store:
            known = [*review.known_events(store), *review.open_events(store)]
            links = review.links_for(found, known, not_same=store.not_same())
            ids = review.queue(store, list(map(review.Found, documents, found, links)), author="tracks")
        session.say(f"Queued {len(ids)} candidates: incidents candidates.")
    certain = sum(item.is_certain for item in done.incursions)
    session.say(f"{len(done.incursions)} passages, {certain} certain." + (f" Wrote {out}." if is_file else ""))


@tracks.command("map")
@click.option("--out", type=click.Path(path_type=Path, allow_dash=True), required=True, help="Page to write.")
@click.option("--title", default="Tracks", show_default=True, help="Heading of the page.")
@click.option("--marking", help="Banner, such as TLP:CLEAR.")
@_screening
@click.pass_obj
def map_(session: Session, /, out: Path, title: str, marking: str | None, **options: Any) -> None:
    """Draw tracks on one offline page, the part inside highlighted, with entry and exit times.

    \b
    Example:
      incidents tracks map sample.parquet --out tracks.html
    """
    from incidents.tracks.drawing import draw

    rules, reading = _rules(options), _reading(options)
    done = _screened(session, options)
    emit(draw(options["paths"], done.incursions, rules, reading, title=title, marking=marking), out)
    session.say(f"{len(done.incursions)} passages drawn. Wrote {out}.")


@tracks.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Parquet file to write.")
@click.pass_obj
def sample(session: Session, out: Path) -> None:
    """Write synthetic tracks to try the screen on; nothing in them was observed.

    \b
    Example:
      incidents tracks sample --out sample.parquet
    """
    from incidents.tracks.sample import LABEL, write_sample

    if out.suffix.lower() != ".parquet":
        raise click.UsageError(f"{out}: the sample is Parquet, give a name ending in .parquet.")
    session.say(f"Wrote {write_sample(out)} rows to {out} ({LABEL}).")


def _screened(session: Session, options: dict[str, Any]) -> Any:
    from incidents.tracks.running import screen_files

    rules, reading = _rules(options), _reading(options)
    if options["scheduler"] and options["workers"] > 1:
        raise click.UsageError("Give --workers or --scheduler, not both.")
    is_live = not session.quiet and sys.stderr.isatty()

    def progress(done: int, parts: int) -> None:
        if is_live and parts > 1:
            bar = "#" * (40 * done // parts)
            print(f"\r[{bar:<40}] {done}/{parts}", end="\n" if done == parts else "", file=sys.stderr, flush=True)

    done = screen_files(
        options["paths"],
        rules,
        reading,
        workers=options["workers"],
        scheduler=options["scheduler"],
        progress=progress,
    )
    _say(session, done.tally)
    return done


def _say(session: Session, tally: Tally) -> None:
    for line in tally.lines():
        session.say(line)


def _rules(options: dict[str, Any]) -> Rules:
    from geodata.countries import find_country, is_member
    from incidents.tracks.aircraft import read_operators
    from incidents.tracks.rules import Rules

    strangers = sorted(code for code in options["member"] if not is_member(code))
    if strangers:
        raise click.UsageError(f"--member {strangers[0]} is no NATO member. See incidents countries.")
    nations = (name.lower() if name.lower() == "unknown" else find_country(name).code for name in options["nations"])
    return Rules(
        members=frozenset(find_country(code).sovereign for code in options["member"]),
        nations=frozenset(nations),
        callsigns=tuple(sorted(prefix.upper() for prefix in options["callsigns"])),
        operators=read_operators(options["operators"]) if options["operators"] else frozenset(),
        exclude_own=options["exclude_own"],
        exclude_allied=options["exclude_allied"],
        min_depth_km=options["min_depth_km"],
        min_duration_s=options["min_duration_s"],
        ceiling_m=options["ceiling_m"],
        accuracy_m=options["accuracy_m"],
        max_gap_s=options["max_gap_s"],
        near_misses=not options["no_near_misses"],
    )


def _reading(options: dict[str, Any]) -> Reading:
    from incidents.tracks.readers import Reading
    from incidents.tracks.readers.lines import to_seconds

    pairs = [tuple(part.strip() for part in item.partition("=")[::2]) for item in options["columns"]]
    wrong = [item for item, pair in zip(options["columns"], pairs, strict=True) if not all(pair)]
    if wrong:
        raise click.UsageError(f"--column {wrong[0]!r}: give ROLE=NAME, for example --column lon=x.")
    plain = Reading(time_zone=options["time_zone"])
    ends: list[float | None] = [None, None]
    for at, name in enumerate(("start", "end")):
        if options[name]:
            ends[at] = to_seconds([options[name]], plain)[0]
            if ends[at] != ends[at]:
                raise click.UsageError(f"--{name} {options[name]!r} is no time. Write 2025-09-19T07:00:00Z.")
    return Reading(
        mapping=tuple((role, column) for role, column in pairs),
        altitude_unit=options["altitude_unit"],
        time_zone=options["time_zone"],
        start_s=ends[0],
        end_s=ends[1],
    )
