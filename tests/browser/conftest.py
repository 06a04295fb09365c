"""Debian's chromium, driven by playwright: skipped where there is none, a failure in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from maps import render_html
from tests.frames import make_frame

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@dataclass
class Visit:
    """An opened page with everything it asked for and complained about."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hash(self) -> str:
        """Return the page's hash."""
        return str(self.page.evaluate("location.hash"))

    def is_pwned(self) -> bool:
        """Whether hostile text ran."""
        return bool(self.page.evaluate("'PWN' in window"))


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return one browser for the session."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing: apt-get install chromium")
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens HTML from a file, offline, and waits until it is ready."""
    contexts = []

    def open_(html: str, *, hash: str = "", wait: bool = True, **options: Any) -> Visit:
        size = options.pop("size", (1280, 800))
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, locale="en-GB", **options
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        target = tmp_path / "map.html"
        target.write_text(html, encoding="utf-8")
        page = context.new_page()
        seen = Visit(page, target.as_uri())
        page.on("request", lambda r: seen.requests.append(r.url) if not r.url.startswith("data:") else None)
        page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.goto(seen.url + hash, wait_until="domcontentloaded" if not wait else "load")
        if wait and options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]", state="attached")
        return seen

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def draw() -> Callable[..., str]:
    """Return a function that renders rows of the column contract."""

    def render(rows: list[dict[str, Any]], **options: Any) -> str:
        defaults = {"title": "Airspace incidents", "on": date(2026, 11, 1), "data_version": "2026.11.1"}
        return render_html(make_frame(rows), **{**defaults, **options})

    return render
