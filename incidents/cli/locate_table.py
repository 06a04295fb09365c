"""``incidents locate --csv``: stream a table of points through the index, a block at a time."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TextIO

from incidents.cli.session import Session
from incidents.errors import IncidentsError

BLOCK = 5000
LON = ("lon", "longitude", "lng", "x", "long")
LAT = ("lat", "latitude", "y")
RADIUS = ("radius_m", "radius")
DAY = ("on", "date", "day")
ADDED = (
    "country", "zone", "determination", "candidates", "border_distance_km", "nearest_border", "nearest_member",
    "nearest_member_km", "member_on_date", "article6", "distance_km_ru", "distance_km_by", "distance_km_ua",
    "distance_km_md", "boundary_version", "error",
)  # fmt: skip


class TableError(IncidentsError):
    """A table of points cannot be read."""


def locate_table(session: Session, table: Path, out: Path | None, radius: float, on: date | None) -> None:
    """Write the rows of `table` with territory columns added; memory stays bounded."""
    from incidents.files import replacing

    with _opened(table) as source:
        reader = csv.reader(source, _dialect(source))
        if out is None or str(out) == "-":
            _stream(session, table, reader, sys.stdout, radius, on)
            return
        with replacing(out) as temporary, temporary.open("w", encoding="utf-8", newline="") as target:
            _stream(session, table, reader, target, radius, on)


@contextmanager
def _opened(table: Path) -> Iterator[TextIO]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as source:
            yield source
    except UnicodeDecodeError as error:
        raise TableError(f"{table} is not UTF-8 text ({error.reason}). Save it as UTF-8 CSV.") from error
    except FileNotFoundError:
        raise TableError(f"No such file: {table}. Give a CSV file with columns lon and lat.") from None
    except OSError as error:
        raise TableError(f"Cannot read {table}: {error.strerror}.") from error


def _dialect(source: TextIO) -> type[csv.Dialect]:
    """Return the dialect by the separator of the first line."""
    head = source.readline()
    source.seek(0)
    best = max(",;\t|", key=head.count)

    class Found(csv.excel):
        delimiter = best

    return Found


def _stream(
    session: Session, table: Path, reader: Iterable[list[str]], target: TextIO, radius: float, on: date | None
) -> None:
    rows = iter(reader)
    header = next(rows, None)
    if not header:
        raise TableError(f"{table} is empty. It needs a header with columns lon and lat.")
    lon, lat = _column(header, LON), _column(header, LAT)
    if lon is None or lat is None:
        raise TableError(
            f"{table} has no coordinate columns. Found: {', '.join(header)}. Name them lon and lat in decimal degrees."
        )
    clash = [name for name in ADDED if name in header]
    names = [f"territory_{name}" if name in clash else name for name in ADDED]
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*header, *names])
    columns = (lon, lat, _column(header, RADIUS), _column(header, DAY))
    done = failed = 0
    with _progress(session, table) as advance:
        while block := list(islice(rows, BLOCK)):
            block = [row for row in block if row]
            answers = _located(block, columns, radius, on)
            writer.writerows(
                [*row, *[""] * (len(header) - len(row)), *answer] for row, answer in zip(block, answers, strict=True)
            )
            done += len(block)
            failed += sum(bool(answer[-1]) for answer in answers)
            advance(done)
    session.say(
        f"{done:,} rows located" + (f", {failed:,} without usable coordinates (see column error)" if failed else "")
    )


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    plain = [name.strip().casefold() for name in header]
    return next((plain.index(name) for name in names if name in plain), None)


def _located(
    block: list[list[str]], columns: tuple[int, int, int | None, int | None], radius: float, on: date | None
) -> list[list[str]]:
    """Return the added columns of each row; rows with unusable input say why."""
    from geodata.errors import GeodataError
    from geodata.geodesy import check_coordinates
    from geodata.territory import locate_many

    answers: list[list[str]] = [[""] * len(ADDED) for _ in block]
    good: list[int] = []
    lons, lats, radii, days = [], [], [], []
    for number, row in enumerate(block):
        try:
            x, y = check_coordinates(_cell(row, columns[0]), _cell(row, columns[1]))
            reach, day = _radius(_cell(row, columns[2]), radius), _day(_cell(row, columns[3]), on)
        except (GeodataError, TableError) as error:
            answers[number][-1] = str(error)
            continue
        good.append(number)
        lons.append(x)
        lats.append(y)
        radii.append(reach)
        days.append(day)
    if good:
        for number, found in zip(good, locate_many(lons, lats, radii, days), strict=True):
            answers[number] = _cells(found.to_dict())
    return answers


def _cell(row: list[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _radius(text: str, default: float) -> float:
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1_000_000:
        raise TableError(f"Radius {text!r} is not a number of metres from 0 to 1,000,000.")
    return value


def _day(text: str, default: date | None) -> date | None:
    if not text:
        return default
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise TableError(f"{text!r} is not a date. Write YYYY-MM-DD.") from None


def _cells(plain: dict[str, object]) -> list[str]:
    plain = dict(plain)
    away = plain.pop("distance_km_to")
    assert isinstance(away, dict)
    plain.update({f"distance_km_{code.lower()}": km for code, km in away.items()})
    shares = plain["candidates"]
    assert isinstance(shares, list)
    plain["candidates"] = "; ".join(f"{item['country']} {item['share']:g}" for item in shares)
    plain["error"] = ""
    return [_written(plain[name]) for name in ADDED]


def _written(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@contextmanager
def _progress(session: Session, table: Path) -> Iterator[Callable[[int], None]]:
    if session.quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, no_color=session.no_color)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task(f"locating {table.name}")
        yield lambda done: bar.update(task, description=f"locating {table.name}: {done:,} rows")
