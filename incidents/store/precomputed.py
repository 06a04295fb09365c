"""Territory of the bundled records, computed when the data set was made, so that first use need not load boundaries.

``python -m incidents.store.precomputed`` writes the file anew; a record or boundaries that changed since are computed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from incidents.store.revision import canonical_json
from incidents.store.territory import boundaries, placed

if TYPE_CHECKING:
    from incidents.model import Incident


def data_file() -> Traversable:
    """Return where the file ships."""
    return resources.files("incidents") / "data" / "territories.json"


def placed_bundled(records: Sequence[Incident]) -> list[Incident]:
    """Return bundled records with territory: as computed before where record and boundaries are the same, else anew."""
    from incidents.model import SiteTerritory

    rows = _rows()
    known: dict[str, Incident] = {}
    for record in records:
        row = rows.get(record.id)
        if row is not None and row["record"] == _digest(record):
            territories = tuple(SiteTerritory.model_validate(one) for one in row["territories"])
            known[record.id] = record.model_copy(update={"territories": territories})
    missing = placed([record for record in records if record.id not in known])
    known |= {record.id: record for record in missing}
    return [known[record.id] for record in records]


def _rows() -> dict[str, Any]:
    try:
        found = json.loads(data_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found["records"]) if found["boundary_version"] == boundaries() else {}


def _digest(record: Incident) -> str:
    return hashlib.sha256(canonical_json(record).encode()).hexdigest()[:16]


def to_text(records: Sequence[Incident]) -> str:
    """Return the content of the file for records with territory."""
    rows = {
        record.id: {
            "record": _digest(record),
            "territories": [one.model_dump(mode="json", exclude_defaults=True) for one in record.territories],
        }
        for record in sorted(records, key=lambda record: record.id)
    }
    lines = ",\n".join(f"{json.dumps(id_)}: {json.dumps(row, ensure_ascii=False)}" for id_, row in rows.items())
    return f'{{"boundary_version": {json.dumps(boundaries())}, "records": {{\n{lines}\n}}}}\n'


def write() -> None:
    """Write the file anew from the bundled records and the installed boundaries."""
    from pathlib import Path

    from incidents.dataset import load_bundled
    from incidents.files import write_text

    write_text(Path(str(data_file())), to_text(placed(load_bundled())))


if __name__ == "__main__":
    write()
