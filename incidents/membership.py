"""Which of an incident's states were NATO members on its day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from incidents.model import Incident


def nato_countries(incident: Incident) -> tuple[str, ...]:
    """Return the affected states that were members on the first day of the event, in the record's order.

    Membership counts from the day of accession (Finland 2023-04-04, Sweden 2024-03-07), so an event over a later
    member is kept, and is not counted for NATO.
    """
    return _members(incident.countries, incident.day)


@lru_cache(maxsize=4096)
def _members(countries: tuple[str, ...], day: date) -> tuple[str, ...]:
    from geodata.countries import is_member

    return tuple(code for code in countries if is_member(code, day))


def is_nato(incident: Incident) -> bool:
    """Return whether the event touched a state that was a member on that day."""
    return bool(nato_countries(incident))
