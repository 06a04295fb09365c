"""The incidents a briefer names first: deepest, longest, most objects, harm, shot down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from incidents.model import ConsequenceType, Incident, Outcome, ResponseType
from incidents.wording import count_words, duration_words, label, measure_words


@dataclass(frozen=True)
class Serious:
    """One incident that stands out, and by what."""

    kind: str
    id: str
    title: str
    value: str
    by: str
    """Who gives the value; empty where nobody is named for it."""


def serious(records: Sequence[Incident]) -> tuple[Serious, ...]:
    """Return what stands out among `records`, by kind; of equal ones the earlier."""
    found = [_extreme(records, kind, size) for kind, size in _EXTREMES.items()]
    found += [_harm(record, kind) for record in records for kind in _HARM if _has(record, kind)]
    found += [
        Serious("shot down", r.id, r.title, _shootdown_words(r), _shootdown_by(r))
        for r in records
        if r.outcome is Outcome.SHOT_DOWN or any(p.type is ResponseType.SHOT_DOWN for p in r.responses)
    ]
    return tuple(item for item in found if item is not None)


def _depth(record: Incident) -> tuple[float, str, str] | None:
    measure = record.behaviour.penetration_km if record.behaviour else None
    if measure is None:
        return None
    return measure.high or measure.low or 0.0, measure_words(measure, "km"), measure.by


def _duration(record: Incident) -> tuple[float, str, str] | None:
    measure = record.behaviour.duration_s if record.behaviour else None
    if measure is None:
        return None
    return measure.high or measure.low or 0.0, duration_words(measure), measure.by


def _objects(record: Incident) -> tuple[float, str, str] | None:
    count = record.count
    if count is None or not count.is_known:
        return None
    best = next(value for value in (count.best, count.low, count.high) if value is not None)
    claimants = dict.fromkeys(claim.by for group in record.objects for claim in group.counts)
    return best, count_words(count), ", ".join(claimants)


_EXTREMES: dict[str, Callable[[Incident], tuple[float, str, str] | None]] = {
    "deepest": _depth,
    "longest": _duration,
    "most objects": _objects,
}

_HARM = (ConsequenceType.DEATH, ConsequenceType.INJURY, ConsequenceType.PROPERTY_DAMAGE)


def _extreme(
    records: Sequence[Incident], kind: str, size: Callable[[Incident], tuple[float, str, str] | None]
) -> Serious | None:
    sized = [(answer, record) for record in records if (answer := size(record)) is not None]
    if not sized:
        return None
    (number, words, by), record = max(sized, key=lambda pair: pair[0][0])
    return None if kind == "most objects" and number < 2 else Serious(kind, record.id, record.title, words, by)


def _has(record: Incident, kind: ConsequenceType) -> bool:
    return any(c.type is kind for c in record.consequences)


def _harm(record: Incident, kind: ConsequenceType) -> Serious:
    consequence = next(c for c in record.consequences if c.type is kind)
    cause = f"cause: {label(consequence.caused_by.value)}"
    return Serious(
        label(kind.value), record.id, record.title, f"{consequence.detail or label(kind.value)} ({cause})", ""
    )


def _shootdown_words(record: Incident) -> str:
    details = [p.detail for p in record.responses if p.type is ResponseType.SHOT_DOWN and p.detail]
    return details[0] if details else "shot down"


def _shootdown_by(record: Incident) -> str:
    return ", ".join(dict.fromkeys(p.by for p in record.responses if p.type is ResponseType.SHOT_DOWN and p.by))
