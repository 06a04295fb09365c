"""Every figure of a report can be recomputed from the incidents it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from incidents.membership import nato_countries
from incidents.model import Assessment, Incident, Status, TimeSpan
from incidents.query import Query
from incidents.report.headline import headline
from incidents.report.narrative import compose
from incidents.report.plain import to_json_dict
from incidents.report.summary import NATO, summarise
from incidents.report.text import render_text
from incidents.stats import DIMENSIONS
from tests.worlds import make_incident, make_source

EVERYTHING = Query()


def _figures(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "ids" in value and "value" in value:
            yield value
        for item in value.values():
            yield from _figures(item)
    elif isinstance(value, list):
        for item in value:
            yield from _figures(item)


@pytest.mark.parametrize("subject", ["PL", "RO", "EE", "DK", "FI", "MD", NATO])
def test_every_number_follows_from_its_ids(bundled: list[Incident], subject: str) -> None:
    summary = summarise(bundled, subject, EVERYTHING)
    data = to_json_dict(summary)
    by_id = {record.id: record for record in bundled}
    figures = list(_figures(data))
    assert figures
    for figure in figures:
        assert figure["value"] == len(set(figure["ids"])) == len(figure["ids"])
        assert set(figure["ids"]) <= set(by_id)
    counted = {
        record.id
        for record in bundled
        if record.status is not Status.REFUTED
        and (nato_countries(record) if subject == NATO else subject in nato_countries(record))
    }
    assert set(summary.counted.ids) == counted
    for by, rows in summary.breakdowns.items():
        for row in rows:
            assert row.ids
            assert all(row.key in DIMENSIONS[by](by_id[id_]) for id_ in row.ids)


@pytest.mark.parametrize("subject", ["PL", "RO", "EE", "DK"])
def test_the_headline_states_the_recomputed_numbers(bundled: list[Incident], subject: str) -> None:
    summary = summarise(bundled, subject, EVERYTHING)
    text = headline(summary)
    mine = [r for r in bundled if subject in nato_countries(r) and r.status is not Status.REFUTED]
    assert text.startswith(f"{len(mine)} incidents over ")
    for status in {record.status for record in mine}:
        assert f"{sum(r.status is status for r in mine)} {status.value}" in text


def test_confirmed_is_never_printed_without_who_confirms(bundled: list[Incident]) -> None:
    summary = summarise(bundled, "EE", EVERYTHING)
    text = " ".join(render_text(compose(summary), width=200).split())
    listed = re.findall(r"; confirmed(.{40})", text)
    assert listed
    assert all(rest.startswith(" (") for rest in listed)


def test_refuted_incidents_are_told_and_not_counted() -> None:
    refuted = (Assessment(status=Status.REFUTED, by="Police", on="2025-03-05", note="a star"),)
    records = [make_incident(), make_incident("PL-2025-002", assessments=refuted)]
    summary = summarise(records, "PL", EVERYTHING)
    assert summary.counted.ids == ("PL-2025-001",)
    assert summary.refuted.ids == ("PL-2025-002",)
    assert "1 further incident was refuted." in render_text(compose(summary))


def test_before_accession_stands_apart() -> None:
    before = make_incident("FI-2022-001", occurred=TimeSpan(earliest="2022-08-18", latest="2022-08-18"))
    summary = summarise([before], "FI", EVERYTHING)
    assert summary.counted.ids == ()
    assert summary.apart.ids == ("FI-2022-001",)
    text = " ".join(render_text(compose(summary)).split())
    assert "before Finland acceded on 4 April 2023 is kept and not counted for NATO" in text


def test_the_trend_compares_equal_periods_and_warns_of_unlike_coverage() -> None:
    thin = make_incident("PL-2025-001", occurred=TimeSpan(earliest="2025-01-15", latest="2025-01-15"))
    sources = tuple(make_source(f"paper{n}", publisher=f"Paper {n}") for n in range(6))
    assessed = (Assessment(status=Status.PROBABLE, by="editors", on="2025-03-05"),)
    rich = make_incident(
        "PL-2025-002",
        occurred=TimeSpan(earliest="2025-02-15", latest="2025-02-15"),
        sources=sources,
        assessments=assessed,
    )
    summary = summarise([thin, rich], "PL", Query(since=date(2025, 2, 1), until=date(2025, 2, 28)))
    trend = summary.trend
    assert trend is not None
    assert (trend.previous_since, trend.previous_until) == (date(2025, 1, 4), date(2025, 1, 31))
    assert (trend.current.ids, trend.previous.ids) == (("PL-2025-002",), ("PL-2025-001",))
    assert "not covered alike" in trend.warning


def test_what_changed_lists_the_later_assessment() -> None:
    history = (
        Assessment(status=Status.CONFIRMED, by="Police", on="2025-03-02"),
        Assessment(status=Status.UNRESOLVED, by="Ministry", on="2025-06-01"),
    )
    record = make_incident(assessments=history, sources=(make_source(is_official=True),))
    summary = summarise([record], "PL", EVERYTHING, compare_to=date(2025, 4, 1))
    [change] = summary.changes
    assert change.kind == "status"
    assert "Police" in change.detail
    assert "now unresolved (Ministry, 1 June 2025)" in change.detail


def test_denmark_differs_between_two_days_by_later_assessments_only(bundled: list[Incident]) -> None:
    early = {r.id: r for r in summarise(bundled, "DK", Query(as_of=date(2025, 9, 26), include_refuted=True)).incidents}
    late = {r.id: r for r in summarise(bundled, "DK", Query(as_of=date(2026, 6, 1), include_refuted=True)).incidents}
    assert set(early) < set(late)
    differing = {id_ for id_ in early if early[id_].status is not late[id_].status}
    assert differing
    for id_ in differing:
        new = set(late[id_].assessments) - set(early[id_].assessments)
        assert new
        assert all(assessment.on > "2025-09-26" or len(assessment.on) < 10 for assessment in new)
