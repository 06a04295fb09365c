"""The relational form of the records: which tables there are, read off the model itself, and their rows."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from incidents.export.descriptions import DESCRIPTIONS
from incidents.model import (
    Assessment,
    Attribution,
    Candidate,
    Consequence,
    CountClaim,
    Incident,
    Measure,
    ObjectGroup,
    Relation,
    Response,
    Site,
    SiteTerritory,
    Source,
    TerritoryClaim,
)
from incidents.model.base import Part
from incidents.model.time import format_moment

Row = dict[str, Any]

MEASURES = ("duration_s", "penetration_km", "altitude_m")
NOTES = ("unknowns", "conflicts")


@dataclass(frozen=True)
class Field:
    """One column of a table."""

    name: str
    type: str
    """Frictionless type: ``string``, ``integer``, ``number`` or ``boolean``."""
    description: str
    enum: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True)
class Table:
    """One table: a row's key is the incident, and the row's number in its list where there are several."""

    name: str
    title: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]
    """``(own columns, other table, its columns)``."""
    rows: Callable[[Incident], Iterator[Row]]


_INCIDENT_ID = Field("incident_id", "string", "Id of the incident", is_required=True)
_NUMBER = Field("n", "integer", "Position in the record's list, from 0", is_required=True)
_TO_INCIDENT = (("incident_id",), "incidents", ("id",))

_LISTS: dict[str, tuple[type[Part], str]] = {
    "assessments": (Assessment, "Dated judgements of whether the event took place"),
    "objects": (ObjectGroup, "Objects of one class and model"),
    "sites": (Site, "Places, with how exactly they are known"),
    "territory_claims": (TerritoryClaim, "Who says the object was inside or outside a state's airspace"),
    "attributions": (Attribution, "Who says who did it, or denies it"),
    "responses": (Response, "What was done about it"),
    "consequences": (Consequence, "Harm or disruption and its cause"),
    "sources": (Source, "Documents, with grade and what rests on them"),
    "relations": (Relation, "Links between incidents"),
    "territories": (SiteTerritory, "Computed: whose airspace each placed site lies in"),
}

_SCALARS = (
    "id",
    "title",
    "summary",
    "countries",
    "discovered_on",
    "first_reported_on",
    "legal_class",
    "outcome",
    "confidence",
    "confidence_reason",
    "compiled_on",
)
_BEHAVIOUR = ("flight_plan", "transponder", "radio")


def plain(value: Any) -> Any:
    """Return a model value as it stands in a cell; lists of short words are joined by blanks."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return format_moment(value)
    if isinstance(value, tuple):
        words = [f"{v.country}={v.share!r}" if isinstance(v, Candidate) else str(plain(v)) for v in value]
        return joined(words) or None
    return None if value == "" else value


def joined(words: Sequence[str]) -> str:
    """Return words in one cell, separated by blanks; as a JSON array where one has a blank in it.

    >>> joined(["PL", "RO"]), joined(["sites.place name"])
    ('PL RO', '["sites.place name"]')
    """
    if any(word.split() != [word] or word.startswith("[") for word in words):
        return json.dumps(words, ensure_ascii=False)
    return " ".join(words)


def _unwrapped(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def _field(owner: str, name: str, info: FieldInfo) -> Field:
    kind = _unwrapped(info.annotation)
    described = (
        info.description or DESCRIPTIONS.get(f"{owner}.{name}") or DESCRIPTIONS.get(name) or name.replace("_", " ")
    )
    names = {bool: "boolean", int: "integer", float: "number"}
    enum = tuple(member.value for member in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
    return Field(name, names.get(kind, "string"), " ".join(described.split()), enum, is_required=info.is_required())


def _fields(owner: str, model: type[Part], *, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    return tuple(_field(owner, name, info) for name, info in model.model_fields.items() if name not in without)


def _incident_rows(record: Incident) -> Iterator[Row]:
    row = {name: plain(getattr(record, name)) for name in _SCALARS}
    occurred, behaviour = record.occurred, record.behaviour
    row |= {f"occurred_{name}": plain(getattr(occurred, name)) for name in ("earliest", "latest", "text")}
    row |= {name: plain(getattr(behaviour, name)) if behaviour else None for name in _BEHAVIOUR}
    row["behaviour_sources"] = plain(behaviour.sources) if behaviour and behaviour.sources else None
    row |= {"time_precision": occurred.precision.value, "status": record.status.value}
    yield row


def _list_rows(name: str, model: type[Part]) -> Callable[[Incident], Iterator[Row]]:
    columns = [column for column in model.model_fields if column != "counts"]

    def rows(record: Incident) -> Iterator[Row]:
        for number, part in enumerate(getattr(record, name)):
            values = {column: plain(getattr(part, column)) for column in columns}
            yield {"incident_id": record.id, "n": number, **values}

    return rows


def _count_rows(record: Incident) -> Iterator[Row]:
    for index, group in enumerate(record.objects):
        for number, claim in enumerate(group.counts):
            values = {name: plain(getattr(claim, name)) for name in CountClaim.model_fields}
            yield {"incident_id": record.id, "object": index, "n": number, **values}


def _measure_rows(record: Incident) -> Iterator[Row]:
    for quantity in MEASURES:
        measure = getattr(record.behaviour, quantity) if record.behaviour else None
        if measure is not None:
            values = {name: plain(getattr(measure, name)) for name in Measure.model_fields}
            yield {"incident_id": record.id, "quantity": quantity, **values}


def _note_rows(record: Incident) -> Iterator[Row]:
    for kind in NOTES:
        for number, text in enumerate(getattr(record, kind)):
            yield {"incident_id": record.id, "kind": kind, "n": number, "text": text}


def _incidents_table() -> Table:
    model = Incident.model_fields
    fields = [_field("incident", name, model[name]) for name in _SCALARS]
    fields += [
        Field("occurred_earliest", "string", "Earliest possible start, ISO 8601; empty where no lower bound is known"),
        Field("occurred_latest", "string", "Latest possible end, ISO 8601", is_required=True),
        Field("occurred_text", "string", "Original wording of the time"),
        *(Field(name, "string", DESCRIPTIONS[name], ("yes", "no", "unknown")) for name in _BEHAVIOUR),
        Field("behaviour_sources", "string", "Keys of the sources behind these three"),
        Field("time_precision", "string", "Derived from the span"),
        Field("status", "string", "Derived: status by the latest assessment"),
    ]
    return Table("incidents", "One row an incident", tuple(fields), ("id",), (), _incident_rows)


def _list_table(name: str, model: type[Part], title: str) -> Table:
    fields = (_INCIDENT_ID, _NUMBER, *_fields(name, model, without=("counts",)))
    to_other: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (_TO_INCIDENT,)
    if name == "territories":
        to_other = (*to_other, (("incident_id", "site"), "sites", ("incident_id", "n")))
    return Table(name, title, fields, ("incident_id", "n"), to_other, _list_rows(name, model))


TABLES: tuple[Table, ...] = (
    _incidents_table(),
    *(_list_table(name, model, title) for name, (model, title) in _LISTS.items()),
    Table(
        "counts",
        "How many, by whom: one row a claim; the first of an object is the preferred one",
        (
            _INCIDENT_ID,
            Field("object", "integer", "Row n of the objects table", is_required=True),
            _NUMBER,
            *_fields("counts", CountClaim),
        ),
        ("incident_id", "object", "n"),
        (_TO_INCIDENT, (("incident_id", "object"), "objects", ("incident_id", "n"))),
        _count_rows,
    ),
    Table(
        "measures",
        "Duration, depth and altitude as ranges; the unit is in the quantity's name",
        (
            _INCIDENT_ID,
            Field("quantity", "string", "What is measured", MEASURES, is_required=True),
            *_fields("measures", Measure),
        ),
        ("incident_id", "quantity"),
        (_TO_INCIDENT,),
        _measure_rows,
    ),
    Table(
        "notes",
        "What is not known, and where sources disagree",
        (
            _INCIDENT_ID,
            Field("kind", "string", "unknowns or conflicts", NOTES, is_required=True),
            _NUMBER,
            Field("text", "string", "In words", is_required=True),
        ),
        ("incident_id", "kind", "n"),
        (_TO_INCIDENT,),
        _note_rows,
    ),
)
"""Every table of the package, the spreadsheet and the layers."""


def table_rows(table: Table, records: Sequence[Incident]) -> Iterator[list[Any]]:
    """Yield the rows of `table`, cells in the order of its fields."""
    for record in records:
        for row in table.rows(record):
            yield [row[field.name] for field in table.fields]
