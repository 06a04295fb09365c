"""The fields of one foreign row, and everything that is wrong with them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from incidents.sources import terms
from incidents.sources.entry import Fault
from incidents.sources.options import Draft, Options

E = TypeVar("E", bound=StrEnum)
_ABSENT = {"", "-", "–", "n/a", "na", "none", "null", "nan", "nat", "#n/a", "?", "tbd", "not reported"}


class Builder:
    """Collects the fields of one row and what is wrong with them."""

    def __init__(self, draft: Draft, number: int, options: Options, what: str) -> None:
        self.draft = draft
        self.number = number
        self.options = options
        self.what = what
        self.faults: list[Fault] = []
        self.unknowns = list(draft.unknowns)

    def get(self, name: str) -> str:
        """Return the text of a field; empty where the cell says nothing."""
        text = self.draft.fields.get(name, "").strip()
        return "" if text.casefold() in _ABSENT else text

    def fault(self, name: str, rule: str, nearest: str = "") -> None:
        """Note what is wrong with a field."""
        column = self.draft.columns.get(name, name)
        self.faults.append(Fault(self.number, column, self.draft.fields.get(name, ""), rule, nearest, self.what))

    def word(self, name: str, kind: type[E], meaning: Callable[[str], E | None]) -> E | None:
        """Return the member a field means, or None; a word nobody knows is a fault."""
        text = self.get(name)
        if not text:
            return None
        found = meaning(text)
        if found is None:
            self.fault(name, f"is no {_spoken(kind)} we know", terms.nearest(text, kind))
        return found

    def number_of(self, name: str, *, whole: bool = False) -> float | None:
        """Return the number in a field; a fault where there is none, or an infinite or negative one."""
        text = self.get(name).replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        if re.fullmatch(r"-?\d{1,3},\d+", text):
            text = text.replace(",", ".")
        try:
            value = float(text)
        except ValueError:
            self.fault(name, "is no number")
            return None
        if not math.isfinite(value):
            self.fault(name, "is not a finite number")
            return None
        if whole and (value < 0 or value != int(value) or value > 1e9):
            self.fault(name, "is no count: expected a whole number from 0")
            return None
        return value


def _spoken(kind: type[StrEnum]) -> str:
    """Return the name of a vocabulary as words.

    >>> from incidents.model import ObjectClass
    >>> _spoken(ObjectClass)
    'object class'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()
