"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from incidents.model.vocabulary import LegalClass, ObjectClass, Status
from incidents.query import Query

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType[date]):
    """An ISO calendar day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is not a date. Write YYYY-MM-DD, for example 2025-09-10.", param, ctx)


class CountryType(click.ParamType[str]):
    """A state by ISO code or name, in any case; becomes the alpha-2 code."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from geodata.countries import find_country

        return find_country(str(value)).code


class NearType(click.ParamType[tuple[float, float, float]]):
    """``LON,LAT,KM``."""

    name = "lon,lat,km"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float, float]:
        if isinstance(value, tuple):
            return value
        parts = str(value).split(",")
        try:
            lon, lat, reach = (float(part) for part in parts)
        except ValueError:
            self.fail(f"{value!r} is not LON,LAT,KM, for example 26.36,59.82,50.", param, ctx)
        if not (-180 <= lon <= 180 and -90 <= lat <= 90 and 0 <= reach < 20_050):
            self.fail(f"{value!r} is out of range: longitude -180..180, latitude -90..90, km 0..20050.", param, ctx)
        return lon, lat, reach


DAY = DayType()
COUNTRY = CountryType()


def _choice(enum: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([member.value for member in enum], case_sensitive=False)


def filters(command: F) -> F:
    """Add the common filters; the command receives them as one ``query`` argument."""
    import functools

    @functools.wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        kwargs["query"] = _query(kwargs)
        return command(*args, **kwargs)

    decorated: Any = wrapper
    for option in reversed(_FILTERS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


_FILTERS = [
    click.option("--country", "-c", type=COUNTRY, multiple=True, help="Affected state: code or name. Repeatable."),
    click.option("--since", type=DAY, metavar="DATE", help="On or after this day."),
    click.option("--until", type=DAY, metavar="DATE", help="On or before this day."),
    click.option(
        "--object",
        "objects",
        type=_choice(ObjectClass),
        multiple=True,
        metavar="CLASS",
        help="Object class. Repeatable.",
    ),
    click.option("--status", type=_choice(Status), multiple=True, metavar="STATUS", help="Status. Repeatable."),
    click.option(
        "--class", "classes", type=_choice(LegalClass), multiple=True, metavar="CLASS", help="Legal class. Repeatable."
    ),
    click.option("--actor", multiple=True, help="Actor somebody asserts or suspects, such as RU. Repeatable."),
    click.option("--near", type=NearType(), metavar="LON,LAT,KM", help="Within KM of a point."),
    click.option("--text", default="", help="Words in title, summary, places or sources."),
    click.option("--source", default="", help="Words in the publisher or address of one source."),
    click.option("--as-of", type=DAY, metavar="DATE", help="Only what was known on that day."),
    click.option("--include-refuted", is_flag=True, help="Also incidents that were refuted, marked as such."),
]


def _query(kwargs: dict[str, Any]) -> Query:
    since, until = kwargs.pop("since"), kwargs.pop("until")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}. Swap them.")
    return Query(
        countries=frozenset(kwargs.pop("country")),
        since=since,
        until=until,
        objects=frozenset(ObjectClass(value) for value in kwargs.pop("objects")),
        statuses=frozenset(Status(value) for value in kwargs.pop("status")),
        classes=frozenset(LegalClass(value) for value in kwargs.pop("classes")),
        actors=frozenset(kwargs.pop("actor")),
        near=kwargs.pop("near"),
        text=kwargs.pop("text"),
        source=kwargs.pop("source"),
        as_of=kwargs.pop("as_of"),
        include_refuted=kwargs.pop("include_refuted"),
    )


def format_option(choices: Sequence[str], *, default: str) -> Callable[[F], F]:
    """Add ``--format``."""
    return click.option(
        "--format", "fmt", type=click.Choice(choices), default=default, show_default=True, help="Output format."
    )


def out_option(*, required: bool = False, help: str = "File to write; - is stdout.") -> Callable[[F], F]:
    """Add ``--out``."""
    return click.option("--out", type=click.Path(path_type=Path, allow_dash=True), required=required, help=help)


def emit(content: str | bytes, out: Path | None) -> None:
    """Write `content` to `out` atomically, or to stdout where `out` is None or ``-``."""
    from incidents.files import write_bytes

    if out is None or str(out) == "-":
        click.echo(content, nl=False)
    else:
        write_bytes(out, content.encode() if isinstance(content, str) else content)
