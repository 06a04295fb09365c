"""Claims and geometry stand side by side; neither overrules the other."""

from __future__ import annotations

import pytest

from incidents.attribute import attribute, basis
from incidents.model import Basis, PositionMethod, Says, Site, SiteRole, TerritoryClaim, TimeSpan
from tests.worlds import make_incident


def _site(lon: float = 22.57, lat: float = 51.25, radius_m: float = 2000.0, country: str | None = None) -> Site:
    return Site(
        name="x",
        role=SiteRole.OVER,
        lon=lon,
        lat=lat,
        radius_m=radius_m,
        method=PositionMethod.GAZETTEER,
        country=country,
    )


def _claim(says: Says, country: str = "PL", by: str = "Army") -> TerritoryClaim:
    return TerritoryClaim(country=country, says=says, by=by, sources=("agency",))


@pytest.mark.parametrize(
    ("claims", "country", "determination", "expected"),
    [
        ((), "PL", "inside", Basis.COMPUTED),
        ((_claim(Says.INSIDE),), "PL", "inside", Basis.BOTH_AGREE),
        ((_claim(Says.INSIDE),), "UA", "outside", Basis.CONFLICT),
        ((_claim(Says.INSIDE),), None, "outside", Basis.CONFLICT),
        ((_claim(Says.INSIDE),), None, "indeterminate", Basis.STATED_BY_STATE),
        ((_claim(Says.OUTSIDE),), "PL", "inside", Basis.CONFLICT),
        ((_claim(Says.OUTSIDE),), None, "outside", Basis.BOTH_AGREE),
        ((_claim(Says.INSIDE), _claim(Says.OUTSIDE, by="Russian MoD")), "PL", "inside", Basis.BOTH_AGREE),
    ],
)
def test_how_geometry_stands_to_the_claims(
    claims: tuple[TerritoryClaim, ...], country: str | None, determination: str, expected: Basis
) -> None:
    record = make_incident(territory_claims=claims)
    assert basis(record, _site(), country=country, determination=determination) is expected


def test_a_site_in_a_state_that_is_not_affected_makes_no_conflict() -> None:
    record = make_incident(territory_claims=(_claim(Says.INSIDE),))
    assert basis(record, _site(country="UA"), country="UA", determination="outside") is Basis.COMPUTED


def test_membership_is_that_of_the_day() -> None:
    helsinki = _site(24.94, 60.17)
    days = {"2023-04-03": False, "2023-04-04": True}
    for day, expected in days.items():
        record = make_incident("FI-2023-001", occurred=TimeSpan(earliest=day, latest=day), sites=(helsinki,))
        [territory] = attribute([record])[0].territories
        assert (territory.country, territory.member_on_date) == ("FI", expected)


def test_an_unplaced_site_gets_no_territory() -> None:
    record = make_incident(sites=(Site(name="somewhere", role=SiteRole.OVER), _site()))
    [territory] = attribute([record])[0].territories
    assert territory.site == 1
