"""A snapshot: the whole store on one day, as a folder that never changes again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidents.store.compare import Known, Step, step
from incidents.store.errors import CorruptStoreError, StoreError
from incidents.store.present import with_territories
from incidents.store.revision import LIVE, canonical_json

if TYPE_CHECKING:
    from incidents.store.store import Store

DESCRIPTOR = "datapackage.json"
RECORDS, IDS, HISTORY = "records.ndjson", "ids.ndjson", "history.ndjson"
_TITLES = {
    RECORDS: "One incident a line, with computed territory, by id",
    IDS: "Every id ever issued: whether it lives, and where it leads",
    HISTORY: "Who changed what, when and why, in order",
}


def write_snapshot(store: Store, out: Path, *, on: date) -> dict[str, Any]:
    """Write the present, every id and the history to a new folder and return its descriptor.

    The same store on the same day gives the same bytes. Files are write-protected and listed with their hashes.

    Raises
    ------
    StoreError
        If `out` exists: a snapshot is never overwritten.
    """
    if out.exists():
        raise StoreError(f"{out} exists. A snapshot is never overwritten; choose another folder.")
    if not out.parent.is_dir():
        raise StoreError(f"Cannot write {out}: no folder {out.parent}. Create it first.")
    temporary = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        descriptor = _write_files(store, temporary, on)
        for file in temporary.iterdir():
            file.chmod(0o444)
        temporary.chmod(0o755)
        os.rename(temporary, out)
    except OSError as error:
        raise StoreError(f"Cannot write {out}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return descriptor


def _write_files(store: Store, folder: Path, on: date) -> dict[str, Any]:
    from incidents.store.present import territories_json
    from incidents.version import DATASET_LICENCE

    lines: dict[str, list[str]] = {name: [] for name in _TITLES}
    for entry in store.entries():
        row = {"id": entry.id, "state": entry.state, "redirect": list(entry.redirect), "revision": entry.number}
        record = canonical_json(entry.record)
        if entry.state == LIVE:
            lines[RECORDS].append(with_territories(record, territories_json(entry.record.territories)))
        else:
            row["record"] = json.loads(record)
        lines[IDS].append(_line(row))
    head = ""
    for one in store.revisions():
        plain = {"id": one.incident_id, **vars(step(one)), "changed": list(one.changed), "hash": one.hash}
        lines[HISTORY].append(_line(plain))
        head = one.hash
    resources = []
    for name, listed in lines.items():
        content = "".join(f"{line}\n" for line in listed).encode()
        (folder / name).write_bytes(content)
        resources.append(
            {
                "name": name.removesuffix(".ndjson"),
                "path": name,
                "title": _TITLES[name],
                "type": "file",
                "format": "ndjson",
                "mediatype": "application/x-ndjson",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "lines": len(listed),
            }
        )
    descriptor = {
        "name": f"airspace-incidents-{on.isoformat()}",
        "title": "Airspace incidents",
        "created": f"{on.isoformat()}T00:00:00Z",
        "licenses": [{"name": DATASET_LICENCE}],
        "dataset_version": store.meta("dataset") or "",
        "boundary_version": store.meta("boundary_version") or "",
        "head": head,
        "resources": resources,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
    return descriptor


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_snapshot(path: Path) -> bool:
    """Return whether `path` is the folder of a snapshot."""
    return (path / DESCRIPTOR).is_file() and (path / IDS).is_file()


def read_snapshot(folder: Path) -> dict[str, Known]:
    """Return what a snapshot holds, by id.

    Raises
    ------
    CorruptStoreError
        If a file is missing or not as it was written.
    """
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        hashes = {resource["path"]: resource["hash"] for resource in descriptor["resources"]}
        for name in _TITLES:
            content = (folder / name).read_bytes()
            if hashes.get(name) != f"sha256:{hashlib.sha256(content).hexdigest()}":
                raise CorruptStoreError(f"{folder / name} is not as it was written: the hash differs.")
        records = {row["id"]: row for row in _rows(folder / RECORDS)}
        steps: dict[str, list[Step]] = {}
        for row in _rows(folder / HISTORY):
            one = Step(row["number"], row["at"], row["author"], row["operation"], row["reason"])
            steps.setdefault(row["id"], []).append(one)
        known = {}
        for row in _rows(folder / IDS):
            record = row.get("record") or records[row["id"]]
            record.pop("territories", None)
            known[row["id"]] = Known(row["state"], tuple(row["redirect"]), record, tuple(steps[row["id"]]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptStoreError(f"{folder} is not a whole snapshot: {error}.") from error
    return known


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)
