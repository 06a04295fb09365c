"""Fixtures that several packages' tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from incidents.cli.main import group
from incidents.model import Incident
from incidents.query import Query
from incidents.store import open_store

Cli = Callable[..., Result]


@pytest.fixture(scope="session")
def bundled_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the bundled records; copy it before writing."""
    path = tmp_path_factory.mktemp("bundled") / "incidents.sqlite"
    with open_store(str(path)):
        pass
    return path


@pytest.fixture(scope="session")
def bundled(bundled_db: Path) -> list[Incident]:
    """Return every bundled record with territory, refuted ones included."""
    with open_store(str(bundled_db)) as store:
        return list(store.select(Query(include_refuted=True)))


@pytest.fixture
def db(bundled_db: Path, tmp_path: Path) -> Path:
    """Return a store of the test's own with the bundled records."""
    path = tmp_path / "incidents.sqlite"
    shutil.copy(bundled_db, path)
    return path


@pytest.fixture
def cli(db: Path) -> Cli:
    """Return a function that runs the ``incidents`` command on a store of the test's own."""

    def run(*args: str, **options: object) -> Result:
        return CliRunner().invoke(group, ["--db", str(db), *args], prog_name="incidents", **options)  # type: ignore[arg-type]

    return run
