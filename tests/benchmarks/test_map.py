"""The page against folium's own markers, popups and clusters, in the same run. Run with ``-m benchmark -s``."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maps import render_html
from tests.frames import many

pytestmark = pytest.mark.benchmark

ON = date(2026, 11, 1)
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-dev-shm-usage"

WATCH = """() => {
  window.longest = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    window.longest = Math.max(window.longest, now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""
"""Keeps the longest pause between two frames."""


def ours(frame: Any) -> tuple[str, float]:
    """Return the page and the seconds it took to write."""
    start = time.perf_counter()
    page = render_html(frame, title="Incidents", on=ON, data_version="1")
    return page, time.perf_counter() - start


def naive(frame: Any) -> tuple[str, float]:
    """Return folium's page of one marker and popup an incident, clustered, and the seconds it took to write."""
    import folium
    from folium.plugins import MarkerCluster

    start = time.perf_counter()
    page = folium.Map(location=[52, 20], zoom_start=5)
    cluster = MarkerCluster().add_to(page)  # type: ignore[no-untyped-call]
    for row, point in zip(frame.to_dict("records"), frame.geometry, strict=True):
        text = f"<b>{row['title']}</b><br>{row['summary']}<br>{row['sources'][0]['url']}<br>{row['status']}"
        folium.Marker([point.y, point.x], popup=folium.Popup(text), icon=folium.Icon()).add_to(cluster)
    html = page.get_root().render()
    return html, time.perf_counter() - start


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS.split())
        yield chromium
        chromium.close()


def seconds_to_interact(browser: Any, path: Path, files: dict[str, bytes] | None = None) -> float:
    """Return the median of three loads until two frames are drawn after load."""
    taken = []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.set_default_timeout(120_000)
        if files is not None:
            page.route(re.compile("^https?://"), lambda route: serve(route, files))
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector(".leaflet-marker-icon", state="attached")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        taken.append(time.perf_counter() - start)
        context.close()
    return sorted(taken)[1]


def serve(route: Any, files: dict[str, bytes]) -> None:
    """Answer for the content network from what is installed; what is not needed to draw is empty."""
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    kind = "text/css" if name.endswith(".css") else "application/javascript" if name.endswith(".js") else "image/png"
    route.fulfill(body=files.get(name, b""), content_type=kind)


_JQUERY = b"""function $(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return [holder.content.firstChild];
}"""
"""All that folium's popups use of jQuery, which no package carries: it makes an element of markup."""


def installed() -> dict[str, bytes]:
    """Return Leaflet and its cluster plugin from the installed packages, with a stub of the awesome-markers icon."""
    from importlib import metadata

    files = {
        "leaflet.awesome-markers.js": b"L.AwesomeMarkers={icon:function(){return new L.Icon.Default()}};",
        "jquery-3.7.1.min.js": _JQUERY,
    }
    for name in ("XStatic-Leaflet", "XStatic-Leaflet-MarkerCluster"):
        try:
            listed = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            pytest.skip(f"needs {name} for the peer: pip install {name}")
        for path in listed:
            if path.name in ("leaflet.js", "leaflet.css", "leaflet.markercluster.js", "MarkerCluster.css"):
                files[path.name] = path.read_binary()
    return files


def test_ten_thousand_are_written_ten_times_faster_and_smaller() -> None:
    frame = many(10_000)
    ours(many(10))
    page, mine = ours(frame)
    peer, theirs = naive(frame)
    size, peer_size = len(page.encode()), len(peer.encode())
    print(
        f"\n10,000: ours {mine:.2f} s, {size / 1e6:.2f} MB; "
        f"folium {theirs:.1f} s, {peer_size / 1e6:.1f} MB; x{theirs / mine:.0f}"
    )
    assert size <= 6_000_000
    assert theirs >= 10 * mine


def test_a_thousand_fit_their_budget() -> None:
    page, mine = ours(many(1_000))
    print(f"\n1,000: {mine:.2f} s {len(page.encode()) / 1e6:.2f} MB")
    assert len(page.encode()) <= 1_200_000


def test_ten_thousand_are_interactive_twice_as_soon(browser: Any, tmp_path: Path) -> None:
    frame = many(10_000)
    mine, theirs = tmp_path / "ours.html", tmp_path / "folium.html"
    mine.write_text(ours(frame)[0], encoding="utf-8")
    theirs.write_text(naive(frame)[0], encoding="utf-8")
    fast, slow = seconds_to_interact(browser, mine), seconds_to_interact(browser, theirs, installed())
    print(f"\ninteractive with 10,000: ours {fast:.2f} s; folium {slow:.2f} s; x{slow / fast:.1f}")
    assert slow >= 2 * fast


def test_fifty_thousand_open_and_filter_without_freezing(browser: Any, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    path = tmp_path / "large.html"
    path.write_text(ours(many(50_000))[0], encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(60_000)
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    opened = time.perf_counter() - start
    page.evaluate(WATCH)
    page.fill("#search", "drone no. 4999")
    expect(page.locator("#live")).to_have_text(re.compile("^15 of"), timeout=60_000)
    page.click("#reset")
    expect(page.locator("#live")).to_have_text(re.compile("^50000 of"), timeout=60_000)
    longest = page.evaluate("window.longest") / 1000
    page.close()
    print(
        f"\n50,000: opens in {opened:.1f} s; longest pause while filtering {longest:.2f} s; "
        f"{path.stat().st_size / 1e6:.1f} MB"
    )
    assert opened < 15
    assert longest < 2
