"""Screen files: here, in worker processes of this machine, or on a Dask cluster, with one and the same answer."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidents.tracks import clearance
from incidents.tracks.errors import EmptyTrackError, TrackError
from incidents.tracks.incursion import Incursion
from incidents.tracks.merging import merge
from incidents.tracks.partitions import Bucket, RowGroups, by_row_groups, to_buckets
from incidents.tracks.positions import Positions, Tally
from incidents.tracks.readers import READERS, Reading, read
from incidents.tracks.rules import Rules
from incidents.tracks.screening import screen

IN_MEMORY = 2_000_000
"""Up to so many rows are screened as one part."""
BUCKETS = 64
RETRIES = 3

Part = RowGroups | Bucket
Outcome = tuple[list[Incursion], Tally]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Screened:
    """Passages by time of entry, and what was read."""

    incursions: list[Incursion]
    tally: Tally


def screen_part(part: Part, rules: Rules) -> Outcome:
    """Read and screen one part; what a worker runs. Only the passages travel back."""
    tally = Tally()
    return screen(part.read(), rules, tally), tally


def screen_files(
    paths: Sequence[Path],
    rules: Rules | None = None,
    reading: Reading | None = None,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Screened:
    """Screen files or folders of tracks.

    Parameters
    ----------
    workers
        Processes on this machine.
    scheduler
        Address of a Dask scheduler; its workers must see the files under the same paths.
    progress
        Called with parts done and parts in all.

    Raises
    ------
    TrackError
        If nothing could be read.
    """
    rules, reading = rules or Rules(), reading or Reading()
    files = list_files(paths)
    with ExitStack() as stack:
        parts: Sequence[Part | Positions]
        groups = by_row_groups(files, reading) if all(f.suffix.lower() == ".parquet" for f in files) else None
        parts = groups if groups is not None else _gathered(files, reading, stack)
        if scheduler:
            clearance.load()  # built once here, before workers of this machine look for it
        outcomes: list[Outcome] = []
        for outcome in _run(parts, rules, workers, scheduler):
            outcomes.append(outcome)
            if progress is not None:
                progress(len(outcomes), len(parts))
    tally = Tally()
    for _, one in outcomes:
        tally.add(one)
    if not tally.rows:
        raise EmptyTrackError(f"No rows in {', '.join(map(str, paths))}. Give a file with positions.")
    if not tally.used and not (tally.noted or {}):
        reasons = "; ".join(f"{count:,} {reason}" for reason, count in sorted((tally.dropped or {}).items()))
        raise EmptyTrackError(f"None of {tally.rows:,} rows could be used: {reasons}.")
    found = [item for items, _ in outcomes for item in items]
    return Screened(sorted(found, key=lambda item: item.order), tally)


def list_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files, and those with a known ending below folders, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (item for item in sorted(path.rglob("*")) if item.is_file())
            listed = [item for item in inside if set(map(str.lower, item.suffixes)) & set(READERS)]
            if not listed:
                raise TrackError(f"Folder {path} holds no tracks. Known endings: {', '.join(READERS)}.")
            found += listed
        elif path.is_file():
            found.append(path)
        else:
            raise TrackError(f"No file {path}. Give a file or folder of tracks.")
    return found


def _gathered(files: Sequence[Path], reading: Reading, stack: ExitStack) -> Sequence[Part | Positions]:
    """Return all rows as one part where they are few, else as buckets in a temporary folder."""
    batches = (batch for path in files for batch in read(path, reading))
    held: list[Positions] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += len(batch)
        if rows > IN_MEMORY:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="incidents-tracks-")))

            def rest() -> Iterator[Positions]:
                while held:
                    yield held.pop(0)
                yield from batches

            return to_buckets(rest(), folder, BUCKETS)
    return [merge(held)] if held else []


def _run(parts: Sequence[Part | Positions], rules: Rules, workers: int, scheduler: str | None) -> Iterator[Outcome]:
    here = [part for part in parts if isinstance(part, Positions)]
    away = [part for part in parts if not isinstance(part, Positions)]
    for positions in here:
        tally = Tally()
        yield screen(positions, rules, tally), tally
    if scheduler and away:
        from incidents.tracks.cluster import on_cluster

        yield from on_cluster(away, rules, scheduler, RETRIES)
    elif workers > 1 and len(away) > 1:
        yield from _in_processes(away, rules, min(workers, len(away)))
    else:
        for part in away:
            yield screen_part(part, rules)


def _in_processes(parts: Sequence[Part], rules: Rules, workers: int) -> Iterator[Outcome]:
    """Run parts in processes of one thread each; parts of a lost process run again, a few times."""
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    warm()
    left = sorted(parts, key=lambda part: -part.rows)
    for attempt in range(RETRIES + 1):
        lost: list[Part] = []
        with ProcessPoolExecutor(workers, mp_context=_context(), initializer=_one_thread) as pool:
            futures: dict[Any, Part] = {}
            try:
                with warnings.catch_warnings():
                    # threads of numerical libraries, idle here, survive a copy
                    warnings.filterwarnings("ignore", r"(?s).*multi-threaded.*fork", DeprecationWarning)
                    for part in left:
                        futures[pool.submit(screen_part, part, rules)] = part
            except BrokenProcessPool:
                lost = left[len(futures) :]
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(futures[future])
        left = lost
        if not left:
            return
        if attempt == RETRIES:
            raise TrackError(f"Worker processes died {RETRIES + 1} times. Is there memory for {workers}? Try fewer.")


def _context() -> Any:
    """Return how processes start: as copies that share the loaded tables where that is safe, else from scratch."""
    import multiprocessing
    import sys
    import threading

    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_safe else "spawn")


def _one_thread() -> None:
    import pyarrow as pa

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def warm() -> None:
    """Load the tables that every part needs, before processes copy this one."""
    from incidents.tracks import edges

    edges.load(clearance.load().states)
