"""What the user says about a file besides its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo

from incidents.model import PositionMethod, TimeSpan
from incidents.sources.calendar import DateOrder


@dataclass(frozen=True)
class Options:
    """How to read a file; every choice has a cautious default."""

    fmt: str = "auto"
    maps: tuple[str, ...] = ()
    """``column=field`` settings."""
    country: str | None = None
    """State of rows that name none."""
    zone: tzinfo | None = None
    """Zone of clock times that come without an offset; without it they are kept as words."""
    order: DateOrder | None = None
    """Whether all-numeric dates put the day or the month first; found out from the table where it can be."""
    year: int | None = None
    sheet: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Draft:
    """A foreign row in our field names, before it is checked."""

    fields: dict[str, str]
    span: TimeSpan | None = None
    """When, where the profile knows better than the words."""
    method: PositionMethod = PositionMethod.REPORTED_COORDINATES
    radius_m: float | None = None
    radius_note: str = ""
    unknowns: tuple[str, ...] = ()
    namespace: str = ""
    """Whose numbers the rows carry, so that those of two tables are not mixed up."""
    columns: dict[str, str] = field(default_factory=dict)
    """Which column each field came from, for messages."""
