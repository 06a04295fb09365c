"""Tables that many people have: which they are, and what their columns mean. One module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from incidents.sources.options import Draft
from incidents.sources.profiles import acled, faa, gdelt

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Profile:
    """A known layout."""

    description: str
    headings: frozenset[str]
    """Folded headings that all must be there."""
    translate: Callable[[Cells], Draft | None]
    """From the cells under folded headings; None for a row that is no event in the air."""
    marks: frozenset[str] = frozenset()
    """Folded headings of which one must be there for a file to be taken for this layout."""
    never: frozenset[str] = frozenset()
    """Folded headings that this layout does not have."""


PROFILES: dict[str, Profile] = {
    "acled": Profile("ACLED event export", acled.HEADINGS, acled.translate),
    "faa": Profile("FAA UAS sightings spreadsheet", faa.HEADINGS, faa.translate, faa.MARKS, faa.NEVER),
    "gdelt": Profile("GDELT 2 event rows with a header", gdelt.HEADINGS, gdelt.translate),
}
"""By the word for ``--format``."""


def find_profile(headings: Sequence[str]) -> str | None:
    """Return the profile whose headings are all there."""
    known = set(headings)
    return next(
        (
            name
            for name, profile in PROFILES.items()
            if profile.headings <= known and (not profile.marks or profile.marks & known) and not profile.never & known
        ),
        None,
    )
