"""Passages as candidates of the review queue: a person decides whether an incident comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from incidents.tracks.incursion import INCURSION, Incursion, iso

if TYPE_CHECKING:
    from incidents.sources.documents.document import Document


def to_candidates(items: Sequence[Incursion], source: str) -> list[dict[str, Any]]:
    """Return one candidate an incursion, as plain JSON values; near misses are none.

    The quoted evidence is one line that says what was computed, from which file.
    """
    from incidents.extract.candidate import (
        CandidateCount,
        CandidateDate,
        CandidateIncident,
        CandidateSite,
        Evidence,
        Role,
    )
    from incidents.model.vocabulary import Confidence, Outcome, PositionMethod, SiteRole

    found = []
    for item in items:
        if item.kind != INCURSION:
            continue
        text = statement(item, source)
        words = Evidence(start=0, end=len(text), quote=text, rule="tracks")
        radius_m = max(1.0, round(item.band_km * 1000, 1))
        places = (("entry", SiteRole.ENTRY, item.entry), ("deepest point", SiteRole.OVER, item.deepest),
                  ("exit", SiteRole.EXIT, item.exit))  # fmt: skip
        sites = tuple(
            CandidateSite(
                name=f"computed {name}",
                kind="track",
                role=role,
                lon=lon,
                lat=lat,
                radius_m=radius_m,
                method=PositionMethod.REPORTED_COORDINATES,
                is_exact=True,
            )
            for name, role, (lon, lat) in places
        )
        candidate = CandidateIncident(
            country=item.state,
            date=CandidateDate(earliest=item.day, latest=item.day, precision="day", basis="stated", text=str(item.day)),
            object_class="aircraft",
            count=CandidateCount(low=1, high=1),
            origin=item.nation or None,
            sites=sites,
            outcome=Outcome.LEFT if item.exit_kind == "crossing" else Outcome.UNKNOWN,
            role=Role.MAIN,
            confidence=Confidence.MODERATE if item.is_certain else Confidence.LOW,
            review_flags=("computed from positions; nobody reported it",),
            extractor="tracks",
            evidence={"event": (words,), "country": (words,), "date": (words,), "sites": (words,)},
        )
        found.append(candidate.to_json_dict())
    return found


def to_documents(items: Sequence[Incursion], source: str) -> list[Document]:
    """Return for each incursion the document that its candidate quotes: the statement, dated by the day of exit."""
    from incidents.sources.documents.document import Document

    return [
        Document(
            source=source,
            text=statement(item, source),
            published=datetime.fromtimestamp(item.exit_s, UTC).date(),
            published_from="positions",
            title=f"Computed from positions: {item.aircraft} in {item.state}",
        )
        for item in items
        if item.kind == INCURSION
    ]


def statement(item: Incursion, source: str) -> str:
    """Return what was computed in one sentence."""
    who = f"{item.aircraft} {item.callsign}".strip()
    return (
        f"Track of {who} in {source}: inside {item.state} from {iso(item.entry_s)} to {iso(item.exit_s)} "
        f"({item.duration_s:.0f} s), at most {item.depth_km:.2f} km ({item.depth_nmi:.2f} NM) deep, {item.certainty}."
    )
