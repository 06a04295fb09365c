"""What a reader of the map does, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frames import make_row

pytestmark = pytest.mark.browser

Draw = Callable[..., str]
Open = Callable[..., Any]

ROWS: list[dict[str, Any]] = [
    *(make_row(n) for n in range(1, 41)),
    make_row(50, incident_id="EE-2025-050", title="Nowhere to be found", point=None, countries=["EE"]),
    make_row(
        51,
        incident_id="RO-2025-051",
        title="In and out",
        site="Entry",
        role="entry",
        point=(28.0, 45.2),
        countries=["RO"],
    ),
    make_row(
        51,
        incident_id="RO-2025-051",
        title="In and out",
        site="Exit",
        role="exit",
        point=(28.6, 45.4),
        countries=["RO"],
        is_primary=False,
    ),
    make_row(52, incident_id="NO-2025-052", title="Not so", status="refuted", countries=["NO"], point=(10.0, 60.0)),
    make_row(
        53,
        incident_id="PL-2020-053",
        title="Sometime in the years",
        earliest="2020-01-01",
        latest="2026-06-01",
        point=(21.0, 52.0),
    ),
]
COUNTED = 44
"""Distinct incidents in `ROWS`."""


def shown(page: Page) -> int:
    """Return n of the live region's "n of N incidents"."""
    text = page.locator("#live").inner_text()
    match = re.match(r"(\d+) of (\d+)", text)
    assert match is not None, text
    assert int(match[2]) == COUNTED
    return int(match[1])


def listed(page: Page) -> int:
    return page.locator("#list button.item").count()


def on_map(page: Page) -> int:
    """Return how many incidents the markers and clusters in view stand for."""
    total = 0
    for label in page.locator(".leaflet-marker-pane [aria-label]").evaluate_all(
        "n => n.map(x => x.getAttribute('aria-label'))"
    ):
        match = re.match(r"(\d+) incidents", label)
        total += int(match[1]) if match else 1
    return total


def test_it_asks_for_nothing_but_itself_and_stays_silent(visit: Open, draw: Draw) -> None:
    seen = visit(draw(ROWS))
    assert seen.requests == [seen.url]
    assert seen.complaints == []


def test_every_filter_keeps_list_and_markers_in_step(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS)).page
    assert shown(page) == listed(page) == COUNTED - 1  # the refuted one is off by default
    assert on_map(page) == COUNTED - 2  # and one is not placed
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    boxes = page.locator("#groups label.option")
    for index in range(boxes.count()):
        option = boxes.nth(index)
        promised = int(option.locator(".count").inner_text())
        box = option.locator("input")
        if box.is_checked():
            continue
        is_status = option.evaluate("n => n.closest('details').querySelector('summary').textContent") == "Status"
        box.check()
        expected = COUNTED if is_status else promised
        expect(page.locator("#live")).to_have_text(re.compile(f"^{expected} of"))
        unplaced = page.locator("#list .item-meta", has_text="not placed").count()
        assert listed(page) == expected
        assert on_map(page) == expected - unplaced
        box.uncheck()
        expect(page.locator("#live")).to_have_text(re.compile(f"^{COUNTED - 1} of"))


def test_search_ignores_case_and_accents_and_reset_brings_all_back(visit: Open, draw: Draw) -> None:
    rows = [*ROWS, make_row(60, incident_id="RO-2025-060", title="Tărpiu field")]
    page = visit(draw(rows)).page
    page.fill("#search", "TARPIU")
    expect(page.locator("#live")).to_have_text(re.compile("^1 of"))
    assert listed(page) == 1
    page.click("#reset")
    expect(page.locator("#live")).to_have_text(re.compile(f"^{COUNTED} of"))
    page.fill("#search", "no such words")
    page.wait_for_selector("#empty:not([hidden])")


def test_the_slider_works_by_keyboard_and_uncertain_dates_stay(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS)).page
    before = shown(page)
    slider = page.locator("input[type=range]").first
    slider.focus()
    for _ in range(4):
        page.keyboard.press("PageUp")
    expect(page.locator("#live")).not_to_have_text(re.compile(f"^{before} of"))
    assert 0 < shown(page) < before
    assert page.locator("#list", has_text="Sometime in the years").count() == 1
    assert slider.get_attribute("aria-valuetext")
    assert "from=" in page.evaluate("location.hash")


def test_enter_opens_the_card_and_escape_returns_the_focus(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS)).page
    first = page.locator("#list button.item").first
    wanted = first.get_attribute("data-id")
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    assert page.evaluate("document.querySelector('#card').contains(document.activeElement)")
    card = page.locator("#card").inner_text()
    for part in (
        "Agency",
        "Ministry says it was Russia",
        "Embassy denies it",
        "on that night",
        "Where it was launched",
        "scramble",
    ):
        assert part in card
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    assert page.evaluate("document.activeElement.dataset.id") == wanted


def test_a_marker_is_reached_and_opened_by_keyboard(visit: Open, draw: Draw) -> None:
    page = visit(draw([make_row(1), make_row(2)])).page
    marker = page.locator(".leaflet-marker-pane [aria-label*='Object no.']").first
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    page.keyboard.press("Escape")
    assert "Object no." in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_link_carries_filters_view_and_choice(visit: Open, draw: Draw) -> None:
    html = draw(ROWS)
    page = visit(html).page
    page.fill("#search", "object")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.locator("#groups label.option", has_text="fighter").locator("input").check()
    page.locator("#list button.item").first.click()
    page.wait_for_selector("#card:not([hidden])")
    page.wait_for_timeout(600)
    link, before = page.evaluate("location.hash"), shown(page)
    title = page.locator("#card h2").inner_text()
    again = visit(html, hash=link).page
    again.wait_for_selector("#card:not([hidden])")
    assert shown(again) == before
    assert again.locator("#card h2").inner_text() == title
    assert again.locator("#search").input_value() == "object"
    again.wait_for_timeout(300)
    assert again.evaluate("location.hash") == link


def test_a_broken_link_opens_the_whole_map(visit: Open, draw: Draw) -> None:
    seen = visit(draw(ROWS), hash="#id=<script>&view=a/b/c&from=soon&object=dragon&q=%E0%A4%A")
    assert seen.complaints == []
    assert seen.page.locator("#reset").is_visible()


def test_sites_of_one_incident_are_joined_by_a_line(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS), hash="#id=RO-2025-051").page
    page.wait_for_selector("#card:not([hidden])")
    assert page.locator(".leaflet-overlay-pane path").count() >= 4
    assert page.locator(".leaflet-overlay-pane path[stroke-dasharray]").count() >= 2  # the real radii


def test_the_header_comes_first(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS)).page
    assert page.evaluate(
        "!!(document.querySelector('h1').compareDocumentPosition(document.querySelector('.leaflet-container')) & 4)"
    )


def test_without_javascript_there_is_a_table(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS), java_script_enabled=False).page
    table = page.locator("#static table")
    assert table.is_visible()
    assert table.locator("tbody tr").count() == COUNTED
    assert page.locator("#static a[href='https://example.org/1']").count() == 1


def test_it_runs_in_a_sandboxed_frame(visit: Open, draw: Draw) -> None:
    import html as html_module

    inner = html_module.escape(draw(ROWS), quote=True)
    frame_element = f'<iframe sandbox="allow-scripts" width=800 height=600 srcdoc="{inner}"></iframe>'
    outer = f"<!doctype html><html data-ready>{frame_element}</html>"
    seen = visit(outer)
    frame = seen.page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    assert frame.locator("#list button.item").count() == COUNTED - 1
    assert seen.complaints == []


def test_embedded_it_shows_the_map_alone(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS, embed=True), size=(640, 420)).page
    assert not page.locator("#list").is_visible()
    box = page.locator(".leaflet-container").bounding_box()
    assert box is not None
    assert box["height"] > 250


def test_it_prints_to_a4_with_table_and_sources(visit: Open, draw: Draw) -> None:
    page = visit(draw(ROWS)).page
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#print table tbody tr").count() == COUNTED - 1
    assert "https://example.org/1" in page.locator("#print").inner_text()
    assert not page.locator("#search").is_visible()


@pytest.mark.parametrize("size", [(390, 844), (320, 640)])
def test_a_phone_scrolls_down_and_never_sideways(visit: Open, draw: Draw, size: tuple[int, int]) -> None:
    page = visit(draw(ROWS, marking="TLP:CLEAR"), size=size, has_touch=True, is_mobile=True).page
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator("#list button.item").first.tap()
    page.wait_for_selector("#card:not([hidden])")
    box = page.locator("#card").bounding_box()
    assert box is not None
    assert box["width"] <= size[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_axe_finds_nothing(visit: Open, draw: Draw, scheme: str, size: tuple[int, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(draw(ROWS, marking="TLP:CLEAR"), size=size, color_scheme=scheme, bypass_csp=True).page
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for step in ("list", "card"):
        if step == "card":
            page.locator("#list button.item").first.click()
            page.wait_for_selector("#card:not([hidden])")
        result = Axe().run(page, options=rules)
        assert result.violations_count == 0, result.generate_report()


def test_the_picture_is_not_blank(visit: Open, draw: Draw) -> None:
    import io

    from matplotlib import image

    pixels = image.imread(io.BytesIO(visit(draw(ROWS)).page.screenshot()), format="png")
    assert len({tuple(pixel) for pixel in (pixels[::3, ::3, :3].reshape(-1, 3) * 255).astype(int).tolist()}) > 200


def test_nothing_selected_is_said(visit: Open, draw: Draw) -> None:
    seen = visit(draw([]))
    assert seen.complaints == []
    assert seen.page.locator("#empty").is_visible()


def test_unplaced_incidents_are_listed_and_never_at_null_island(visit: Open, draw: Draw) -> None:
    page = visit(draw([make_row(1, point=None, title="Nowhere to be found")])).page
    assert "not placed" in page.locator("#list").inner_text()
    assert on_map(page) == 0


@pytest.mark.parametrize("style", ["choropleth", "density"])
def test_other_styles_open_silently(visit: Open, draw: Draw, style: str) -> None:
    seen = visit(draw(ROWS, style=style))
    assert seen.complaints == []
    assert seen.requests == [seen.url]


def test_tiles_are_asked_for_only_once_ticked(visit: Open, draw: Draw) -> None:
    seen = visit(draw(ROWS, tiles="https://tiles.example.mil/{z}/{x}/{y}.png"))
    assert seen.requests == [seen.url]
    seen.page.locator(".leaflet-control-layers input[type=checkbox]").check()
    seen.page.wait_for_timeout(300)
    others = {url.split("/")[2] for url in seen.requests if url != seen.url}
    assert others == {"tiles.example.mil"}
