"""Territory of records on their way into the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidents.model import Incident

_DEPENDS_ON = ("sites", "occurred", "territory_claims", "countries")


def placed(records: Sequence[Incident]) -> list[Incident]:
    """Return the records with territory computed anew."""
    from incidents.attribute import attribute

    try:
        return attribute(records)
    except ModuleNotFoundError as error:  # boundaries are not installed: the store works, without territory
        if error.name != "geodata.territory":
            raise
        return list(records)


def replaced(record: Incident, before: Incident) -> Incident:
    """Return `record` with the territory of `before` where nothing it depends on changed, else computed anew."""
    if all(getattr(record, name) == getattr(before, name) for name in _DEPENDS_ON):
        return record.model_copy(update={"territories": before.territories})
    return placed([record])[0]
