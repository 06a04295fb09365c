"""What can go wrong with a database ends in one clear line, exit 1, and nothing lost."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from incidents.cli.main import group
from incidents.query import Query
from incidents.store import open_store
from incidents.store.errors import AccessError, CorruptStoreError, StoreVersionError
from incidents.store.target import parse_target
from tests.postgres import Server
from tests.worlds import make_incident

WHO: dict[str, Any] = {"author": "ann", "reason": "test"}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one record."""
    file = tmp_path / "store.sqlite"
    with open_store(file, bundled=False) as store:
        store.add(make_incident(title="Alfa over Bravo"), **WHO)
    return file


def says(target: object, *args: str) -> str:
    """Return the one line of an error that ends in exit 1."""
    result = CliRunner().invoke(group, ["--db", str(target), *(args or ("list",))])
    assert result.exit_code == 1, result.output
    assert result.output.startswith("Error: ")
    assert "Traceback" not in result.output
    return result.output


def titles(path: Path) -> list[str]:
    with open_store(path, bundled=False) as store:
        assert store.verify().faults == ()
        return [record.title for record in store.select(Query())]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("shopping list\n" * 100)
    assert "is not an incident store" in says(file)
    assert file.read_text() == "shopping list\n" * 100


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    before = file.read_bytes()
    assert "holds the tables ['bookmarks']" in says(file)
    assert file.read_bytes() == before


def test_a_missing_folder_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "no folder" in says(tmp_path / "no" / "store.sqlite")
    assert "is a folder" in says(tmp_path)
    assert "mysql" in says("mysql://host/db")


def test_a_locked_store_says_so_and_stays_whole(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(path, bundled=False, busy_s=0.2) as store:
        assert store.get("PL-2025-001").title
        with pytest.raises(AccessError, match="locked"):
            store.retract("PL-2025-001", **WHO)
    other.execute("ROLLBACK")
    other.close()
    assert len(titles(path)) == 1


def test_a_damaged_file_is_named_with_the_way_out(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(CorruptStoreError, match="restore"), open_store(path, bundled=False) as store:
        store.verify()


def test_a_truncated_file_is_an_error(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(CorruptStoreError), open_store(path, bundled=False) as store:
        assert store.verify().faults == ()


def test_a_newer_store_is_an_error_and_untouched(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(StoreVersionError, match=r"9999.*Upgrade"):
        open_store(path)
    assert "9999" in says(path)


def test_a_full_disk_is_named_and_nothing_is_lost(path: Path) -> None:
    code = f"""
import resource, sys
from incidents.cli.main import group
limit = {path.stat().st_size}
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
change = ["edit", "PL-2025-001", "--set", "summary=" + "x" * 9_000_000, "--author", "a", "--reason", "r"]
group(["--db", {str(path)!r}, *change])
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    assert run.stderr.startswith("Error: ")
    assert "full" in run.stderr
    assert len(titles(path)) == 1
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != path.stat().st_size


def _as_nobody(*args: str) -> tuple[int, str]:
    """Run a command in a process without root's power over permissions; return exit code and output."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            result = CliRunner().invoke(group, list(args))
            os.write(writer, f"{result.exit_code}\n{result.output}".encode()[:60_000])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        code, _, output = pipe.read().partition("\n")
    os.waitpid(child, 0)
    return int(code), output


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_read_only_store_can_be_read_but_not_changed(path: Path, journal: str) -> None:
    with open_store(path) as store:
        assert store.meta("dataset")
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
    other.close()
    list_ = ("--db", str(path), "list", "--text", "alfa bravo")
    retract = ("--db", str(path), "retract", "PL-2025-001", "--author", "a", "--reason", "r")
    CliRunner().invoke(group, list_)  # imports what the child may not read
    for folder in path.parents:
        if folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(0o755)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        read, change = _as_nobody(*list_), _as_nobody(*retract)
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)
    assert (read[0], "PL-2025-001" in read[1]) == (0, True), read[1]
    assert change[0] == 1
    assert "read-only" in change[1]
    assert "Alfa over Bravo" in titles(path)


@pytest.mark.postgres
def test_a_wrong_password_is_named_and_not_shown(server: Server) -> None:
    said = says(server.url("postgres", password="hunter2-wrong"))
    assert "user name or password" in said
    assert "hunter2" not in said


@pytest.mark.postgres
def test_a_missing_database_and_a_missing_server_are_named(server: Server) -> None:
    assert "no such database" in says(server.url("nowhere"))
    assert "not reachable" in says("postgresql://desk:geheim@127.0.0.1:1/x")
    assert "geheim" not in says("postgresql://desk:geheim@127.0.0.1:1/x")


@pytest.mark.postgres
def test_a_server_that_goes_away_in_the_middle_of_a_change_loses_only_that(server: Server) -> None:
    import psycopg

    url = server.create("gone")
    with open_store(url, bundled=False) as store:
        store.add(make_incident(), **WHO)

        def cut(record: object) -> object:
            with psycopg.connect(server.url("postgres"), autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'gone'")
            return make_incident(title="never saved")

        with pytest.raises(AccessError, match="closed the connection"):
            store.edit("PL-2025-001", cut, **WHO)  # type: ignore[arg-type]
        assert store.get("PL-2025-001") == make_incident()
        store.edit("PL-2025-001", lambda r: r.model_copy(update={"title": "saved"}), **WHO)
        assert store.verify().faults == ()


def test_targets_are_read_and_shown_without_password() -> None:
    assert parse_target("sqlite:////x/y.sqlite").path == Path("/x/y.sqlite")
    assert parse_target(":memory:").is_memory
    assert str(parse_target("postgres://u:p%40ss@h/db?password=zzz")) == "postgresql+psycopg://u:***@h/db?password=***"
