"""Our flat table back: what a row says of a known incident is laid over it; an unknown one is made anew.

A flat row holds part of a record. Over a known record only the cells that differ are laid, so that its sources and
claims stay. Cells that are computed, or that sum up several claims, cannot be changed there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from incidents.export.columns import COLUMNS, SEPARATOR, cells
from incidents.model import ConsequenceType, Incident, ResponseType
from incidents.sources.entry import Entry, Fault, faults_of, host_of, nearest_word
from incidents.sources.rows import Row, Sheet

NAMES = tuple(column.name for column in COLUMNS)
_SCALARS = ("title", "discovered_on", "first_reported_on", "legal_class", "outcome", "confidence", "summary")
_SITE = {"place": "name", "site_role": "role", "position_method": "method"} | {
    name: name for name in ("lon", "lat", "radius_m")
}
_SPAN = {"earliest": "earliest", "latest": "latest", "time_text": "text"}
_STATUS = {"status": "status", "status_by": "by", "status_on": "on", "status_note": "note"}
_YES_NO = ("flight_plan", "transponder", "radio")
_WHY = "it sums up claims or is computed; use incidents edit or the package"
_LISTS = ("unknowns", "conflicts")
CHANGEABLE = (*_SCALARS, *_SITE, *_SPAN, *_STATUS, *_YES_NO, *_LISTS, "countries")
"""Columns whose cells may be edited in a spreadsheet and come back."""
_MEASURES = ("duration_s", "penetration_km", "altitude_m")
_DERIVED = ("nato_countries", "time_precision", "credibility", "credibility_reason", "source_count", "data_version")
_TERRITORY = (
    "territory_country",
    "territory_zone",
    "determination",
    "border_distance_km",
    "nearest_border",
    "territory_basis",
    "boundary_version",
)
_CLAIM = re.compile(
    r"(?P<actor>.+?) \((?P<stance>asserts|suspects|denies|disputes) (?P<by>.+?)(?:, (?P<on>\d{4}(?:-\d\d){0,2}))?\)\Z",
    re.S,
)
_RESPONSE = re.compile(r"(?P<type>[a-z_0-9]+)(?: by (?P<by>.+?))?(?:: (?P<detail>.+))?\Z", re.S)
_CONSEQUENCE = re.compile(r"(?P<type>[a-z_]+) \(caused by (?P<caused_by>[a-z_]+)\)(?:: (?P<detail>.+))?\Z", re.S)


def is_flat(headers: list[str]) -> bool:
    """Return whether a table is our flat one; columns of your own beside ours do not matter."""
    return {"id", "title", "earliest", "latest", "legal_class", "status", "countries"} <= set(headers)


def read_flat(sheet: Sheet) -> Iterator[Entry]:
    """Yield an entry for each row; the row of HXL hashtags is passed over."""
    for row in sheet.rows:
        texts = {name: _text(row.cells.get(name)) for name in NAMES if name in row.cells}
        if texts.get("id", "").startswith("#"):
            continue
        yield _entry(row, texts)


def _entry(row: Row, texts: dict[str, str]) -> Entry:
    if row.surplus:
        fault = Fault(row.number, "", "", f"has {row.surplus} cells beyond the last heading; is a comma not quoted?")
        return Entry(row.number, None, (fault,), cells=dict(row.cells))
    try:
        record: Incident | None = Incident.model_validate(_record(texts))
        faults: tuple[Fault, ...] = ()
    except ValidationError as error:
        record, faults = None, faults_of(error, row.number)
    except _CellError as error:
        record, faults = None, (Fault(row.number, *error.args),)
    return Entry(row.number, record, faults, texts.get("id", ""), _overlay(row.number, texts), cells=dict(row.cells))


class _CellError(ValueError):
    """Column, value, rule and nearest."""


class RowError(ValueError):
    """A row cannot be laid over the record it names; carries the faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    text = str(value.isoformat() if hasattr(value, "isoformat") else value).strip()
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in "=+-@＝＋－＠\t\r\n" else text


def _overlay(number: int, texts: dict[str, str]) -> Callable[[Incident], Incident]:
    def change(record: Incident) -> Incident:
        now = dict(zip(NAMES, (_text(value) for value in cells(record)), strict=True))
        changed = {n: t for n, t in texts.items() if not _is_same(now[n], t) and n not in _DERIVED and n != "id"}
        if "boundary_version" in changed or set(_SITE) & set(changed):
            changed = {name: said for name, said in changed.items() if name not in _TERRITORY}
        fixed = [name for name in changed if name not in CHANGEABLE]
        if fixed:
            raise RowError(
                tuple(
                    Fault(number, n, changed[n], f"cannot be changed here (it is {now[n] or 'empty'!r}): {_WHY}")
                    for n in fixed
                )
            )
        return _laid(record, changed, number) if changed else record

    return change


def _is_same(one: str, other: str) -> bool:
    if one == other or one.replace("\r\n", "\n") == other.replace("\r\n", "\n"):
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _laid(record: Incident, changed: dict[str, str], number: int) -> Incident:
    data = record.model_dump(mode="json", exclude={"territories"})
    for name in changed:
        value = changed[name] or None
        if name in _SCALARS:
            data[name] = value if value is not None or name.endswith("_on") else ""
        elif name in _SPAN:
            data["occurred"][_SPAN[name]] = value if value or name == "earliest" else ""
        elif name in _YES_NO:
            data["behaviour"] = {**(data["behaviour"] or {}), name: value}
        elif name in _LISTS or name == "countries":
            data[name] = _split(changed[name])
        elif name in _SITE:
            primary = record.primary_site
            if primary is None and not record.sites:
                data["sites"] = data["sites"] or [{"name": changed.get("place") or "?", "role": "over"}]
            site = data["sites"][primary[0] if primary else 0]
            site[_SITE[name]] = value
    if set(_STATUS) & set(changed):
        latest = record.assessment.model_dump(mode="json")
        told = {**latest, "sources": [], **{_STATUS[n]: t for n, t in changed.items() if n in _STATUS}}
        data["assessments"] = [*data["assessments"], told]
    try:
        return Incident.model_validate(data)
    except ValidationError as error:
        raise RowError(faults_of(error, number)) from error


def _split(text: str) -> list[str]:
    return [part for part in text.split(SEPARATOR) if part]


def _record(texts: dict[str, str]) -> dict[str, Any]:
    """Return the record of a row nobody has: one object a class, one claim for the count, the sites by name."""
    get = texts.get
    data: dict[str, Any] = {name: get(name) for name in ("id", *_SCALARS) if get(name)}
    data["countries"] = _split(get("countries", ""))
    data["occurred"] = {field: get(name) for name, field in _SPAN.items() if get(name)}
    data["assessments"] = [{field: get(name) for name, field in _STATUS.items() if get(name)}]
    data["objects"] = _objects(texts)
    data["sites"] = _sites(texts)
    data["sources"] = _sources(get("source_urls", ""), _split(get("source_publishers", "")))
    data |= {name: _split(get(name, "")) for name in _LISTS}
    behaviour: dict[str, Any] = {name: get(name) for name in _YES_NO if get(name)}
    for name in _MEASURES:
        bounds = {bound: get(f"{name}_{bound}") for bound in ("low", "high") if get(f"{name}_{bound}")}
        if bounds:
            behaviour[name] = bounds
    if behaviour:
        data["behaviour"] = behaviour
    claims = _parsed(_CLAIM, "attributed_to", texts) + _parsed(_CLAIM, "denials", texts)
    data["attributions"] = claims
    data["responses"] = _parsed(_RESPONSE, "responses", texts, ResponseType)
    data["consequences"] = _parsed(_CONSEQUENCE, "consequences", texts, ConsequenceType)
    data["relations"] = [
        {"type": kind, "to": to} for kind, _, to in (part.partition(" ") for part in _split(get("related", "")))
    ]
    return data


def _objects(texts: dict[str, str]) -> list[dict[str, Any]]:
    classes, models = _split(texts.get("object_class", "")), _split(texts.get("object_model", ""))
    if len(models) == len(classes):
        groups: list[dict[str, Any]] = [{"object_class": c, "model": m} for c, m in zip(classes, models, strict=True)]
    else:
        groups = [{"object_class": c} for c in classes]
        if groups and models:
            groups[0]["model"] = SEPARATOR.join(models)
    bounds = {n: texts[f"count_{n}"] for n in ("low", "best", "high", "unit") if texts.get(f"count_{n}")}
    if groups and set(bounds) - {"unit"}:
        groups[0]["counts"] = [{**bounds, "by": texts.get("count_by") or "import"}]
    return groups


def _sites(texts: dict[str, str]) -> list[dict[str, Any]]:
    names = _split(texts.get("places", "")) or [texts.get("place", "")]
    place = texts.get("place", "")
    found: list[dict[str, Any]] = []
    for name in dict.fromkeys([*names, *([place] if place else [])]):
        if not name:
            continue
        site: dict[str, Any] = {"name": name, "role": texts.get("site_role") or "over"}
        if name == place:
            site |= {field: texts[column] for column, field in _SITE.items() if texts.get(column)}
        found.append(site)
    return found


def _sources(urls: str, publishers: list[str]) -> list[dict[str, Any]]:
    listed = urls.split()
    found = []
    for number, url in enumerate(listed):
        host = host_of(url) or "import"
        publisher = publishers[number] if len(publishers) == len(listed) else host
        found.append({"key": f"source-{number + 1}", "url": url, "publisher": publisher})
    return found


def _parsed(
    pattern: re.Pattern[str], column: str, texts: dict[str, str], vocabulary: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return the claims of a cell; a detail may hold the separator, so a part that is no claim belongs to the last."""
    parts: list[str] = []
    for part in _split(texts.get(column, "")):
        match = pattern.match(part)
        if not parts or (match and match.groupdict().get("type", "") in {"", *vocabulary}):
            parts.append(part)
        else:
            parts[-1] += SEPARATOR + part
    found = []
    for part in parts:
        match = pattern.match(part)
        if match is None:
            hint = nearest_word(part, []) or "TYPE by WHOM: WHAT"
            raise _CellError(column, part, "is not written as the export writes it", hint)
        found.append({name: value for name, value in match.groupdict().items() if value})
    return found
