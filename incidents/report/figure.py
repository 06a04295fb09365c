"""Numbers that carry the incidents behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.model import Incident


@dataclass(frozen=True)
class Figure:
    """A number of incidents: `label`, and the ids it counts."""

    label: str
    ids: tuple[str, ...]

    @property
    def value(self) -> int:
        """How many incidents."""
        return len(self.ids)


def figure(label: str, records: Iterable[Incident]) -> Figure:
    """Return the figure that counts `records`."""
    return Figure(label, tuple(record.id for record in records))


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "incident"), counted(3, "country", "countries")
    ('1 incident', '3 countries')
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
