"""What differs between two records, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """One field before and after; None where it was or is not there."""

    path: str
    before: Any
    after: Any


def changes(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """Yield every difference between two plain JSON values, in field order.

    Lists are matched by content: an inserted part is one change, not a change of all parts that follow.
    """
    if before == after and type(before) is type(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from changes(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_changes(before, after, path)
    else:
        yield Change(path, before, after)


def _list_changes(before: list[Any], after: list[Any], path: str) -> Iterator[Change]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [repr(x) for x in before], [repr(x) for x in after], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for k in range(paired):
            yield from changes(before[i1 + k], after[j1 + k], f"{path}[{j1 + k}]")
        for k in range(i1 + paired, i2):
            yield Change(f"{path}[{k}]", before[k], None)
        for k in range(j1 + paired, j2):
            yield Change(f"{path}[{k}]", None, after[k])


def changed_paths(before: str, after: str) -> tuple[str, ...]:
    """Return the paths that differ between two records in JSON."""
    import json

    if before == after:
        return ()
    return tuple(dict.fromkeys(change.path for change in changes(json.loads(before), json.loads(after))))
