"""The build steps in order. A step is a module with `build(sources, out)` and, if it likes, `check(data)`."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.build.sources import EARTH_SEAS, GEO_TZ, OSM_BORDERS, Package


@dataclass(frozen=True)
class Step:
    """One recipe and what its files are."""

    module: str
    """Module under ``geodata.build``. `build(sources: Path, out: Path) -> dict[file name, rows]`."""
    outputs: dict[str, str]
    """What each file it writes holds, by file name."""
    sources: tuple[Package, ...]
    licence: str
    attribution: str

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


OSM = {"licence": "ODbL-1.0", "attribution": "© OpenStreetMap contributors (ODbL 1.0)"}

STEPS: tuple[Step, ...] = (
    Step(
        module="airspace",
        outputs={
            "airspace.parquet": "sovereign airspace: land, internal waters and territorial sea, 25 m",
            "airspace_display.parquet": "the same for drawing, about 1 km",
            "claims.parquet": "ground that two states claim",
        },
        sources=(GEO_TZ, OSM_BORDERS),
        **OSM,
    ),
    Step(
        module="sea",
        outputs={
            "sea.parquet": "the ocean within reach of the airspace, in tiles of one degree",
            "land_display.parquet": "land for drawing, about 1 km",
        },
        sources=(EARTH_SEAS, GEO_TZ, OSM_BORDERS),
        **OSM,
    ),
)
