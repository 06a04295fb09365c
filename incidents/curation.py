"""Edits as pure functions: a record in, the changed record out, validated."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from incidents.errors import IncidentsError
from incidents.model import Assessment, Attribution, Incident, Relation, RelationType, Source
from incidents.model.base import Part

_STEP = re.compile(r"\[(\d+|\+)\]|\.?([^.\[\]]+)")


NO_ID = "XX-0000-000"
"""Stands for an id until one is issued."""


class CurationError(IncidentsError, ValueError):
    """A change does not fit the record; the message names field, value and rule."""


def validated(data: Mapping[str, Any]) -> Incident:
    """Return the record of plain values.

    Raises
    ------
    CurationError
        Naming every field that breaks a rule.
    """
    from incidents.dataset import describe_faults

    try:
        return Incident.model_validate({key: value for key, value in data.items() if key != "territories"})
    except ValidationError as error:
        name = data.get("id")
        raise CurationError(
            "\n".join([f"{'record' if name in (None, '', NO_ID) else name}:", *describe_faults(error)])
        ) from error


P = TypeVar("P", bound=Part)


def checked(kind: type[P], **fields: Any) -> P:
    """Return a part of a record.

    Raises
    ------
    CurationError
        Naming every field that breaks a rule.
    """
    from incidents.dataset import describe_faults

    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        raise CurationError("\n".join([f"{kind.__name__.lower()}:", *describe_faults(error)])) from error


def plain(record: Incident) -> dict[str, Any]:
    """Return the record as plain JSON values, without what is computed."""
    return record.model_dump(mode="json", exclude={"territories"})


def with_fields(record: Incident, settings: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> Incident:
    """Return the record with the fields at some paths replaced, such as ``sites[0].name`` or ``unknowns[+]``, in order.

    ``[+]`` appends to a list; None empties a field or removes an entry of a list.
    """
    data = plain(record)
    for path, value in settings.items() if isinstance(settings, Mapping) else settings:
        if path.startswith("territories"):
            raise CurationError(f"{path}: computed from the sites, never typed. Change a site instead.")
        _assign(data, path, value)
    return validated(data)


def _assign(data: Any, path: str, value: Any) -> None:
    steps = [_index(m[1]) if m[1] else m[2] for m in _STEP.finditer(path)]
    if not steps or "".join(m[0] for m in _STEP.finditer(path)) != path:
        raise CurationError(f"{path!r} is not a field path. Write one like title, sites[0].name or unknowns[+].")
    place = data
    for step, following in itertools.pairwise(steps):
        _must_fit(place, step, path)
        if step == -1:
            place.append({})
        elif isinstance(place, dict) and place[step] is None:
            place[step] = [] if isinstance(following, int) else {}
        place = place[step]
    last: Any = steps[-1]
    _must_fit(place, last, path, is_last=True)
    if last == -1 and isinstance(place, list):
        place.append(value)
    elif isinstance(place, list) and value is None:
        del place[last]
    else:
        place[last] = value


def _index(text: str) -> int:
    return -1 if text == "+" else int(text)


def _must_fit(place: Any, step: str | int, path: str, *, is_last: bool = False) -> None:
    if isinstance(step, int):
        if not isinstance(place, list):
            raise CurationError(f"{path}: not a list.")
        if step >= len(place):
            raise CurationError(f"{path}: the list has {len(place)} entries, counted from 0; [+] appends.")
    elif not isinstance(place, dict) or (step not in place and not is_last):
        known = f" Known: {', '.join(place)}." if isinstance(place, dict) else ""
        raise CurationError(f"{path}: no field {step!r}.{known}")


def with_assessment(record: Incident, assessment: Assessment, source: Source | None = None) -> Incident:
    """Return the record with one more assessment, citing `source` where given."""
    record, cited = with_source(record, source)
    told = assessment.model_copy(update={"sources": tuple(dict.fromkeys([*assessment.sources, *cited]))})
    return validated({**plain(record), "assessments": [*record.assessments, told]})


def with_attribution(record: Incident, attribution: Attribution, source: Source | None = None) -> Incident:
    """Return the record with one more attribution, citing `source` where given."""
    record, cited = with_source(record, source)
    told = attribution.model_copy(update={"sources": tuple(dict.fromkeys([*attribution.sources, *cited]))})
    return validated({**plain(record), "attributions": [*record.attributions, told]})


def with_source(record: Incident, source: Source | None) -> tuple[Incident, tuple[str, ...]]:
    """Return the record with a source, unless it has one with that address, and the keys to cite it by."""
    if source is None:
        return record, ()
    for known in record.sources:
        if known.url == source.url:
            return record, (known.key,)
    key = free_key(source.key, {s.key for s in record.sources})
    added = source.model_copy(update={"key": key})
    return record.model_copy(update={"sources": (*record.sources, added)}), (key,)


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, with a number where it is taken."""
    used, number, key = set(taken), 2, wanted
    while key in used:
        key, number = f"{wanted}-{number}", number + 1
    return key


def related(record: Incident, relation: RelationType, to: str, note: str = "") -> Incident:
    """Return the record with a relation to another; unchanged where it has it."""
    if any(known.type is relation and known.to == to for known in record.relations):
        return record
    return record.model_copy(
        update={"relations": (*record.relations, checked(Relation, type=relation, to=to, note=note))}
    )


def split_fields(
    record: Incident,
    *,
    sites: Sequence[int] = (),
    objects: Sequence[int] = (),
    countries: Sequence[str] = (),
    titles: tuple[str, str] = ("", ""),
) -> list[dict[str, Any]]:
    """Return what the two parts of a split have of their own: the second gets the named sites and objects (from 0).

    Everything else (claims, sources, assessments) stays with both. An object group that is not named stays with the
    first; where all or none are named, both keep all. `countries` are those of the second part; by default, all.
    """
    for name, chosen, count in (("site", sites, len(record.sites)), ("object", objects, len(record.objects))):
        if wrong := [number for number in chosen if not 0 <= number < count]:
            raise CurationError(f"{record.id} has no {name} {wrong[0] + 1}; it has {count}.")
    if not sites and not objects and not countries:
        raise CurationError("Name the sites, objects or countries of the second part.")
    if extra := sorted(set(countries) - set(record.countries)):
        raise CurationError(f"{record.id} does not affect {', '.join(extra)}, but {', '.join(record.countries)}.")
    first: dict[str, Any] = {"title": titles[0] or record.title}
    second: dict[str, Any] = {"title": titles[1] or record.title}
    if sites:
        first["sites"] = tuple(s for k, s in enumerate(record.sites) if k not in sites)
        second["sites"] = tuple(s for k, s in enumerate(record.sites) if k in sites)
    if objects and len(set(objects)) < len(record.objects):
        first["objects"] = tuple(o for k, o in enumerate(record.objects) if k not in objects)
        second["objects"] = tuple(o for k, o in enumerate(record.objects) if k in objects)
    if countries:
        second["countries"] = tuple(c for c in record.countries if c in countries)
        first["countries"] = tuple(c for c in record.countries if c not in countries) or record.countries
    return [first, second]


def to_yaml(record: Incident) -> str:
    """Return the record as YAML for a person to edit: fields in order, empty ones left out."""
    import yaml

    return yaml.safe_dump(_filled(plain(record)), allow_unicode=True, sort_keys=False, width=110)


def from_yaml(text: str, *, name: str) -> Incident:
    """Return the record of a YAML document.

    Raises
    ------
    DatasetError, CurationError
        If it is not YAML or breaks a rule.
    """
    from incidents.dataset import parse_yaml

    data = parse_yaml(text, name=name)
    if not isinstance(data, dict):
        raise CurationError(f"{name}: expected the fields of one incident, got {type(data).__name__}.")
    return validated(data)


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items() if part not in (None, "", [])}
    return [_filled(part) for part in value] if isinstance(value, list) else value
