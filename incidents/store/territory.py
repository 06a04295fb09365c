"""Territory of records on their way into the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geodata.errors import DataFileError

if TYPE_CHECKING:
    from incidents.model import Incident

_DEPENDS_ON = ("sites", "occurred", "territory_claims", "countries")


def placed(records: Sequence[Incident]) -> list[Incident]:
    """Return the records with territory computed anew; without any where the boundaries are not installed.

    Losing a correction because a map file is missing would be worse; territory follows when the boundaries are back.
    """
    from incidents.attribute import attribute

    try:
        return attribute(records)
    except DataFileError:
        return [record.model_copy(update={"territories": ()}) for record in records]


def boundaries() -> str:
    """Return the version of the installed boundaries; empty where there are none."""
    from geodata.manifest import boundary_version

    try:
        return boundary_version()
    except DataFileError:
        return ""


def replaced(record: Incident, before: Incident) -> Incident:
    """Return `record` with the territory of `before` where nothing it depends on changed, else computed anew."""
    if all(getattr(record, name) == getattr(before, name) for name in _DEPENDS_ON):
        return record.model_copy(update={"territories": before.territories})
    return placed([record])[0]
