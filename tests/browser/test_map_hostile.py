"""Hostile text is shown as it is and runs nothing; stock folium, the negative control, fails the same checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.frames import HOSTILE, HOSTILE_URLS, make_row

pytestmark = pytest.mark.browser

Draw = Callable[..., str]
Open = Callable[..., Any]


def hostile_rows() -> list[dict[str, Any]]:
    return [
        make_row(
            n,
            incident_id=f"PL-2025-{n:03}",
            title=text,
            summary=text,
            site=text,
            when_text=text,
            airspace=text,
            claims=[text],
            responses=[text],
            unknowns=[text],
            legal_class=text,
            actors=[text],
            sources=[
                {"publisher": text, "date": text, "url": HOSTILE_URLS[n % len(HOSTILE_URLS)]},
                {"publisher": "plain", "date": "", "url": "https://example.org/ok"},
            ],
        )
        for n, text in enumerate(HOSTILE, 1)
    ]


def test_hostile_text_is_inert_and_verbatim(visit: Open, draw: Draw) -> None:
    seen = visit(draw(hostile_rows(), title=HOSTILE[0], marking=HOSTILE[2]))
    page = seen.page
    titles = {
        button["id"]: button["title"]
        for button in page.locator("#list button.item").evaluate_all(
            "n => n.map(b => ({id: b.dataset.id, title: b.querySelector('.item-title').textContent}))"
        )
    }
    assert len(HOSTILE) >= 30
    for number, text in enumerate(HOSTILE, 1):
        assert titles[f"PL-2025-{number:03}"] == text
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for button in page.locator("#list button.item").all()[:: max(1, len(HOSTILE) // 12)]:
        button.click()
        page.wait_for_selector("#card:not([hidden])")
        hrefs = page.locator("#card a").evaluate_all("n => n.map(a => a.href)")
        assert hrefs == ["https://example.org/ok"]
        assert "noopener" in (page.locator("#card a").first.get_attribute("rel") or "")
        page.keyboard.press("Escape")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not seen.is_pwned()
    assert seen.requests == [seen.url]
    assert seen.complaints == []
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, base, form').length") == 0


def test_the_static_table_is_inert_too(visit: Open, draw: Draw) -> None:
    page = visit(draw(hostile_rows()), java_script_enabled=False).page
    body = page.locator("#static").inner_text()
    assert "<img src=x onerror=window.PWN=1>" in body
    hrefs = set(page.locator("#static a").evaluate_all("n => n.map(a => a.getAttribute('href'))"))
    assert hrefs == {"https://example.org/ok"}


def test_a_hundred_thousand_characters_do_not_break_the_page(visit: Open, draw: Draw) -> None:
    seen = visit(draw([make_row(1, title="A" * 100_000, summary="w " * 50_000), make_row(2)]))
    assert seen.complaints == []
    page = seen.page
    assert page.locator("#list button.item").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#list button.item", has_text="AAAA").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_stock_folium_fails_these_checks(visit: Open) -> None:
    """The checks can fail: the same titles in folium's own markers load files, break or run."""
    import folium

    stock = folium.Map(location=[52, 20], zoom_start=5)
    for number, text in enumerate(HOSTILE[:8]):
        folium.Marker([50 + number, 20], popup=text).add_to(stock)
    seen = visit(stock.get_root().render(), wait=False)
    seen.page.wait_for_timeout(500)
    assert seen.requests != [seen.url]
    assert seen.complaints != []
    assert seen.page.locator("html[data-ready]").count() == 0
