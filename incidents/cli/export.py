"""``incidents export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from incidents.cli.options import filters
from incidents.cli.session import Session
from incidents.query import Query


@click.command()
@click.option("--out", type=click.Path(path_type=Path, allow_dash=True), help="File; its ending chooses the format.")
@click.option("--package", type=click.Path(path_type=Path, file_okay=False), help="Folder for the relational package.")
@click.option("--excel", is_flag=True, help="CSV for spreadsheets: byte order mark, semicolons, no live formulas.")
@click.option("--columns", is_flag=True, help="Print the data dictionary and the formats.")
@filters
@click.pass_obj
def export(session: Session, out: Path | None, package: Path | None, excel: bool, columns: bool, query: Query) -> None:
    """Export incidents as CSV, spreadsheet, GIS file or package.

    \b
    Example:
      incidents export --out incidents.csv
      incidents export --country PL --out poland.gpkg
      incidents export --package incidents-package
      incidents export --columns
    """
    from incidents.export import EXPORTERS, write_export, write_package

    if columns:
        _print_columns()
        return
    if out is None and package is None:
        raise click.UsageError(f"Give --out FILE ({', '.join('.' + name for name in EXPORTERS)}) or --package DIR.")
    records = session.records(query)
    if out is not None and str(out) == "-":
        from incidents.export.flat import render_flat

        click.echo(render_flat(records, excel=excel), nl=False)
    elif out is not None and excel:
        if out.suffix.lower() != ".csv":
            raise click.UsageError("--excel goes with a .csv file.")
        from incidents.export.flat import write_excel_csv
        from incidents.files import replacing

        with replacing(out) as temporary:
            write_excel_csv(records, temporary)
    elif out is not None:
        write_export(records, out)
    if package is not None:
        write_package(records, package)
    written = " and ".join(str(path) for path in (out, package) if path is not None and str(path) != "-")
    if written:
        session.say(f"Wrote {len(records)} incidents to {written}.")


def _print_columns() -> None:
    import shutil

    from incidents.export import EXPORTERS
    from incidents.export.columns import COLUMNS
    from incidents.export.tables import TABLES
    from incidents.tabular import table

    cells = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    click.echo("Flat table (.csv, .xlsx, .geojson, .gpkg, .parquet)\n")
    click.echo(table(("column", "type", "meaning"), [(c.name, c.type, c.description) for c in COLUMNS], cells=cells))
    for listed in TABLES:
        rows = [(f.name, f.type, f.description) for f in listed.fields]
        click.echo(f"Package table {listed.name}: {listed.title}\n")
        click.echo(table(("column", "type", "meaning"), rows, cells=cells))
    click.echo("Formats\n")
    click.echo(table(("ending", "what"), [(f".{k}", e.description) for k, e in EXPORTERS.items()], cells=cells))
