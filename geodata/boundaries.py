"""The shipped polygons: GeoDataFrames for drawing and joining, bare arrays for everything that must start fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import DataFileError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

DATA = Path(__file__).parent / "data"
REBUILD = "Reinstall the package or run python -m geodata.build."


@dataclass(frozen=True)
class Units:
    """The airspace polygons as plain arrays, one row a unit."""

    codes: tuple[str, ...]
    sovereigns: tuple[str, ...]
    shapes: NDArray[Any]
    bounds: NDArray[np.float64]


@dataclass(frozen=True)
class Claims:
    """Ground that two states claim, one row a pair."""

    pairs: tuple[tuple[str, str], ...]
    shapes: NDArray[Any]


def airspace() -> GeoDataFrame:
    """Return sovereign airspace (land, internal waters, territorial sea): ``code``, ``sovereign``, geometry."""
    return _frame("airspace.parquet").copy()


def land() -> GeoDataFrame:
    """Return land for drawing, about 1 km: ``code``, ``sovereign``, geometry."""
    return _frame("land_display.parquet").copy()


def display() -> GeoDataFrame:
    """Return sovereign airspace for drawing, about 1 km: ``code``, ``sovereign``, geometry."""
    return _frame("airspace_display.parquet").copy()


def overlaps() -> GeoDataFrame:
    """Return overlapping claims: ``first``, ``second`` (alpha-2), ``km2``, geometry."""
    return _frame("claims.parquet").copy()


def sea() -> GeoDataFrame:
    """Return the ocean within reach of the airspace in tiles of one degree: ``column``, ``row``, geometry."""
    return _frame("sea.parquet").copy()


@cache
def units() -> Units:
    """Return the airspace polygons without importing GeoPandas."""
    table = read_table("airspace.parquet")
    shapes = shapes_of("airspace.parquet", wkb_of("airspace.parquet", table))
    return Units(
        codes=tuple(table["code"].to_pylist()),
        sovereigns=tuple(table["sovereign"].to_pylist()),
        shapes=shapes,
        bounds=shapely.bounds(shapes),
    )


@cache
def claims() -> Claims:
    """Return the overlapping claims without importing GeoPandas."""
    table = read_table("claims.parquet")
    pairs = zip(table["first"].to_pylist(), table["second"].to_pylist(), strict=True)
    return Claims(pairs=tuple(pairs), shapes=shapes_of("claims.parquet", wkb_of("claims.parquet", table)))


def read_table(name: str, *, columns: list[str] | None = None, group: int | None = None) -> Any:
    """Return a shipped parquet file, or one of its row groups, as an Arrow table.

    Raises
    ------
    DataFileError
        If the file is missing or corrupt.
    """
    with _opened(name) as file:  # parquet.read_table would import pandas
        if group is not None:
            return file.read_row_group(group, columns=columns, use_threads=False)
        return file.read(columns=columns, use_threads=False)


def group_size(name: str) -> int:
    """Return the rows of the first row group; all but the last group have as many."""
    with _opened(name) as file:
        return int(file.metadata.row_group(0).num_rows)


@contextmanager
def _opened(name: str) -> Iterator[Any]:
    from pyarrow import ArrowException, parquet

    path = DATA / name
    try:
        with parquet.ParquetFile(path) as file:
            yield file
    except FileNotFoundError:
        raise DataFileError(f"Data file {path} is missing. {REBUILD}") from None
    except (ArrowException, OSError) as error:
        raise DataFileError(f"Data file {path} is corrupt: {str(error).splitlines()[0]}. {REBUILD}") from error


def wkb_of(name: str, table: Any) -> NDArray[Any]:
    """Return the geometries of a table read by `read_table` as WKB."""
    try:
        return np.array(table["geometry"].to_pylist(), dtype=object)  # to_numpy would import pandas
    except KeyError as error:
        raise DataFileError(f"Data file {DATA / name} is corrupt: {error}. {REBUILD}") from error


def shapes_of(name: str, wkb: NDArray[Any]) -> NDArray[Any]:
    """Return geometries from their WKB in a file."""
    try:
        return np.asarray(shapely.from_wkb(wkb), dtype=object)
    except shapely.errors.ShapelyError as error:
        raise DataFileError(f"Data file {DATA / name} is corrupt: {error}. {REBUILD}") from error


@cache
def _frame(name: str) -> GeoDataFrame:
    import geopandas

    table = read_table(name)
    plain = table.drop_columns(["geometry"]).to_pandas()
    return geopandas.GeoDataFrame(plain, geometry=shapes_of(name, wkb_of(name, table)), crs=4326)
