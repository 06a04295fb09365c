"""A store, a way to import a file into it, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.sources.importing import ImportReport, import_entries
from incidents.sources.options import Options
from incidents.sources.readers import open_file
from incidents.store import Store, open_store
from tests.sources.desk import Load


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite", bundled=False) as opened:
        yield opened


@pytest.fixture
def load(store: Store) -> Load:
    def run(path: Path, *, dry_run: bool = False, skip_bad: bool = False, **options: object) -> ImportReport:
        reading = open_file(path, Options(**options))  # type: ignore[arg-type]
        return import_entries(
            store, reading.entries, author="tester", reason="test", dry_run=dry_run, skip_bad=skip_bad
        )

    return run
