"""Nominatim, with a stand-in for the service."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from geodata import online


class StandIn:
    """Answers like geopy and counts."""

    def __init__(self, answers: list[dict[str, Any]] | None) -> None:
        self.answers = answers
        self.options: list[dict[str, Any]] = []

    def geocode(self, query: str, **options: Any) -> list[Any]:
        self.options.append(options)
        if self.answers is None:
            raise OSError("no route")
        return [SimpleNamespace(raw=answer) for answer in self.answers]


ANSWER = {
    "lon": "26.36", "lat": "59.817", "name": "Vaindloo", "type": "islet", "address": {"country_code": "ee"},
    "boundingbox": ["59.81", "59.82", "26.35", "26.37"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path))
    monkeypatch.setattr(online, "_PAUSE_S", 0.0)


def test_answer_is_kept_and_credited() -> None:
    service = StandIn([ANSWER])
    first = online.ask("Vaindloo", country="Estonia", service=service)

    assert online.ask("vaindloo", country="EE", service=service) == first
    assert [options["country_codes"] for options in service.options] == ["ee"]
    assert (first[0].country, first[0].is_exact) == ("EE", False)
    assert 500 < first[0].radius_m < 1_500
    assert "OpenStreetMap" in first[0].source


def test_questions_are_a_pause_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(online, "_PAUSE_S", 1.1)
    monkeypatch.setattr("geodata.online.time.sleep", slept.append)
    for name in ("Vaindloo", "Osmussaar"):
        online.ask(name, service=StandIn([ANSWER]))

    assert 0.5 < slept[-1] <= 1.1


def test_failure_says_what_to_do() -> None:
    with pytest.raises(online.OnlineError, match="without --online"):
        online.ask("Vaindloo", service=StandIn(None))


def test_missing_geopy_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopy.geocoders", None)
    with pytest.raises(online.OnlineError, match=r"airspace-incidents\[online\]"):
        online.ask("Vaindloo")


def test_corrupt_kept_answers_are_asked_again() -> None:
    online.cache_file().write_text("{", encoding="utf-8")

    assert online.ask("Vaindloo", service=StandIn([ANSWER]))[0].name == "Vaindloo"


def test_answers_that_are_no_places_are_left_out() -> None:
    assert online.ask("x", service=StandIn([{"lon": "x"}, {"lat": "99", "lon": "0"}, {}])) == []
