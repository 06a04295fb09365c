"""Relations to merged and split incidents lead where those went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from incidents.model import Incident


def followed(records: Sequence[Incident], leads_to: Callable[[str], Sequence[str]]) -> list[Incident]:
    """Return the records with every relation to an id that is none of theirs led on to where `leads_to` says.

    One that leads back to its own record goes; one that leads nowhere stays as it is.
    """
    known = {record.id for record in records}
    moved = {
        relation.to: tuple(leads_to(relation.to))
        for record in records
        for relation in record.relations
        if relation.to not in known
    }
    return [_followed(record, moved) if any(r.to in moved for r in record.relations) else record for record in records]


def _followed(record: Incident, moved: dict[str, tuple[str, ...]]) -> Incident:
    relations = [
        relation.model_copy(update={"to": target})
        for relation in record.relations
        for target in moved.get(relation.to) or (relation.to,)
        if target != record.id
    ]
    return record.model_copy(update={"relations": tuple(relations)})
