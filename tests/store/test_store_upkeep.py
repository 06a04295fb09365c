"""Bundled records and upgrades, migrations, backups, tampering, snapshots."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import incidents.dataset
from incidents.errors import IncidentsError
from incidents.model import Incident, Site, SiteTerritory
from incidents.query import Query
from incidents.store import Store, open_store
from incidents.store.backup import backup, restore
from incidents.store.bundled import update
from incidents.store.compare import compare, known_in
from incidents.store.database import Database
from incidents.store.errors import CorruptStoreError, StoreError
from incidents.store.migrate import upgrade
from incidents.store.snapshot import read_snapshot, write_snapshot
from incidents.store.target import Target
from tests.worlds import make_incident

WHO: dict[str, Any] = {"author": "ann", "reason": "test"}


def titled(title: str) -> Callable[[Incident], Incident]:
    return lambda record: record.model_copy(update={"title": title})


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> list[Incident]:
    """A small data set in the place of the bundled one."""
    records = [make_incident(f"PL-2025-00{n}", title=f"as shipped {n}") for n in range(1, 5)]
    monkeypatch.setattr(incidents.dataset, "load_bundled", lambda: list(records))
    return records


@pytest.fixture
def first(url: str, shipped: list[Incident]) -> Iterator[Store]:
    """A store after its first use."""
    with open_store(url) as store:
        yield store


def test_first_use_loads_the_bundled_records_and_says_so_in_the_history(first: Store, shipped: list[Incident]) -> None:
    assert list(first.select(Query())) == shipped
    revision = first.history("PL-2025-001")[0]
    assert revision.author == "bundled"
    assert revision.reason.startswith("data set 20")


def test_first_use_leaves_a_local_incident_its_id(url: str, shipped: list[Incident]) -> None:
    with open_store(url, bundled=False) as store:
        store.add(make_incident("PL-2025-002", title="local"), **WHO)
    with open_store(url) as store:
        assert [r.title for r in store.select(Query())] == ["as shipped 1", "local", "as shipped 3", "as shipped 4"]
        assert [c.id for c in update(store, shipped, version="1").conflicts] == ["PL-2025-002"]


def test_an_update_leaves_local_edits_and_reports_where_the_two_meet(first: Store, shipped: list[Incident]) -> None:
    first.edit("PL-2025-002", titled("local"), **WHO)
    first.retract("PL-2025-003", **WHO)
    first.add(make_incident("PL-2025-005", title="local"), **WHO)
    newer = [titled(f"newer {r.id}")(r) for r in shipped[:3]]
    newer += [make_incident("PL-2025-005"), make_incident("PL-2025-006")]
    trial = update(first, newer, version="2", dry_run=True)
    assert first.get("PL-2025-001").title == "as shipped 1"
    done = update(first, newer, version="2")
    assert (trial.added, trial.updated, trial.conflicts) == (done.added, done.updated, done.conflicts)
    assert (done.added, done.updated, done.missing) == (("PL-2025-006",), ("PL-2025-001",), ("PL-2025-004",))
    assert [(c.id, c.why) for c in done.conflicts] == [
        ("PL-2025-002", "edited here"),
        ("PL-2025-003", "retracted here"),
        ("PL-2025-005", "the id belongs to a local incident"),
    ]
    assert first.get("PL-2025-002").title == "local"
    assert first.get("PL-2025-001").title == "newer PL-2025-001"
    assert first.meta("dataset") == "2"
    again = update(first, newer, version="2")
    assert (again.added, again.updated) == ((), ())
    assert [c.id for c in again.conflicts] == [c.id for c in done.conflicts]


def test_a_local_edit_that_the_data_set_adopts_is_no_conflict(first: Store, shipped: list[Incident]) -> None:
    first.edit("PL-2025-001", titled("better"), **WHO)
    newer = [titled("better")(shipped[0]), *shipped[1:]]
    assert update(first, newer, version="2").conflicts == ()
    newest = [titled("best")(shipped[0]), *shipped[1:]]
    assert [c.id for c in update(first, newest, version="3").conflicts] == ["PL-2025-001"]


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%'").fetchall()
    return sorted((name, sql or "") for name, sql in rows)


def _at_version(path: Path, version: str) -> None:
    database = Database(Target(path=path))
    with database.writing() as connection:
        upgrade(connection, version)
    database.close()


def test_a_new_store_has_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    _at_version(tmp_path / "migrated.sqlite", "head")
    open_store(tmp_path / "new.sqlite", bundled=False).close()
    assert _schema(tmp_path / "migrated.sqlite") == _schema(tmp_path / "new.sqlite")


def test_an_older_store_is_migrated_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    open_store(path, bundled=False).close()
    with open_store(path, bundled=False) as store:
        store.add(make_incident(), **WHO)
    with closing(sqlite3.connect(path)) as old:  # back to what version 1 looked like
        for table in ("candidate_event", "candidate", "not_same"):
            old.execute(f"DROP TABLE {table}")
        old.execute("UPDATE alembic_version SET version_num = '0001'")
        old.commit()
    with open_store(path, bundled=False) as store:
        assert store.get("PL-2025-001") == make_incident()
        assert store.add_candidates([{}]) == ["C-1"]
        assert store.verify().faults == ()
    copies = list(tmp_path.glob("old-before-*.sqlite"))
    assert len(copies) == 1
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM revision").fetchone() == (1,)


def test_a_backup_holds_everything_and_is_never_overwritten(url: str, tmp_path: Path) -> None:
    with open_store(url, bundled=False) as store:
        store.add_many([make_incident(title="Łódź"), make_incident("PL-2025-002")], **WHO)
        store.merge("PL-2025-002", "PL-2025-001", **WHO)
        store.add_candidates([{"title": "x"}])
        assert backup(store, tmp_path / "b.sqlite") == 4
        with pytest.raises(StoreError, match="never overwritten"):
            backup(store, tmp_path / "b.sqlite")
        before = known_in(store)
    assert restore(tmp_path / "b.sqlite", tmp_path / "r.sqlite") == 4
    with open_store(tmp_path / "r.sqlite", bundled=False) as store:
        assert compare(before, known_in(store)) == []
        assert store.verify().faults == ()
        assert [r.id for r in store.select(Query(text="lodz"))] == ["PL-2025-001"]
        assert store.candidate("C-1").data == {"title": "x"}
    with pytest.raises(StoreError, match="exists"):
        restore(tmp_path / "b.sqlite", tmp_path / "r.sqlite")


@pytest.mark.postgres
def test_a_backup_moves_a_desk_from_sqlite_to_postgresql(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with open_store(tmp_path / "a.sqlite", bundled=False) as store:
        store.add(make_incident(title="Łódź"), **WHO)
        backup(store, tmp_path / "b.sqlite")
        before = known_in(store)
    target = request.getfixturevalue("server").create("moved")
    restore(tmp_path / "b.sqlite", target)
    with open_store(target, bundled=False) as store:
        assert compare(before, known_in(store)) == []
        assert [r.id for r in store.select(Query(text="lodz"))] == ["PL-2025-001"]
        store.edit("PL-2025-001", titled("x"), **WHO)
        assert store.verify().faults == ()


TAMPERING = {
    "a record": ("UPDATE revision SET record = replace(record, 'drone', 'plane') WHERE seq = 2", "PL-2025-002"),
    "an author": ("UPDATE revision SET author = 'eve' WHERE seq = 1", "PL-2025-001"),
    "a reason": ("UPDATE revision SET reason = '' WHERE seq = 3", "PL-2025-001"),
    "a deletion": ("DELETE FROM revision WHERE seq = 3", "last revision"),
    "the end": ("UPDATE chain SET seq = 2", "end was changed"),
    "the present": ("UPDATE incident SET status = 'refuted' WHERE id = 'PL-2025-002'", "PL-2025-002.*status"),
    "a tombstone": ("UPDATE incident SET state = 'retracted' WHERE id = 'PL-2025-002'", "PL-2025-002.*state"),
    "an issued id": ("DELETE FROM issued WHERE id = 'PL-2025-002'", "PL-2025-002"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_named(tmp_path: Path, what: str) -> None:
    path = tmp_path / "s.sqlite"
    with open_store(path, bundled=False) as store:
        store.add_many([make_incident(), make_incident("PL-2025-002")], **WHO)
        store.edit("PL-2025-001", titled("x"), **WHO)
        assert store.verify().faults == ()
    statement, named = TAMPERING[what]
    with closing(sqlite3.connect(path)) as eve:
        assert eve.execute(statement).rowcount == 1
        eve.commit()
    with open_store(path, bundled=False) as store:
        import re

        faults = store.verify().faults
    assert any(re.search(named, fault) for fault in faults), faults


def test_snapshots_are_immutable_and_their_difference_lists_reasons(url: str, tmp_path: Path) -> None:
    with open_store(url, bundled=False) as store:
        store.add_many([make_incident(f"PL-2025-00{n}") for n in range(1, 5)], **WHO)
        write_snapshot(store, tmp_path / "s1", on=date(2025, 10, 1))
        store.edit("PL-2025-001", titled("x"), author="bob", reason="follow-up")
        store.retract("PL-2025-002", author="bob", reason="a star")
        store.merge("PL-2025-003", "PL-2025-004", author="bob", reason="same")
        store.add(make_incident("PL-2025-005"), **WHO)
        write_snapshot(store, tmp_path / "s2", on=date(2025, 10, 2))
        with pytest.raises(StoreError, match="never overwritten"):
            write_snapshot(store, tmp_path / "s2", on=date(2025, 10, 2))
        write_snapshot(store, tmp_path / "again", on=date(2025, 10, 2))
    found = compare(read_snapshot(tmp_path / "s1"), read_snapshot(tmp_path / "s2"))
    assert [(d.id, d.kind, [s.reason for s in d.steps]) for d in found] == [
        ("PL-2025-001", "changed", ["follow-up"]),
        ("PL-2025-002", "retracted", ["a star"]),
        ("PL-2025-003", "merged", ["same"]),
        ("PL-2025-005", "added", ["test"]),
    ]
    assert found[0].changes[0].path == "title"
    for file in (tmp_path / "s2").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()
        assert file.stat().st_mode & 0o222 == 0
    assert not list(tmp_path.glob(".s*"))


@pytest.mark.parametrize("name", ["records.ndjson", "ids.ndjson", "history.ndjson", "datapackage.json"])
def test_a_snapshot_that_was_changed_is_refused(tmp_path: Path, name: str) -> None:
    with open_store(":memory:", bundled=False) as store:
        store.add(make_incident(), **WHO)
        write_snapshot(store, tmp_path / "s", on=date(2025, 10, 1))
    file = tmp_path / "s" / name
    file.chmod(0o644)
    file.write_text(file.read_text().replace("P", "Q", 1) if name != "datapackage.json" else "[]")
    with pytest.raises(CorruptStoreError):
        read_snapshot(tmp_path / "s")


def test_a_snapshot_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(":memory:", bundled=False) as store:
        store.add(make_incident(), **WHO)
        monkeypatch.setattr(
            json, "dumps", lambda *a, **k: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        )
        with pytest.raises(IncidentsError, match="No space left"):
            write_snapshot(store, tmp_path / "s", on=date(2025, 10, 1))
    assert list(tmp_path.iterdir()) == []


def test_territory_is_kept_beside_the_record_and_computed_anew_for_other_boundaries(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from incidents.store import territory

    version = "one"
    computed: list[str] = []

    def attribute(records: list[Incident]) -> list[Incident]:
        computed.extend(r.id for r in records)
        answer = SiteTerritory(
            site=0, country="PL", zone="land", determination="inside", boundary_version=version, border_distance_km=1.5
        )
        return [r.model_copy(update={"territories": (answer,)}) for r in records]

    monkeypatch.setattr("incidents.attribute.attribute", attribute)
    monkeypatch.setattr(territory, "boundaries", lambda: version)
    site = Site(name="Alfa", role="over", lon=22.0, lat=51.0, radius_m=500, method="gazetteer")
    with open_store(url, bundled=False) as store:
        store.add(make_incident(sites=(site,)), **WHO)
        assert store.get("PL-2025-001").territories[0].border_distance_km == 1.5
        assert "territories" not in store.history("PL-2025-001")[0].record
        computed.clear()
        store.edit("PL-2025-001", titled("x"), **WHO)
        assert computed == []  # nothing it depends on changed
        assert next(store.select(Query())).territories[0].country == "PL"
        store.edit("PL-2025-001", lambda r: r.model_copy(update={"sites": (site, site)}), **WHO)
        assert computed == ["PL-2025-001"]
        head = store.verify().head
    version = "two"
    with open_store(url, bundled=False) as store:
        assert store.get("PL-2025-001").territories[0].boundary_version == "two"
        assert (store.verify().head, store.verify().faults) == (head, ())


def test_shipped_territory_is_what_the_boundaries_give_today() -> None:
    from incidents.store import precomputed
    from incidents.store.territory import placed

    assert precomputed.data_file().is_file(), "Run: python -m incidents.store.precomputed"
    records = incidents.dataset.load_bundled()
    assert precomputed.data_file().read_text(encoding="utf-8") == precomputed.to_text(placed(records))


def test_shipped_territory_serves_only_the_record_and_boundaries_it_was_computed_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from incidents.store import precomputed, territory

    version = "one"
    answer = SiteTerritory(
        site=0, country="PL", zone="land", determination="inside", boundary_version="one", member_on_date=True
    )
    record = make_incident(territories=(answer,))
    monkeypatch.setattr(precomputed, "boundaries", lambda: version)
    monkeypatch.setattr(precomputed, "data_file", lambda: tmp_path / "t.json")
    monkeypatch.setattr(
        precomputed, "placed", lambda records: [r.model_copy(update={"title": "anew"}) for r in records]
    )
    (tmp_path / "t.json").write_text(precomputed.to_text([record]))
    bare = record.model_copy(update={"territories": ()})
    changed = make_incident(summary="changed")
    assert precomputed.placed_bundled([bare]) == [record]
    assert precomputed.placed_bundled([changed])[0].title == "anew"
    version = "two"
    assert precomputed.placed_bundled([bare])[0].title == "anew"
    assert territory.placed([]) == []


def test_a_snapshot_is_a_valid_data_package(tmp_path: Path) -> None:
    with open_store(":memory:", bundled=False) as store:
        store.add(make_incident(), **WHO)
        write_snapshot(store, tmp_path / "s", on=date(2025, 10, 1))
    code = "import sys, frictionless; print(frictionless.validate(sys.argv[1]).valid)"

    def is_valid() -> str:
        command = [sys.executable, "-c", code, "datapackage.json"]
        return subprocess.run(command, cwd=tmp_path / "s", check=True, capture_output=True, text=True).stdout.strip()

    assert is_valid() == "True"
    ids = tmp_path / "s" / "ids.ndjson"
    ids.chmod(0o644)
    ids.write_text(ids.read_text() + "{}\n")
    assert is_valid() == "False"
