"""Records in, records with territory out: whose airspace each site lies in, and how that stands to the claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidents.model import Basis, Candidate, Incident, Says, Site, SiteTerritory

if TYPE_CHECKING:
    from geodata.territory import Territory


def attribute(records: Sequence[Incident]) -> list[Incident]:
    """Return the records with `territories` computed anew, one for each placed site.

    The geometry is the same on every day; membership is that of the incident's first day.
    """
    placed = [
        (number, index, site)
        for number, record in enumerate(records)
        for index, site in enumerate(record.sites)
        if site.is_placed
    ]
    if not placed:
        return [record.model_copy(update={"territories": ()}) for record in records]
    import numpy as np

    from geodata.territory import locate_many

    positions = np.array([(site.lon, site.lat, site.radius_m) for _, _, site in placed], dtype=float)
    answers = locate_many(positions[:, 0], positions[:, 1], positions[:, 2])
    found: list[list[SiteTerritory]] = [[] for _ in records]
    for (number, index, site), answer in zip(placed, answers, strict=True):
        found[number].append(_site_territory(records[number], index, site, answer))
    return [
        record.model_copy(update={"territories": tuple(territories)})
        for record, territories in zip(records, found, strict=True)
    ]


def _site_territory(record: Incident, index: int, site: Site, answer: Territory) -> SiteTerritory:
    from geodata.countries import is_member

    candidates = tuple(
        Candidate(country=code, share=round(share, 3)) for code, share in answer.candidates if code is not None
    )
    possible = {answer.country} if answer.country else {candidate.country for candidate in candidates}
    return SiteTerritory(
        site=index,
        country=answer.country,
        zone=str(answer.zone),
        determination=str(answer.determination),
        candidates=candidates,
        border_distance_km=None if answer.border_distance_km is None else round(answer.border_distance_km, 2),
        nearest_border=answer.nearest_border,
        member_on_date=any(is_member(code, record.day) for code in possible),
        article6=answer.article6,
        boundary_version=answer.boundary_version,
        basis=basis(record, site, country=answer.country, determination=str(answer.determination)),
    )


def basis(record: Incident, site: Site, *, country: str | None, determination: str) -> Basis:
    """Return how the computed answer for `site` stands against what was claimed about the affected states.

    ``computed`` where nobody made a claim or the sources place the site in a state that is not affected;
    ``both_agree`` where a claim and the geometry say the same; ``conflict`` where they contradict each other;
    ``stated_by_state`` where the geometry cannot settle it. A denial counts only where nobody claims the opposite:
    an accused party's denial does not turn two agreeing answers into a conflict, it is shown beside them.
    """
    if site.country is not None and site.country not in record.countries:
        return Basis.COMPUTED
    affected = {site.country} if site.country else set(record.countries)
    inside = {claim.country for claim in record.territory_claims if claim.says is Says.INSIDE} & affected
    outside = {claim.country for claim in record.territory_claims if claim.says is Says.OUTSIDE} & affected - inside
    if not inside and not outside:
        return Basis.COMPUTED
    if determination in ("indeterminate", "disputed"):
        return Basis.STATED_BY_STATE
    if inside:
        return Basis.BOTH_AGREE if country in inside else Basis.CONFLICT
    return Basis.CONFLICT if country in outside else Basis.BOTH_AGREE
