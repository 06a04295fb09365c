"""What changed against an earlier briefing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from incidents.model import Incident
from incidents.report.changes import Change


def fingerprints(records: Sequence[Incident]) -> dict[str, dict[str, str]]:
    """Return what a later run needs to tell what changed: title, status and a hash of each record."""
    return {
        record.id: {
            "title": record.title,
            "status": record.status.value,
            "sha256": hashlib.sha256(
                json.dumps(record.model_dump(mode="json", exclude={"territories"}), sort_keys=True).encode()
            ).hexdigest(),
        }
        for record in records
    }


def changes_against(previous: Mapping[str, Mapping[str, Any]], records: Sequence[Incident]) -> tuple[Change, ...]:
    """Return what `records` hold that the earlier briefing did not, by id; what left it is listed too."""
    now = fingerprints(records)
    found = []
    for key in sorted({*previous, *now}):
        old, new = previous.get(key), now.get(key)
        if old is None and new is not None:
            found.append(Change(key, new["title"], "new", f"new here; {new['status']}"))
        elif new is None and old is not None:
            found.append(Change(key, str(old.get("title", "")), "gone", "no longer in this selection"))
        elif old is not None and new is not None and old.get("status") != new["status"]:
            found.append(Change(key, new["title"], "status", f"was {old.get('status')}, now {new['status']}"))
        elif old is not None and new is not None and old.get("sha256") != new["sha256"]:
            found.append(Change(key, new["title"], "more known", "record changed"))
    return tuple(found)
