"""Counts as ranges, kept with who says so. Counts of different things are never added."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field, model_validator

from incidents.errors import IncidentsError
from incidents.model.base import Part
from incidents.model.vocabulary import CountUnit


class UnitMismatchError(IncidentsError, ValueError):
    """Counts of different units were added."""


class CountRange(Part):
    """How many: at least `low`, probably `best`, at most `high`. An empty bound is not known."""

    low: int | None = Field(None, ge=0)
    best: int | None = Field(None, ge=0)
    high: int | None = Field(None, ge=0)
    unit: CountUnit = CountUnit.OBJECTS

    @model_validator(mode="after")
    def _in_order(self) -> CountRange:
        known = [value for value in (self.low, self.best, self.high) if value is not None]
        if known != sorted(known):
            raise ValueError(f"low {self.low}, best {self.best}, high {self.high} are not in rising order")
        return self

    def __add__(self, other: CountRange) -> CountRange:
        """Return the sum; a bound unknown on either side is unknown in the sum.

        An unknown `low` counts as nothing seen: the sum's `low` stays a true lower bound.

        Raises
        ------
        UnitMismatchError
            If the units differ.
        """
        if self.unit is not other.unit:
            raise UnitMismatchError(f"Cannot add a count of {self.unit} to a count of {other.unit}.")
        return CountRange(
            low=(self.low or 0) + (other.low or 0),
            best=None if self.best is None or other.best is None else self.best + other.best,
            high=None if self.high is None or other.high is None else self.high + other.high,
            unit=self.unit,
        )

    @property
    def is_known(self) -> bool:
        """Whether any bound is known."""
        return not (self.low is None and self.best is None and self.high is None)

    def __str__(self) -> str:
        low, best, high = self.low, self.best, self.high
        if not self.is_known:
            return "number not known"
        if low == high and low is not None:
            return str(low)
        bounds = (
            f"{low}-{high}"
            if low is not None and high is not None
            else f"at least {low}"
            if low is not None
            else f"at most {high}"
            if high is not None
            else ""
        )
        if best is None or (best in (low, high) and not (low is not None and high is not None)):
            return bounds or f"about {best}"
        return f"{best} ({bounds})" if bounds else f"about {best}"


class CountClaim(CountRange):
    """A count as one party gives it."""

    by: str = Field(min_length=1)
    """Who says so."""
    sources: tuple[str, ...] = ()


def combine(claims: Iterable[CountRange]) -> CountRange:
    """Return the range that holds every claim; `best` is that of the first claim, which is the preferred one.

    A claim of "at least n" sets no upper bound of its own; it lifts one only where n exceeds it.

    Raises
    ------
    UnitMismatchError
        If the claims count different units.
    """
    listed = list(claims)
    if not listed:
        return CountRange()
    if len({claim.unit for claim in listed}) > 1:
        raise UnitMismatchError(f"Cannot combine counts of {', '.join(sorted({c.unit for c in listed}))}.")
    first = listed[0]
    exact = first.best if first.best is not None else first.low if first.low == first.high else None
    low = min((v for c in listed for v in (c.low, c.best) if v is not None), default=None)
    floor = max((c.low for c in listed if c.low is not None), default=0)
    ceiling = max((v for c in listed for v in (c.best, c.high) if v is not None), default=None)
    return CountRange(
        low=low,
        best=exact,
        high=ceiling if ceiling is not None and ceiling >= floor else None,
        unit=first.unit,
    )
