"""What was known on a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from incidents.asof import as_of
from incidents.attribute import attribute
from incidents.model import (
    Assessment,
    Attribution,
    Basis,
    Incident,
    ObjectClass,
    ObjectGroup,
    PositionMethod,
    Says,
    Site,
    SiteRole,
    Stance,
    Status,
    TerritoryClaim,
    TimeSpan,
)
from tests.worlds import incidents, make_incident, make_source


def _history() -> Incident:
    return make_incident(
        occurred=TimeSpan(earliest="2025-09-22", latest="2025-09-22"),
        sources=(make_source("police", published_on="2025-09-23"), make_source("review", published_on="2026-02-01")),
        assessments=(
            Assessment(status=Status.CONFIRMED, by="Police", on="2025-09-23", sources=("police",)),
            Assessment(status=Status.REFUTED, by="Review board", on="2026-02-01", note="a star", sources=("review",)),
        ),
        attributions=(Attribution(actor="RU", stance=Stance.DENIES, by="Embassy", sources=("review",)),),
        objects=make_incident().objects,
        summary="Written with everything known.",
        compiled_on="2026-03-01",
    )


def test_an_earlier_day_shows_the_status_of_that_day() -> None:
    then = as_of(_history(), date(2025, 10, 1))
    assert then is not None
    assert then.status is Status.CONFIRMED
    assert [source.key for source in then.sources] == ["police"]
    assert then.attributions == ()
    assert then.summary == ""


def test_the_day_itself_counts_and_the_day_before_does_not() -> None:
    assert as_of(_history(), date(2025, 9, 22)) is None
    known = as_of(_history(), date(2026, 2, 1))
    assert known is not None
    assert known.status is Status.REFUTED


def test_everything_known_is_the_record_itself() -> None:
    assert as_of(_history(), date(2026, 3, 1)) == _history()


def test_a_month_counts_from_its_last_day() -> None:
    record = make_incident(
        sources=(make_source("agency", published_on="2025-03"),),
        assessments=(Assessment(status=Status.PROBABLE, by="editors", on="2025-03", sources=("agency",)),),
    )
    assert as_of(record, date(2025, 3, 30)) is None
    assert as_of(record, date(2025, 3, 31)) is not None


def test_a_wreck_found_later_is_not_on_an_earlier_map() -> None:
    late = Site(
        name="Field",
        role=SiteRole.DEBRIS,
        lon=22.0,
        lat=51.0,
        radius_m=500.0,
        method=PositionMethod.GAZETTEER,
        sources=("review",),
    )
    early = late.model_copy(update={"name": "Village", "lon": 23.0, "sources": ("police",)})
    drone = ObjectGroup(object_class=ObjectClass.DRONE, sources=("police",))
    named = drone.model_copy(update={"model": "Gerbera", "sources": ("review",)})
    record = attribute([_history().model_copy(update={"sites": (late, early), "objects": (named, drone)})])[0]
    then = as_of(record, date(2025, 10, 1))
    assert then is not None
    assert [site.name for site in then.sites] == ["Village"]
    assert [then.sites[territory.site].name for territory in then.territories] == ["Village"]
    assert then.territories[0].country == record.territories[1].country
    assert [group.model for group in then.objects] == [""]
    only = as_of(record.model_copy(update={"objects": (named,)}), date(2025, 10, 1))
    assert only is not None
    assert [(group.object_class, group.model) for group in only.objects] == [(ObjectClass.DRONE, "")]


def test_a_territory_agrees_only_with_claims_made_by_then() -> None:
    site = Site(
        name="Village", role=SiteRole.OVER, lon=22.0, lat=51.0, radius_m=500.0, method=PositionMethod.GAZETTEER
    ).model_copy(update={"sources": ("police",)})
    claim = TerritoryClaim(country="PL", says=Says.INSIDE, by="Ministry", on="2026-02-01", sources=("review",))
    record = attribute([_history().model_copy(update={"sites": (site,), "territory_claims": (claim,)})])[0]
    then = as_of(record, date(2025, 10, 1))
    assert then is not None
    assert record.territories[0].basis is Basis.BOTH_AGREE
    assert then.territories[0].basis is Basis.COMPUTED


@given(incidents(), st.integers(-30, 900), st.integers(0, 400))
def test_an_earlier_day_never_knows_more(record: Incident, offset: int, gap: int) -> None:
    early_day = record.occurred.last_day + timedelta(days=offset)
    early, late = as_of(record, early_day), as_of(record, early_day + timedelta(days=gap))
    if early is None:
        return
    assert late is not None
    for name in ("assessments", "attributions", "sites", "responses", "sources", "unknowns", "conflicts"):
        known = getattr(late, name)
        keys = {getattr(part, "key", None) or repr(_without_sources(part)) for part in known}
        for part in getattr(early, name):
            assert (getattr(part, "key", None) or repr(_without_sources(part))) in keys


def _without_sources(part: object) -> object:
    return part.model_copy(update={"sources": ()}) if hasattr(part, "model_copy") else part
