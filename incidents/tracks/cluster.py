"""Parts on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from incidents.tracks.errors import TrackError
from incidents.tracks.incursion import Incursion
from incidents.tracks.positions import Tally
from incidents.tracks.rules import Rules

if TYPE_CHECKING:
    from incidents.tracks.running import Part


def on_cluster(
    parts: Sequence[Part], rules: Rules, scheduler: str, retries: int
) -> Iterator[tuple[list[Incursion], Tally]]:
    """Yield the outcome of each part as it is done; parts of a lost worker run again.

    Raises
    ------
    TrackError
        If Dask is not installed or the scheduler does not answer.
    """
    try:
        from dask.distributed import Client, as_completed
    except ImportError as error:
        raise TrackError("Dask is not installed. Install it: pip install 'airspace-incidents[cluster]'.") from error
    from incidents.tracks.running import screen_part

    try:
        client: Any = Client(scheduler, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise TrackError(f"No Dask scheduler at {scheduler}: {error}. Give an address like tcp://host:8786.") from error
    with client, client.as_current():
        futures = [client.submit(screen_part, part, rules, retries=retries, pure=False) for part in parts]
        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            yield future.result()
            future.release()
