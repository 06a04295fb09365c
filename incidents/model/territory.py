"""The computed answer for a site, stored beside the record and never typed by hand."""

from __future__ import annotations

from incidents.model.base import Part
from incidents.model.vocabulary import Basis


class Candidate(Part):
    """A state that may be the sovereign, with its share of the uncertainty disc (0 to 1)."""

    country: str
    share: float


class SiteTerritory(Part):
    """Whose airspace a site lies in, computed by `geodata.territory` with the site's radius on the incident's day."""

    site: int
    """Index into the incident's `sites`."""
    country: str | None
    """ISO alpha-2 code of the sovereign; empty where outside, undecided or disputed."""
    zone: str
    """``land``, ``territorial_sea`` or ``outside``."""
    determination: str
    """``inside``, ``outside``, ``indeterminate`` or ``disputed``."""
    candidates: tuple[Candidate, ...] = ()
    border_distance_km: float | None = None
    """Signed geodesic distance to the border, positive inside."""
    nearest_border: str | None = None
    member_on_date: bool = False
    article6: bool = False
    boundary_version: str
    basis: Basis = Basis.COMPUTED
    """How the geometry stands against what states claimed."""
