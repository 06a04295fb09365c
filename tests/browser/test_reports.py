"""Report pages in a real browser: accessible, silent, and not wider than their screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from incidents.brief.pack import Pack, fill
from incidents.model import Incident
from incidents.query import Query

pytestmark = pytest.mark.browser

PAGES = ("index.html", "ee.html", "nato.html", "method.html", "incidents/EE-2025-005.html")


@pytest.fixture(scope="module")
def pack(bundled: list[Incident], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a briefing on Estonia."""
    folder = tmp_path_factory.mktemp("pack")
    query = Query(countries=frozenset({"EE"}))
    fill(folder, bundled, Pack(title="Estonia", query=query, marking="TLP:CLEAR"), progress=lambda what: None)
    return folder


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_silent_and_fits(chromium: Browser, pack: Path, name: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, offline=True, bypass_csp=True)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    url = (pack / name).as_uri()
    page.goto(url)
    assert [address for address in asked if not address.startswith("data:")] == [url]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found: Any = Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == []
    context.close()


def test_a_report_prints_on_paper(chromium: Browser, pack: Path, tmp_path: Path) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto((pack / "ee.html").as_uri())
    page.pdf(path=tmp_path / "ee.pdf", format="A4", prefer_css_page_size=True)
    content = (tmp_path / "ee.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert 3 <= content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") <= 40
    context.close()
