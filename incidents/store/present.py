"""The present: what the last revision of an incident says, laid out for search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from incidents.query import TOWARDS, fold, searchable_text
from incidents.store.database import insert_rows
from incidents.store.where import storable, trigrams

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from incidents.model import Incident, SiteTerritory
    from incidents.store.revision import Revision

NO_TERRITORY = "[]"


def territories_json(territories: Iterable[SiteTerritory]) -> str:
    """Return the computed territory as JSON, to be spliced into the record."""
    return "[" + ",".join(territory.model_dump_json() for territory in territories) + "]"


def with_territories(record: str, territories: str) -> str:
    """Return the JSON of a record with what was computed for it."""
    return record if territories in ("", NO_TERRITORY) else f'{record[:-1]},"territories":{territories}}}'


def present_row(record: Incident, revision: Revision, *, origin: str) -> dict[str, Any]:
    """Return the columns of ``incident`` that depend on the record and its revision."""
    return {
        "id": record.id,
        "seq": revision.seq,
        "number": revision.number,
        "origin": origin,
        "state": revision.state,
        "redirect": " ".join(revision.redirect),
        "day_first": record.occurred.first_day.isoformat(),
        "day_last": record.occurred.last_day.isoformat(),
        "status": record.status.value,
        "legal_class": record.legal_class.value,
        "territories": territories_json(record.territories),
        "boundary_version": record.territories[0].boundary_version if record.territories else "",
    }


def write_present(connection: Connection, entries: Sequence[tuple[Incident, Revision, str]]) -> None:
    """Replace the present of each incident; `entries` are record with territory, its last revision, and origin."""
    from sqlalchemy import bindparam, func, select

    from incidents.store.schema import SIDES, incident

    rows = [present_row(record, revision, origin=origin) for record, revision, origin in entries]
    keys: dict[str, int] = {}
    for part in _chunks([row["id"] for row in rows if row["number"] > 1]):
        found = connection.execute(select(incident.c.id, incident.c.key).where(incident.c.id.in_(part)))
        keys.update((id_, key) for id_, key in found)
    old = [{"old": key} for key in keys.values()]
    if old:
        for side in SIDES:
            connection.execute(side.delete().where(side.c.key == bindparam("old")), old)
        connection.exec_driver_sql(
            "DELETE FROM incident_text WHERE rowid = " + ("%(old)s" if _is_postgres(connection) else ":old"), old
        )
        updates = [{**row, "old": keys[row["id"]]} for row in rows if row["id"] in keys]
        connection.execute(
            incident.update()
            .where(incident.c.key == bindparam("old"))
            .values({column: bindparam(column) for column in rows[0] if column != "id"}),
            [{name: value for name, value in row.items() if name != "id"} for row in updates],
        )
    free = (connection.execute(select(func.max(incident.c.key))).scalar() or 0) + 1
    new = [row for row in rows if row["id"] not in keys]
    for key, row in enumerate(new, free):
        keys[row["id"]] = key
    insert_rows(connection, incident, [{"key": keys[row["id"]], **row} for row in new])
    _write_sides(connection, [(keys[record.id], record) for record, _, _ in entries])


def _write_sides(connection: Connection, records: Sequence[tuple[int, Incident]]) -> None:
    from incidents.store.schema import incident_actor, incident_country, incident_object, incident_site

    sides: dict[Any, list[dict[str, Any]]] = {
        incident_country: [{"key": key, "country": code} for key, r in records for code in r.countries],
        incident_object: [{"key": key, "object_class": o.value} for key, r in records for o in r.object_classes],
        incident_actor: [
            {"key": key, "actor": actor}
            for key, r in records
            for actor in sorted({storable(a.actor.casefold()) for a in r.attributions if a.stance in TOWARDS})
        ],
        incident_site: [
            {"key": key, "lat": site.lat, "lon": site.lon, "radius_km": (site.radius_m or 0) / 1000}
            for key, r in records
            for site in r.sites
            if site.is_placed
        ],
    }
    for table, rows in sides.items():
        insert_rows(connection, table, rows)
    write_text(connection, records)


def write_text(connection: Connection, records: Sequence[tuple[int, Incident]]) -> None:
    """Index the searchable text of records by key."""
    texts: list[dict[str, Any]] = [
        {"key": key, "text": storable(fold(searchable_text(record)))} for key, record in records
    ]
    if _is_postgres(connection):
        for row in texts:
            row["grams"] = sorted({gram for word in str(row["text"]).split() for gram in trigrams(word)})
        sql = "INSERT INTO incident_text VALUES (%(key)s, %(text)s, array_to_tsvector(%(grams)s::text[]))"
    else:
        sql = "INSERT INTO incident_text (rowid, text) VALUES (:key, :text)"
    connection.exec_driver_sql(sql, texts)


def write_territories(connection: Connection, records: Iterable[Incident], *, boundary_version: str) -> None:
    """Replace the computed territory of records whose present stays as it is."""
    from sqlalchemy import bindparam

    from incidents.store.schema import incident

    rows = [
        {"of": r.id, "territories": territories_json(r.territories), "boundary_version": boundary_version}
        for r in records
    ]
    if rows:
        connection.execute(
            incident.update()
            .where(incident.c.id == bindparam("of"))
            .values(territories=bindparam("territories"), boundary_version=bindparam("boundary_version")),
            rows,
        )


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _chunks(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (values[k : k + size] for k in range(0, len(values), size))
