"""Country registry: codes, names, membership, dependencies and what polygons do not say."""

from __future__ import annotations

import difflib
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from geodata.errors import UnknownCountryError

Box = tuple[float, float, float, float]
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "ß": "ss", "ı": "i"}
)


@dataclass(frozen=True)
class Country:
    """A state, or a territory that belongs to one."""

    code: str
    """ISO 3166-1 alpha-2; ``XK`` for Kosovo."""
    iso3: str
    name: str
    aliases: tuple[str, ...] = ()
    joined: date | None = None
    """Day the accession to the North Atlantic Treaty came into force; None for those who never acceded."""
    sovereign: str = ""
    """Alpha-2 code of the state it belongs to: its own where it is a state."""
    zones: tuple[str, ...] = ()
    """Time zones that make up its area in the fine boundary source."""
    detail: str = "fine"
    """``fine`` (25 m), ``coarse`` (about 100 m) or ``none`` (no polygon)."""
    article6: str = ""
    """``in``, ``out`` or ``contested``: whether it lies in the area of Article 6; empty for non-members."""
    article6_out: tuple[Box, ...] = ()
    neighbours: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_state(self) -> bool:
        """Whether this is a state and not a territory of one."""
        return self.sovereign == self.code

    def is_in_article6(self, lon: float, lat: float) -> bool:
        """Whether a point inside this unit lies in the area of Article 6, membership apart."""
        if self.article6 != "in":
            return False
        return not any(west <= lon <= east and south <= lat <= north for west, south, east, north in self.article6_out)


def fold(text: str) -> str:
    """Return `text` without case, accents, punctuation and doubled blanks."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = "".join(" " if sign in "-.,'’()" else sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())


@cache
def all_countries() -> tuple[Country, ...]:
    """Return every state and territory of the registry, by code."""
    text = resources.files("geodata").joinpath("data", "countries.toml").read_text(encoding="utf-8")
    return tuple(sorted((_country(row) for row in tomllib.loads(text)["country"]), key=lambda item: item.code))


def get_country(code: str) -> Country:
    """Return the entry with this alpha-2 code.

    Raises
    ------
    UnknownCountryError
        If the registry has no such code.
    """
    try:
        return _by_code()[code.upper()]
    except KeyError:
        return find_country(code)


def find_country(text: str) -> Country:
    """Return the state or territory that a code (alpha-2, alpha-3) or name means, in any case, accents optional.

    Raises
    ------
    UnknownCountryError
        If nothing matches; the message names the nearest entries.
    """
    key = fold(text).removeprefix("the ")
    if not key:
        raise UnknownCountryError("Empty country. Give an ISO code or a name, for example PL or Poland.")
    found = _by_name().get(key) or _by_name().get(key.replace(" ", ""))
    if found is not None:
        return found
    raise UnknownCountryError(f"Unknown country {text!r}.{_nearest(key)} See incidents countries.")


def is_member(code: str, on: date | None = None) -> bool:
    """Whether the sovereign of `code` was a member on that day; of today's registry where `on` is None."""
    unit = _by_code().get(code.upper())
    if unit is None:
        return False
    joined = _by_code()[unit.sovereign].joined
    return joined is not None and (on is None or joined <= on)


def members(on: date | None = None) -> list[Country]:
    """Return the members on that day, by code; all that ever acceded where `on` is None."""
    return [item for item in all_countries() if item.joined is not None and is_member(item.code, on)]


def _country(row: dict[str, object]) -> Country:
    values = {key: _frozen(value) for key, value in row.items()}
    values.setdefault("sovereign", values["code"])
    if "joined" in values:
        values.setdefault("article6", "in")
    return Country(**values)  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


@cache
def _by_code() -> dict[str, Country]:
    return {item.code: item for item in all_countries()}


@cache
def _by_name() -> dict[str, Country]:
    index: dict[str, Country] = {}
    for item in all_countries():
        for name in (item.code, item.iso3, item.name, *item.aliases):
            index.setdefault(fold(name), item)
            index.setdefault(fold(name).replace(" ", ""), item)
    return index


def _nearest(key: str) -> str:
    names = {fold(item.name): item for item in all_countries()}
    names.update({fold(alias): item for item in all_countries() for alias in item.aliases if len(alias) > 3})
    close = dict.fromkeys(names[name] for name in difflib.get_close_matches(key, names, n=3, cutoff=0.6))
    if not close:
        return ""
    return " Did you mean " + " or ".join(f"{item.name} ({item.code})" for item in close) + "?"
