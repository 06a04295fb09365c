"""Two records of one event become one, and apart again: pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from incidents.curation import CurationError, free_key, plain, validated
from incidents.model import Incident, Outcome, first_day

_UNIONS = ("sites", "territory_claims", "attributions", "responses", "consequences")


def merged(kept: Incident, duplicate: Incident) -> Incident:
    """Return `kept` with everything that only `duplicate` says. What `kept` says is never replaced.

    Sources with the same address become one that supports what both did; a clashing key is renamed. Objects of one
    class and model are one group with both counts as claims. Where the times differ, that is noted as a conflict.
    """
    keys, sources = _merged_sources(kept, duplicate)
    other = _rekeyed(plain(duplicate), keys)
    data = plain(kept)
    data["sources"] = sources
    data["assessments"] = _union(data["assessments"], other["assessments"])
    for name in _UNIONS:
        data[name] = _union(data[name], other[name])
    data["objects"] = _merged_objects(data["objects"], other["objects"])
    for name in ("countries", "unknowns", "conflicts", "relations"):
        data[name] = _union(data[name], other[name])
    data["relations"] = [r for r in data["relations"] if r["to"] not in (kept.id, duplicate.id)]
    for name in ("behaviour", "discovered_on"):
        data[name] = other[name] if data[name] is None else data[name]
    for name in ("summary", "confidence_reason", "compiled_on"):
        data[name] = data[name] or other[name]
    if kept.outcome is Outcome.UNKNOWN:
        data["outcome"] = other["outcome"]
    reported = [day for day in (kept.first_reported_on, duplicate.first_reported_on) if day]
    data["first_reported_on"] = min(reported, key=first_day, default=None)
    if kept.occurred.model_dump(exclude={"text"}) != duplicate.occurred.model_dump(exclude={"text"}):
        words = f"{duplicate.occurred.earliest or 'unknown'} to {duplicate.occurred.latest}"
        data["conflicts"] = _union(data["conflicts"], [f"{duplicate.id}, merged into this, gave the time as {words}."])
    return validated(data)


def _merged_sources(kept: Incident, duplicate: Incident) -> tuple[dict[str, str], list[dict[str, Any]]]:
    by_url = {source.url: source.key for source in kept.sources}
    taken = {source.key for source in kept.sources}
    keys: dict[str, str] = {}
    sources = [source.model_dump(mode="json") for source in kept.sources]
    for source in duplicate.sources:
        if source.url in by_url:
            keys[source.key] = by_url[source.url]
            ours = next(known for known in sources if known["key"] == keys[source.key])
            ours["supports"] = _union(ours["supports"], source.supports)
            continue
        keys[source.key] = free_key(source.key, taken)
        taken.add(keys[source.key])
        sources.append({**source.model_dump(mode="json"), "key": keys[source.key]})
    return keys, sources


def _rekeyed(value: Any, keys: Mapping[str, str]) -> Any:
    """Return plain values with every cited key renamed."""
    if isinstance(value, dict):
        return {
            name: list(dict.fromkeys(keys.get(key, key) for key in part))
            if name == "sources" and all(isinstance(key, str) for key in part)
            else _rekeyed(part, keys)
            for name, part in value.items()
        }
    return [_rekeyed(part, keys) for part in value] if isinstance(value, list) else value


def _union(ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    return [*ours, *[part for part in theirs if part not in ours]]


def _merged_objects(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups = [dict(group) for group in ours]
    for group in theirs:
        same = next((g for g in groups if _is_same_kind(g, group)), None)
        if same is None:
            groups.append(group)
            continue
        for name in ("counts", "identified_by", "sources"):
            same[name] = _union(same[name], group[name])
        same["model"] = same["model"] or group["model"]
    return groups


def _is_same_kind(one: dict[str, Any], other: dict[str, Any]) -> bool:
    units = {claim["unit"] for claim in (*one["counts"], *other["counts"])}
    models = {group["model"].casefold() for group in (one, other) if group["model"]}
    return one["object_class"] == other["object_class"] and len(models) < 2 and len(units) < 2


def unmerged(now: Incident, *, before: Incident, after: Incident) -> Incident:
    """Return `now` without what a merge brought: `before` and `after` are the states around the merge.

    Fields and list entries edited since stay as they are now.

    Raises
    ------
    CurationError
        If a later edit rests on something the merge brought, such as a citation of a source.
    """
    old, mid, new = plain(before), plain(after), plain(now)
    for name, value in new.items():
        if old[name] == mid[name]:
            continue
        if value == mid[name]:
            new[name] = old[name]
        elif isinstance(value, list):
            brought = [part for part in mid[name] if part not in old[name]]
            lost = [part for part in old[name] if part not in mid[name]]
            new[name] = lost + [part for part in value if part not in brought]
    try:
        return validated(new)
    except CurationError as error:
        raise CurationError(f"A later edit rests on what the merge brought; edit that first. {error}") from error
