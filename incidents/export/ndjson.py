"""Records as newline-delimited JSON: the lossless form, one record a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from incidents.model import Incident


def write_ndjson(records: Sequence[Incident], path: Path) -> None:
    """Write each record whole on a line of its own."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records:
            stream.write(record.model_dump_json() + "\n")
