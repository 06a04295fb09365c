"""What every report says about itself at the end."""

from __future__ import annotations

from datetime import date

from incidents import __version__
from incidents.version import DATASET_LICENCE, DATASET_VERSION

METHOD = (
    "Airspace is sovereign over land, internal waters and the territorial sea (Chicago Convention, articles 1 and 2); "
    "the state is computed from each site's position and its uncertainty, never typed in.",
    "Incidents and objects are counted apart. A range reads low to high; an open range has no known upper bound. "
    "Refuted incidents are kept and never counted. A state counts for NATO from the day it acceded.",
    "Source grades are NATO Admiralty reliability (A completely reliable to F cannot be judged). Credibility (1 to 6) "
    "is derived from the number of independent origins. Confidence is ours; it is not likelihood.",
)


def colophon(as_of: date | None) -> tuple[str, ...]:
    """Return the lines on versions, licences and attributions."""
    from geodata.manifest import attribution, boundary_version

    known = f" as known on {as_of}" if as_of else ""
    return (
        f"Data set {DATASET_VERSION} ({DATASET_LICENCE}){known}; boundaries {boundary_version()}; "
        f"airspace-incidents {__version__}.",
        attribution(places=True),
    )
