"""A period against the equal one before it, with a warning where they were not watched alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from incidents.model import Incident
from incidents.report.figure import Figure, figure

_COVERAGE_TOLERANCE = 0.25
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Trend:
    """Incidents in a period and in the equal one before."""

    since: date
    until: date
    previous_since: date
    previous_until: date
    current: Figure
    previous: Figure
    warning: str
    """Why the two may not compare; empty where nothing speaks against it."""


def trend(records: Sequence[Incident], *, since: date | None, until: date | None) -> Trend | None:
    """Return the comparison, or None where neither period holds an incident.

    Without bounds the period is the year up to the last known incident. `records` must reach back before `since`.
    """
    if until is None:
        until = max((r.occurred.last_day for r in records), default=None)
    if until is None:
        return None
    if since is None:
        since = until - _YEAR + timedelta(days=1)
    length = until - since
    previous_until = since - timedelta(days=1)
    previous_since = previous_until - length
    current = [r for r in records if since <= r.occurred.first_day <= until]
    previous = [r for r in records if previous_since <= r.occurred.first_day <= previous_until]
    if not current and not previous:
        return None
    return Trend(
        since=since,
        until=until,
        previous_since=previous_since,
        previous_until=previous_until,
        current=figure("this period", current),
        previous=figure("the period before", previous),
        warning=_coverage_warning(current, previous),
    )


def _coverage_warning(current: Sequence[Incident], previous: Sequence[Incident]) -> str:
    if not previous or not current:
        return "One of the two periods holds no record: that may be a gap in what was collected."
    per_incident = [len({s.publisher for r in rs for s in r.sources}) / len(rs) for rs in (current, previous)]
    if abs(per_incident[0] - per_incident[1]) > _COVERAGE_TOLERANCE * max(per_incident):
        return (
            "The two periods were not covered alike "
            f"({per_incident[0]:.1f} against {per_incident[1]:.1f} publishers an incident); "
            "part of the difference may be reporting."
        )
    return ""
