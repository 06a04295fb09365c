"""Any frame that keeps the contract is drawn; one that breaks it is told every fault at once."""

from __future__ import annotations

import geopandas as gpd
import pytest

from maps import FrameError, check_frame
from maps.frame import safe_url
from tests.frames import HOSTILE_URLS, make_frame, make_row


def test_a_good_frame_passes() -> None:
    check_frame(make_frame([make_row(1), make_row(2, point=None)]))


def test_every_fault_is_named_at_once() -> None:
    frame = make_frame(
        [
            make_row(1, latest="soon", status="certain"),
            make_row(2, object_class="dragon"),
            make_row(3, radius_m=-5.0, point=(200.0, 50.0)),
        ]
    ).drop(columns=["title"])
    with pytest.raises(FrameError) as caught:
        check_frame(frame)
    message = str(caught.value)
    for part in ("'title'", "soon", "certain", "dragon", "-5", "200"):
        assert part in message


def test_another_crs_is_refused_with_the_remedy() -> None:
    with pytest.raises(FrameError, match=r"to_crs\(4326\)"):
        check_frame(make_frame([make_row()]).to_crs(3857))


def test_an_empty_frame_keeps_the_contract() -> None:
    check_frame(make_frame([]))


def test_a_frame_without_geometry_is_refused_not_crashed() -> None:
    plain = gpd.GeoDataFrame(make_frame([make_row()]).drop(columns="geometry"))
    with pytest.raises(FrameError):
        check_frame(plain)


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_no_hostile_address_becomes_a_link(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org:8080/ą"])
def test_plain_addresses_stay(url: str) -> None:
    assert safe_url(url) == url
