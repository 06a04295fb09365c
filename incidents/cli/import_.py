"""``incidents import``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidents.cli.options import COUNTRY
from incidents.cli.session import Session

if TYPE_CHECKING:
    from datetime import tzinfo

    from incidents.sources.importing import ImportReport

_FORMATS = ("auto", "csv", "xlsx", "geojson", "ndjson", "kml", "package", "acled", "faa", "gdelt")
_SHOWN = 50
_SHOWN_SKIPPED = 5


class ZoneType(click.ParamType["tzinfo"]):
    """A time zone by its name."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tzinfo:
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(str(value))
        except (ValueError, OSError, LookupError):
            self.fail(f"{value!r} is no time zone. Write one like Europe/Warsaw or UTC.", param, ctx)


def _print_fields(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from incidents.sources.mapping import TARGETS
    from incidents.sources.readers import READERS
    from incidents.tabular import table

    fields = [(t.name, t.meaning, ", ".join(t.headings[:4])) for t in TARGETS]
    click.echo(table(("field", "holds", "headings we know, among others"), fields, cells=110))
    click.echo(table(("format", "is"), [(name, r.description) for name, r in READERS.items()], cells=110), nl=False)
    ctx.exit()


@click.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "fmt", type=click.Choice(_FORMATS), default="auto", show_default=True, help="Kind of file.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column holds. Repeatable.")
@click.option("--country", "-c", type=COUNTRY, help="State of rows that name none.")
@click.option("--timezone", "zone", type=ZoneType(), help="Zone of clock times without one. [default: kept as words]")
@click.option(
    "--date-order", type=click.Choice(["dmy", "mdy"]), help="How to read 3/4/2025. [default: as the table shows]"
)
@click.option("--year", type=click.IntRange(1900, 2100), help="Year of dates without one.")
@click.option("--sheet", help="Sheet of a workbook. [default: the first with rows]")
@click.option("--encoding", help="Encoding of a text file. [default: detected]")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option(
    "--skip-bad",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Import the good rows; collect the others here, with reasons.",
)
@click.option(
    "--fields",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_fields,
    help="Print the fields and formats.",
)
@click.option("--author", envvar="INCIDENTS_AUTHOR", show_envvar=True, help="Who imports. [default: your login]")
@click.option("--reason", help="Why; kept with every record. [default: import of FILE]")
@click.pass_obj
@click.pass_context
def import_(
    ctx: click.Context,
    session: Session,
    /,
    file: Path,
    fmt: str,
    maps: tuple[str, ...],
    country: str | None,
    zone: tzinfo | None,
    date_order: str | None,
    year: int | None,
    sheet: str | None,
    encoding: str | None,
    dry_run: bool,
    skip_bad: Path | None,
    author: str | None,
    reason: str | None,
) -> None:
    """Import a spreadsheet, package, GeoJSON or a peer's export into the store, whole or not at all.

    \b
    Example:
      incidents import events.xlsx --dry-run
      incidents import events.csv --map "Ort=place" --country DE --author jk --reason "police list"
      incidents import acled.csv --skip-bad rejected.csv --author jk --reason "ACLED export of May"
      incidents import --fields
    """
    from incidents.sources.calendar import DateOrder
    from incidents.sources.importing import import_entries
    from incidents.sources.options import Options
    from incidents.sources.readers import open_file

    options = Options(
        fmt=fmt,
        maps=maps,
        country=country,
        zone=zone,
        order=DateOrder(date_order) if date_order else None,
        year=year,
        sheet=sheet,
        encoding=encoding,
    )
    reading = open_file(file, options)
    session.say(f"{file.name}: {reading.fmt}{''.join(f'; {note}' for note in reading.notes)}.")
    with session.store() as store:
        report = import_entries(
            store,
            reading.entries,
            author=author or _login(),
            reason=reason or f"import of {file.name}",
            dry_run=dry_run,
            skip_bad=skip_bad is not None,
            progress=_progress(session),
        )
    _tell(report, dry_run=dry_run, may_skip=skip_bad is not None)
    if skip_bad is not None and report.bad:
        from incidents.export.flat import neutralised
        from incidents.files import write_text
        from incidents.sources.importing import rejected_rows
        from incidents.tabular import csv_text

        header, rows = rejected_rows(report)
        write_text(skip_bad, csv_text(header, [[neutralised(cell) for cell in row] for row in rows]))
        session.say(f"Rejected rows with reasons: {skip_bad}.")
    if report.rejected and skip_bad is None:
        ctx.exit(1)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise click.UsageError("Every change needs an author: give --author or set INCIDENTS_AUTHOR.") from error


def _progress(session: Session) -> Any:
    """Return a counter on stderr, on a terminal only."""
    if session.quiet or not sys.stderr.isatty():
        return None
    done = 0

    def count(rows: int) -> None:
        nonlocal done
        done += rows
        click.echo(f"\r{done:,} rows", err=True, nl=False)

    return count


def _tell(report: ImportReport, *, dry_run: bool, may_skip: bool) -> None:
    """Print what became of the rows: the first of each kind, then how many more."""
    is_refused = bool(report.rejected) and not may_skip
    would = "would be " if dry_run or is_refused else ""
    if dry_run:
        for kind in ("added", "changed", "skipped"):
            listed = [line for line in report.lines if line[0] == kind]
            shown = listed[: _SHOWN_SKIPPED if kind == "skipped" else _SHOWN]
            for _, row, text in shown:
                click.echo(f"{kind:8} row {row}: {_one_line(text)}")
            if (more := getattr(report, kind) - len(shown)) > 0:
                click.echo(f"{kind:8} and {more} more")
    for fault in report.faults[:_SHOWN]:
        click.echo(_one_line(str(fault)), err=True)
    if (more := report.fault_count - len(report.faults[:_SHOWN])) > 0:
        click.echo(f"and {more} more faults", err=True)
    click.echo(
        f"{report.rows} rows: {report.added} {would}added, {report.changed} {would}changed, "
        f"{report.skipped} skipped, {report.rejected} rejected."
    )
    if is_refused:
        click.echo(
            "Error: Nothing was written. Correct the rows above, or give --skip-bad FILE.csv to import the others.",
            err=True,
        )
    elif dry_run:
        click.echo("Dry run: nothing was written.", err=True)


def _one_line(text: str) -> str:
    from incidents.tabular import clip

    return clip(text, 400)
