"""Files that many people have come in as they are, no more exact than their own codes allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidents.store import Store
from tests.sources.desk import Load, held, write

SAMPLES = Path(__file__).parent / "samples"
ACLED = (SAMPLES / "acled.csv").read_text(encoding="utf-8")
FAA = (SAMPLES / "faa.csv").read_text(encoding="utf-8")


def test_acled_precision_widens_time_and_place(tmp_path: Path, store: Store, load: Load) -> None:
    report = load(write(tmp_path, ACLED))
    assert report.added == 3, report.faults
    by_id = {r.id[:2]: r for r in held(store)}
    assert str(by_id["RO"].occurred.earliest) == "2025-04-29"
    assert str(by_id["RO"].occurred.latest) == "2025-05-11"
    assert (str(by_id["EE"].occurred.earliest), str(by_id["EE"].occurred.latest)) == ("2025-05-01", "2025-05-31")
    assert [by_id[c].sites[0].radius_m for c in ("PL", "RO", "EE")] == [5_000, 25_000, 100_000]
    assert by_id["PL"].objects[0].object_class.value == "drone"
    assert by_id["EE"].consequences[0].best == 2
    assert load(write(tmp_path, ACLED.replace("debris", "wreckage"))).changed == 1


def test_faa_sightings_are_days_in_american_order(tmp_path: Path, store: Store, load: Load) -> None:
    report = load(write(tmp_path, FAA))
    assert report.added == 2, report.faults
    orlando, dallas = held(store)
    assert (str(orlando.occurred.earliest), str(orlando.occurred.latest)) == ("2025-01-02", "2025-01-02")
    assert orlando.occurred.text == "1/2/2025 14:30"
    assert "hour: local time, zone not given" in orlando.unknowns
    assert (orlando.countries, orlando.legal_class.value) == (("US",), "sighting")
    assert orlando.sources[0].publisher == "Federal Aviation Administration"
    assert orlando.sites[0].lon == pytest.approx(-81.4, abs=0.5)
    assert dallas.sites[0].name == "Dallas, Texas"


def test_gdelt_rows_are_leads(tmp_path: Path, store: Store, load: Load) -> None:
    text = (
        "GLOBALEVENTID\tSQLDATE\tActionGeo_Type\tActionGeo_FullName\tActionGeo_CountryCode\tActionGeo_Lat\t"
        "ActionGeo_Long\tDATEADDED\tSOURCEURL\n"
        "1\t20250910\t1\tPoland\tPL\t52\t20\t20250911000000\thttps://example.org/x\n"
        "2\t20250910\t4\tTallinn, Estonia\tEN\t59.43\t24.73\t20250911000000\thttps://example.org/y\n"
    )
    assert load(write(tmp_path, text, "x.tsv")).added == 2
    tallinn, poland = held(store)
    assert (tallinn.countries, tallinn.sites[0].radius_m) == (("EE",), 10_000)
    assert poland.sites[0].radius_m == 500_000
    assert poland.unknowns[0].startswith("what happened: coded by a machine")
    assert poland.confidence.value == "low"
