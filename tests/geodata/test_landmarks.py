"""Places whose airspace everybody can check on a map."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geodata.territory import locate

LANDMARKS = list(csv.DictReader((Path(__file__).parent / "landmarks.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("mark", LANDMARKS, ids=[mark["name"] for mark in LANDMARKS])
def test_landmark(mark: dict[str, str]) -> None:
    found = locate(lon=float(mark["lon"]), lat=float(mark["lat"]), on=date.fromisoformat(mark["on"]))
    assert (found.country or "") == mark["country"]
    assert found.determination == mark["determination"]
    assert found.member_on_date == (mark["member"] == "yes")
    if mark["zone"]:
        assert found.zone == mark["zone"]


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        (15.63, 78.22, True),
        (-5.32, 35.888, False),
        (-157.85, 21.32, False),
        (-149.9, 61.22, True),
        (-52.33, 4.92, False),
    ],
    ids=["Svalbard", "Ceuta", "Hawaii", "Alaska", "French Guiana"],
)
def test_article_6(lon: float, lat: float, inside: bool) -> None:
    assert locate(lon=lon, lat=lat).article6 is inside
