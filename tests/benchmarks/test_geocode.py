"""A query costs less than scanning the same names with pandas, and under 10 ms once the gazetteer is open."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest

QUERIES = (
    "Chilia Veche", "Skrydstrup air base", "Osiny, Łuków county", "10 km south of Tulcea", "between Tecuci and Adjud",
    "off Porvoo, Gulf of Finland", "Zamość near Bydgoszcz (forest)", "EPRZ", "Lublin Voivodeship", "Nowa Wieś",
)  # fmt: skip


def _seconds(act: Callable[[str], object]) -> list[float]:
    spent = []
    for query in QUERIES:
        start = time.process_time()
        act(query)
        spent.append(time.process_time() - start)
    return spent


@pytest.mark.benchmark
def test_query_beats_a_scan_with_pandas() -> None:
    import pandas as pd

    from geodata import gazetteer
    from geodata.countries import fold
    from geodata.geocode import geocode

    names = pd.read_parquet(gazetteer.DATA / "gazetteer.parquet")["key"]
    geocode("10 km south of Tallinn")
    ours = _seconds(geocode)
    warm = _seconds(geocode)
    peer = _seconds(lambda query: names[names == fold(query)])
    middle = [statistics.median(figures) * 1000 for figures in (ours, warm, peer)]
    print(f"geocode {middle[0]:.2f} ms, again {middle[1]:.2f} ms, slowest again {max(warm) * 1000:.2f} ms;", end=" ")
    print(f"pandas scan {middle[2]:.2f} ms a query")
    assert middle[0] < middle[2]
    assert middle[0] < 10
    assert max(warm) < 0.010
