"""Whose aircraft: state of registration by 24-bit address, callsign prefixes, operators.

`blocks.csv` holds the blocks of addresses that Annex 10 to the Chicago Convention (Volume III, chapter 9, table 9-1)
allocates to the members and to the states around them. A military aircraft may send none, or a false one.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.tracks.errors import TrackError
from incidents.tracks.rules import Rules

if TYPE_CHECKING:
    from incidents.tracks.incursion import Incursion

_ADDRESS = re.compile(r"[0-9a-f]{6}")


@cache
def blocks() -> tuple[tuple[int, int, str], ...]:
    """Return first address, last address and state (alpha-2), by address."""
    text = resources.files("incidents.tracks").joinpath("blocks.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(sorted((int(row["first"], 16), int(row["last"], 16), row["state"]) for row in rows))


@cache
def _firsts() -> list[int]:
    return [first for first, _, _ in blocks()]


def nation_of(address: str) -> str | None:
    """Return the state that a 24-bit address belongs to, or None.

    >>> nation_of("15512f"), nation_of("~2a1b3c"), nation_of("F-TEST")
    ('RU', None, None)
    """
    key = address.strip().lower()
    if not _ADDRESS.fullmatch(key):
        return None
    number = int(key, 16)
    row = bisect_right(_firsts(), number) - 1
    if row < 0:
        return None
    _, last, state = blocks()[row]
    return state if number <= last else None


def read_operators(path: Path) -> frozenset[str]:
    """Return the addresses and callsign prefixes of a text file: one a line, ``#`` starts a comment."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrackError(f"Cannot read the operator list {path}: {error}. Give a text file.") from error
    found = {line.partition("#")[0].strip().upper() for line in lines} - {""}
    wrong = sorted(item for item in found if not re.fullmatch(r"[0-9A-Z]{2,8}", item))
    if wrong or not found:
        given = f"{wrong[0]!r}" if wrong else "nothing"
        raise TrackError(f"{path} lists {given}. Give one ICAO24 address or callsign prefix a line, such as RFF.")
    return frozenset(found)


def is_wanted(item: Incursion, rules: Rules) -> bool:
    """Tell whether a passage is of an aircraft that the rules ask for."""
    from geodata.countries import is_member

    calls = item.callsign.upper().split()
    if rules.nations and (item.nation or "unknown") not in rules.nations:
        return False
    if rules.callsigns and not any(call.startswith(rules.callsigns) for call in calls):
        return False
    if rules.operators:
        named = item.aircraft.upper() in rules.operators
        if not named and not any(call.startswith(prefix) for call in calls for prefix in rules.operators):
            return False
    if rules.exclude_own and item.nation == item.state:
        return False
    return not (rules.exclude_allied and item.nation and is_member(item.nation, item.day))
