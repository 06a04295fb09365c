# ruff: noqa: E501 - one-line programs
"""Speed of the extractor, as ratios against named peers in the same run, and memory over many articles."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from incidents.extract import RuleExtractor

PASSAGES = Path(__file__).parents[1] / "extract" / "passages.toml"
DAY = date(2025, 9, 25)


def article() -> str:
    listed = tomllib.loads(PASSAGES.read_text(encoding="utf-8"))["passage"]
    neutral = "The two sides agreed to meet again in spring. Analysts doubt that prices will fall before then, and voters seem to share that view. "
    return "\n".join(f"{p['text'].strip()} {neutral * 2}" for p in listed)[:6000]


def seconds(run: object, times: int) -> float:
    assert callable(run)
    run()
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


@pytest.mark.benchmark
def test_an_article_costs_less_than_dateparser_alone() -> None:
    """Peer: dateparser's search for dates, one of the six things the extractor does."""
    search = pytest.importorskip("dateparser.search")
    text = article()
    ours = seconds(lambda: RuleExtractor().extract(text, published=DAY), 5)
    theirs = seconds(lambda: search.search_dates(text, languages=["en"]), 2)
    print(
        f"\n6,000 characters: ours {ours * 1000:.0f} ms, dateparser.search {theirs * 1000:.0f} ms, ratio {ours / theirs:.2f}"
    )
    assert ours < theirs


@pytest.mark.benchmark
def test_an_article_costs_at_most_fifty_milliseconds() -> None:
    text = article()
    ours = seconds(lambda: RuleExtractor().extract(text, published=DAY), 5)
    print(f"\n6,000 characters, a third of it events: {ours * 1000:.1f} ms")
    assert ours < 0.05


@pytest.mark.benchmark
def test_a_thousand_articles_need_no_more_memory_than_fifty() -> None:
    text = article()[:3000]
    reader = RuleExtractor()

    def peak(times: int) -> int:
        tracemalloc.start()
        for number in range(times):
            reader.extract(f"{text}\nNumber {number}.", published=DAY)
        _, top = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return top

    reader.extract(text, published=DAY)
    few, many = peak(20), peak(200)
    print(f"\npeak of 20: {few / 1e6:.1f} MB, of 200: {many / 1e6:.1f} MB")
    assert many < 1.5 * few + 2_000_000


@pytest.mark.benchmark
def test_import_costs_less_than_pandas() -> None:
    """Peer: importing pandas, which this path never does."""
    code = "import sys, time; t = time.perf_counter(); import {0}; print(time.perf_counter() - t); sys.exit('pandas' in sys.modules and '{0}' != 'pandas')"

    def cost(module: str) -> float:
        runs = [
            subprocess.run([sys.executable, "-c", code.format(module)], capture_output=True, text=True, check=True)
            for _ in range(3)
        ]
        return min(float(run.stdout) for run in runs)

    ours, theirs = cost("incidents.extract.rules"), cost("pandas")
    print(f"\nimport: ours {ours:.2f} s, pandas {theirs:.2f} s")
    assert ours < theirs
