"""A query means the same in memory, on SQLite and on PostgreSQL: same rows, same order."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from incidents.model import Incident, LegalClass, ObjectClass, Site, Status
from incidents.query import OPTION_NAMES, Query, excluding, select
from incidents.store import Store, open_store
from tests.postgres import Server
from tests.worlds import incidents, make_incident, make_source

WHO: dict[str, Any] = {"author": "ann", "reason": "test"}
HOSTILE = [
    "'; DROP TABLE revision; --",
    "' OR '1'='1",
    '" OR 1=1 --',
    "') UNION SELECT value FROM meta --",
    "%' AND 1=0 UNION ALL SELECT hash FROM chain --",
    ":p0",
    "%(old)s",
    "%s",
    "?",
    "\\'; SELECT pg_sleep(9); --",
    "a\\",
    "'a' & 'b' | !c",
    'NEAR("a" "b", 9)',
    "text:* AND -x OR (y)",
    "ab\x00cd",
    "\x00",
    "𝔘𝔫𝔦",
    "İstanbul ŁÓDŹ ß",
    "$1 $$ E'\\x41'",
    "*",
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], scope="module")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for many examples, emptied between them."""
    if request.param == "sqlite":
        target = str(tmp_path_factory.mktemp("query") / "store.sqlite")
    else:
        server: Server = request.getfixturevalue("server")
        target = server.create("query")
    with open_store(target, bundled=False) as store:
        yield store


def empty(store: Store) -> None:
    """Forget everything, as no program of ours ever does."""
    from incidents.store.schema import metadata

    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM incident_text")
        for table in reversed(metadata.sorted_tables):
            if table.name not in ("chain", "meta"):
                connection.execute(table.delete())
        connection.exec_driver_sql("UPDATE chain SET seq = 0, hash = ''")


_DAYS = st.none() | st.dates(date(2015, 1, 1), date(2026, 11, 1))


def _some(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


@st.composite
def queries(draw: st.DrawFn, words: list[str]) -> Query:
    return Query(
        countries=draw(_some(["PL", "DK", "RO", "NO"])),
        since=draw(_DAYS),
        until=draw(_DAYS),
        objects=draw(st.frozensets(st.sampled_from(ObjectClass), max_size=3)),
        statuses=draw(st.frozensets(st.sampled_from(Status), max_size=2)),
        classes=draw(st.frozensets(st.sampled_from(LegalClass), max_size=3)),
        actors=draw(_some(["RU", "by", "Smugglers", "x'y"])),
        near=draw(st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 3000))),
        text=draw(st.just("") | st.sampled_from(words)),
        source=draw(st.just("") | st.sampled_from(["example", "EXAMPLE.org agency", "x"])),
        as_of=draw(_DAYS),
        include_refuted=draw(st.booleans()),
    )


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_the_store_selects_what_memory_selects(engine: Store, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(incidents(), min_size=1, max_size=6, unique_by=lambda r: r.id))
    words = [w[k : k + 5] for r in drawn for w in r.title.split() for k in (0, 2)] or ["x"]
    empty(engine)
    engine.add_many(drawn, **WHO)
    known = list(engine.select(Query(include_refuted=True)))
    for _ in range(8):
        query = data.draw(queries(words))
        assert list(engine.select(query)) == select(known, query)
    assert {r.id for r in known} == {r.id for r in drawn}


def test_rows_come_by_day_then_id_whatever_the_collation_of_the_database(store: Store) -> None:
    ids = ["PL-2025-010", "PL-2025-1000", "PL-2025-101", "DK-2025-002", "EE-2025-001"]
    store.add_many([make_incident(id_) for id_ in ids], **WHO)
    assert [r.id for r in store.select(Query())] == sorted(ids)
    assert [r.id for r in store.select(Query(), limit=2)] == sorted(ids)[:2]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_in_every_field_and_filter(engine: Store, text: str) -> None:
    empty(engine)
    shown = text.replace("\x00", "") or "x"
    record = make_incident(
        title=f"{text} title",
        summary=text,
        unknowns=(text,),
        sources=(make_source(publisher=shown, title=text, note=text),),
        attributions=({"actor": shown, "stance": "asserts", "by": shown},),
    )
    engine.add_many([record, make_incident("PL-2025-002", title="plain")], author=shown, reason=shown)
    known = list(engine.select(Query()))
    assert known[0] == record
    assert engine.history(record.id)[0].author == shown.strip()
    for query in (
        Query(text=text),
        Query(source=text),
        Query(actors=frozenset({text})),
        Query(countries=frozenset({text})),
    ):
        assert list(engine.select(query)) == select(known, query)
    for id_ in (text, f"PL-2025-001{text}"):
        with pytest.raises(LookupError):
            engine.get(id_)
    engine.edit(record.id, lambda r: r.model_copy(update={"title": text + "!"}), author=shown, reason=shown)
    engine.add_candidates([{"title": shown, text: text}], author=shown, reason=shown)
    engine.mark_not_same(shown, "C-1", author=shown, reason=shown)
    assert not engine.verify().faults
    assert engine.meta(text.replace("\x00", "")) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [("lodz", True), ("ŁÓDŹ balon", True), ("odz", True), ("ba", True), ("balon q", False), ("zdol", False)],
)
def test_words_are_found_inside_words_without_case_and_accents(store: Store, words: str, found: bool) -> None:
    store.add(make_incident(title="Balon nad Łodzią (Łódź)"), **WHO)
    assert bool(list(store.select(Query(text=words)))) is found


def test_text_follows_edits_and_merges(store: Store) -> None:
    store.add_many([make_incident(title="Alfa"), make_incident("PL-2025-002", title="Bravo")], **WHO)
    store.edit("PL-2025-001", lambda r: r.model_copy(update={"title": "Charlie"}), **WHO)
    assert list(store.select(Query(text="alfa"))) == []
    store.merge("PL-2025-002", "PL-2025-001", **WHO)
    assert list(store.select(Query(text="bravo"))) == []
    assert [r.id for r in store.select(Query(text="charlie"))] == ["PL-2025-001"]


def test_near_reaches_across_the_date_line_and_into_large_discs(store: Store) -> None:
    def at(id_: str, lon: float, lat: float, radius_m: float) -> Incident:
        site = Site(name="x", role="over", lon=lon, lat=lat, radius_m=radius_m, method="gazetteer")
        return make_incident(id_, sites=(site,))

    spots = itertools.product([-179.9, 179.9, 0.0, 170.0], [0.0, 60.0, 84.0, -84.0, 89.9], [10.0, 500_000.0, 900_000.0])
    records = [at(f"PL-2025-{n:03d}", *spot) for n, spot in enumerate(spots, 1)]
    store.add_many(records, **WHO)
    known = list(store.select(Query()))
    for lon, lat, km in itertools.product([179.95, -179.95, 0.1], [0.0, 60.2, 83.5, 89.95], [1.0, 50.0, 1500.0]):
        query = Query(near=(lon, lat, km))
        assert list(store.select(query)) == select(known, query)


def test_streaming_reads_no_more_than_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "s.sqlite", bundled=False) as store:
        day = date(2025, 1, 1)
        rows = [make_incident(f"PL-2025-{n:03d}", occurred={"latest": day + timedelta(n)}) for n in range(1, 30)]
        store.add_many(rows, **WHO)
        parsed: list[str] = []

        def matches(_: Query, record: Incident) -> bool:
            parsed.append(record.id)
            return True

        monkeypatch.setattr(Query, "matches", matches)
        assert len(list(store.select(Query(), limit=3))) == 3
        assert len(parsed) <= 4


@pytest.mark.parametrize("arguments", [("--country", "DK"), ("--text", "drone"), ("--as-of", "2025-10-01"), ()])
def test_the_bundled_records_are_listed_alike_on_every_engine(bundled_on: str, arguments: tuple[str, ...]) -> None:
    from incidents.cli.main import group

    there = CliRunner().invoke(group, ["--db", bundled_on, "list", "--format", "json", *arguments])
    here = CliRunner().invoke(group, ["--db", ":memory:", "list", "--format", "json", *arguments])
    assert there.exit_code == 0, there.output
    assert len(json.loads(there.stdout)) > 3
    assert there.stdout == here.stdout


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], scope="module")
def bundled_on(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a store with the bundled records is, on each engine in turn."""
    if request.param == "sqlite":
        return str(tmp_path_factory.mktemp("bundled-list") / "store.sqlite")
    server: Server = request.getfixturevalue("server")
    return server.create("bundled_list")


def test_every_criterion_has_a_name_on_the_command_line() -> None:
    assert [field.name for field in fields(Query)] == list(OPTION_NAMES)
    assert excluding([make_incident()], Query(source="nowhere")) == ["--source"]
