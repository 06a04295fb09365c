"""What the tests of imports share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from incidents.model import Incident
from incidents.query import Query
from incidents.sources.importing import ImportReport
from incidents.store import Store

Load = Callable[..., ImportReport]


def write(tmp_path: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def held(store: Store) -> list[Incident]:
    return list(store.select(Query(include_refuted=True)))
