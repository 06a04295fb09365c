"""Build the shipped data, or check it."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

from geodata.build import consistency
from geodata.build.steps import STEPS, Output, Step
from geodata.errors import DataFileError, GeodataError

DATA = Path(__file__).parents[1] / "data"
BUDGET_BYTES = 12_000_000


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="Check hashes and invariants of what ships; build nothing."
    )
    parser.add_argument("--sources", type=Path, default=Path("build/sources"), help="Folder for source packages.")
    parser.add_argument("--out", type=Path, default=DATA, help="Folder to write or check. [default: geodata/data]")
    parser.add_argument("--only", action="append", default=[], metavar="STEP", help="Only this step. Repeatable.")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.only) - {step.module for step in STEPS})
    if unknown:
        parser.error(f"no step {unknown[0]!r}; steps are {', '.join(step.module for step in STEPS)}")
    steps = [step for step in STEPS if not options.only or step.module in options.only]
    try:
        return check(steps, options.out) if options.check else build(steps, options.sources.resolve(), options.out)
    except GeodataError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1


def build(steps: list[Step], sources: Path, out: Path) -> int:
    """Run the steps and write the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    known = {entry["name"]: entry for entry in read_manifest(out).get("file", [])}
    for step in steps:
        start = time.monotonic()
        print(f"{step.module} ...", file=sys.stderr, flush=True)
        rows = step.build(sources, out)
        for name, output in step.outputs.items():
            known[name] = _entry(step.module, output, name, rows[name], out)
        print(f"{step.module}: {time.monotonic() - start:.0f} s, {rows}", file=sys.stderr)
    write_manifest(out, [known[name] for name in sorted(known)])
    return 0


def check(steps: list[Step], data: Path) -> int:
    """Check what ships; print one line per finding."""
    entries = {entry["name"]: entry for entry in read_manifest(data).get("file", [])}
    found = [line for step in steps for name in step.outputs for line in _altered(name, data, entries.get(name))]
    if not found:
        found = [f"{step.module}: {line}" for step in steps for line in step.check(data)]
    for path in sorted(data.glob("*.parquet")):
        if path.name not in entries:
            found.append(f"{path.name}: not in the manifest")
    if not found and len(steps) == len(STEPS):
        found += consistency.check(data, note=lambda line: print(line, file=sys.stderr))
    size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    if size > BUDGET_BYTES:
        found.append(f"{data} holds {size / 1e6:.1f} MB, budget {BUDGET_BYTES / 1e6:.0f} MB")
    for line in dict.fromkeys(found):
        print(line)
    print(f"{'FAILED' if found else 'ok'}: {len(entries)} files, {size / 1e6:.1f} MB", file=sys.stderr)
    return 1 if found else 0


def _altered(name: str, data: Path, entry: dict[str, Any] | None) -> list[str]:
    if entry is None:
        return [f"{name}: not in the manifest"]
    if not (data / name).exists():
        return [f"{name}: missing; run python -m geodata.build"]
    if _sha256(data / name) != entry["sha256"]:
        return [f"{name}: sha256 differs from the manifest"]
    return []


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a data folder; empty where there is none."""
    path = folder / "manifest.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(
            f"Data file {path} is corrupt: {error}. Delete it and run python -m geodata.build."
        ) from error


def write_manifest(folder: Path, entries: list[dict[str, Any]]) -> None:
    """Write the manifest; its boundary version follows from the boundary files' hashes."""
    hashes = "".join(entry["sha256"] for entry in entries if entry["step"] in {"airspace", "sea"})
    version = f"osm-2025-{hashlib.sha256(hashes.encode()).hexdigest()[:8]}"
    lines = [
        "# Written by python -m geodata.build; --check compares it with the files.",
        f'boundary_version = "{version}"',
    ]
    for entry in entries:
        lines += ["", "[[file]]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]
    (folder / "manifest.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _entry(step: str, output: Output, name: str, rows: int, out: Path) -> dict[str, Any]:
    path = out / name
    packages = [f"{item.registry}:{item.name}@{item.version} ({item.data_date})" for item in output.sources]
    return {
        "name": name,
        "what": output.what,
        "licence": output.licence,
        "attribution": output.attribution,
        "sources": packages,
        "step": step,
        "rows": rows,
        "bytes": path.stat().st_size,
        "sha256": _sha256(path),
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    raise SystemExit(main())
